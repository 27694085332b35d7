"""The days on which the sessions of a routine fall, and what of it is due on each.

Pure. Times are those of the wall clock wherever the reader is. Sessions that ask for the same follow each other in one
run, so that a calendar has as few entries as can be; where an exercise begins or ends in a week, another run begins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from routines.item_weeks import ALL_WEEKS
from routines.outputs.planned_days import DAYS, at_this_time, planned
from routines.sheet import RoutineSheet


@dataclass(frozen=True)
class Sessions:
    """What a reader chose: the first day, the times of day in order, the number of weeks, and the days of a week.

    Where the routine is done every so many days, ``every_days`` counts them and the days of a week say nothing.
    They begin ``after`` so many days where others, with other exercises, come before. ``alarm`` is so many minutes
    before each session, or None for none. A neutral title does not say what it is for.
    """

    start: date
    times: tuple[time, ...]
    weeks: int
    days: tuple[str, ...]
    alarm: int | None = None
    is_neutral: bool = False
    every_days: int | None = None
    after: int = 0

    def first(self, at: time, now: datetime) -> datetime:
        """When the first session at this time begins: on the first chosen day on which it is still to come."""
        if self.every_days is not None:
            # All times of a day stay on one day, also where the first of them is over today.
            is_over = datetime.combine(self.start, min(self.times)) < now
            return datetime.combine(self.start + timedelta(days=int(is_over) + self.after), at)
        days = (self.start + timedelta(days=number) for number in range(8))
        begins = (datetime.combine(day, at) for day in days if DAYS[day.weekday()] in self.days)
        return next(each for each in begins if each >= now)

    def begins(self, at: time, now: datetime) -> Iterator[datetime]:
        """When each session at this time begins, in order."""
        first = self.first(at, now)
        if self.every_days is not None:
            count = -(-(self.weeks * 7 - self.after) // self.every_days)
            return (first + timedelta(days=self.every_days * number) for number in range(count))
        all_days = (first + timedelta(days=number) for number in range(self.weeks * 7))
        return (each for each in all_days if DAYS[each.weekday()] in self.days)

    def rule(self, count: int) -> dict[str, object]:
        """How an entry comes back, so many times in all."""
        if self.every_days is not None:
            return {"freq": "daily", "interval": self.every_days, "count": count}
        if len(self.days) == 7:
            return {"freq": "daily", "count": count}
        return {"freq": "weekly", "count": count, "byday": list(self.days), "wkst": DAYS[self.start.weekday()]}


@dataclass(frozen=True)
class Run:
    """Sessions at one time of day that ask for the same: when the first begins, how many, and the sheet as it is then.

    ``week`` is that of the first, where what is due depends on the week. ``place`` tells sessions on some days from
    those on others.
    """

    begins: datetime
    count: int
    sheet: RoutineSheet
    sessions: Sessions
    week: int | None = None
    place: int = 0


def runs(sheet: RoutineSheet, sessions: Sessions, at: time, now: datetime) -> Iterator[Run]:
    """The sessions at this time of day, in order; none on a day on which nothing is due."""
    began = sheet.began_on or min(sessions.first(each, now) for each in sessions.times).date()
    number, times = sessions.times.index(at), len(sessions.times)
    for place, plan in enumerate(planned(sheet, sessions.days, sessions.every_days)):
        if (due := at_this_time(plan.sheet, number, times)) is None:
            continue
        on_these = replace(sessions, days=plan.days, every_days=plan.every_days, after=plan.after)
        yield from (replace(run, place=place) for run in _runs(due, on_these, at, now, began))


def _runs(sheet: RoutineSheet, sessions: Sessions, at: time, now: datetime, began: date) -> Iterator[Run]:
    """Those on the same days, apart where what is due depends on the week."""
    begins = tuple(sessions.begins(at, now))
    if begins and all(item.weeks == ALL_WEEKS for item in sheet.items):
        yield Run(begins[0], len(begins), sheet.at_its_longest, sessions)
        return

    def week(day: datetime) -> int:
        return (day.date() - began).days // 7 + 1

    for due, days in groupby(begins, lambda day: tuple(item.weeks.include(week(day)) for item in sheet.items)):
        first, *others = days
        if any(due):
            yield Run(first, 1 + len(others), replace(sheet, week=week(first)), sessions, week(first))


def spread(start: date, days_per_week: int) -> tuple[str, ...]:
    """So many days of the week, spread evenly from the first day on."""
    return tuple(DAYS[(start.weekday() + number * 7 // days_per_week) % 7] for number in range(days_per_week))
