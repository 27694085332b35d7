"""The calendar file: the chosen sessions, every note, and nothing about the reader."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from icalendar import Calendar

from clinical.outputs.answers import AskedWrongly
from clinical.words.choices import Moment, NoteKind, Tier
from exercises.outputs.output import Asked
from routines.models import RoutinePage
from routines.outputs.calendar import Sessions, calendar, made, sessions_asked, suggested_times
from routines.sheet import RoutineSheet
from tests.hostile_texts import HOSTILE
from tests.pure_examples import board, effective, exercise_sheet, item, labelled, routine_sheet, version

TODAY = date(2026, 11, 21)
MONDAY = date(2026, 11, 23)


def sheet_of(**facts: Any) -> RoutineSheet:
    """A routine twice a day on five days a week, for six weeks."""
    usual = {"sessions_per_day": 2, "days_per_week": 5, "weeks": 4, "weeks_most": 6, "title": "Calves"}
    return routine_sheet(item(1), **{**usual, **facts})


def asked(sheet: RoutineSheet, *times: str, **query: str) -> Sessions:
    """What the address asks for."""
    return sessions_asked(query, times, sheet, TODAY)


def events(sheet: RoutineSheet, sessions: Sessions | None = None, **more: Any) -> list[Any]:
    """The events of the file as another program reads them."""
    file = calendar(sheet, sessions or asked(sheet), TODAY, **more)
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
    sessions = Sessions(MONDAY, (time(9),), 4, days)
    assert len(set(sessions.days)) == days
    assert sessions.days[0] == "MO"


def test_the_same_sessions_have_the_same_identity_and_no_reader_is_in_it():
    first, again = (calendar(sheet_of(), asked(sheet_of()), TODAY) for _ in range(2))
    assert first == again
    uids = [str(event["uid"]) for event in Calendar.from_ical(first).walk("VEVENT")]
    assert len(set(uids)) == 2
    moved = [str(event["uid"]) for event in events(sheet_of(), asked(sheet_of(), "10:00", "11:00"))]
    assert moved == uids
    for word in (b"ATTENDEE", b"ORGANIZER", b"mailto", b"http", b"VALARM"):
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
        ({}, ["08:00"] * 17, "time"),
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
        sessions_asked(query, times, sheet_of(), TODAY)
    assert refused.value.field == field
    assert refused.value.message


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
        routine_sheet(item(1, exercise=exercise_sheet(1, title=text)), title=text, safety=safety), asked(sheet), TODAY
    )
    read = Calendar.from_ical(made)
    assert [part.name for part in read.walk()] == ["VCALENDAR", "VEVENT", "VEVENT"]
    for event in read.walk("VEVENT"):
        assert set(event) == {
            "UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "RRULE", "DESCRIPTION", "TRANSP", "CLASS", "X-SAFETY-NOTE",
        }  # fmt: skip
    assert max(len(line) for line in made.split(b"\r\n")) <= 75


def test_calendar_is_beside_the_page(routine: RoutinePage, client: Client):
    answer = client.get("/routines/calves/routine.ics", {"time": ["08:00", "20:00"], "weeks": "2"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Content-Disposition"] == 'inline; filename="calves.ics"'
    assert answer.headers["Cache-Control"] == "no-cache"
    assert not answer.cookies
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 2


def test_refusal_names_the_field_on_a_page(routine: RoutinePage, client: Client):
    answer = client.get("/routines/calves/routine.ics", {"weeks": "<i>"})
    assert answer.status_code == 400
    assert "<strong>weeks</strong>: write a number of weeks from 1 to 52." in answer.content.decode()
