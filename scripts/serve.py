"""Serve the site: look at the address, prepare what is served, then start the production server.

HOST (127.0.0.1), PORT (8000; 0 takes a free one), WORKERS (2) and the settings of debate/settings.py are
read from the environment. One process prepares and then parts into the workers, so that Django is loaded
once and its memory shared.
"""

import errno
import ipaddress
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple, NoReturn

from django.conf import settings
from django.db import connections
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from scripts import prepare
from scripts.prepare import Refusal

PATIENCE = 20.0  # seconds until a started server has to answer
PREPARED = "--prepared"  # how it calls itself when there is nothing left to prepare
GRACE = 0.1  # seconds that the other workers may be behind the first one that answers


class Address(NamedTuple):
    """Where the site listens: the host as given, what it resolves to, and the port."""

    host: str
    ip: str
    port: int

    @property
    def is_local(self) -> bool:
        """Whether nobody but this machine can ask."""
        return ipaddress.ip_address(self.ip).is_loopback

    @property
    def url(self) -> str:
        """What to open in a browser; by name, since passkeys refuse a bare address."""
        name = "localhost" if self.is_local else self.host
        if ipaddress.ip_address(self.ip).is_unspecified:
            name = next((host for host in settings.ALLOWED_HOSTS if host[:1] not in "*."), socket.gethostname())
        return f"http://{f'[{name}]' if ':' in name and name[0] != '[' else name}:{self.port}"


def read_address(environment: Mapping[str, str]) -> Address:
    """The address that HOST and PORT ask for."""
    host = environment.get("HOST") or "127.0.0.1"
    port = read_number(environment, "PORT", 8000, range(65536))
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Refusal(f"HOST={host} is not an address of this machine: leave it out or give an IP address.") from error
    ip = str(min(found)[4][0])
    return Address(host, ip, port)


def read_number(environment: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    """A whole number from the environment, within its range."""
    given = environment.get(name) or str(default)
    if given.isdecimal() and int(given) in allowed:
        return int(given)
    raise Refusal(f"{name}={given} is not a whole number from {allowed.start} to {allowed.stop - 1}.")


def refuse_to_be_open(address: Address, environment: Mapping[str, str]) -> None:
    """Others are served only by an operator who has said under which name and with which secret."""
    missing = [name for name in ("SECRET_KEY", "ALLOWED_HOSTS") if not environment.get(name)]
    if missing and not address.is_local:
        raise Refusal(
            f"HOST={address.host} lets others in, so {' and '.join(missing)} must be given too:"
            " a long random text, and the names that the site answers to."
        )


def claim_port(address: Address) -> Address:
    """The address with a port that is free now; the server itself would share a taken one silently."""
    family = socket.AF_INET6 if ":" in address.ip else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((address.ip, address.port))
        except OSError as error:
            raise Refusal(why_not_bound(address, error)) from error
        return address._replace(port=int(attempt.getsockname()[1]))


def why_not_bound(address: Address, error: OSError) -> str:
    """The sentence for a port or address that cannot be had."""
    if error.errno == errno.EADDRINUSE:
        other = address.port + 1 if address.port < 65535 else 8000
        return f"Port {address.port} is taken: stop what listens there, or choose another: PORT={other} make run"
    if error.errno == errno.EACCES:
        return f"Port {address.port} may not be used by you: choose one above 1023: PORT=8000 make run"
    return f"HOST={address.host} is not an address of this machine ({error.strerror}): leave it out."


class Site(MPServer):
    """The production server, which tells when it answers and whether its workers failed."""

    def __init__(self, address: Address, workers: int, application: str) -> None:
        self.address = address
        super().__init__(
            application,
            address=address.ip,
            port=address.port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=1,
            backlog=2048,
            http=HTTPModes.http1,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=3,
        )

    def startup(self, spawn_target: Callable[..., None], target_loader: Callable[..., Any]) -> None:
        """Start the workers and announce the site as soon as one of them listens."""
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        deadline = time.monotonic() + PATIENCE
        while not (answering := answers(self.address)) and self.may_still_answer(deadline):
            time.sleep(0.01)
        if answering:
            time.sleep(GRACE)
            announce(self.address)

    def may_still_answer(self, deadline: float) -> bool:
        """Whether waiting makes sense: nobody ended it, no worker fell over, and there is time left."""
        ended = self.interrupt_signal or self.interrupt_children
        return not ended and time.monotonic() < deadline


def answers(address: Address) -> bool:
    """Whether somebody takes connections there."""
    unspecified = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- compared, not bound
    try:
        socket.create_connection((unspecified.get(address.ip, address.ip), address.port), timeout=1).close()
    except OSError:
        return False
    return True


def announce(address: Address) -> None:
    """The last lines of a start."""
    print(f"{settings.SITE_NAME} is at {address.url}; Ctrl-C ends it.", flush=True)
    print("To make a curator, run in another terminal: make curator", flush=True)


def load_application() -> None:
    """Load the whole site before the workers part, so that they share it, and leave no connection behind."""
    import_module("debate.wsgi")
    import_module("debate.urls")
    connections.close_all()


def heed_signals() -> None:
    """Let a worker end when its parent says so, even while it starts; Ctrl-C, which reaches all, is the parent's."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def serve(address: Address, workers: int, application: str = "debate.wsgi:application") -> int:
    """Serve until told to end; non-zero where the server could not."""
    os.register_at_fork(after_in_child=heed_signals)
    site = Site(address, workers, application)
    try:
        site.serve()
    except (OSError, RuntimeError) as error:
        raise Refusal(f"The server cannot start at {address.url}: {prepare.first_line(error)}") from error
    except SystemExit as end:
        if not site.interrupt_signal:
            raise Refusal("The server ended because its workers failed: the messages above say how.") from end
    print("Ended.", flush=True)
    return 0


def start_lean(address: Address) -> NoReturn:
    """Start over as a new process, so that the workers do not inherit the memory that preparing took."""
    sys.stdout.flush()
    again = [sys.executable, "-m", "scripts.serve", PREPARED]
    os.execve(sys.executable, again, os.environ | {"PORT": str(address.port)})  # noqa: S606 -- ourselves


def main() -> int:
    """Every step of a start, the ones that can refuse at once first."""
    address = read_address(os.environ)
    workers = read_number(os.environ, "WORKERS", 2, range(1, 257))
    refuse_to_be_open(address, os.environ)
    address = claim_port(address)
    if PREPARED in sys.argv:
        prepare.set_up_django()
    elif prepare.everything():
        start_lean(address)
    load_application()
    return serve(address, workers)


if __name__ == "__main__":
    sys.exit(prepare.obeying(main))
