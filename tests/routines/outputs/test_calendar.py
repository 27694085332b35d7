"""The calendar file: the chosen sessions, every note, and nothing about the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given, strategies
from icalendar import Calendar

from clinical.outputs.answers import AskedWrongly
from clinical.words.choices import Moment, NoteKind, Tier
from exercises.outputs.output import Asked
from routines.item_weeks import ItemWeeks
from routines.models import RoutinePage
from routines.outputs.calendar import calendar, made, sessions_asked, suggested_times, suggested_weeks
from routines.outputs.calendar_choices import calendar_choices
from routines.outputs.planned_days import DAYS
from routines.outputs.sessions import Sessions, spread
from routines.sheet import RoutineSheet
from testing import factories
from tests.hostile_texts import HOSTILE
from tests.pure_examples import board, dosage, effective, exercise_sheet, item, labelled, routine_sheet, version

TODAY = date(2026, 11, 21)
NOW = datetime.combine(TODAY, time())
MONDAY = date(2026, 11, 23)


def sheet_of(**facts: Any) -> RoutineSheet:
    """A routine twice a day on five days a week, for six weeks."""
    usual = {"sessions_per_day": 2, "days_per_week": 5, "weeks": 4, "weeks_most": 6, "title": "Calves"}
    return routine_sheet(item(1), **{**usual, **facts})


def query_of(times: Sequence[str] = (), days: Sequence[str] = (), **query: str) -> QueryDict:
    """What stands behind the address."""
    made = QueryDict(mutable=True)
    made.update(query)
    made.setlist("time", times)
    made.setlist("day", days)
    return made


def asked(sheet: RoutineSheet, *times: str, days: Sequence[str] = (), **query: str) -> Sessions:
    """What the address asks for."""
    return sessions_asked(query_of(times, days, **query), sheet, TODAY)


def events(sheet: RoutineSheet, sessions: Sessions | None = None, **more: Any) -> list[Any]:
    """The events of the file as another program reads them."""
    file = calendar(sheet, sessions or asked(sheet), more.pop("now", NOW), **more)
    return list(Calendar.from_ical(file).walk("VEVENT"))


def test_each_chosen_time_is_an_event_that_comes_back_for_so_many_weeks():
    sheet = sheet_of()
    first, second = events(sheet, asked(sheet, "18:30", "7:05", start="2026-11-23"))
    assert (first["dtstart"].dt.isoformat(), second["dtstart"].dt.isoformat()) == (
        "2026-11-23T07:05:00",
        "2026-11-23T18:30:00",
    )
    rule = first["rrule"]
    assert (rule["freq"], rule["count"], rule["byday"]) == (["WEEKLY"], [30], ["MO", "TU", "WE", "FR", "SA"])
    assert (first["dtend"].dt - first["dtstart"].dt).total_seconds() == sheet.minutes * 60


def test_times_are_those_of_the_wall_clock():
    [event, _] = events(sheet_of())
    assert event["dtstart"].dt.tzinfo is None
    assert "TZID" not in event["dtstart"].params


def test_every_day_is_said_as_every_day():
    sheet = sheet_of(days_per_week=7, sessions_per_day=1, weeks=None, weeks_most=None)
    [event] = events(sheet)
    assert (event["rrule"]["freq"], event["rrule"]["count"]) == (["DAILY"], [28])


@pytest.mark.parametrize("days", range(1, 8))
def test_days_of_a_week_are_different_and_begin_with_the_first(days: int):
    chosen = spread(MONDAY, days)
    assert len(set(chosen)) == days
    assert chosen[0] == "MO"


def test_the_same_sessions_have_the_same_identity_and_no_reader_is_in_it():
    first, again = (calendar(sheet_of(), asked(sheet_of()), NOW) for _ in range(2))
    assert first == again
    uids = [str(event["uid"]) for event in Calendar.from_ical(first).walk("VEVENT")]
    assert len(set(uids)) == 2
    moved = [str(event["uid"]) for event in events(sheet_of(), asked(sheet_of(), "10:00", "11:00"))]
    assert moved == uids
    for word in (b"ATTENDEE", b"ORGANIZER", b"mailto", b"http"):
        assert word not in first


def test_link_is_in_it_only_when_asked_for():
    assert all("url" not in event for event in events(sheet_of()))
    link = "https://stretch.example/s/abc/"
    assert all(event["url"] == link for event in events(sheet_of(), link=link))


def test_signs_stand_before_the_exercises_and_every_note_in_full_after_them():
    safety = board(
        effective(
            version(
                101, NoteKind.STOP, Tier.DO_NOT, text="your calf swells", what_to_do="Rest.", in_short="a calf swells"
            )
        ),
        effective(version(102, NoteKind.CHECK_FIRST, Tier.CHECK_FIRST, text="Ask first.")),
    )
    for event in events(sheet_of(safety=safety, taken_out=("Neck roll",))):
        words = str(event["description"])
        begin = words.index("1. Exercise 1: Hold 30 seconds, 2 times each side")
        for said in ("STOP IF:", "- a calf swells", "CALL 999 NOW IF:", "Ask first.", "Neck roll"):
            assert -1 < words.find(said) < begin
        for said in ("STOP IF:", "- your calf swells. Rest.", "EMERGENCY: CALL 999 NOW IF:", "Ask first."):
            assert words.find(said, begin) > begin
        assert {str(key) for key in event["x-safety-note"]} == {str(key) for key in safety.keys}
        assert "Example content" in words


def test_every_second_day_is_planned_as_such():
    sheet = sheet_of(sessions_per_day=1, days_per_week=None, every_days=2, weeks=4, weeks_most=None)
    (event,) = events(sheet)
    assert event["rrule"] == {"FREQ": ["DAILY"], "INTERVAL": [2], "COUNT": [14]}


@pytest.mark.parametrize(
    ("often", "own", "rows"),
    [
        # The days or the round of each row, how many days after the first it begins, and which exercises are in it.
        ({}, {"days_per_week": 3}, [("MO,WE,FR", 0, "12"), ("TU,TH,SA,SU", 1, "1")]),
        ({}, {"every_days": 2}, [("2", 0, "12"), ("2", 1, "1")]),
        ({}, {"every_days": 3}, [("3", 0, "12"), ("3", 1, "1"), ("3", 2, "1")]),
        ({"days_per_week": 5}, {"every_days": 2}, [("MO,WE,FR", 0, "12"), ("TU,SA", 1, "1")]),
        ({"days_per_week": 3}, {"days_per_week": 1}, [("MO", 0, "12"), ("WE,FR", 2, "1")]),
        (
            {"days_per_week": None, "every_days": 2},
            {"days_per_week": 1},
            [("8", n, "1" if n else "12") for n in (0, 2, 4, 6)],
        ),
        ({"days_per_week": 5}, {"every_days": 10}, [("MO,TU,WE,FR,SA", 0, "12")]),
        ({}, {"sessions_per_day": 1}, [("1", 0, "12")]),
    ],
)
def test_an_exercise_with_days_of_its_own_is_planned_on_those(often: Any, own: Any, rows: list[tuple[str, int, str]]):
    facts = {"sessions_per_day": 1, "days_per_week": 7, "weeks": 4, "weeks_most": None, **often}
    sheet = routine_sheet(item(1), item(2, dosage=dosage(**own)), **facts)
    found = events(sheet, asked(sheet, start=MONDAY.isoformat()), now=datetime.combine(MONDAY, time()))
    told = []
    for event in found:
        rule = event["rrule"]
        on = ",".join(sorted(rule.get("byday", []), key=DAYS.index)) or str(rule.get("interval", [1])[0])
        held = "".join(str(number) for number in (1, 2) if f"{number}. Exercise {number}:" in str(event["description"]))
        told.append((on, (event["dtstart"].dt.date() - MONDAY).days, held))
    assert told == rows
    assert len({str(event["uid"]) for event in found}) == len(found)
    days = 28 // 2 if often.get("every_days") else 4 * often.get("days_per_week", 7)
    assert sum(event["rrule"]["count"][0] for event in found) == days


@pytest.mark.parametrize(
    ("own", "held"),
    [
        ({"sessions_per_day": 1}, ["12", "1", "1"]),
        ({"sessions_per_day": 1, "sessions_per_day_most": 2}, ["12", "12", "1"]),
        ({"sessions_per_day": 4}, ["12", "12", "12"]),
        ({}, ["12", "12", "12"]),
    ],
)
def test_an_exercise_done_fewer_times_a_day_is_planned_at_so_many_of_the_times(own: Any, held: list[str]):
    sheet = routine_sheet(item(1), item(2, dosage=dosage(**own)), sessions_per_day=3, days_per_week=7)
    found = events(sheet, asked(sheet, "08:00", "14:00", "20:00"))
    assert ["".join(re.findall(r"^(\d)\. Exercise", str(each["description"]), re.MULTILINE)) for each in found] == held
    (once,) = events(routine_sheet(item(1, dosage=dosage(sessions_per_day=1)), sessions_per_day=3, days_per_week=7))
    assert once["dtstart"].dt.time() == time(9, 0)


def test_a_session_without_any_exercise_is_not_planned():
    sheet = routine_sheet(item(1, dosage=dosage(every_days=2)), sessions_per_day=1, days_per_week=7)
    (event,) = events(sheet)
    assert event["rrule"]["interval"] == [2]


def test_what_is_not_prescribed_is_refused_with_what_is():
    for query, words in (({"weeks": "7"}, "no more than 6"), ({"weeks": "0"}, "from 1 to 6")):
        with pytest.raises(AskedWrongly, match=words):
            asked(sheet_of(), **query)
    with pytest.raises(AskedWrongly, match="at most 2 a day"):
        asked(sheet_of(), "08:00", "12:00", "18:00")
    assert asked(sheet_of(weeks=None, weeks_most=None), weeks="52").weeks == 52


@pytest.mark.parametrize(("week", "left"), [(1, 6), (4, 3), (6, 1), (40, 1)])
def test_of_a_link_only_the_weeks_that_are_left_are_planned(week: int, left: int):
    sheet = sheet_of(week=week, began_on=TODAY)
    assert (calendar_choices(sheet, TODAY).most_weeks, suggested_weeks(sheet)) == (left, left)


def test_each_day_lists_what_is_due_in_its_week():
    later, first = ItemWeeks(first=3), ItemWeeks(last=2)
    sheet = routine_sheet(item(1), item(2, weeks=later), item(3, weeks=first), days_per_week=3, weeks=4, title="Calves")
    before, after = events(sheet, asked(sheet, "08:00", days=["MO", "SA"]))
    assert [(each["dtstart"].dt.date().isoformat(), each["rrule"]["count"]) for each in (before, after)] == [
        ("2026-11-21", [4]),
        ("2026-12-05", [4]),
    ]
    said = [re.findall(r"^\d\. (Exercise \d)", str(each["description"]), re.MULTILINE) for each in (before, after)]
    assert said == [["Exercise 1", "Exercise 3"], ["Exercise 1", "Exercise 2"]]
    assert before["uid"] != after["uid"]


def test_nothing_is_planned_in_weeks_without_an_exercise_and_a_link_counts_from_its_own_first_day():
    began = TODAY - timedelta(days=7)
    sheet = routine_sheet(item(1, weeks=ItemWeeks(last=3)), days_per_week=7, weeks=6, week=2, began_on=began)
    [event] = events(sheet, asked(sheet, "08:00"))
    assert (event["dtstart"].dt.date(), event["rrule"]["count"]) == (TODAY, [14])


def test_what_is_done_as_needed_is_planned_for_no_day():
    sheet = sheet_of(sessions_per_day=None, days_per_week=None, as_needed=True, as_needed_most=3)
    assert sheet.frequency == "when you need it, at most 3 times a day"
    plainly = Asked(query=QueryDict(), today=TODAY, address="", site_name="", drawing_of=str)
    with pytest.raises(AskedWrongly) as refused:
        made(sheet, plainly)
    assert "on no set day" in refused.value.message


@pytest.mark.parametrize(
    ("query", "times", "field"),
    [
        ({"start": "tomorrow"}, [], "start"),
        ({"start": "2026-11-20"}, [], "start"),
        ({"start": "2028-01-01"}, [], "start"),
        ({"start": "2026-02-30"}, [], "start"),
        ({}, ["25:00"], "time"),
        ({}, ["8"], "time"),
        ({}, ["08:00\r\nX:1"], "time"),
        ({}, ["08:00", "12:00", "18:00"], "time"),
        ({"weeks": "7"}, [], "weeks"),
        ({"weeks": "0"}, [], "weeks"),
        ({"weeks": "53"}, [], "weeks"),
        ({"weeks": "many"}, [], "weeks"),
        ({"weeks": "²"}, [], "weeks"),
        ({"weeks": "9" * 400}, [], "weeks"),
        ({"weeks": "9" * 6000}, [], "weeks"),
        ({"weeks": "0012999999"}, [], "weeks"),
        ({"weeks": "012"}, [], "weeks"),
        ({"weeks": "٤"}, [], "weeks"),
        ({"weeks": "1e1"}, [], "weeks"),
        ({"weeks": "NaN"}, [], "weeks"),
        ({"start": "٢٠٢٦-١١-٢٣"}, [], "start"),
        ({"start": "9" * 400}, [], "start"),
        ({"start": "9999-12-31"}, [], "start"),
        ({}, ["٠٨:٣٠"], "time"),
        ({}, ["9" * 400], "time"),
    ],
)
def test_what_cannot_be_is_refused_by_name(query: dict[str, str], times: list[str], field: str):
    with pytest.raises(AskedWrongly) as refused:
        sessions_asked(query_of(times, **query), sheet_of(), TODAY)
    assert refused.value.field == field
    assert refused.value.message


@pytest.mark.parametrize("days", [["XX"], ["MO", "mo"], ["MO,TU"], ["MO", "TU", "WE", "TH", "FR", "SA"]])
def test_days_that_cannot_be_are_refused(days: list[str]):
    with pytest.raises(AskedWrongly) as refused:
        asked(sheet_of(), days=days)
    assert refused.value.field == "day"


def test_a_reader_chooses_the_days_but_no_more_than_the_routine_asks_for():
    sessions = asked(sheet_of(), "08:00", days=["WE", "MO", "MO"], start="2026-11-24")
    [event] = events(sheet_of(), sessions)
    assert (event["rrule"]["byday"], event["rrule"]["count"]) == (["MO", "WE"], [12])
    assert event["dtstart"].dt.isoformat() == "2026-11-25T08:00:00"


@pytest.mark.parametrize(
    ("clock", "begins"),
    [("07:59", "2026-11-21T08:00:00"), ("08:01", "2026-11-22T08:00:00"), ("23:59", "2026-11-22T08:00:00")],
)
def test_the_first_session_is_never_in_the_past(clock: str, begins: str):
    sheet = sheet_of(days_per_week=7, sessions_per_day=1)
    now = datetime.combine(TODAY, time.fromisoformat(clock))
    [event] = events(sheet, asked(sheet, "08:00"), now=now)
    assert event["dtstart"].dt.isoformat() == begins


@given(
    now=strategies.times().map(lambda clock: datetime.combine(TODAY, clock)),
    at=strategies.times(),
    days=strategies.sets(strategies.sampled_from(DAYS), min_size=1),
    later=strategies.integers(0, 366),
)
def test_the_first_session_is_to_come_within_a_week_on_a_chosen_day(now: Any, at: time, days: set[str], later: int):
    start = TODAY + timedelta(days=later)
    first = Sessions(start, (at,), 4, tuple(days)).first(at, now)
    assert first >= now
    assert 0 <= (first.date() - start).days <= 7
    assert DAYS[first.weekday()] in days


@pytest.mark.parametrize(("word", "minutes"), [("0", 0), ("10", 10), ("60", 60)])
def test_an_alarm_reminds_of_each_session(word: str, minutes: int):
    for event in events(sheet_of(), asked(sheet_of(), alarm=word)):
        [alarm] = event.walk("VALARM")
        assert (alarm["action"], alarm["description"]) == ("DISPLAY", "Calves")
        assert alarm["trigger"].dt == -timedelta(minutes=minutes)


def test_no_alarm_where_none_is_wanted():
    assert b"VALARM" not in calendar(sheet_of(), asked(sheet_of(), alarm="none"), NOW)


def test_a_neutral_title_does_not_say_what_it_is_for():
    for event in events(sheet_of(), asked(sheet_of(), title="neutral")):
        assert event["summary"] == "Time for my exercises"
        assert event.walk("VALARM")[0]["description"] == "Time for my exercises"
        assert event["class"] == "PRIVATE"


@pytest.mark.parametrize(("field", "word"), [("alarm", "7"), ("alarm", "-5"), ("title", "mine")])
def test_unknown_words_are_refused_by_name(field: str, word: str):
    with pytest.raises(AskedWrongly) as refused:
        asked(sheet_of(), **{field: word})
    assert refused.value.field == field


#: What a line of a calendar may be (RFC 5545 3.1), and which values a strict reader takes.
LINE = re.compile(r"[A-Z-]+(;[A-Z-]+=[A-Za-z0-9-]+)*:.*")
VALUES = {
    "DTSTART": r"\d{8}T\d{6}", "DTEND": r"\d{8}T\d{6}", "DTSTAMP": r"\d{8}T\d{6}Z", "UID": r"[0-9a-f-]{36}",
    "TRIGGER": r"-PT\d+M", "ACTION": "DISPLAY", "CLASS": "PRIVATE", "TRANSP": "TRANSPARENT", "VERSION": r"2\.0",
    "RRULE": r"FREQ=(DAILY;COUNT=\d+|WEEKLY;COUNT=\d+;BYDAY=[A-Z]{2}(,[A-Z]{2})*;WKST=[A-Z]{2})",
}  # fmt: skip
#: What must stand in each part, exactly once.
ONCE = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}


@pytest.mark.parametrize("days", [7, 3, 1])
def test_a_strict_reader_takes_it_in(days: int):
    sheet = sheet_of(days_per_week=days, title="Calves; feet, toes")
    file = calendar(sheet, asked(sheet), NOW).decode()
    assert file.endswith("\r\n")
    assert "\n" not in file.replace("\r\n", "")
    inside: list[tuple[str, list[str]]] = []
    for line in file.replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        assert LINE.fullmatch(line), line
        name, _, value = line.partition(":")
        name = name.partition(";")[0]
        if name == "BEGIN":
            inside.append((value, []))
        elif name == "END":
            part, names = inside.pop()
            assert part == value
            assert all(names.count(each) == 1 for each in ONCE[part]), (part, names)
        else:
            inside[-1][1].append(name)
            assert re.fullmatch(VALUES.get(name, ".*"), value), line
    assert inside == []


@pytest.mark.parametrize(
    ("moment", "count", "times"),
    [
        (Moment.BEFORE_BED, 1, ["21:30"]),
        (Moment.ON_WAKING, 2, ["07:30", "20:00"]),
        (Moment.ANY_TIME, 1, ["09:00"]),
        (Moment.AT_THE_DESK, 3, ["09:00", "14:30", "20:00"]),
        (Moment.ANY_TIME, None, ["09:00"]),
    ],
)
def test_times_are_suggested_from_the_routine(moment: Moment, count: int | None, times: list[str]):
    sheet = sheet_of(moments=(labelled(moment.value),), sessions_per_day=count)
    assert [f"{at:%H:%M}" for at in suggested_times(sheet)] == times


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(text: str):
    safety = board(effective(version(300, NoteKind.STOP, Tier.DO_NOT, text=text)))
    sheet = sheet_of(title=text, safety=safety, purpose=text)
    made = calendar(
        routine_sheet(item(1, exercise=exercise_sheet(1, title=text)), title=text, safety=safety), asked(sheet), NOW
    )
    read = Calendar.from_ical(made)
    assert [part.name for part in read.walk()] == ["VCALENDAR", "VEVENT", "VALARM", "VEVENT", "VALARM"]
    for event in read.walk("VEVENT"):
        assert set(event) == {
            "UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "RRULE", "DESCRIPTION", "TRANSP", "CLASS", "X-SAFETY-NOTE",
        }  # fmt: skip
    assert max(len(line) for line in made.split(b"\r\n")) <= 75


def test_calendar_is_beside_the_page(routine: RoutinePage, client: Client):
    answer = client.get("/routines/calves/routine.ics", {"time": "08:00", "weeks": "2"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Content-Disposition"] == 'inline; filename="calves.ics"'
    assert answer.headers["Cache-Control"] == "no-cache"
    assert not answer.cookies
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1


@pytest.mark.parametrize("page", ["/routines/calves/share/", "/s/{token}/"])
def test_the_form_of_a_page_makes_the_file_without_a_script(routine: RoutinePage, client: Client, page: str):
    page = page.format(token=factories.link_to(routine)[1])
    html = client.get(page).content.decode()
    form = re.search(r'<form[^>]*action="([^"]*routine\.ics)" method="get">(.*?)</form>', html, re.DOTALL)
    assert form
    chosen = dict(re.findall(r'id="[a-z0-9-]+" type="[a-z]+" name="([a-z]+)"[^>]* value="([^"]*)"', form[2]))
    days = re.findall(r'name="day" value="([A-Z]{2})" checked', form[2])
    assert days
    assert '<option value="0" selected>When it is time</option>' in form[2]
    address = form[1] if form[1].startswith("/") else page + form[1]
    answer = client.get(address, {**chosen, "day": days, "alarm": "10", "title": "neutral"})
    assert answer.status_code == 200
    assert b"TRIGGER:-PT10M" in answer.content
    assert b"SUMMARY:Time for my exercises" in answer.content


def test_refusal_names_the_field_on_a_page(routine: RoutinePage, client: Client):
    answer = client.get("/routines/calves/routine.ics", {"weeks": "<i>"})
    assert answer.status_code == 400
    assert "<strong>weeks</strong>: write a number of weeks from 1 to 52." in answer.content.decode()
