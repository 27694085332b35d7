"""A caller that costs little: requests written and answers read on a plain socket, one connection kept open."""

from __future__ import annotations

import gzip
import re
import socket
import sys
import threading
import time
from dataclasses import dataclass

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
PACKED = re.compile(rb"\r\ncontent-encoding: *gzip", re.IGNORECASE)
CLOSES = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)

#: What a browser behind a proxy sends that matters here. No cookie: these are readers.
HEADERS = "Host: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: text/html\r\nX-Forwarded-Proto: https\r\n"


class Broken(OSError):
    """The server closed the connection before the answer was complete."""


@dataclass(frozen=True)
class Answer:
    """A status and a body as it came over the wire, unpacked of its chunks."""

    status: int
    body: bytes
    is_packed: bool

    @property
    def text(self) -> str:
        """The body as a reader sees it."""
        return (gzip.decompress(self.body) if self.is_packed else self.body).decode()


class Caller:
    """One connection to 127.0.0.1, opened again when the server closes it."""

    def __init__(self, port: int, path: str, *, packed: bool = True, cookie: str = "") -> None:
        packing = "Accept-Encoding: gzip\r\n" if packed else ""
        known = f"Cookie: {cookie}\r\n" if cookie else ""
        self.request = f"GET {path} HTTP/1.1\r\n{HEADERS}{packing}{known}\r\n".encode()
        self.port = port
        self.connection: socket.socket | None = None

    def get(self) -> Answer:
        """Ask once; again on a new connection if the old one had been closed meanwhile."""
        try:
            return self._ask()
        except (Broken, ConnectionError):
            self.close()
            return self._ask()

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _ask(self) -> Answer:
        if self.connection is None:
            self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.sendall(self.request)
        received = self._more(b"")
        while b"\r\n\r\n" not in received:
            received = self._more(received)
        head, _, body = received.partition(b"\r\n\r\n")
        if found := LENGTH.search(head):
            while len(body) < int(found[1]):
                body = self._more(body)
        elif CHUNKED.search(head):
            while not body.endswith(b"0\r\n\r\n"):
                body = self._more(body)
            body = unchunked(body)
        if CLOSES.search(head):
            self.close()
        return Answer(int(head.split(None, 2)[1]), body, bool(PACKED.search(head)))

    def _more(self, received: bytes) -> bytes:
        assert self.connection is not None  # noqa: S101  (only called while one is open; tells the type checker)
        piece = self.connection.recv(65536)
        if not piece:
            raise Broken("the server closed the connection")
        return received + piece


def unchunked(body: bytes) -> bytes:
    """The content of a body that was sent in chunks."""
    content = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        if length == 0:
            break
        content += body[:length]
        body = body[length + 2 :]
    return content


def calls_within(port: int, path: str, seconds: float, connections: int) -> tuple[int, int]:
    """How many answers so many connections get in so many seconds, and how many of them were not 200."""
    answered = [0] * connections
    refused = [0] * connections
    end = time.monotonic() + seconds

    def call(number: int) -> None:
        caller = Caller(port, path)
        while time.monotonic() < end:
            refused[number] += caller.get().status != 200
            answered[number] += 1
        caller.close()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered), sum(refused)


if __name__ == "__main__":
    print(*calls_within(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]), int(sys.argv[4])))
