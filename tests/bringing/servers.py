"""Servers on loopback that answer as they are told, and the way to them: one address stands for the public internet."""

import socket
import ssl
from contextlib import contextmanager
from ipaddress import ip_address
from threading import Thread

from debate.interchange.fetching.addresses import is_public
from debate.interchange.fetching.fetching import Way

PUBLIC, PRIVATE = "127.0.0.2", "127.0.0.1"  # both are this machine; tests take the first for a public one


class Server:
    """Answers each path with bytes, or lets a function do what it likes with the connection."""

    def __init__(self, address, answers, context=None):
        self.answers, self.context, self.heads = answers, context, []
        self.socket = socket.create_server((address, 0))
        self.port = self.socket.getsockname()[1]
        Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection = self.socket.accept()[0]
            except OSError:
                return
            Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection):
        try:
            with self.context.wrap_socket(connection, server_side=True) if self.context else connection as open_one:
                head = b""
                while b"\r\n\r\n" not in head and (piece := open_one.recv(4096)):
                    head += piece
                self.heads.append(head.decode())
                said = self.answers[head.split(b" ")[1].decode()]
                said(open_one) if callable(said) else open_one.sendall(said)
        except (OSError, ssl.SSLError):
            pass  # the other end has had enough, as it should


@contextmanager
def serving(answers, address=PUBLIC, context=None):
    server = Server(address, answers, context)
    try:
        yield server
    finally:
        server.socket.close()


def answer(body=b"<p>A page.</p>", status="200 OK", kind="text/html; charset=utf-8", **headers):
    told = {"Content_Type": kind, "Content_Length": len(body)} | headers
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in told.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def moved(address):
    return answer(b"", "302 Found", Location=address)


def way_to(server, *numbers, **more):
    """A way on which each look-up gives the next of these numbers, the last for ever; and the names looked up."""
    asked, left = [], list(numbers or [PUBLIC])

    def resolve(host, port):
        asked.append(host)
        return [left.pop(0) if len(left) > 1 else left[0]]

    way = Way(
        resolve=resolve,
        is_allowed=lambda number: number == ip_address(PUBLIC) or is_public(number),
        ports=(80, 443, server.port),
        **{"seconds": 5.0} | more,
    )
    return way, asked
