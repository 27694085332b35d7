"""The same notes in every output: page, shared page, paper, calendar, data and what search engines are told (E5)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from datetime import date, time
from random import Random

import pytest
from django.template.loader import render_to_string
from django.test import Client
from icalendar import Calendar
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from clinical.outputs.structured_data import data_block
from clinical.safety.rules import EffectiveNote, NoteVersion, merge, reading_order
from clinical.safety.sheet import SafetyBoard
from clinical.words.choices import NoteKind, Tier, Urgency
from exercises.models import ExercisePage
from exercises.outputs.sheet_data import exercise_sheet_data
from exercises.outputs.structured_data import exercise_structured_data
from routines.models import RoutinePage
from routines.outputs.calendar import Sessions, calendar
from routines.outputs.handout import handout
from routines.outputs.paper import Paper
from routines.outputs.sheet_data import routine_sheet_data
from routines.outputs.structured_data import routine_structured_data
from routines.sheet import RoutineSheet
from tests import factories
from tests.pure_examples import board, exercise_sheet, item, key, routine_sheet
from tools.write_sheet_schema import FOLDER

TODAY = date(2026, 11, 21)
GENERATED = 50
WORDS = ("calf", "hip", "swells", "burns", "numb", "sharp", "while", "you", "move", "ask", "slowly", "never", "bounce")

# What a page says does not depend on the database that keeps it.
pytestmark = pytest.mark.slow


def on_page(html: str) -> set[str]:
    """The notes of a page's own callouts."""
    return set(re.findall(r'data-note="([0-9a-f-]{36})"', html))


def in_data(data: str) -> set[str]:
    """The notes of a sheet as data."""
    return {note["id"] for note in json.loads(data)["safety"]}


def told(html: str) -> set[str]:
    """The notes search engines are told."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    return {part["identifier"] for part in json.loads(found[1])["hasPart"]}


def in_calendar(file: bytes) -> set[str]:
    """The notes every event of a calendar carries."""
    events = Calendar.from_ical(file).walk("VEVENT")
    sets = [frozenset(str(each) for each in event["x-safety-note"]) for event in events]
    assert len(set(sets)) == 1
    return set(sets[0])


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def in_words(words: str, notes: Iterable[EffectiveNote]) -> set[str]:
    """The notes that are said whole in a text, with what to do."""
    said = squeezed(words)
    return {str(note.key) for note in notes if squeezed(note.words) in said and squeezed(note.note.what_to_do) in said}


def printed(pdf: bytes) -> str:
    """The words on paper, without what stands at the top and foot of each page."""
    lines = [line for page in PdfReader(io.BytesIO(pdf)).pages for line in page.extract_text().splitlines()]
    return "".join(
        line for line in lines if not re.search(r"^Stop if .* Emergency: call|Page \d+ of \d+|https?:", line)
    )


def paper_of(sheet: RoutineSheet) -> bytes:
    return handout(sheet, Paper(address="https://stretch.example/r/", printed_on=TODAY, site_name="S"), lambda _: "")


@pytest.mark.usefixtures("starter_site", "db")
def test_every_starter_routine_has_the_same_notes_everywhere(client: Client):
    schema = Draft202012Validator(json.loads((FOLDER / "routine.json").read_text("utf-8")))
    routines = RoutinePage.objects.live()
    assert len(routines) >= 8
    for routine in routines:
        sheet = routine.sheet()
        keys = {str(each) for each in sheet.safety.keys}
        page = client.get(sheet.url).content.decode()
        shared = client.get(f"/s/{factories.link_to(routine).token}/").content.decode()
        data = client.get(f"{sheet.url}sheet.json").content.decode()
        file = client.get(f"{sheet.url}routine.ics").content
        paper = client.get(f"{sheet.url}handout.pdf").content
        schema.validate(json.loads(data))
        assert on_page(page) == on_page(shared) == told(page) == in_data(data) == in_calendar(file) == keys
        [words, *_] = [str(event["description"]) for event in Calendar.from_ical(file).walk("VEVENT")]
        assert in_words(words, sheet.safety) == in_words(printed(paper), sheet.safety) == keys


@pytest.mark.usefixtures("starter_site", "db")
def test_every_starter_exercise_has_the_same_notes_everywhere(client: Client):
    schema = Draft202012Validator(json.loads((FOLDER / "exercise.json").read_text("utf-8")))
    exercises = ExercisePage.objects.live()
    assert len(exercises) >= 20
    for exercise in exercises:
        sheet = exercise.sheet()
        page = client.get(sheet.url).content.decode()
        data = client.get(f"{sheet.url}sheet.json").content.decode()
        schema.validate(json.loads(data))
        assert on_page(page) == told(page) == in_data(data) == {str(each) for each in sheet.safety.keys}


def some_notes(chance: Random) -> list[EffectiveNote]:
    """Up to forty notes of every kind, tier and urgency, each with words of its own."""
    notes = []
    for number in range(chance.randint(0, 40)):
        note = NoteVersion(
            key=key(1000 + number),
            kind=chance.choice(list(NoteKind)),
            tier=chance.choice(list(Tier)),
            text=" ".join(chance.choices(WORDS, k=chance.randint(1, 30))) + f" n{number}n",
            urgency=chance.choice(["", *Urgency.values]),
            what_to_do=chance.choice(["", f"Do this, d{number}d."]),
            language=chance.choice(["", "en", "de"]),
            concerns_step=chance.choice(["", "", "hold", "move"]),
        )
        notes.append(EffectiveNote(note, frozenset()))
    return list(merge(notes))


@pytest.mark.parametrize("seed", range(GENERATED))
def test_generated_routine_has_the_same_notes_everywhere(seed: int):
    chance = Random(seed)
    made = board(*some_notes(chance))
    safety = SafetyBoard(tuple(sorted(made, key=reading_order)), made.emergency_number, "en")
    items = [item(number, exercise=exercise_sheet(number, safety=safety)) for number in range(1, chance.randint(2, 8))]
    sheet = routine_sheet(*items, safety=safety, title="Generated")
    keys = {str(each) for each in safety.keys}
    page = render_to_string("components/safety_notes.html", {"board": safety, "prefix": "safety"})
    file = calendar(sheet, Sessions(TODAY, (time(8), time(20)), 4, 5), TODAY)
    whole = str(Calendar.from_ical(file).walk("VEVENT")[0]["description"])
    told_of = [
        data_block(routine_structured_data(sheet, "https://stretch.example/r/")),
        data_block(exercise_structured_data(items[0].exercise, "https://stretch.example/e/")),
    ]
    assert on_page(page) == in_calendar(file) == keys
    assert [told(block) for block in told_of] == [keys, keys]
    assert in_data(routine_sheet_data(sheet, TODAY).model_dump_json()) == keys
    assert in_data(exercise_sheet_data(items[0].exercise, TODAY).model_dump_json()) == keys
    assert in_words(whole, safety) == in_words(printed(paper_of(sheet)), safety) == keys


def test_note_that_is_left_out_would_be_seen():
    whole = board(*some_notes(Random(3)))
    less = SafetyBoard(whole.notes[:-1], whole.emergency_number, "en")
    [lost] = whole.keys - less.keys
    words = printed(paper_of(routine_sheet(item(1, exercise=exercise_sheet(1, safety=less)), safety=less)))
    assert in_words(words, whole) == {str(each) for each in whole.keys - {lost}}
