"""Stands between a phone and the site: as a network that fails, and as a new release would look to the phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from tests.browser.serving import StorySite

#: Where the parts of a release stand; another has them elsewhere, and none under the old names.
PARTS = re.compile(rb"/static/stretchsite/(css|js|fonts)/")


#: Headers that are this connection's own; nothing is compressed on the way, so that it can be changed.
NOT_PASSED = {"host", "accept-encoding", "content-length", "connection", "etag"}

#: Status, headers and body.
Answer = tuple[int, list[tuple[str, str]], bytes]


class _StayHere(HTTPRedirectHandler):
    """The phone follows redirects itself."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


@dataclass
class Between:
    """What stands between: its ``address``, what fails, which release it shows, and the ``paths`` it was asked for."""

    site: StorySite
    address: str = ""
    #: Paths that begin so are answered with ``status``.
    failing: tuple[str, ...] = ()
    status: int = 503
    release: str = ""
    paths: list[str] = field(default_factory=list)

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """Status, headers and body for the phone."""
        self.paths.append(path)
        inner = path.replace(f"/static/stretchsite/{self.release}/", "/static/stretchsite/") if self.release else path
        is_old_part = self.release and inner == path and PARTS.search(path.encode())
        if path.startswith(self.failing) or is_old_part:
            return (404 if is_old_part else self.status), [("Content-Type", "text/plain")], b"Not now."
        asked = Request(self.site.url(inner), headers=headers)
        try:
            with build_opener(_StayHere).open(asked) as found:
                return self._as_released(found.status, found.headers.items(), found.read())
        except HTTPError as answer:
            return self._as_released(answer.code, answer.headers.items(), answer.read())

    def _as_released(
        self, status: int, headers: Iterable[tuple[str, str]], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        passed = [(name, text) for name, text in headers if name.lower() not in NOT_PASSED]
        if self.release:
            body = body.replace(b'"version": "', b'"version": "%s-' % self.release.encode())
            body = PARTS.sub(rb"/static/stretchsite/%s/\1/" % self.release.encode(), body)
        return status, passed, body


@contextmanager
def between(site: StorySite) -> Iterator[Between]:
    """Stand before the site until the block ends."""
    standing = Between(site)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            passed = {name: text for name, text in self.headers.items() if name.lower() not in NOT_PASSED}
            passed |= {"Host": site.address.partition("//")[2]}
            status, headers, body = standing.answer(self.path, passed)
            self.send_response(status)
            for name, text in headers:
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    standing.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield standing
    server.shutdown()
    server.server_close()
    thread.join()
