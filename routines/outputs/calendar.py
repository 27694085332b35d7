"""The sessions of a routine as a calendar file: for so many weeks, on so many days, at the times a reader chose.

Pure. Nothing in the file says whose it is. Times are those of the wall clock wherever the reader is, so that eight
o'clock stays eight o'clock when the clocks change; no session lies in the past. The same sessions have the same
identity, so taking the file in again replaces them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
from routines.outputs.planned_days import DAYS
from routines.outputs.sessions import Run, Sessions, runs, spread
from routines.outputs.words import amounts, left_out, notes_in_lines, signs_in_lines
from routines.sheet import RoutineSheet

#: How long where the routine does not say; and at most, in the calendar.
USUAL_WEEKS, MOST_WEEKS = 4, 52
#: Times a day where the routine does not say.
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


def sessions_asked(asked: QueryDict, sheet: RoutineSheet, today: date, *, is_shared: bool = False) -> Sessions:
    """What the address asks for: ``start`` (2026-11-23), ``time`` (08:00) and ``day`` (MO), both several times.

    And ``weeks``, ``alarm`` (minutes before, or none) and ``title`` (own, neutral). What it leaves out is suggested
    from the routine; what is given to one patient is titled neutrally unless they ask, since others see their calendar.
    Raises ``AskedWrongly`` for what cannot be.
    """
    times = [given for given in asked.getlist("time") if given.strip()]
    start = _start(asked.get("start", ""), today)
    return Sessions(
        start=start,
        times=_times(times, sheet) if times else suggested_times(sheet),
        weeks=_weeks(asked.get("weeks", ""), sheet),
        days=_days(asked.getlist("day"), sheet) or spread(start, sheet.often.most_days),
        alarm=one_of(asked, "alarm", ALARMS, "0"),
        is_neutral=one_of(asked, "title", {"own": False, "neutral": True}, "neutral" if is_shared else "own"),
        every_days=sheet.often.every_days,
    )


def suggested_times(sheet: RoutineSheet) -> tuple[time, ...]:
    """Times of day to start from: as many as the routine asks for, between its moment and the evening."""
    count = most_times(sheet) if sheet.often.sessions_per_day else 1
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
    return most_weeks(sheet) if sheet.weeks else USUAL_WEEKS


def most_times(sheet: RoutineSheet) -> int:
    """How many times a day at most: as often as it is prescribed."""
    return min(sheet.often.sessions_per_day_most or sheet.often.sessions_per_day or MOST_TIMES, MOST_TIMES)


def most_weeks(sheet: RoutineSheet) -> int:
    """For how many weeks at most: as long as the routine goes on; of a link what is left of it, the last always."""
    weeks = sheet.weeks_most or sheet.weeks
    return min(max(weeks - (sheet.week or 1) + 1, 1), MOST_WEEKS) if weeks else MOST_WEEKS


def calendar(sheet: RoutineSheet, sessions: Sessions, now: datetime, link: str = "", page: str = "") -> bytes:
    """The calendar file. ``link`` stands in it only when the reader asked for that; ``page`` is a public address."""
    today = now.date()
    made = Calendar()
    made.add("prodid", "-//Stretchsite//Routine//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for number, at in enumerate(sessions.times, start=1):
        for run in runs(sheet, sessions, at, now):
            said = (_name(number, run), description(run.sheet, today, page or link), link)
            made.add_component(_event(run, sessions, today, said))
    return bytes(made.to_ical())


def made(sheet: RoutineSheet, asked: Asked) -> Made:
    """The calendar as an output. A patient's link stands in it only where its reader asked for that.

    Raises ``AskedWrongly`` for what is done as needed, which no page offers for a calendar.
    """
    if sheet.often.as_needed:
        raise AskedWrongly("start", _("leave it out of your calendar: it is done when you need it, on no set day."))
    sessions = sessions_asked(asked.query, sheet, asked.today, is_shared=asked.is_shared)
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


def _name(number: int, run: Run) -> str:
    """What tells the entry from all others of the routine, the same each time the file is made."""
    days = f" of {run.place + 1}" if run.place else ""
    return f"session {number}{days}" + (f" from week {run.week}" if run.week not in {None, 1} else "")


def _event(run: Run, sessions: Sessions, today: date, said: tuple[str, str, str]) -> Event:
    name, description, link = said
    event, sheet = Event(), run.sheet
    title = printable(_("Time for my exercises") if sessions.is_neutral else sheet.title)
    event.add("uid", str(uuid5(sheet.key, name)))
    event.add("dtstamp", datetime.combine(today, time(), UTC))
    event.add("summary", title)
    event.add("dtstart", run.begins)
    event.add("dtend", run.begins + timedelta(minutes=max(sheet.minutes, 1)))
    event.add("rrule", run.sessions.rule(run.count))
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


def _times(given: Sequence[str], sheet: RoutineSheet) -> tuple[time, ...]:
    if len(given) > (most := most_times(sheet)):
        raise AskedWrongly("time", _("choose at most %d a day: this routine is for no more.") % most)
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
    most = most_weeks(sheet)
    if not given.strip():
        return min(suggested_weeks(sheet), most)
    weeks = int(given.strip()) if _WEEKS.fullmatch(given.strip()) else 0
    if most < weeks <= MOST_WEEKS:
        raise AskedWrongly("weeks", _("choose no more than %d: this routine goes on no longer.") % most)
    if not 1 <= weeks <= MOST_WEEKS:
        raise AskedWrongly("weeks", _("write a number of weeks from 1 to %d.") % most)
    return weeks
