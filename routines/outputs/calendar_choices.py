"""What a reader may choose before the calendar file is made: the values a page's form begins with.

Pure. The form is a plain GET form of the file's own address, so it works without a script.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from routines.outputs.calendar import ALARMS, most_weeks, suggested_times, suggested_weeks
from routines.outputs.planned_days import DAYS
from routines.outputs.sessions import spread
from routines.sheet import RoutineSheet


@dataclass(frozen=True)
class DayChoice:
    """A day of the week as its form offers it."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class CalendarChoices:
    """What the form shows before anything is changed; none is shown for what is done as needed.

    There are no days of the week to choose where it is done every so many days.
    """

    is_planned: bool
    times: tuple[time, ...]
    weeks: int
    most_weeks: int
    days: tuple[DayChoice, ...]
    alarms: tuple[tuple[str, str], ...]


def calendar_choices(sheet: RoutineSheet, today: date) -> CalendarChoices:
    """As the routine asks for it: its days spread over the week, its times, its weeks."""
    chosen = spread(today, sheet.often.most_days)
    days = () if sheet.often.every_days else tuple(enumerate(DAYS))
    return CalendarChoices(
        is_planned=not sheet.often.as_needed,
        times=suggested_times(sheet),
        weeks=suggested_weeks(sheet),
        most_weeks=most_weeks(sheet),
        days=tuple(DayChoice(code, str(WEEKDAYS[number]), code in chosen) for number, code in days),
        alarms=tuple((word, _alarm_words(minutes)) for word, minutes in ALARMS.items()),
    )


def _alarm_words(minutes: int | None) -> str:
    if minutes is None:
        return _("No reminder")
    if not minutes:
        return _("When it is time")
    return ngettext("%d minute before", "%d minutes before", minutes) % minutes
