"""One page, asked for with nothing of ours: no cookie, no password, no proxy, no second look at the name."""

import ssl
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import NamedTuple, cast
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from debate.interchange.fetching.addresses import PORTS, NotFetched, Number, Target, checked, is_public, target_of
from debate.interchange.fetching.sockets import Deadline, Resolve, Wire, connect, look_up, look_up_within, secured

SECONDS = 10.0
MOST_BYTES = 5 * 1024 * 1024
MOST_HOPS = 4
PIECE = 64 * 1024
MOVED = (301, 302, 303, 307, 308)
KINDS = ("text/html", "application/xhtml+xml", "text/plain")


class Fetched(NamedTuple):
    """A page: where it was found in the end, of which kind, in which charset as the server says, and its bytes."""

    address: str
    kind: str
    charset: str
    body: bytes


@dataclass(frozen=True)
class Way:
    """How the network is reached; tests put their own in place of it."""

    resolve: Resolve = look_up
    is_allowed: Callable[[Number], bool] = is_public
    ports: Collection[int] = tuple(PORTS.values())
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    seconds: float = SECONDS


def fetch(address: str, way: Way | None = None) -> Fetched:
    """The page at an address. Takes SECONDS at most; raises NotFetched with one sentence for a curator.

    A name is looked up once for each hop, every number that it has is checked, and the connection goes to a number
    that was checked: what the name answers next does not matter.
    """
    way = way or Way()
    deadline = Deadline(way.seconds)
    try:
        return follow(address, way, deadline)
    except TimeoutError as error:
        raise NotFetched(_("It took longer than %(most)d seconds.") % {"most": way.seconds}) from error
    except ssl.SSLCertVerificationError as error:
        raise NotFetched(_("The server there cannot prove who it is.")) from error
    except (OSError, HTTPException) as error:
        raise NotFetched(_("No server answered there as one of the web does.")) from error


def follow(address: str, way: Way, deadline: Deadline) -> Fetched:
    for _hop in range(MOST_HOPS + 1):
        target = target_of(address, way.ports)
        with connected(target, way, deadline) as connection:
            response = asked(connection, target)
            if response.status not in MOVED:
                return page(target, response)
            address = urljoin(target.address, response.getheader("Location") or "")
    raise NotFetched(_("The address leads on to another more than %(most)d times.") % {"most": MOST_HOPS})


@contextmanager
def connected(target: Target, way: Way, deadline: Deadline) -> Iterator[HTTPConnection]:
    """A connection to a number of the target that was checked."""
    told = [target.host] if target.is_number else look_up_within(way.resolve, target.host, target.port, deadline)
    with ExitStack() as opened:
        sock = opened.enter_context(connect(checked(told, way.is_allowed), target.port, deadline))
        if target.scheme == "https":
            sock = opened.enter_context(secured(sock, target.host, way.context, deadline))
        connection = HTTPConnection(target.host, target.port)
        connection.sock = cast("None", Wire(sock, deadline))
        yield connection


def asked(connection: HTTPConnection, target: Target) -> HTTPResponse:
    connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", target.host_header)
    connection.putheader("User-Agent", f"{settings.SITE_NAME} (reads a page that a curator has named)")
    connection.putheader("Accept", ", ".join(KINDS))
    connection.putheader("Accept-Encoding", "identity")
    connection.putheader("Connection", "close")
    connection.endheaders()
    return connection.getresponse()


def page(target: Target, response: HTTPResponse) -> Fetched:
    """What the server answered. Raises NotFetched on anything but a page of text, whole and as it is."""
    kind = response.headers.get_content_type()
    if response.status != 200:
        raise NotFetched(_("The server answered with %(status)d instead of a page.") % {"status": response.status})
    if kind not in KINDS:
        raise NotFetched(_("There is no page at this address, but %(kind)s.") % {"kind": kind[:60]})
    if (response.getheader("Content-Encoding") or "identity").strip().lower() != "identity":
        raise NotFetched(_("The server packs its pages although it was asked not to."))
    return Fetched(target.address, kind, response.headers.get_content_charset() or "", body_of(response))


def body_of(response: HTTPResponse) -> bytes:
    """All of it, and never more than a page may have."""
    whole = bytearray()
    while piece := response.read(PIECE):
        whole += piece
        if len(whole) > MOST_BYTES:
            raise NotFetched(_("The page has more than %(most)d MB.") % {"most": MOST_BYTES // 1024**2})
    if response.length:
        raise NotFetched(_("The page broke off before its end."))
    return bytes(whole)
