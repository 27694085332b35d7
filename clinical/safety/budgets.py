"""How many safety notes, and how long, before readers skip them all (E4): over budget warns, and drops nothing.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

from clinical.safety.rules import EffectiveNote
from clinical.words.choices import Tier

#: How many notes of a tier one page carries before readers skip them all (E4). Exceeding it warns, never drops.
BUDGET_OF_TIER: dict[Tier, int] = {Tier.DO_NOT: 9, Tier.CHECK_FIRST: 5, Tier.GOOD_TO_KNOW: 10}
CHECK_FIRST_BUDGET_PER_EXERCISE = 1
WORDS_PER_NOTE = 60


def budget_warnings(notes: Iterable[EffectiveNote], *, for_exercise: bool = False) -> tuple[str, ...]:
    """What an author should thin out (E4). Nothing is ever dropped or blocked for it."""
    notes = list(notes)
    limits = dict(BUDGET_OF_TIER)
    if for_exercise:
        limits[Tier.CHECK_FIRST] = CHECK_FIRST_BUDGET_PER_EXERCISE
    warnings = []
    for tier, limit in limits.items():
        count = sum(item.tier == tier for item in notes)
        if count > limit:
            warnings.append(f"{count} notes of tier {int(tier)}; readers take in at most {limit}.")
    for item in notes:
        words = len(item.note.text.split()) + len(item.note.what_to_do.split())
        if words > WORDS_PER_NOTE:
            warnings.append(f"“{item.note.text[:40]}…” has {words} words; keep a note to {WORDS_PER_NOTE} at most.")
    return tuple(warnings)
