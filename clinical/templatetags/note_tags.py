"""Safety notes as a list. A page shows dozens, so each is put together here and not by a template of its own."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from clinical.rules import EffectiveNote
from clinical.sheet import SafetyBoard
from clinical.templatetags.symbol_tags import symbol

register = template.Library()


@register.simple_tag
def notes(items: Iterable[EffectiveNote], board: SafetyBoard, icon: str = "") -> SafeString:
    """These notes of the board, each with what to do about it; ``icon`` for a list with ticks or crosses.

    A note in another language than the board's says so.
    """
    opening = mark_safe('<ul class="notes">')
    if icon:
        opening = format_html('<ul class="notes notes--marked notes--{}" role="list">', icon)
    return format_html("{}\n{}</ul>", opening, format_html_join("", "{}", ((_note(i, board, icon),) for i in items)))


def _note(item: EffectiveNote, board: SafetyBoard, icon: str) -> SafeString:
    note = item.note
    spoken = note.language and note.language != board.language
    words = item.words
    if note.what_to_do:
        words = format_html('{} <span class="what-to-do">{}</span>', words, note.what_to_do)
    return format_html(
        '<li data-note="{}" data-tier="{}"{}>{}</li>\n',
        note.key,
        int(note.tier),
        format_html(' lang="{}"', note.language) if spoken else "",
        format_html("{}<span>{}</span>", symbol(icon), words) if icon else words,
    )
