"""Safety notes as a list. A page shows dozens, so they are put together here and not by a template each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString

from clinical.outputs.callouts import ended
from clinical.safety.parts import never_lost
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import SafetyBoard
from clinical.templatetags.symbol_tags import symbol

register = template.Library()


@register.simple_tag
def notes(items: Iterable[EffectiveNote], board: SafetyBoard, icon: str = "") -> SafeString:
    """These notes of the board, each with what to do about it; ``icon`` for a list with ticks or crosses.

    A note in another language than the board's says so.
    """
    opening = f'<ul class="notes notes--marked notes--{escape(icon)}" role="list">' if icon else '<ul class="notes">'
    mark = symbol(icon) if icon else ""
    rows = "".join([_note(item, board.language, mark) for item in items])
    return SafeString(f"{opening}\n{rows}</ul>")


@register.simple_tag
def placed(items: Iterable[EffectiveNote], board: SafetyBoard, icon: str = "") -> SafeString:
    """These notes once more, where they are needed; in full they stand with all others."""
    with never_lost("A safety note"):
        return SafeString(notes(items, board, icon).replace("data-note=", "data-repeated-note="))


def _note(item: EffectiveNote, language: str, mark: str) -> str:
    """One note. Everything an author has written is escaped here."""
    note = item.note
    lang = f' lang="{escape(note.language)}"' if note.language and note.language != language else ""
    words = escape(ended(item))
    if note.what_to_do:
        words = f'{words} <span class="what-to-do">{escape(note.what_to_do)}</span>'
    if mark:
        words = f"{mark}<span>{words}</span>"
    return f'<li data-note="{note.key}" data-tier="{int(note.tier)}"{lang}>{words}</li>\n'
