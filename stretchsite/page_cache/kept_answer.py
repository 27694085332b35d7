"""One answer as it is kept: packed and not, with the headers of each, ready to be sent."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.http import parse_etags

Header = tuple[str, str]

OK, NOT_MODIFIED = "200 OK", "304 Not Modified"
#: Answers of these kinds are kept: pages, and sheets as data.
KINDS = ("text/html", "application/json")
#: A longer one is made each time, in bytes.
LONGEST = 2 * 1024 * 1024
#: What a kept answer takes besides its bytes, roughly.
OVERHEAD = 6 * 1024
#: Packed once and sent often; beyond this level an answer grows hardly any smaller.
PACKING = 6

#: What says something about a body; a 304 has none.
_OF_A_BODY = ("content-length", "content-type", "content-encoding")


@dataclass(frozen=True, slots=True)
class _Sent:
    """What goes over the wire."""

    headers: list[Header]
    headers_alone: list[Header]
    body: bytes


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """Answers whoever asks, whatever way they asked: packed or not, with or without the body."""

    tag: str
    plain: _Sent
    packed: _Sent

    @classmethod
    def made_of(cls, headers: Sequence[Header], body: bytes) -> KeptAnswer:
        """Pack it. The tag of the packed one is weak, as Django makes it."""
        tag = next(value for name, value in headers if name.lower() == "etag")
        own = [(name, value) for name, value in headers if name.lower() not in {"content-length", "etag"}]
        packed = gzip.compress(body, PACKING, mtime=0)
        coded = [*own, ("Content-Encoding", "gzip")]
        return cls(_bare(tag), _sent(own, tag, body), _sent(coded, f"W/{_bare(tag)}", packed))

    @property
    def weight(self) -> int:
        """What it takes of the memory, in bytes."""
        return len(self.plain.body) + len(self.packed.body) + OVERHEAD

    def answer(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Send it; 304 without a body to whoever has it, and no body to ``HEAD``."""
        sent = self.packed if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else self.plain
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and self._is_among(asked):
            start_response(NOT_MODIFIED, sent.headers_alone[:])
            return []
        start_response(OK, sent.headers[:])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [sent.body]

    def _is_among(self, asked: str) -> bool:
        return any(tag == "*" or _bare(tag) == self.tag for tag in parse_etags(asked))


def _bare(tag: str) -> str:
    return tag.removeprefix("W/")


def _sent(headers: Sequence[Header], tag: str, body: bytes) -> _Sent:
    alone = [(name, value) for name, value in headers if name.lower() not in _OF_A_BODY]
    tagged = ("ETag", tag)
    return _Sent([*headers, tagged, ("Content-Length", str(len(body)))], [*alone, tagged], body)


def may_be_kept(status: str, headers: Sequence[Header], response: Any) -> bool:
    """Whether everybody may be sent this again: its view says so (``kept_in_front``), and nothing of it says otherwise.

    A part that was left out, a cookie, a nonce, anything it varies by but the packing: each is enough to say no.
    """
    if not status.startswith("200 ") or not getattr(response, "kept_in_front", False) or response.streaming:
        return False
    said = {name.lower(): value for name, value in headers}
    forbidden = {part.strip().partition("=")[0].lower() for part in said.get("cache-control", "").split(",")}
    return (
        said.get("content-type", "").startswith(KINDS)
        and bool(said.get("etag"))
        and not forbidden & {"private", "no-store"}
        and said.get("vary", "accept-encoding").lower() == "accept-encoding"
        and not said.keys() & {"set-cookie", "content-encoding", "last-modified"}
        and "'nonce-" not in said.get("content-security-policy", "")
    )
