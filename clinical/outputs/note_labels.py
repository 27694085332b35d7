"""How one note is to be read: the label its words stand under, and its words, in short where somebody put them so.

Pure. On the card a label is said once for many notes; beside a step, at a row or on paper a note stands alone. Both
take their words from here, so no note is milder in one place than in the other.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import SafetyBoard
from clinical.safety.short_signs import COMPLETES_IF
from clinical.words.choices import NoteKind, Tier, Urgency
from clinical.words.concerns import PHRASES

#: Kinds that complete "Ask first if" in their short sign, though not in their own words.
COMPLETES_ASK_IN_SHORT = frozenset({NoteKind.CHECK_FIRST, NoteKind.POPULATION})


def said_alone(item: EffectiveNote, board: SafetyBoard) -> tuple[str, str]:
    """A note where no list stands round it, beside a step say: its label in short, and the words under it.

    A thing not to do says so itself and a tip needs no label: theirs is empty.
    """
    return _label_of(item, board), item.short_words


def _label_of(item: EffectiveNote, board: SafetyBoard) -> str:
    kind, tier = item.note.kind, item.tier
    if kind not in COMPLETES_IF:
        if tier <= Tier.DO_NOT:
            return lead_of(item, board)
        return _label_to_check(item) if tier == Tier.CHECK_FIRST else ""
    if item.urgency == Urgency.EMERGENCY.value:
        label = _("Call %s now if") % board.emergency_number.number
    elif tier == Tier.GET_HELP:
        label = today_label(board)
    else:
        label = _("Stop if") if kind is NoteKind.STOP else _("Leave it out if")
    return f"{label}:"


def _label_to_check(item: EffectiveNote) -> str:
    if item.note.kind is NoteKind.DONT:
        return ""
    return _("Check first:") if is_a_sentence(item) else _("Ask first if:")


def today_label(board: SafetyBoard) -> str:
    """What to do today, and whom to call: "Call 111 today if"."""
    if not board.urgent_number:
        return _("Get help today if")
    return _("Call %s today if") % board.urgent_number.number


def lead_of(item: EffectiveNote, board: SafetyBoard) -> str:
    """What a serious note that completes no "if" asks for; nothing for a thing not to do, which says so itself."""
    if item.urgency == Urgency.EMERGENCY.value:
        return _("Emergency, call %s:") % board.emergency_number.number
    if item.tier == Tier.GET_HELP:
        return _("To get help today:")
    if item.note.kind is NoteKind.DONT:
        return ""
    if item.note.kind in {NoteKind.PREPARATION, NoteKind.DO}:
        return _("Do not leave this out:")
    return _("Do not start before you have checked:")


def is_said_by_concerns(item: EffectiveNote) -> bool:
    """Whether the card names whom a note of tier 3 concerns instead of saying it.

    A word off the list names nobody, so a note with such a word is said itself.
    """
    named = bool(item.note.concerns) and all(concern in PHRASES for concern in item.note.concerns)
    return named and not item.note.in_short and item.note.kind in COMPLETES_ASK_IN_SHORT


def is_a_sentence(item: EffectiveNote, *, is_joint: bool = False) -> bool:
    """Whether a note of tier 3 does not complete "Ask first if": a raised tip, or words nobody has put in short."""
    if item.note.kind in COMPLETES_ASK_IN_SHORT:
        return not (item.note.in_short or is_joint)
    return item.note.kind not in COMPLETES_IF
