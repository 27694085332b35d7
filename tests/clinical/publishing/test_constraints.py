"""What the database itself refuses, from scripts, fixtures and ``update()`` that ask nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Model
from django.utils import timezone

from clinical.models import NoteTarget, Picture, SafetyNote, User, Withdrawal
from clinical.safety.rules import TIER_OF_KIND
from clinical.words.choices import NoteKind, Tier, Urgency
from exercises.dosage import FIGURES
from exercises.models import ExerciseCondition, ExercisePage, Variation
from routines.models import RoutineItem, RoutinePage
from testing import factories
from tests.built_once import built_once

_LIMITS = {figure: (about.least, about.most) for figure, about in FIGURES.items()}
#: White space as it comes out of copying and pasting.
BLANK = ["", " ", "\n", "\t \r\n", "\u00a0"]


def own_notes() -> Any:
    """The notes written here, without the red flag of the house's condition."""
    return SafetyNote.objects.exclude(text=factories.RED_FLAG["text"])


def own_places() -> Any:
    """Where they apply."""
    return NoteTarget.objects.exclude(note__text=factories.RED_FLAG["text"])


@pytest.fixture
def exercise(house: None, db: None) -> ExercisePage:
    """The live exercise of the house."""
    return ExercisePage.objects.get(live=True)


@pytest.fixture
def routine(house: None, db: None) -> RoutinePage:
    """The routine of the house, with its one item."""
    return RoutinePage.objects.get()


@contextmanager
def refused() -> Iterator[None]:
    """Something the database does not take, whatever it calls its reason."""
    with pytest.raises(DatabaseError), transaction.atomic():
        yield


@pytest.mark.parametrize("model", [ExercisePage, RoutineItem])
@pytest.mark.parametrize("figure", _LIMITS)
def test_figure_out_of_bounds_is_never_stored(routine: RoutinePage, model: type[Model], figure: str):
    rows, (least, most) = model._default_manager, _LIMITS[figure]
    rows.update(hold_seconds=None, repetitions=None, as_needed=figure == "as_needed_most")
    for outside in (least - 1, most + 1, 32767):
        with refused():
            rows.update(**{figure: outside})
    for inside in (least, most):
        assert rows.update(**{figure: inside}) == rows.count() > 0


def test_two_measures_are_never_stored(routine: RoutinePage):
    with refused():
        ExercisePage.objects.update(moving_seconds=60)
    with refused():
        RoutineItem.objects.update(hold_seconds=20, moving_seconds=60)


def test_routine_done_up_to_sixteen_times_a_day_is_stored(routine: RoutinePage):
    for often in (13, 16):
        assert RoutinePage.objects.update(sessions_per_day=often)
    routine = RoutinePage.objects.get()
    assert not routine.clinical_refusal()
    assert routine.often().sessions_per_day == 16


def test_load_count_and_stretch_are_said_in_one_way(routine: RoutinePage):
    for fields in (
        {"band": "red", "load_grams": 500},
        {"band": "violet"},
        {"repetitions": 3, "repetitions_up_to": 9},
        {"contract_seconds": 5, "hold_seconds": 20},
    ):
        with refused():
            ExercisePage.objects.update(**fields)


def test_bulk_and_raw_writes_are_refused_like_any_other(routine: RoutinePage, exercise: ExercisePage):
    with refused():
        RoutineItem.objects.bulk_create([RoutineItem(page=routine, exercise=exercise, sets=11)])
    item = RoutineItem.objects.get()
    item.rest_seconds = 601
    with refused():
        item.save_base(raw=True)


@pytest.mark.parametrize(
    "fields",
    [
        {"sessions_per_day": 0},
        {"sessions_per_day": 17},
        {"as_needed": True},
        {"as_needed_most": 3},
        {"every_days": 2},
        {"days_per_week": None, "every_days": 1},
        {"days_per_week": 0},
        {"days_per_week": 8},
        {"weeks": 0},
        {"weeks": 53},
        {"weeks": 6, "weeks_most": 6},
        {"weeks": 6, "weeks_most": 4},
        {"weeks": None, "weeks_most": 4},
    ],
)
def test_frequency_that_makes_no_sense_is_never_stored(routine: RoutinePage, fields: dict[str, Any]):
    with refused():
        RoutinePage.objects.update(**fields)


@pytest.mark.parametrize("text", BLANK)
def test_variation_that_says_nothing_is_never_stored(exercise: ExercisePage, text: str):
    with refused():
        Variation.objects.bulk_create([Variation(page=exercise, kind="regression", text=text)])


@pytest.fixture
@built_once
def note(db: None) -> SafetyNote:
    """A stop sign in force everywhere."""
    return factories.note_at(NoteTarget(everywhere=True))


@pytest.mark.parametrize("text", BLANK)
@pytest.mark.parametrize("field", ["text", "source"])
def test_note_in_force_is_never_blank(note: SafetyNote, field: str, text: str):
    with refused():
        own_notes().update(**{field: text})
    with refused():
        SafetyNote.objects.bulk_create([_copy_of(note, **{field: text})])
    own_notes().update(live=False)
    assert own_notes().update(**{field: text}) == 1
    with refused():
        own_notes().update(live=True)


@pytest.mark.parametrize("kind", NoteKind)
@pytest.mark.parametrize("tier", Tier)
def test_note_in_force_is_never_milder_than_its_kind(note: SafetyNote, kind: NoteKind, tier: Tier):
    fields = {"kind": kind, "tier": tier, "urgency": Urgency.SAME_DAY if tier == Tier.GET_HELP else ""}
    if tier > TIER_OF_KIND[kind]:
        with refused():
            own_notes().update(**fields)
    else:
        assert own_notes().update(**fields) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "red_flag", "tier": 1, "urgency": ""},
        {"kind": "red_flag", "tier": 1, "urgency": "soon"},
        {"kind": "stop", "tier": 2, "urgency": "emergency"},
        {"kind": "hint"},
        {"tier": 0},
        {"tier": 5},
        {"reviewed_on": "2026-06-01", "review_due": "2026-06-01"},
    ],
    ids=str,
)
def test_note_that_contradicts_itself_is_never_in_force(note: SafetyNote, fields: dict[str, Any]):
    with refused():
        own_notes().update(**fields)


_NOWHERE = {"everywhere": False, "region": "", "position": "", "condition": None, "page": None}


def _places(exercise: ExercisePage) -> dict[str, Any]:
    return {
        "everywhere": True,
        "region": "hip",
        "position": "standing",
        "condition": factories.ConditionFactory.create(),
        "page": exercise.page_ptr,
    }


@pytest.mark.parametrize("first", _NOWHERE)
@pytest.mark.parametrize("second", _NOWHERE)
def test_target_names_exactly_one_place(note: SafetyNote, exercise: ExercisePage, first: str, second: str):
    places = _places(exercise)
    fields = {**_NOWHERE, first: places[first], second: places[second]}
    if "page" in {first, second}:
        fields["content_key"] = exercise.content_key
    if first == second:
        assert own_places().update(**fields) == 1
        return
    with refused():
        own_places().update(**fields)
    with refused():
        NoteTarget.objects.bulk_create([NoteTarget(note=note, **fields)])


def test_target_names_some_place(note: SafetyNote):
    with refused():
        own_places().update(**_NOWHERE)


def test_target_at_a_page_is_never_without_the_key_it_is_found_by(note: SafetyNote, exercise: ExercisePage):
    with refused():
        NoteTarget.objects.bulk_create([NoteTarget(note=note, page=exercise.page_ptr)])


@pytest.mark.parametrize("reason", BLANK)
def test_withdrawal_says_why(exercise: ExercisePage, reason: str):
    user = factories.UserFactory.create()
    row = Withdrawal(content_key=exercise.content_key, title="Calf", reason=reason, withdrawn_by=user)
    with refused():
        Withdrawal.objects.bulk_create([row])


def test_thing_is_withdrawn_once_at_a_time(exercise: ExercisePage):
    user = factories.UserFactory.create()
    fields = {"content_key": exercise.content_key, "title": "Calf", "reason": "It can do harm.", "withdrawn_by": user}
    Withdrawal.objects.create(**fields)
    with refused():
        Withdrawal.objects.create(**fields)
    Withdrawal.objects.update(**_lifted(user, factories.UserFactory.create()))
    assert Withdrawal.objects.create(**fields)


@pytest.mark.parametrize(
    "without",
    [
        {"lifted_at": None},
        {"lifted_by": None},
        {"lifting_confirmed_by": None},
        {"lifting_confirmed_by": F("lifted_by")},
        {"lifting_reason": " "},
    ],
    ids=str,
)
def test_withdrawal_is_lifted_by_two_who_say_why(exercise: ExercisePage, without: dict[str, Any]):
    user, another = factories.UserFactory.create(), factories.UserFactory.create()
    Withdrawal.objects.create(content_key=exercise.content_key, title="Calf", reason="Harm.", withdrawn_by=user)
    Withdrawal.objects.update(**_lifted(user, another))
    with refused():
        Withdrawal.objects.update(**without)


def test_picture_is_described_or_decorative(db: None):
    words = {"title": "Calf", "file": "calf.png", "width": 1, "height": 1, "source": "Own", "licence": "Own work"}
    with refused():
        Picture.objects.bulk_create([Picture(**words)])
    assert Picture.objects.bulk_create([Picture(**words, is_decorative=True)])


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no deferred constraints")
def test_one_use_of_a_condition_is_stored_once(exercise: ExercisePage):
    condition = factories.ConditionFactory.create()
    words = {"content_object": exercise, "tag": condition, "evidence": "untested", "statement": "Nobody knows."}
    with refused():
        ExerciseCondition.objects.bulk_create([ExerciseCondition(**words), ExerciseCondition(**words)])
        connection.check_constraints()


def _lifted(user: User, another: User) -> dict[str, Any]:
    return {"lifted_at": timezone.now(), "lifted_by": user, "lifting_confirmed_by": another, "lifting_reason": "Safe."}


def _copy_of(note: SafetyNote, **fields: str) -> SafetyNote:
    words = {"kind": note.kind, "tier": note.tier, "text": note.text, "source": note.source, "live": True, **fields}
    return SafetyNote(locale=note.locale, **words)
