"""How often something is done, as a value that refuses nonsense at birth.

Pure. There is one way of saying how often at a time: so many times a day on so many days a week, the same every so many
days, or as it is needed. A dosage has a frequency of its own; in a routine the routine's governs, on a share link the
link's, and what an item says is an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from math import ceil
from typing import Any

from django.utils.translation import gettext_lazy as _

from exercises.dosage_checks import check_fields, check_how_often
from exercises.dosage_fields import described, figure, figures_among, is_said, switch

_TIMES, _DAYS = (1, 16), (1, 7)
#: What is said together: how many times a day, on which days, or as needed.
PARTS = (
    ("as_needed", "as_needed_most"),
    ("sessions_per_day", "sessions_per_day_most"),
    ("days_per_week", "days_per_week_most", "every_days"),
)


@dataclass(frozen=True, kw_only=True)
class Frequency:
    """How often. Nothing may be known of it; then something else says it.

    Raises ``DosageError`` for a number out of bounds and for two ways of saying it at once.
    """

    sessions_per_day: int | None = figure(
        _TIMES, _("How often a day; hourly while awake is 16."), label_when_sharing=_("Times a day")
    )
    sessions_per_day_most: int | None = figure(
        _TIMES,
        _("Only for a range: the most times a day."),
        verbose_name=_("sessions per day, at most"),
        upper_end_of="sessions_per_day",
    )
    days_per_week: int | None = figure(
        _DAYS,
        _("On how many days a week; most stretches do best on most days."),
        label_when_sharing=_("Days a week"),
    )
    days_per_week_most: int | None = figure(
        _DAYS,
        _("Only for a range: the most days a week."),
        verbose_name=_("days per week, at most"),
        upper_end_of="days_per_week",
    )
    every_days: int | None = figure(
        (2, 14),
        _("Instead of days a week: 2 for every second day, 3 for every third."),
        verbose_name=_("every so many days"),
        label_when_sharing=_("Or every so many days (2 is every second day)"),
    )
    as_needed: bool = switch(
        _("Instead of times and days: whenever it is needed, such as during an attack. Nothing is planned for it."),
        verbose_name=_("as needed"),
        label_when_sharing=_("Or as needed"),
    )
    as_needed_most: int | None = figure(
        _TIMES,
        _("Only for as needed: the most times a day."),
        verbose_name=_("as needed, at most a day"),
        label_when_sharing=_("As needed: at most so many times a day"),
    )

    def __post_init__(self) -> None:
        check_fields(vars(self), OF_FREQUENCY)
        check_how_often(vars(self))

    @classmethod
    def of(cls, holder: Any) -> Frequency:
        """That of anything with a field of the same name for each of a frequency's. Raises ``DosageError``."""
        return cls(**{name: getattr(holder, name) for name in FREQUENCY})

    @property
    def is_known(self) -> bool:
        """Whether anything is said of it."""
        return any(map(is_said, self.frequency_values().values()))

    @property
    def is_whole(self) -> bool:
        """Whether it says all that is needed to do something so often: as needed, or times and days."""
        has_days = self.days_per_week is not None or self.every_days is not None
        return self.as_needed or (self.sessions_per_day is not None and has_days)

    @property
    def most_days(self) -> int:
        """On how many days a week at most, as far as that is said; otherwise every day."""
        return self.days_per_week_most or self.days_per_week or _DAYS[1]

    def frequency_values(self) -> dict[str, Any]:
        """Every field of a frequency, by name; of a dosage no more than these."""
        return {name: getattr(self, name) for name in FREQUENCY}

    def but_for_frequency(self, whole: Frequency) -> dict[str, Any]:
        """Its fields with only what is not the whole's: what is left is an exception."""
        values = self.frequency_values()
        for part in PARTS:
            if all(values[name] == getattr(whole, name) for name in part):
                values.update({name: OF_FREQUENCY[name].empty for name in part})
        return values

    def on_top_of(self, usual: Frequency) -> Frequency:
        """The usual frequency with this one as an exception to it."""
        if self.as_needed:
            return Frequency(**self.frequency_values())
        values = usual.frequency_values()
        for part in PARTS:
            if any(is_said(getattr(self, name)) for name in part):
                values.update({name: getattr(self, name) for name in part})
                values.update({name: OF_FREQUENCY[name].empty for name in PARTS[0]})
        return Frequency(**values)

    def amounts(self) -> dict[str, tuple[int, int]]:
        """Sessions a day and days a week, each from least to most, as the rules of conflicts ask for them.

        Something done as needed is judged by the most that it allows; every second day is three or four days a week.
        """
        if self.as_needed:
            most = self.as_needed_most or _TIMES[1]
            return {"sessions_per_day": (most, most), "days_per_week": (_DAYS[1], _DAYS[1])}
        made = {}
        if self.sessions_per_day is not None:
            made["sessions_per_day"] = (self.sessions_per_day, self.sessions_per_day_most or self.sessions_per_day)
        if self.days_per_week is not None:
            made["days_per_week"] = (self.days_per_week, self.days_per_week_most or self.days_per_week)
        if self.every_days is not None:
            made["days_per_week"] = (max(1, 7 // self.every_days), ceil(7 / self.every_days))
        return made


#: Every field of a frequency with what it is, in order.
OF_FREQUENCY = described(fields(Frequency))
#: Those that are figures.
FREQUENCY_FIGURES = figures_among(OF_FREQUENCY)
#: Their names.
FREQUENCY = tuple(OF_FREQUENCY)
#: Of something that belongs to no whole, such as an exercise on its own page.
UNKNOWN = Frequency()


def frequency_overridden(usual: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a frequency with others on top; one way of saying how often takes the place of another."""
    own = Frequency(**{name: usual[name] for name in FREQUENCY})
    said = {name: given[name] for name in FREQUENCY if is_said(given.get(name))}
    values = asdict(own)
    for part in PARTS:
        if said.keys() & set(part):
            lower_ends = [name for name in part if name in said and not name.endswith("_most")]
            values.update({name: OF_FREQUENCY[name].empty for name in part if lower_ends})
    if said.get("as_needed"):
        values.update({name: OF_FREQUENCY[name].empty for part in PARTS[1:] for name in part})
    elif said.keys() & {name for part in PARTS[1:] for name in part}:
        values.update({name: OF_FREQUENCY[name].empty for name in PARTS[0]})
    return {**values, **said}
