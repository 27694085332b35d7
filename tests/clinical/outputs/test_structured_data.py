"""What search engines are told: every note with it, never a bare HowTo, and nothing that could become markup."""

from __future__ import annotations

import json
import re

import pytest

from clinical.outputs.structured_data import data_block
from exercises.outputs.structured_data import exercise_structured_data
from routines.outputs.structured_data import routine_structured_data
from tests.hostile_texts import HOSTILE
from tests.pure_examples import exercise_sheet, item, routine_sheet

ADDRESS = "https://stretch.example/routines/routine/"


def test_page_carries_every_note_and_says_it_once():
    sheet = routine_sheet(item(1), title="Calves", days_per_week=5, sessions_per_day=2)
    told = routine_structured_data(sheet, ADDRESS)
    assert (told["@type"], told["url"], told["mainEntity"]["@type"]) == ("MedicalWebPage", ADDRESS, "ExercisePlan")
    assert {part["identifier"] for part in told["hasPart"]} == {str(key) for key in sheet.safety.keys}
    assert json.dumps(told).count("you feel pain, numbness") == 1
    assert told["mainEntity"]["activityFrequency"] == "twice a day, 5 days a week"


def test_steps_are_never_told_on_their_own():
    for told in (
        exercise_structured_data(exercise_sheet(), ADDRESS),
        routine_structured_data(routine_sheet(item(1)), ADDRESS),
    ):
        written = json.dumps(told)
        assert "HowTo" not in written
        assert "Hold still." not in written


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_the_block_can_end_it(text: str):
    block = data_block({"name": text})
    found = re.fullmatch(r'<script type="application/ld\+json">([^<>&\u2028\u2029]*)</script>', block)
    assert found
    assert json.loads(found[1])["name"] == text
