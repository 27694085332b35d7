"""A page of the documents as HTML: headings, paragraphs, lists, tables, and what stands inside a line.

Pure. It knows exactly the Markdown that ``docs/authors-guide.md``, the glossary and the troubleshooting use; whatever
else a file may hold is shown as it was typed. Everything is escaped first, so no file can bring markup of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

#: Given where a link leads as it is written in the file, where it leads here; nothing where it leads nowhere.
LeadTo = Callable[[str], str]

_HEADING = re.compile(r"(#{1,4}) (.+)")
_BULLET, _NUMBER = re.compile(r"- (.+)"), re.compile(r"\d+\. (.+)")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BOLD, _EMPHASIS = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"(?<![*\w])\*([^*]+)\*(?![*\w])")


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
    """The document as HTML. Every block is set apart by an empty line, as the files have it."""
    title, chapters, blocks = "", [], []
    for block in _blocks(source):
        heading = _HEADING.fullmatch(block[0])
        if heading and len(heading[1]) == 1:
            title = heading[2]
            continue
        if heading and len(heading[1]) == 2:
            chapters.append((anchor_of(heading[2]), heading[2]))
        blocks.append(_block(block, lead_to))
    return GuideText(title, tuple(chapters), mark_safe("\n".join(blocks)))  # noqa: S308  (every part is escaped)


def _blocks(source: str) -> Iterator[list[str]]:
    """The lines of each block; a heading is one of its own."""
    lines: list[str] = []
    for line in [*source.splitlines(), ""]:
        if lines and (not line.strip() or _HEADING.fullmatch(line)):
            yield lines
            lines = []
        if line.strip():
            lines.append(line)
            if _HEADING.fullmatch(line):
                yield lines
                lines = []


def _block(lines: list[str], lead_to: LeadTo) -> str:
    if heading := _HEADING.fullmatch(lines[0]):
        level = len(heading[1])
        return f'<h{level} id="{escape(anchor_of(heading[2]))}">{_inline(heading[2], lead_to)}</h{level}>'
    if lines[0].startswith("|"):
        return _table(lines, lead_to)
    for sort, tag in ((_BULLET, "ul"), (_NUMBER, "ol")):
        if sort.fullmatch(lines[0]):
            rows = "".join(f"<li>{_inline(row, lead_to)}</li>" for row in _rows(lines, sort))
            return f"<{tag}>{rows}</{tag}>"
    return f"<p>{_inline(' '.join(lines), lead_to)}</p>"


def _rows(lines: list[str], sort: re.Pattern[str]) -> list[str]:
    """The items of a list, each with the lines that go on with it."""
    rows: list[str] = []
    for line in lines:
        if item := sort.fullmatch(line):
            rows.append(item[1])
        else:
            rows[-1] += f" {line.strip()}"
    return rows


def _table(lines: list[str], lead_to: LeadTo) -> str:
    head, *body = [_cells(line) for line in lines if not set(line) <= set("|-: ")]
    names = "".join(f'<th scope="col">{_inline(cell, lead_to)}</th>' for cell in head)
    rows = "".join("<tr>" + "".join(f"<td>{_inline(cell, lead_to)}</td>" for cell in cells) + "</tr>" for cells in body)
    opening = '<div class="guide__table" role="group" tabindex="0" aria-label="'
    label = escape(", ".join(re.sub(r"[*`]", "", cell) for cell in head))
    return f'{opening}{label}"><table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _inline(text: str, lead_to: LeadTo) -> str:
    """One line: what is code is left alone, the rest has its links, bold and emphasised words."""
    parts = _CODE.split(text)
    return "".join(f"<code>{escape(part)}</code>" if n % 2 else _worded(part, lead_to) for n, part in enumerate(parts))


def _worded(text: str, lead_to: LeadTo) -> str:
    def link(found: re.Match[str]) -> str:
        address = lead_to(found[2])
        return f'<a href="{escape(address)}">{found[1]}</a>' if address else found[1]

    said = _LINK.sub(link, str(escape(text)))
    return _EMPHASIS.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", said))
