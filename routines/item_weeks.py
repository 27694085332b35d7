"""In which weeks of a routine one of its exercises is done.

Pure. Weeks are counted from the day a reader begins, the first is 1. What says nothing is done in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exercises.choices import Side
from exercises.dosage import Dosage
from exercises.dosage_words import amount_in_words, step_up_in_words
from exercises.frequency import UNKNOWN, Frequency

#: The columns they are kept in.
WEEKS = ("from_week", "to_week")


@dataclass(frozen=True)
class ItemWeeks:
    """The first and the last week, both included; nothing where there is no such end."""

    first: int | None = None
    last: int | None = None

    @property
    def words(self) -> str:
        """ "from week 4", "until week 3", "in weeks 2 to 5"; empty for all weeks."""
        if self.first is None:
            return "" if self.last is None else _("until week %d") % self.last
        if self.last is None:
            return _("from week %d") % self.first
        if self.first == self.last:
            return _("in week %d") % self.first
        return _("in weeks %(first)d to %(last)d") % {"first": self.first, "last": self.last}

    def include(self, week: int | None) -> bool:
        """Whether it is done in this week; where nobody knows the week, it may be."""
        return week is None or (self.first or 1) <= week <= (self.last or week)


ALL_WEEKS = ItemWeeks()


def how_much(dosage: Dosage, side: Side, weeks: ItemWeeks = ALL_WEEKS, whole: Frequency = UNKNOWN) -> str:
    """All that is prescribed, but for how it should feel: sets, load, how often and weeks too."""
    amount = ", ".join(filter(None, (amount_in_words(dosage, side, whole), weeks.words)))
    return ". ".join(filter(None, (amount, step_up_in_words(dosage))))


def seconds_in(rows: Iterable[tuple[ItemWeeks, int]], week: int | None = None) -> int:
    """Seconds of one session in this week; where nobody knows the week, in the one that takes longest."""
    known = list(rows)
    weeks = {week} if week is not None else {each.first or 1 for each, _seconds in known}
    return max((sum(took for each, took in known if each.include(at)) for at in weeks), default=0)
