"""The sheet as data says what the sheet says, holds to its published schema, and never goes without its notes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from clinical.models import NoteTarget
from clinical.safety.rules import Reason
from clinical.safety.sheet import AskFirst, Provenance
from clinical.words.choices import NoteKind, PlaceKind, ReviewState, Tier
from exercises.choices import Laterality, Side
from exercises.dosage import CONTRACT_RELAX, Dosage
from exercises.models import ExerciseCondition, ExercisePage
from exercises.outputs.dosage_data import dosage_data
from exercises.outputs.sheet_data import exercise_sheet_data
from routines.models import RoutinePage
from routines.outputs.sheet_data import RoutineSheetData, routine_sheet_data
from testing import factories
from tests.pure_examples import (
    board,
    dosage,
    dosages,
    effective,
    exercise_sheet,
    item,
    key,
    routine_sheet,
    version,
)

TODAY = date(2026, 11, 21)
SCHEMAS = Path(settings.BASE_DIR) / "docs" / "sheet-format"


def published(kind: str) -> Draft202012Validator:
    """The schema that is in the documentation."""
    return Draft202012Validator(json.loads((SCHEMAS / f"{kind}.json").read_text("utf-8")))


def sent(data: Any) -> Any:
    """The data as a reader gets it."""
    return json.loads(data.model_dump_json())


def test_data_holds_to_the_published_schema():
    published("routine").validate(sent(routine_sheet_data(routine_sheet(item(1), item(2)), TODAY)))
    published("exercise").validate(sent(exercise_sheet_data(exercise_sheet(), TODAY)))


@pytest.mark.parametrize("lost", ["safety", "taken_out", "provenance", "items"])
def test_schema_refuses_data_without_what_keeps_people_safe(lost: str):
    data = sent(routine_sheet_data(routine_sheet(item(1)), TODAY))
    del data[lost]
    assert not published("routine").is_valid(data)


def test_concern_the_list_does_not_have_is_no_reason_to_give_no_data():
    odd = effective(version(301, NoteKind.POPULATION, Tier.CHECK_FIRST, concerns=("hiccups", "falls")))
    asks = (AskFirst(concerns=("hiccups",)), AskFirst(concerns=("hiccups", "pregnancy")))
    provenance = Provenance(ReviewState.UNREVIEWED, check_first=asks)
    sheet = routine_sheet(item(1), safety=board(odd), provenance=provenance)
    data = routine_sheet_data(sheet, TODAY).model_dump(mode="json")
    assert [ask["words"] for ask in data["check_first"]] == ["you are pregnant"]
    assert [note["concerns"] for note in data["safety"] if note["id"] == str(key(301))] == [["falls"]]


def test_data_cannot_be_made_without_the_two_notes_of_the_floor():
    data = sent(routine_sheet_data(routine_sheet(item(1)), TODAY))
    with pytest.raises(ValidationError, match="safety"):
        RoutineSheetData.model_validate({**data, "safety": data["safety"][:1]})
    assert not published("routine").is_valid({**data, "safety": []})


def test_note_has_its_identity_tier_label_words_and_reasons():
    note = effective(version(100, NoteKind.STOP, Tier.DO_NOT, text="your calf swells", what_to_do="Rest."))
    safety = board(*[note])
    data = sent(exercise_sheet_data(exercise_sheet(safety=_with_reasons(safety)), TODAY))
    [found] = [each for each in data["safety"] if each["id"] == str(note.key)]
    assert (found["tier"], found["label"], found["words"]) == (2, "Stop if", "your calf swells")
    assert found["what_to_do"] == "Rest."
    assert found["reasons"] == [{"place": "everything", "value": "", "brought_by": "Subject 1"}]
    assert [each["id"] for each in data["safety"]] == [str(each.key) for each in safety]


def test_reason_names_a_condition_and_never_the_number_of_its_row():
    reason = Reason(4, PlaceKind.CONDITION, "17", "Calves", "", "Tight calves")
    sheet = routine_sheet(item(1), safety=board(effective(version(100), reason)))
    for names, value in ((True, "Tight calves"), (False, "")):
        data = sent(routine_sheet_data(sheet, TODAY, names_conditions=names))
        (found,) = (each for each in data["safety"] if each["id"] == str(key(100)))
        assert found["reasons"] == [{"place": "condition", "value": value, "brought_by": "Calves"}]


def test_publication_says_whose_it_is_and_another_version_for_every_other_word():
    whose: Any = {"publisher": "A clinic", "licence": "CC BY 4.0"}
    said = [
        sent(exercise_sheet_data(exercise_sheet(**more), TODAY, **whose))["publication"]
        for more in ({}, {}, {"feel": "A pull."}, {"safety": board(effective(version(100)))})
    ]
    assert said[0] | {"version": ""} == {
        **whose,
        **dict.fromkeys(("licence_address", "made_from", "made_from_address", "version"), ""),
        "date": None,
    }
    assert said[0] == said[1]
    assert len({each["version"] for each in said}) == 3


def test_use_says_the_codes_of_its_condition(exercise: ExercisePage):
    condition = factories.ConditionFactory.create(name="Tight calves", slug="tight-calves")
    for code in ("M62.831", "G47.62"):
        condition.codes.create(system="ICD-10-CM", edition="2025", code=code)
    condition.save()
    exercise.condition_uses = [factories.use_of(ExerciseCondition, condition)]
    in_memory = exercise.sheet().conditions
    factories.publish(exercise)
    stored = ExercisePage.objects.get().sheet()
    assert stored.conditions == in_memory
    (use,) = sent(exercise_sheet_data(stored, TODAY))["used_for"]
    assert (use["slug"], [each["code"] for each in use["codes"]]) == ("tight-calves", ["G47.62", "M62.831"])
    assert use["codes"][0] == {"system": "ICD-10-CM", "edition": "2025", "code": "G47.62"}


def _with_reasons(safety: Any) -> Any:
    reasons = next(each.reasons for each in safety if each.reasons)
    return type(safety)(
        tuple(type(each)(each.note, each.reasons or reasons) for each in safety), safety.emergency_number, "en"
    )


@pytest.mark.parametrize(
    ("side", "sides", "change"),
    [
        (Side.EACH, ["left", "right"], 8),
        (Side.LEFT, ["left"], 0),
        (Side.RIGHT, ["right"], 0),
        (Side.BOTH, ["both"], 0),
        (Side.IN_TURN, ["left", "right"], 0),
    ],
)
def test_sides_are_named_in_the_order_they_are_worked(side: Side, sides: list[str], change: int):
    data = sent(dosage_data(dosage(), side))
    assert (data["sides"], data["change_sides_seconds"]) == (sides, change)


@given(dosages(), st.sampled_from([Side.EACH, Side.LEFT, Side.RIGHT, Side.BOTH]))
@trying(max_examples=16, deadline=None)  # a hundred times in ten sets are thousands of intervals, each a value
def test_seconds_can_be_counted_from_the_numbers(amount: Dosage, side: Side):
    data = dosage_data(amount, side)
    stretched = sum(getattr(data, name) or 0 for name in CONTRACT_RELAX)
    each = data.hold_seconds or data.seconds_per_repetition or stretched
    times = data.repetitions or data.repetitions_up_to or 0
    one_side = data.moving_seconds or each * times + data.between_repetitions_seconds * (times - 1)
    a_set = one_side * len(data.sides) + data.change_sides_seconds * (len(data.sides) - 1)
    assert a_set * data.sets + data.between_sets_seconds * (data.sets - 1) == data.seconds
    assert sum(interval.seconds for interval in data.intervals) == data.seconds


def test_routine_counts_the_same_seconds_as_its_page():
    both = exercise_sheet(2, laterality=Laterality.BILATERAL)
    sheet = routine_sheet(item(1), item(2, exercise=both, side=Side.BOTH, dosage=dosage(moving_seconds=90)))
    data = routine_sheet_data(sheet, TODAY)
    assert sum(each.seconds + each.get_ready_seconds for each in data.items) == data.total_seconds
    assert (data.total_seconds, data.minutes) == (sheet.total_seconds, sheet.minutes)


def test_what_was_taken_out_and_who_confirmed_it_are_said():
    data = routine_sheet_data(routine_sheet(item(1), taken_out=("Neck roll",)), TODAY)
    assert data.taken_out == ("Neck roll",)
    assert data.provenance.is_example
    assert data.provenance.banner == "Example content, not yet confirmed by a clinician"


def test_words_from_authors_are_data_and_nothing_else():
    evil = '</script><script>alert(1)</script>"\u2028'
    data = routine_sheet_data(routine_sheet(item(1, exercise=exercise_sheet(1, title=evil)), title=evil), TODAY)
    assert sent(data)["items"][0]["exercise"]["title"] == sent(data)["title"] == evil


@pytest.fixture
def answers(routine: RoutinePage, exercise: ExercisePage, client: Client) -> dict[str, Any]:
    """What the two addresses answer."""
    return {kind: client.get(f"/{kind}s/{slug}/sheet.json") for kind, slug in ADDRESSES.items()}


ADDRESSES = {"exercise": "wall-calf-stretch", "routine": "calves"}


@pytest.mark.parametrize("kind", ADDRESSES)
def test_each_page_has_its_data_beside_it(answers: dict[str, Any], kind: str):
    answer = answers[kind]
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    published(kind).validate(answer.json())
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["ETag"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


@pytest.mark.parametrize("kind", ADDRESSES)
def test_new_note_is_in_the_data_on_the_next_request(answers: dict[str, Any], client: Client, kind: str):
    address = f"/{kind}s/{ADDRESSES[kind]}/sheet.json"
    tag = answers[kind].headers["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    note = factories.note_at(NoteTarget(region="lower_leg"))
    answer = client.get(address, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert str(note.translation_key) in {each["id"] for each in answer.json()["safety"]}


def test_draft_and_page_that_is_not_there_have_no_data(routine: RoutinePage, client: Client):
    routine.unpublish()
    for address in ("/routines/calves/sheet.json", "/routines/nothing/sheet.json", "/routines/calves/other.json"):
        assert client.get(address).status_code == 404


def test_data_of_a_private_page_is_as_private_as_the_page(routine: RoutinePage, client: Client):
    routine.view_restrictions.create(restriction_type="login")
    assert client.get("/routines/calves/").status_code == 302
    assert client.get("/routines/calves/sheet.json").status_code == 302


def test_data_is_only_read(routine: RoutinePage, client: Client):
    assert client.post("/routines/calves/sheet.json").status_code == 405
    assert client.head("/routines/calves/sheet.json").content == b""
