"""Where notes apply: exactly one place a row, remembered in a way that no copy, revert or deletion loses."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from wagtail.models import Locale, ReferenceIndex

from clinical.models import Condition, NoteTarget, SafetyNote
from clinical.notes.targets import placements_reaching
from clinical.safety.reach import Part, Subject
from clinical.words.choices import NoteKind, PlaceKind, Tier
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutinePage
from stretchsite.models import HomePage
from testing import factories

NOBODY = Subject(uuid4(), "Nobody", Part.EXERCISE)


def keys(*subjects: Subject) -> set[str]:
    """The words of the notes that may concern these."""
    return {placement.note.text for placement in placements_reaching(subjects, ("en-gb",))}


def test_page_is_remembered_by_the_key_its_copies_share(exercise: ExercisePage):
    note = factories.note_at(NoteTarget(page=exercise.page_ptr))
    assert note.targets.get().content_key == exercise.content_key


def test_place_that_is_moved_away_from_a_page_forgets_its_key(exercise: ExercisePage):
    target = factories.note_at(NoteTarget(page=exercise.page_ptr)).targets.get()
    target.page, target.region = None, "hip"
    target.save()
    assert NoteTarget.objects.get().content_key is None


def test_page_that_carries_no_notes_cannot_be_chosen(home_page: HomePage):
    target = NoteTarget(page=home_page.page_ptr)
    with pytest.raises(ValidationError, match="Choose an exercise, a routine or a condition’s page"):
        target.clean()


@pytest.mark.parametrize(
    "places",
    [
        {},
        {"everywhere": True, "region": "hip"},
        {"region": "hip", "position": "standing"},
        {"equipment": "band", "position": "standing"},
        {"equipment": "band", "exercise_kind": "balance"},
        {"exercise_kind": "balance", "everywhere": True},
    ],
    ids=str,
)
def test_row_with_no_place_or_two_says_so_in_words(db: None, places: dict[str, object]):
    with pytest.raises(ValidationError, match="Choose exactly one place in each row"):
        NoteTarget(**places).full_clean(exclude=["note"])


def test_place_is_named_as_its_author_would(exercise: ExercisePage, condition: Condition):
    targets = [
        NoteTarget(everywhere=True),
        NoteTarget(region="low_back"),
        NoteTarget(position="standing"),
        NoteTarget(equipment="band"),
        NoteTarget(exercise_kind="isometric"),
        NoteTarget(condition=condition),
        NoteTarget(page=exercise.page_ptr),
        NoteTarget(),
    ]
    assert [str(target) for target in targets] == [
        "Everything", "Low back", "Standing", "Stretch band", "Isometric hold",
        "Tight calves", "Wall calf stretch", "Nowhere",
    ]  # fmt: skip


def test_only_notes_in_force_are_asked_about(db: None):
    factories.note_at(NoteTarget(everywhere=True), text="in force")
    factories.note_at(NoteTarget(everywhere=True), text="a draft", live=False)
    assert keys(NOBODY) == {"in force"}


def test_note_is_found_by_any_place_it_hangs_on(exercise: ExercisePage, condition: Condition):
    factories.note_at(NoteTarget(region="hip"), text="region")
    factories.note_at(NoteTarget(position="standing"), text="position")
    factories.note_at(NoteTarget(equipment="band"), text="equipment")
    factories.note_at(NoteTarget(exercise_kind="balance"), text="kind")
    factories.note_at(NoteTarget(condition=condition), text="condition")
    factories.note_at(NoteTarget(page=exercise.page_ptr), text="page")
    assert keys(NOBODY) == set()
    assert keys(Subject(uuid4(), "", Part.EXERCISE, regions=frozenset({"hip"}))) == {"region"}
    assert keys(Subject(uuid4(), "", Part.EXERCISE, positions=frozenset({"standing"}))) == {"position"}
    assert keys(Subject(uuid4(), "", Part.EXERCISE, equipment=frozenset({"band"}))) == {"equipment"}
    assert keys(Subject(uuid4(), "", Part.EXERCISE, kind="balance")) == {"kind"}
    assert keys(Subject(uuid4(), "", Part.EXERCISE, conditions=frozenset({str(condition.pk)}))) >= {"condition"}
    assert keys(Subject(exercise.content_key, "", Part.EXERCISE)) == {"page"}


def test_note_on_a_wider_region_or_a_like_position_is_found(db: None):
    factories.note_at(NoteTarget(region="foot"), text="foot")
    factories.note_at(NoteTarget(position="standing"), text="standing")
    assert keys(Subject(uuid4(), "", Part.EXERCISE, regions=frozenset({"ankle"}))) == {"foot"}
    assert keys(Subject(uuid4(), "", Part.EXERCISE, positions=frozenset({"leaning"}))) == {"standing"}
    assert keys(Subject(uuid4(), "", Part.EXERCISE, positions=frozenset({"sitting", "standing"}))) == {"standing"}


def test_all_that_a_page_needs_is_one_query(db: None, condition: Condition, django_assert_num_queries: Any):
    for number in range(20):
        factories.note_at(NoteTarget(everywhere=True), NoteTarget(condition=condition), text=f"note {number}")
    subjects = [Subject(uuid4(), "", Part.INGREDIENT, frozenset({"hip"}), frozenset({"standing"})) for _ in range(40)]
    with django_assert_num_queries(1):
        assert len(placements_reaching(subjects, ("en-gb",))) == 20


def test_of_the_question_nothing_is_remembered_but_its_words(exercise: ExercisePage, condition: Condition):
    places = (frozenset({"hip"}), frozenset({"supine"}), frozenset({condition.pk}))
    subject = Subject(exercise.content_key, "", Part.EXERCISE, *places)
    for round_number in range(2):
        for place in ({"everywhere": True}, {"region": "hip"}, {"region": "neck"}, {"condition": condition}):
            factories.note_at(NoteTarget(**place), NoteTarget(page=exercise.page_ptr), text=f"{round_number} {place}")
        found = placements_reaching([subject], ("en-gb",))
        # And the red flag that every condition has.
        assert len(found) == 1 + 7 * (round_number + 1)


@pytest.mark.parametrize(
    ("place", "kind", "value"),
    [
        ({"everywhere": True}, PlaceKind.EVERYTHING, ""),
        ({"region": "hip"}, PlaceKind.REGION, "hip"),
        ({"position": "prone"}, PlaceKind.POSITION, "prone"),
        ({"equipment": "stick"}, PlaceKind.EQUIPMENT, "stick"),
        ({"exercise_kind": "balance"}, PlaceKind.KIND, "balance"),
    ],
)
def test_row_becomes_a_value_with_everything_the_note_says(db: None, place: dict, kind: PlaceKind, value: str):
    words = {"what_to_do": "Rest.", "moment": "on_waking", "concerns_step": "hold", "source": "A guideline"}
    note = factories.note_at(NoteTarget(**place), kind="red_flag", tier=1, urgency="same_day", **words)
    hip = Subject(
        uuid4(),
        "",
        Part.EXERCISE,
        frozenset({"hip"}),
        frozenset({"prone"}),
        equipment=frozenset({"stick"}),
        kind="balance",
    )
    (placement,) = placements_reaching([hip], ("en-gb",))
    assert (placement.place.kind, placement.place.value) == (kind, value)
    version = placement.note
    assert (version.key, version.kind, version.tier) == (note.content_key, NoteKind.RED_FLAG, Tier.GET_HELP)
    assert (version.urgency, version.text, version.what_to_do) == ("same_day", note.text, "Rest.")
    assert (version.moment, version.concerns_step, version.source) == ("on_waking", "hold", "A guideline")
    assert (version.language, version.language_rank) == ("en-gb", 0)


def test_page_and_condition_become_the_values_the_rules_know(exercise: ExercisePage, condition: Condition):
    factories.note_at(NoteTarget(page=exercise.page_ptr), NoteTarget(condition=condition))
    subject = Subject(exercise.content_key, "", Part.EXERCISE, conditions=frozenset({str(condition.pk)}))
    places = {(row.place.kind, row.place.value) for row in placements_reaching([subject], ("en-gb",))}
    assert places == {(PlaceKind.PAGE, str(exercise.content_key)), (PlaceKind.CONDITION, str(condition.pk))}


def test_languages_are_ranked_as_the_reader_would(db: None):
    note = factories.note_at(NoteTarget(everywhere=True))
    for code in ("cy", "pl"):
        other = note.copy_for_translation(Locale.objects.create(language_code=code))
        other.live = True
        other.save()
    rows = placements_reaching([NOBODY], ("cy", "en-gb"))
    assert {row.note.language: row.note.language_rank for row in rows} == {"cy": 0, "en-gb": 1, "pl": 2}


def test_page_with_notes_of_its_own_is_not_deleted(exercise: ExercisePage):
    factories.note_at(NoteTarget(page=exercise.page_ptr))
    with pytest.raises(ProtectedError):
        exercise.delete()
    assert ExercisePage.objects.exists()


def test_condition_with_notes_is_not_deleted(condition: Condition):
    factories.note_at(NoteTarget(condition=condition))
    with pytest.raises(ProtectedError):
        condition.delete()


def test_usage_of_a_page_or_condition_lists_its_notes(exercise: ExercisePage, condition: Condition):
    note = factories.note_at(NoteTarget(page=exercise.page_ptr), NoteTarget(condition=condition))
    for thing in (exercise, condition):
        users = {source for source, _places in ReferenceIndex.get_references_to(thing).group_by_source_object()}
        assert note in users


def test_usage_forgets_a_place_that_was_taken_out(exercise: ExercisePage):
    factories.note_at(NoteTarget(page=exercise.page_ptr), NoteTarget(region="hip"))
    note = SafetyNote.objects.get()
    note.targets = [target for target in note.targets.all() if target.region]
    factories.save_live(note)
    assert not ReferenceIndex.get_references_to(exercise).exists()


def test_note_may_be_written_for_a_page_that_is_not_published_yet(exercise_index: ExerciseIndexPage):
    draft = exercise_index.add_child(instance=factories.draft_exercise(live=False))
    note = factories.note_at(NoteTarget(page=draft.page_ptr))
    assert note.targets.get().content_key == draft.content_key


def test_deleting_a_note_takes_its_places_along(routine: RoutinePage):
    before = NoteTarget.objects.count()
    factories.note_at(NoteTarget(page=routine.page_ptr), live=False).delete()
    assert NoteTarget.objects.count() == before
