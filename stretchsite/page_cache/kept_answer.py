"""One answer as it is kept: packed in each way and not, with the headers of each, ready to be sent."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import brotli
from django.utils.http import parse_etags

Header = tuple[str, str]

OK, NOT_MODIFIED = "200 OK", "304 Not Modified"
#: Answers of these kinds are kept: pages, and sheets as data.
KINDS = ("text/html", "application/json", "application/fhir+json")
#: A longer one is made each time, in bytes.
LONGEST = 2 * 1024 * 1024
#: What a kept answer takes besides its bytes, roughly.
OVERHEAD = 6 * 1024
#: How an answer is packed, the smallest first: once, and sent often. Beyond these levels it grows hardly any smaller.
PACKINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=9)),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
#: Not packed.
IDENTITY = "identity"

#: What says something about a body; a 304 has none.
_OF_A_BODY = ("content-length", "content-type", "content-encoding")


@lru_cache(maxsize=256)
def coding_for(accepted: str) -> str:
    """The smallest that ``Accept-Encoding`` allows (RFC 9110, 12.5.3); browsers say few different things."""
    allowed: dict[str, bool] = {}
    for part in accepted.lower().split(","):
        name, _semicolon, weight = (word.strip() for word in part.partition(";"))
        allowed[name] = weight.replace(" ", "").removeprefix("q=").strip("0.") != "" or not weight
    others = allowed.get("*", False)
    return next((coding for coding in PACKINGS if allowed.get(coding, others)), IDENTITY)


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
    #: By how it is packed.
    by_coding: Mapping[str, _Sent]
    #: What it is counted as (``stretchsite.observing.seen``).
    seen: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def made_of(cls, headers: Sequence[Header], body: bytes, seen: Mapping[str, Any] | None = None) -> KeptAnswer:
        """Pack it. The tag of what is packed is weak, as Django makes it."""
        tag = next(value for name, value in headers if name.lower() == "etag")
        own = [(name, value) for name, value in headers if name.lower() not in {"content-length", "etag"}]
        made = {
            coding: _sent([*own, ("Content-Encoding", coding)], f"W/{_bare(tag)}", pack(body))
            for coding, pack in PACKINGS.items()
        }
        return cls(_bare(tag), {**made, IDENTITY: _sent(own, tag, body)}, seen or {})

    @property
    def weight(self) -> int:
        """What it takes of the memory, in bytes."""
        return sum(len(sent.body) for sent in self.by_coding.values()) + OVERHEAD

    def answer(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """Send it; 304 without a body to whoever has it, and no body to ``HEAD``. Says what it is counted as."""
        environ.update(self.seen)
        sent = self.by_coding[coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))]
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
