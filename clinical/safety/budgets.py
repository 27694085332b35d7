"""How many safety signs and notes, and how long, before readers skip them all (E4): over budget warns, drops nothing.

Pure. Nothing folds, no note is left out and no tier is lowered for a budget; its author is told, with the number.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from clinical.safety.rules import EffectiveNote
from clinical.safety.short_signs import has_room_for, words_in
from clinical.words.choices import Tier

#: How many notes that are good to know one page carries in full; the more serious ones are counted on the card.
GOOD_TO_KNOW_NOTES = 10
WORDS_PER_NOTE = 60


@dataclass(frozen=True)
class CardBudget:
    """What readers take in before the first step: signs in one group of the card, and words in all."""

    signs: int
    words: int


#: Measured on a telephone: the first step at no more than 2.2 screens (decision 0034).
EXERCISE = CardBudget(signs=5, words=150)
ROUTINE = CardBudget(signs=6, words=220)


def budget_warnings(notes: Iterable[EffectiveNote]) -> tuple[str, ...]:
    """What an author should thin out of the notes in full (E4). Nothing is ever dropped or blocked for it."""
    notes = list(notes)
    warnings = []
    count = sum(item.tier == Tier.GOOD_TO_KNOW for item in notes)
    if count > GOOD_TO_KNOW_NOTES:
        words = _("%(count)d notes of tier 4; readers take in at most %(most)d.")
        warnings.append(words % {"count": count, "most": GOOD_TO_KNOW_NOTES})
    for item in notes:
        length = words_in(item.note.text) + words_in(item.note.what_to_do)
        if length > WORDS_PER_NOTE:
            words = _("“%(note)s…” has %(words)d words; keep a note to %(most)d at most.")
            warnings.append(words % {"note": item.note.text[:40], "words": length, "most": WORDS_PER_NOTE})
    return tuple(warnings)


def card_warnings(groups: Iterable[tuple[str, int]], words: int, budget: CardBudget) -> tuple[str, ...]:
    """What is too much before the first step. ``groups`` are labels of the card with how many signs each has.

    All of them stand all the same.
    """
    crowded = _("“%(group)s” has %(count)d signs; readers take in at most %(most)d. All are shown.")
    warnings = [
        crowded % {"group": label, "count": count, "most": budget.signs}
        for label, count in groups
        if count > budget.signs
    ]
    if words > budget.words:
        wordy = _("%(words)d words stand before the first step; readers take in at most %(most)d. All are shown.")
        warnings.append(wordy % {"words": words, "most": budget.words})
    return tuple(warnings)


def without_short_sign(notes: Iterable[EffectiveNote], joint: Container[UUID]) -> tuple[EffectiveNote, ...]:
    """The notes of tiers 1 to 3 whose whole text stands on the card, because nobody has put it in short.

    ``joint`` are those another sign speaks for. A text that is no longer than a sign needs none.
    """
    return tuple(
        item
        for item in notes
        if item.tier <= Tier.CHECK_FIRST and item.key not in joint and not _is_short(item) and not _is_named(item)
    )


def _is_short(item: EffectiveNote) -> bool:
    return bool(item.note.in_short) or has_room_for(item.note.text)


def _is_named(item: EffectiveNote) -> bool:
    """Whether the card names whom it concerns instead."""
    return item.tier == Tier.CHECK_FIRST and bool(item.note.concerns)
