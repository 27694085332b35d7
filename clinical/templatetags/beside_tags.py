"""Safety notes where they are needed, in short: beside a step, at an exercise's row, while getting ready.

They stand in full with all others too. A routine shows dozens, so they are put together here, not by a template each.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clinical.outputs.note_labels import said_alone
from clinical.safety.parts import never_lost
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import AskFirst, SafetyBoard
from clinical.templatetags.symbol_tags import symbol
from clinical.words.choices import Tier

register = template.Library()

_ICONS = {Tier.GET_HELP: "phone", Tier.DO_NOT: "octagon", Tier.CHECK_FIRST: "triangle", Tier.GOOD_TO_KNOW: "info"}


@register.simple_tag
def beside(notes: Iterable[EffectiveNote], board: SafetyBoard, asks: Iterable[AskFirst] = ()) -> SafeString:
    """These notes, each under its label in short, then who should ask first."""
    with never_lost("A safety note"):
        made = [_note(item, board) for item in notes]
        if words := "; ".join(ask.words for ask in asks if ask.words):
            said = f"<strong>{_('Ask first if:')}</strong> {escape(words)}"
            made.append(f'<p class="step-note step-note--tier-3">{symbol("triangle")}<span>{said}</span></p>\n')
        return SafeString("".join(made))


def _note(item: EffectiveNote, board: SafetyBoard) -> str:
    """One note. Everything an author has written is escaped here."""
    note = item.note
    lang = f' lang="{escape(note.language)}"' if note.language and note.language != board.language else ""
    label, words = said_alone(item, board)
    lead = f"<strong>{escape(label)}</strong> " if label else ""
    return (
        f'<p class="step-note step-note--tier-{int(item.tier)}" data-repeated-note="{item.key}"{lang}>'
        f"{symbol(_ICONS[item.tier])}<span>{lead}{escape(words)}</span></p>\n"
    )
