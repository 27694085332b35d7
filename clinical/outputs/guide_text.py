"""A page of the documents as HTML, for the help of the admin: its title, its chapters, and the text below them.

Pure. ``markdown-it-py`` reads the Markdown, and shows markup in a file as text. Here headings get the anchors that
links between the documents name, links lead to where a document is shown, and wide tables scroll by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Given where a link leads as it is written in the file, where it leads here; nothing where it leads nowhere.
LeadTo = Callable[[str], str]

_READER = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class GuideText:
    """A document: its title, its chapters by anchor for a list of contents, and the text below the title."""

    title: str
    chapters: tuple[tuple[str, str], ...]
    html: SafeString


def anchor_of(heading: str) -> str:
    """The anchor that a link to a heading names, made as the host of the repository makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def guide_text(source: str, lead_to: LeadTo) -> GuideText:
    """The document as HTML."""
    tokens = _READER.parse(source)
    title, chapters = "", []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            said = tokens[place + 1].content
            token.attrSet("id", anchor_of(said))
            title = said if token.tag == "h1" else title
            if token.tag == "h2":
                chapters.append((anchor_of(said), said))
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.children:
            token.children = list(_led(token.children, lead_to))
    html = _READER.renderer.render(list(_framed(tokens)), _READER.options, {})
    return GuideText(title, tuple(chapters), mark_safe(html))  # noqa: S308  (the reader escapes what files say)


def _led(tokens: list[Token], lead_to: LeadTo) -> Iterator[Token]:
    """The parts of a line, with its links led on; one that leads nowhere is only its words."""
    kept: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            address = lead_to(str(token.attrs["href"]))
            token.attrSet("href", address)
            kept.append(bool(address))
        if not token.type.startswith("link_") or kept[-1]:
            yield token
        if token.type == "link_close":
            kept.pop()


def _framed(tokens: list[Token]) -> Iterator[Token]:
    """Without the title, which the page has; each table within a frame that can be scrolled, named by its head."""
    is_title = False
    for place, token in enumerate(tokens):
        is_title = is_title or (token.type == "heading_open" and token.tag == "h1")
        if token.type == "table_open":
            yield _markup(f'<div class="guide__table" role="group" tabindex="0" aria-label="{_head(tokens[place:])}">')
        if not is_title:
            yield token
        if token.type == "table_close":
            yield _markup("</div>")
        is_title = is_title and token.type != "heading_close"


def _markup(html: str) -> Token:
    return Token("html_block", "", 0, content=html)


def _head(table: list[Token]) -> str:
    ends = next(place for place, token in enumerate(table) if token.type == "thead_close")
    names = [re.sub(r"[*`]", "", token.content) for token in table[:ends] if token.type == "inline"]
    return escape(", ".join(names))
