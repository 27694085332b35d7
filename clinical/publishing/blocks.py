"""Prose: headings, paragraphs and lists, for what is neither a step nor a dosage nor a safety note."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.rich_text import expand_db_html

from clinical.safety.sheet import ProseBlock

logger = logging.getLogger(__name__)

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


#: Takes the place of a block's name where what is stored is no list of blocks at all.
UNREADABLE = "?"


class LosesNothing(blocks.StreamBlock):
    """A stream that will not be saved while it holds a block of a name the site does not know (any more).

    The platform leaves such a block out when it is shown and deletes it with the next save, without a word; a warning
    would be gone because a programmer renamed it. Here it is reported at every reading, and saving is refused.
    """

    def to_python(self, value: Any) -> blocks.StreamValue:
        """Read the stream, and remember which names in it nobody knows. One nobody can read is shown as empty."""
        try:
            stream = super().to_python(value)
        except (AttributeError, KeyError, TypeError, ValueError):
            logger.exception("What is stored as a list of blocks is none, and is not shown")
            stream = super().to_python([])
            stream.unknown = (UNREADABLE,)
            return stream
        if stream is value:
            return stream
        stream.unknown = tuple(sorted(_names_in(value) - set(self.child_blocks)))
        if stream.unknown:
            logger.error("Blocks of a name the site does not know are not shown: %s", ", ".join(stream.unknown))
        return stream

    def get_prep_value(self, value: Any) -> Any:
        """For the table or a version. Raises ``ValidationError`` where a block would be lost."""
        if names := getattr(value, "unknown", ()):
            raise ValidationError(unknown_words(names))
        return super().get_prep_value(value)

    def clean(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        """As the platform; and nothing with an unknown block may be live."""
        if names := getattr(value, "unknown", ()):
            raise ValidationError(unknown_words(names))
        return super().clean(value, *args, **kwargs)


def _names_in(value: Any) -> set[str]:
    """The names of the blocks in a stream as it is stored, decoded or not; of anything else, none."""
    try:
        stored = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return set()
    return {str(block.get("type")) for block in stored or () if isinstance(block, dict)}


def unknown_words(names: Sequence[str]) -> str:
    """Why it is not saved, for whoever tried."""
    told = gettext("It holds blocks of a sort this version of the site does not know (%s); saving would delete them. ")
    return told % ", ".join(names) + gettext("Ask whoever looks after the site.")


def unknown_blocks(thing: Any) -> dict[str, tuple[str, ...]]:
    """The streams of a page or note, as it was read, that hold blocks nobody knows: their names, by field."""
    streams = (field.name for field in thing._meta.fields if isinstance(field, StreamField))
    found = {name: getattr(getattr(thing, name), "unknown", ()) for name in streams}
    return {name: names for name, names in found.items() if names}


class AdviceBlocks(LosesNothing):
    """Prose in three sorts of block. Their names are kept for ever."""

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
