"""A connection to a number, not to a name, that ends at an instant whatever the other end does."""

import socket
import ssl
from collections.abc import Callable
from io import BufferedReader, RawIOBase
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any

from debate.interchange.fetching.addresses import Number

Resolve = Callable[[str, int], list[str]]


class Deadline:
    """The instant by which all has to be done."""

    def __init__(self, seconds: float) -> None:
        self.at = monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises TimeoutError when there are none."""
        left = self.at - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def look_up(host: str, port: int) -> list[str]:
    """The numbers of a name, as the system finds them. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def look_up_within(resolve: Resolve, host: str, port: int, deadline: Deadline) -> list[str]:
    """The numbers of a name. The system may wait for minutes; it is waited for until the deadline, and forgotten.

    Raises OSError where there are none, TimeoutError where it takes too long.
    """
    answer: SimpleQueue[list[str] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(resolve(host, port))
        except (OSError, UnicodeError) as error:
            answer.put(OSError(str(error)))

    Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=deadline.left())
    except Empty as error:
        raise TimeoutError from error
    if isinstance(found, OSError):
        raise found
    return found


class Incoming(RawIOBase):
    """What comes in, each piece of it waited for until the deadline and no longer."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self.sock, self.deadline = sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.sock.settimeout(self.deadline.left())
        return self.sock.recv_into(buffer)


class Wire:
    """The little of a socket that http.client uses, under a deadline."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self.sock, self.deadline = sock, deadline

    def sendall(self, data: bytes) -> None:
        self.sock.settimeout(self.deadline.left())
        self.sock.sendall(data)

    def makefile(self, _mode: str) -> BufferedReader:
        return BufferedReader(Incoming(self.sock, self.deadline))

    def close(self) -> None:
        """Nothing: http.client closes before the answer is read. Whoever has opened the socket closes it."""


def connect(numbers: list[Number], port: int, deadline: Deadline) -> socket.socket:
    """A connection to the first of the numbers that answers. Raises OSError where none does."""
    problem: OSError = ConnectionError()
    for at, number in enumerate(numbers):
        try:
            return socket.create_connection((str(number), port), timeout=deadline.left() / (len(numbers) - at))
        except OSError as error:
            problem = error
    raise problem


def secured(sock: socket.socket, host: str, context: ssl.SSLContext, deadline: Deadline) -> socket.socket:
    """The connection, encrypted, with whoever can prove to be the host. Raises OSError."""
    sock.settimeout(deadline.left())
    return context.wrap_socket(sock, server_hostname=host)
