"""Prose: headings, paragraphs and lists, for what is neither a step nor a dosage nor a safety note."""

from __future__ import annotations

import nh3
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import expand_db_html

from clinical.sheet import ProseBlock

#: What rich text may hold, on the way in from a file and on the way out to a reader.
ALLOWED_TAGS = {"p", "b", "strong", "i", "em", "ul", "ol", "li", "a", "br"}
ALLOWED_ATTRIBUTES = {"a": {"href", "linktype", "id"}}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}


def cleaned(html: str) -> str:
    """Rich text with nothing in it but the allowed tags and addresses."""
    return nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener noreferrer",
    )


class AdviceBlocks(blocks.StreamBlock):
    """Prose in three sorts of block. Their names are kept for ever: an unknown block is silently dropped."""

    heading = blocks.CharBlock(max_length=255, icon="title", help_text=_("A few words."))
    paragraph = blocks.RichTextBlock(
        features=["bold", "italic", "ul", "ol", "link"], help_text=_("Short sentences, plain verbs.")
    )
    points = blocks.ListBlock(blocks.CharBlock(max_length=255), icon="list-ul", help_text=_("One thought a line."))

    class Meta:
        icon = "doc-full"


def prose(stream: blocks.StreamValue) -> tuple[ProseBlock, ...]:
    """The prose as readers see it: escaped or cleaned, links expanded."""
    return tuple(ProseBlock(raw["type"], _html(raw["type"], raw["value"])) for raw in stream.raw_data)


def _html(kind: str, value: object) -> str:
    if kind == "points":
        items = value if isinstance(value, list) else []
        texts = [item["value"] if isinstance(item, dict) else item for item in items]
        return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
    if kind == "paragraph":
        return _expanded(cleaned(str(value)))
    return escape(str(value))


def _expanded(html: str) -> str:
    """Links to pages written out; a paragraph with a link that is none loses its links, never its words."""
    try:
        return expand_db_html(html)
    except (KeyError, ValueError, OverflowError):
        return nh3.clean(html, tags=ALLOWED_TAGS - {"a"}, attributes={})
