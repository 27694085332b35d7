"""A photo or video in what changed: shown, with every word that goes live beside it, not told by its title alone.

Whoever approves a page approves what its photo shows, what is said in its video, and what those are told who neither
see nor hear it. Each model has a template for that, ``<app>/admin/<model>_to_approve.html``.
"""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from wagtail.admin.compare import BlockComparison, ForeignObjectComparison, TextDiff


class MediaComparison(ForeignObjectComparison):
    """A photo or video a field refers to."""

    def htmldiff(self) -> str:
        """The one it was, by name; the one it is, shown and told whole."""
        return media_diff(*self.get_objects())


class ChosenMediaComparison(BlockComparison):
    """A photo or video chosen in a step."""

    def htmlvalue(self, val: Any) -> str:
        """All of it; nothing where none is chosen."""
        return told_of(val) if val else ""

    def htmldiff(self) -> str:
        """The one it was, by name; the one it is, shown and told whole."""
        return media_diff(self.val_a, self.val_b)


def media_diff(before: Any, after: Any) -> str:
    """What it was, by its name, then all of the new one; once where it is the same."""
    if before == after:
        return told_of(after) if after else ""
    gone = TextDiff([("deletion", str(before))]).to_html() if before else ""
    new = '{}<div class="comparison__child-object addition">{}</div>'
    return format_html(new, gone, told_of(after)) if after else str(gone)


def told_of(thing: Any) -> str:
    """Itself, its name, every word beside it, and whether whoever it shows has agreed."""
    about = thing._meta
    return render_to_string(f"{about.app_label}/admin/{about.model_name}_to_approve.html", {"thing": thing})
