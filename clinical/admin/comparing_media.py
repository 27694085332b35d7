"""A photo or video in what changed: with every word that goes live beside it, not by its title alone.

Whoever approves a page approves what is said in its video too, and what those are told who cannot see its photo.
What they are asked for is ``words_to_approve``: labels, and texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import BlockComparison, TextDiff

#: What a photo or video answers: a label, and what it says there.
Words = Iterable[tuple[str, str]]


class ChosenMediaComparison(BlockComparison):
    """A photo or video chosen in a step."""

    def htmlvalue(self, val: Any) -> str:
        """All its words; nothing where none is chosen."""
        return told_of(val) if val else ""

    def htmldiff(self) -> str:
        """The one it was, by name; all the words of the one it is."""
        return media_diff(self.val_a, self.val_b)


def media_diff(before: Any, after: Any) -> str:
    """What it was, by its name, then all that the new one says; once where it is the same."""
    if before == after:
        return told_of(after) if after else ""
    gone = TextDiff([("deletion", str(before))]).to_html() if before else ""
    new = '{}<div class="comparison__child-object addition">{}</div>'
    return format_html(new, gone, told_of(after)) if after else str(gone)


def told_of(thing: Any) -> str:
    """Its name, and every word beside it."""
    rows = ((label, _in_lines(text)) for label, text in thing.words_to_approve() if text.strip())
    said = format_html_join("\n", "<dt>{}</dt><dd>{}</dd>", rows)
    return format_html('{}<dl class="comparison__list">{}</dl>', str(thing), said)


def _in_lines(text: str) -> SafeString:
    return format_html_join("", "{}<br>", ((line,) for line in text.splitlines()))
