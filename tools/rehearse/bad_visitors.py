"""Visitors who hold on without a word, send too much, or ask by a name that is not the site's (R-F23, R-F24)."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress

from tools.rehearse.front import Front
from tools.rehearse.place import HOST
from tools.rehearse.telling import NotSo, Telling, expect

#: Half of them stop in the headers, half in what they send; and from which address.
SLOW, ADDRESS = 200, "127.0.0.78"
#: Others ask so often meanwhile; ninety-five of a hundred are answered within so many seconds.
ASKED, SECONDS = 60, 1.0
FOREIGN = "elsewhere.example"

_HALF = (
    f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ",
    f"POST /code/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5000\r\n\r\nhalf",
)


def perform(front: Front, telling: Telling) -> None:
    """All of them. Raises ``NotSo`` where somebody else has to wait, or the site believes what it is told."""
    with telling.step(f"{SLOW} visitors who never finish what they say, while others ask") as found:
        found.append(_crowd(front))
    with telling.step("a megabyte of headers"):
        told = _status(front, {"X-Large": "x" * 1_000_000})
        expect(told in {400, 414, 431, 494}, f"the headers are answered {told}")
        expect(_status(front, {}) == 200, "the site is not there afterwards")
    with telling.step("another name, and forged headers of a proxy"):
        _foreign(front)


@contextmanager
def _connected(front: Front, name: str = HOST) -> Iterator[socket.socket]:
    plain = socket.create_connection(("127.0.0.1", front.port), timeout=30, source_address=(ADDRESS, 0))
    with front.trust.wrap_socket(plain, server_hostname=name) as connection:
        yield connection


def _crowd(front: Front) -> str:
    with ExitStack() as held:
        for number in range(SLOW):
            held.enter_context(_connected(front)).sendall(_HALF[number % 2].encode())
        seconds = []
        for _time in range(ASKED):
            begun = time.monotonic()
            expect(front.ask("/")[0] == 200, "somebody else is not answered")
            seconds.append(time.monotonic() - begun)
    often = sorted(seconds)[int(ASKED * 0.95)]
    expect(often <= SECONDS, f"others wait {often:.2f} s")
    return f"others wait {often:.2f} s at most, 95 of 100"


def _status(front: Front, headers: dict[str, str]) -> int:
    with _connected(front) as connection:
        asked = http.client.HTTPConnection(HOST)
        asked.sock = connection
        with suppress(OSError):  # it was refused before all was sent
            asked.request("GET", "/", headers=headers)
        return asked.getresponse().status


def _foreign(front: Front) -> None:
    """By another name there is not even a certificate, and over plain http no word; what is forged is not believed."""
    try:
        with _connected(front, FOREIGN):
            raise NotSo("another name is greeted")
    except ssl.SSLError:
        pass
    with closing(http.client.HTTPConnection("127.0.0.1", front.plain, timeout=30)) as plain:
        plain.request("GET", "/", headers={"Host": FOREIGN})
        try:
            raise NotSo(f"another name is answered {plain.getresponse().status}")
        except (http.client.BadStatusLine, ConnectionError):
            pass
    with closing(http.client.HTTPConnection("127.0.0.1", front.plain, timeout=30)) as plain:
        forged = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": FOREIGN,
            "Forwarded": f"host={FOREIGN}",
        }
        plain.request("GET", "/admin/login/", headers=forged)
        answer = plain.getresponse()
        told = (answer.status, answer.getheader("Location"), answer.getheader("Set-Cookie"))
        expect(told == (301, f"https://{HOST}/admin/login/", None), f"a forged header is believed: {told}")
