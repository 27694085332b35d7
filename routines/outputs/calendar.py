"""The sessions of a routine as a calendar file: for so many weeks, on so many days, at the times a reader chose.

Pure. Nothing in the file says whose it is. Times are those of the wall clock wherever the reader is, so that eight
o'clock stays eight o'clock when the clocks change; no session lies in the past. The same sessions have the same
identity, so taking the file in again replaces them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid5

from django.http import QueryDict
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from clinical.outputs.answers import AskedWrongly, one_of
from clinical.outputs.file_cache import Made
from clinical.outputs.typesetting import printable
from clinical.words.choices import Moment
from exercises.outputs.output import Asked
from routines.outputs.planned_days import DAYS, planned
from routines.outputs.words import amounts, left_out, notes_in_lines, signs_in_lines
from routines.sheet import RoutineSheet

#: How long where the routine does not say; and at most, in the calendar.
USUAL_WEEKS, MOST_WEEKS = 4, 52
MOST_TIMES = 16
#: Furthest start, in days from today.
FURTHEST_START = 366

#: When the first session of a day is suggested, by the routine's moment.
FIRST_TIMES = {
    Moment.ON_WAKING: time(7, 30),
    Moment.BEFORE_ACTIVITY: time(17, 0),
    Moment.AFTER_ACTIVITY: time(18, 30),
    Moment.AT_THE_DESK: time(10, 0),
    Moment.EVENING: time(19, 0),
    Moment.BEFORE_BED: time(21, 30),
}
USUAL_FIRST_TIME, LAST_TIME = time(9, 0), time(20, 0)

#: Minutes before a session at which a calendar may remind of it.
ALARMS: dict[str, int | None] = {"none": None, "0": 0, "5": 5, "10": 10, "15": 15, "30": 30, "60": 60}

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?")
_WEEKS = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True)
class Sessions:
    """What a reader chose: the first day, the times of day in order, the number of weeks, and the days of a week.

    Where the routine is done every so many days, ``every_days`` counts them and the days of a week say nothing.
    They begin ``after`` so many days, since sessions with other exercises are a row of their own. ``alarm`` is so many
    minutes before each session, or None for none. A neutral title does not say what it is for.
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


def spread(start: date, days_per_week: int) -> tuple[str, ...]:
    """So many days of the week, spread evenly from the first day on."""
    return tuple(DAYS[(start.weekday() + number * 7 // days_per_week) % 7] for number in range(days_per_week))


def sessions_asked(asked: QueryDict, sheet: RoutineSheet, today: date) -> Sessions:
    """What the address asks for: ``start`` (2026-11-23), ``time`` (08:00) and ``day`` (MO), both several times.

    And ``weeks``, ``alarm`` (minutes before, or none) and ``title`` (neutral). What it leaves out is suggested from the
    routine. Raises ``AskedWrongly`` for what cannot be.
    """
    times = [given for given in asked.getlist("time") if given.strip()]
    start = _start(asked.get("start", ""), today)
    return Sessions(
        start=start,
        times=_times(times) if times else suggested_times(sheet),
        weeks=_weeks(asked.get("weeks", ""), sheet),
        days=_days(asked.getlist("day"), sheet) or spread(start, sheet.often.most_days),
        alarm=one_of(asked, "alarm", ALARMS, "0"),
        is_neutral=one_of(asked, "title", {"own": False, "neutral": True}, "own"),
        every_days=sheet.often.every_days,
    )


def suggested_times(sheet: RoutineSheet) -> tuple[time, ...]:
    """Times of day to start from: as many as the routine asks for, between its moment and the evening."""
    count = min(sheet.often.sessions_per_day_most or sheet.often.sessions_per_day or 1, MOST_TIMES)
    known = [FIRST_TIMES[Moment(each.value)] for each in sheet.moments if each.value in FIRST_TIMES]
    first = known[0] if known else USUAL_FIRST_TIME
    if count == 1:
        return (first,)
    first = min(first, USUAL_FIRST_TIME)
    begin, end = first.hour * 60 + first.minute, LAST_TIME.hour * 60 + LAST_TIME.minute
    minutes = [begin + (end - begin) * number // (count - 1) for number in range(count)]
    return tuple(time(*divmod(minute // 5 * 5, 60)) for minute in minutes)


def suggested_weeks(sheet: RoutineSheet) -> int:
    """For how many weeks, where the reader does not say."""
    return sheet.weeks_most or sheet.weeks or USUAL_WEEKS


def calendar(sheet: RoutineSheet, sessions: Sessions, now: datetime, link: str = "", page: str = "") -> bytes:
    """The calendar file. ``link`` stands in it only when the reader asked for that; ``page`` is a public address."""
    today = now.date()
    made = Calendar()
    made.add("prodid", "-//Stretchsite//Routine//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for place, plan in enumerate(planned(sheet, sessions.days, sessions.every_days)):
        if plan.after >= sessions.weeks * 7:
            continue
        when = replace(sessions, days=plan.days, every_days=plan.every_days, after=plan.after)
        words = description(plan.sheet, today, page or link)
        for number, at in enumerate(sessions.times, start=1):
            name = f"session {number}" + (f" of {place + 1}" if place else "")
            made.add_component(_event(plan.sheet, when, (at, name), now, (words, link)))
    return bytes(made.to_ical())


def made(sheet: RoutineSheet, asked: Asked) -> Made:
    """The calendar as an output. A patient's link stands in it only where its reader asked for that.

    Raises ``AskedWrongly`` for what is done as needed, which no page offers for a calendar.
    """
    if sheet.often.as_needed:
        raise AskedWrongly("start", _("leave it out of your calendar: it is done when you need it, on no set day."))
    sessions = sessions_asked(asked.query, sheet, asked.today)
    has_link = asked.is_shared and one_of(asked.query, "link", {"1": True, "0": False}, "0")
    link, page = asked.address if has_link else "", "" if asked.is_shared else asked.address
    return Made(calendar(sheet, sessions, datetime.combine(asked.today, asked.now), link, page))


def description(sheet: RoutineSheet, today: date, link: str = "") -> str:
    """A missed review, the signs in short, what to do, then the notes in full: calendars cut long text at its end.

    The page's address stands before the notes in full, where the file may hold one.
    """
    overdue = sheet.provenance.freshness(today).banner
    lines = [overdue] if overdue else []
    lines += [f"{label}: {', '.join(titles)}" for label, titles in left_out(sheet)]
    lines += signs_in_lines(sheet.signs)
    in_full = _("ALL %d SAFETY NOTES IN FULL") % sheet.signs.notes
    head = f"{in_full}: {link}" if link else in_full
    return printable("\n".join([*lines, "", *amounts(sheet), "", head, *notes_in_lines(sheet.safety)]))


def _event(
    sheet: RoutineSheet, sessions: Sessions, when: tuple[time, str], now: datetime, said: tuple[str, str]
) -> Event:
    (at, name), (description, link) = when, said
    event = Event()
    title = printable(_("Time for my exercises") if sessions.is_neutral else sheet.title)
    begins = sessions.first(at, now)
    event.add("uid", str(uuid5(sheet.key, name)))
    event.add("dtstamp", datetime.combine(now.date(), time(), UTC))
    event.add("summary", title)
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=max(sheet.at_its_longest.minutes, 1)))
    event.add("rrule", _rule(sessions))
    event.add("description", description)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    for item in sheet.safety:
        event.add("x-safety-note", str(item.key))
    if link:
        event.add("url", link)
    if sessions.alarm is not None:
        event.add_component(_alarm(title, sessions.alarm))
    return event


def _alarm(title: str, minutes: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    # Written out, since the library writes no minutes as "P0D", which not every calendar takes.
    alarm["trigger"] = f"-PT{minutes}M"
    return alarm


def _rule(sessions: Sessions) -> dict[str, object]:
    if sessions.every_days is not None:
        count = max(1, -(-(sessions.weeks * 7 - sessions.after) // sessions.every_days))
        return {"freq": "daily", "interval": sessions.every_days, "count": count}
    count = sessions.weeks * len(sessions.days)
    if len(sessions.days) == 7:
        return {"freq": "daily", "count": count}
    return {"freq": "weekly", "count": count, "byday": list(sessions.days), "wkst": DAYS[sessions.start.weekday()]}


def _start(given: str, today: date) -> date:
    if not given.strip():
        return today
    try:
        start = date.fromisoformat(given.strip())
    except ValueError:
        raise AskedWrongly("start", _("write the first day as year, month and day, such as 2026-11-23.")) from None
    if not 0 <= (start - today).days <= FURTHEST_START:
        raise AskedWrongly("start", _("choose a day from today on, within a year."))
    return start


def _times(given: Sequence[str]) -> tuple[time, ...]:
    if len(given) > MOST_TIMES:
        raise AskedWrongly("time", _("choose at most %d times a day.") % MOST_TIMES)
    found = [_CLOCK.fullmatch(each.strip()) for each in given]
    times = {time(int(each[1]), int(each[2])) for each in found if each}
    if None in found:
        raise AskedWrongly("time", _("write a time of day such as 08:30, from 00:00 to 23:59."))
    return tuple(sorted(times))


def _days(given: Sequence[str], sheet: RoutineSheet) -> tuple[str, ...]:
    """The chosen days in the order of a week; no more than the routine asks for."""
    if not set(given) <= set(DAYS):
        raise AskedWrongly("day", _("write one of: %s.") % ", ".join(DAYS))
    most = sheet.often.most_days
    if len(set(given)) > most:
        raise AskedWrongly("day", _("choose at most %d days a week: this routine is for no more.") % most)
    return tuple(day for day in DAYS if day in given)


def _weeks(given: str, sheet: RoutineSheet) -> int:
    if not given.strip():
        return suggested_weeks(sheet)
    weeks = int(given.strip()) if _WEEKS.fullmatch(given.strip()) else 0
    if not 1 <= weeks <= MOST_WEEKS:
        raise AskedWrongly("weeks", _("write a number of weeks from 1 to %d.") % MOST_WEEKS)
    return weeks
