"""The same notes in every output there is, on pages and on links, and in what search engines are told (E5)."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from jsonschema import Draft202012Validator

from clinical.outputs.structured_data import data_block
from clinical.safety.rules import EffectiveNote, NoteVersion, merge, reading_order
from clinical.safety.sheet import SafetyBoard
from clinical.words.choices import NoteKind, Tier, Urgency
from exercises.models import ExercisePage
from exercises.outputs.output import FileOutput
from exercises.outputs.registry import OUTPUTS as OF_EXERCISES
from exercises.outputs.structured_data import exercise_structured_data
from exercises.sheet import ExerciseSheet
from routines.models import RoutinePage
from routines.outputs.registry import OUTPUTS as OF_ROUTINES
from routines.outputs.structured_data import routine_structured_data
from routines.sheet import RoutineSheet
from testing import factories
from tests.outputs import WITH_NOTES, files_of, notes_in, on_page, plainly_asked
from tests.pure_examples import board, exercise_sheet, item, key, routine_sheet

GENERATED = 50
WORDS = ("calf", "hip", "swells", "burns", "numb", "sharp", "while", "you", "move", "ask", "slowly", "never", "bounce")

# What a page says does not depend on the database that keeps it.
pytestmark = pytest.mark.slow


def told(html: str) -> set[str]:
    """The notes search engines are told."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    return {part["identifier"] for part in json.loads(found[1])["hasPart"]}


@pytest.mark.usefixtures("starter_site", "db")
def test_every_starter_routine_has_the_same_notes_everywhere(client: Client):
    routines = RoutinePage.objects.live()
    assert len(routines) >= 8
    for routine in routines:
        sheet = routine.sheet()
        addresses = {"routine": sheet.url, "shared": f"/s/{factories.link_to(routine).token}/"}
        page = assert_same_notes(client, sheet, addresses)
        assert told(page) == {str(key) for key in sheet.safety.keys}
        published("routine").validate(client.get(f"{sheet.url}sheet.json").json())


@pytest.mark.usefixtures("starter_site", "db")
def test_every_starter_exercise_has_the_same_notes_everywhere(client: Client):
    exercises = ExercisePage.objects.live()
    assert len(exercises) >= 20
    for exercise in exercises:
        sheet = exercise.sheet()
        page = assert_same_notes(client, sheet, {"exercise": sheet.url})
        assert told(page) == {str(key) for key in sheet.safety.keys}
        published("exercise").validate(client.get(f"{sheet.url}sheet.json").json())


SCHEMAS = Path(settings.BASE_DIR) / "docs" / "sheet-format"


@cache
def published(kind: str) -> Draft202012Validator:
    """The schema that is in the documentation."""
    return Draft202012Validator(json.loads((SCHEMAS / f"{kind}.json").read_text("utf-8")))


def assert_same_notes(client: Client, sheet: ExerciseSheet | RoutineSheet, addresses: dict[str, str]) -> str:
    """Every output under these addresses says the notes of the sheet. Gives the page under the first."""
    keys = {str(key) for key in sheet.safety.keys}
    for place in WITH_NOTES:
        if place.owner in addresses:
            answer = client.get(addresses[place.owner] + place.output.path)
            if place.output.name == "calendar" and isinstance(sheet, RoutineSheet) and sheet.often.as_needed:
                assert answer.status_code == 400, "what is done as needed is planned for no day"
                continue
            assert notes_in(place.output, answer.content, sheet.safety) == keys, f"{place} of {sheet.title}"
    return client.get(next(iter(addresses.values()))).content.decode()


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
    told_of = [
        data_block(routine_structured_data(sheet, "https://stretch.example/r/")),
        data_block(exercise_structured_data(items[0].exercise, "https://stretch.example/e/")),
    ]
    assert on_page(page) == keys
    assert [told(block) for block in told_of] == [keys, keys]
    for outputs, made_from in ((OF_ROUTINES, sheet), (OF_EXERCISES, items[0].exercise)):
        for output in (each for each in files_of(outputs) if each.has_notes):
            file = output.make(made_from, plainly_asked())
            assert notes_in(output, file.content, safety) == keys, output.name


@pytest.mark.parametrize(
    "output", [each for each in files_of(OF_ROUTINES) if each.has_notes], ids=lambda each: each.name
)
def test_note_that_is_left_out_would_be_seen(output: FileOutput[RoutineSheet]):
    whole = board(*some_notes(Random(3)))
    less = SafetyBoard(whole.notes[:-1], whole.emergency_number, "en")
    [lost] = whole.keys - less.keys
    sheet = routine_sheet(item(1, exercise=exercise_sheet(1, safety=less)), safety=less)
    found = notes_in(output, output.make(sheet, plainly_asked()).content, whole)
    assert found == {str(each) for each in whole.keys - {lost}}
