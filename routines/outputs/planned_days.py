"""On which of a routine's days each of its exercises is planned, where one has days of its own.

Pure. A routine on days of the week is planned by the week, and so are its exceptions: spread over its days. One that is
done daily, or every so many days, is planned in a round of days: an exercise for every second day is in every second
session. One that is done fewer times a day is planned at so many of a day's times. Where an exercise cannot be planned
as often as it says it is planned less often, and never on two days running that it asks to have a day between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, lcm

from exercises.frequency import Frequency
from routines.sheet import RoutineSheet

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: No round is longer, in sessions; a longer one would be as many entries in a calendar.
LONGEST_ROUND = 14


@dataclass(frozen=True)
class Plan:
    """Sessions with the same exercises: the sheet of those, and when they are.

    In a week they are on ``days``; in a round of ``every_days`` they begin ``after`` so many days, every so many again.
    """

    sheet: RoutineSheet
    days: tuple[str, ...]
    every_days: int | None = None
    after: int = 0


def planned(sheet: RoutineSheet, days: tuple[str, ...], every_days: int | None) -> tuple[Plan, ...]:
    """All sessions of a routine, those with other exercises apart; one plan where nothing has days of its own."""
    own = [item.dosage.frequency for item in sheet.items]
    if not any(map(has_own_days, own)):
        return (Plan(sheet, days, every_days),)
    if every_days or (len(days) == 7 and all(each.every_days for each in own if has_own_days(each))):
        return _in_a_round(sheet, own, days, every_days or 1)
    return _in_a_week(sheet, own, days)


def has_own_days(own: Frequency) -> bool:
    """Whether an exercise is an exception to the days of its routine."""
    return bool(own.every_days or own.days_per_week)


def at_this_time(sheet: RoutineSheet, number: int, times: int) -> RoutineSheet | None:
    """What of a day's session is done at this one of so many times, counted from nought; nothing where there is none.

    What is done fewer times a day than the routine is spread over its times, from the first on.
    """
    return _only(sheet, [number in _of_the_day(item.dosage.frequency, times) for item in sheet.items])


def _of_the_day(own: Frequency, times: int) -> set[int]:
    count = min(own.sessions_per_day_most or own.sessions_per_day or times, times)
    return {number * times // count for number in range(count)}


def _in_a_round(sheet: RoutineSheet, own: list[Frequency], days: tuple[str, ...], step: int) -> tuple[Plan, ...]:
    strides = [_stride(each, step) if has_own_days(each) else 1 for each in own]
    whole = lcm(*strides)
    if whole > LONGEST_ROUND:
        longest = max(strides)
        strides, whole = [longest if each > 1 else 1 for each in strides], longest
    plans = (_only(sheet, [not number % each for each in strides]) for number in range(whole))
    return tuple(Plan(each, days, step * whole, step * number) for number, each in enumerate(plans) if each is not None)


def _stride(own: Frequency, step: int) -> int:
    """In every how many sessions, which are so many days apart, it is."""
    apart = own.every_days or 7 / (own.days_per_week_most or own.days_per_week or 7)
    return ceil(apart / step)


def _in_a_week(sheet: RoutineSheet, own: list[Frequency], days: tuple[str, ...]) -> tuple[Plan, ...]:
    chosen = [_of_the_week(each, days) if has_own_days(each) else days for each in own]
    together: dict[tuple[bool, ...], list[str]] = {}
    for day in days:
        together.setdefault(tuple(day in each for each in chosen), []).append(day)
    plans = ((_only(sheet, is_in), tuple(on)) for is_in, on in together.items())
    return tuple(Plan(each, on) for each, on in plans if each is not None)


def _of_the_week(own: Frequency, days: tuple[str, ...]) -> tuple[str, ...]:
    """Its days among those of the routine: spread evenly, or so many days apart.

    What is done less than once a week is in every session, whose words say so.
    """
    if own.every_days:
        return _apart(own.every_days, days) if own.every_days <= len(DAYS) else days
    count = min(own.days_per_week_most or own.days_per_week or len(days), len(days))
    return tuple(days[number * len(days) // count] for number in range(count))


def _apart(least: int, days: tuple[str, ...]) -> tuple[str, ...]:
    """As many of these days as are at least so many days apart, also from one week to the next."""
    first = DAYS.index(days[0])
    by_distance = sorted(days, key=lambda day: _distance(first, day))
    chosen = [by_distance[0]]
    for day in by_distance[1:]:
        distance = _distance(first, day)
        if distance - _distance(first, chosen[-1]) >= least and len(DAYS) - distance >= least:
            chosen.append(day)
    return tuple(chosen)


def _distance(first: int, day: str) -> int:
    return (DAYS.index(day) - first) % len(DAYS)


def _only(sheet: RoutineSheet, is_in: Sequence[bool]) -> RoutineSheet | None:
    """The sheet with these items; nothing where there is none. Its safety stays whole.

    Where all of a routine is taken out its days stay: each says so, to whoever has it in a calendar.
    """
    items = tuple(item for item, is_planned in zip(sheet.items, is_in, strict=True) if is_planned)
    return replace(sheet, items=items) if items or not sheet.items else None
