"""Which conditions have a red flag of their own: without one, nothing for that condition may be live (E3.9 e)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from clinical.choices import Tier
from clinical.models.conditions import Condition
from clinical.models.targets import NoteTarget


def without_red_flag(conditions: Iterable[int], but_for: UUID | None = None) -> list[str]:
    """The names of those conditions that no note of tier 1 in force hangs on; ``but_for`` leaves one note out.

    Two queries at most, however many conditions.
    """
    asked = set(conditions)
    if not asked:
        return []
    serious = NoteTarget.objects.in_force().filter(condition__in=asked, note__tier=Tier.GET_HELP)
    if but_for:
        serious = serious.exclude(note__translation_key=but_for)
    bare = asked - set(serious.values_list("condition_id", flat=True))
    return list(Condition.objects.filter(pk__in=bare).values_list("name", flat=True)) if bare else []
