"""Authors' prose without its marks, for outputs that hold nothing but text: paper, and data.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from html.parser import HTMLParser

from clinical.safety.sheet import ProseBlock

#: Some words and what they are: a heading, a text or a point.
Piece = dict[str, str]


def plain(blocks: Iterable[ProseBlock]) -> list[Piece]:
    """Prose without its marks: headings, paragraphs and points, each with its words."""
    said: list[Piece] = []
    for block in blocks:
        reader = _Plain("heading" if block.kind == "heading" else "text")
        reader.feed(block.html)
        reader.close()
        said += reader.found()
    return said


class _Plain(HTMLParser):
    """Cleaned HTML as pieces of text; the address of a link stands behind its words."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._pieces: list[Piece] = [{"kind": kind, "text": ""}]
        self._kind, self._address = kind, ""

    def found(self) -> list[Piece]:
        """The pieces that say something."""
        pieces = [{**piece, "text": " ".join(piece["text"].split())} for piece in self._pieces]
        return [piece for piece in pieces if piece["text"]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "li", "ul", "ol"}:
            self._pieces.append({"kind": "point" if tag == "li" else self._kind, "text": ""})
        elif tag == "br":
            self._pieces[-1]["text"] += " "
        elif tag == "a":
            self._address = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._address.startswith(("http:", "https:")):
            self._pieces[-1]["text"] += f" ({self._address})"
        elif tag in {"p", "li", "ul", "ol"}:
            self._pieces.append({"kind": self._kind, "text": ""})

    def handle_data(self, data: str) -> None:
        self._pieces[-1]["text"] += data
