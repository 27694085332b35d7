"""How much pain an exercise allows: what may be live, who may raise it, and what its readers are told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from clinical.models import PublishRefused, release
from clinical.publishing.fingerprints import fingerprint_of
from clinical.safety.default_notes import STOP_KEY
from clinical.safety.pain import PainLimit
from clinical.words.choices import ReviewState
from clinical.words.pain_lexicon import forbids_all_pain
from exercises.models import ExerciseIndexPage, ExercisePage, Variation
from exercises.models.ingredients import CARD_COLUMNS
from exercises.models.pain_limits import limit_refusal
from testing import factories
from tests.outputs import body

ALLOWED = PainLimit(3, "within_the_hour")
MORE = [PainLimit(4, "within_the_hour"), PainLimit(3, "next_morning"), PainLimit(4, "at_once")]
LESS = [PainLimit(3, "at_once"), PainLimit(2, "within_the_hour"), PainLimit()]
TAKES_TWO = "takes a second person"


def allow(exercise: Any, limit: PainLimit) -> Any:
    exercise.pain_most, exercise.settles_by = limit.most, limit.settles_by
    return exercise


@pytest.fixture
def heel_drop(exercise_index: ExerciseIndexPage) -> ExercisePage:
    """A strengthening exercise that two people let hurt a little."""
    draft = factories.draft_exercise(title="Heel drop", slug="heel-drop", kind="strengthening")
    return exercise_index.add_child(instance=factories.approve(allow(draft, ALLOWED)))


@pytest.fixture
def example(exercise_index: ExerciseIndexPage) -> ExercisePage:
    """The same from a library, which nobody on the site has read."""
    draft = factories.draft_exercise(title="Heel drop", slug="heel-drop", kind="strengthening")
    draft.review_state, draft.library_id, draft.came_published = ReviewState.UNREVIEWED, "heel-drop", True
    draft.author = draft.reviewer = draft.reviewed_on = draft.review_due = None
    return exercise_index.add_child(instance=factories.approve(allow(draft, ALLOWED)))


def stored(exercise: ExercisePage) -> PainLimit:
    return ExercisePage.objects.get(pk=exercise.pk).pain_limit()


@pytest.mark.parametrize(
    ("cue", "most", "contradicts"),
    [
        ("A mild pull, never pain", 3, True),
        ("Keep it pain-free", 1, True),
        ("It should not hurt.", 3, True),
        ("A mild pull, never pain", 0, False),
        ("No pain above 3 of 10", 3, False),
        ("Never pain that lasts", 3, False),
        ("It should not hurt more than 3 out of 10", 3, False),
    ],
)
def test_cue_that_forbids_all_pain_does_not_stand_beside_pain_that_is_allowed(
    exercise: ExercisePage, cue: str, most: int, contradicts: bool
):
    exercise.intensity_cue, exercise.pain_most = cue, most
    assert ("intensity_cue" in limit_refusal(exercise)) == contradicts


@pytest.mark.parametrize(
    ("cue", "forbids"),
    [
        *((cue, True) for cue in ("Zero pain", "It shouldn’t hurt", "It mustn't hurt", "Avoid any pain", "No pain.")),
        ("No pain greater than 3/10", False),
        ("No pain higher than 3 out of 10", False),
        ("No pain of more than 3 out of 10", False),
        ("No pain (above 3/10 stop)", False),
        ("No pain lasting into the next day", False),
        ("No pain left next morning", False),
        ("No pain elsewhere", False),
        ("It should not hurt too much", False),
    ],
)
def test_what_forbids_all_pain_and_what_only_some(cue: str, forbids: bool):
    assert bool(forbids_all_pain(cue)) == forbids


@pytest.mark.parametrize(
    ("most", "settles_by", "field"),
    [(0, "next_morning", "settles_by"), (0, "within_the_hour", "settles_by"), (6, "at_once", "pain_most")],
)
def test_limit_nobody_may_set_is_not_live(exercise: ExercisePage, most: int, settles_by: str, field: str):
    exercise.pain_most, exercise.settles_by = most, settles_by
    factories.approve(exercise)
    with pytest.raises(PublishRefused) as refused:
        exercise.save()
    assert list(refused.value.refusal) == [field]


def test_words_that_allow_more_pain_than_the_field_are_not_live(exercise: ExercisePage, routine: Any):
    """Case B3 as it was written: the words allowed what every stop sign beside them forbade."""
    words = "Pain up to 3 of 10 is fine if it settles by next morning"
    exercise.intensity_cue = words
    assert "“Pain allowed, out of 10”" in exercise.completeness_errors()["intensity_cue"][0]
    exercise.pain_most = 3
    assert "intensity_cue" not in exercise.completeness_errors()
    item = routine.items.get()
    item.cue = words
    assert any("set on the exercise’s own page" in fault for fault in item.misfits())
    routine.dos = words
    assert "the strictest exercise here none" in routine.completeness_errors()["dos"][0]
    exercise.pain_most, exercise.intensity_cue = 0, ""
    exercise.variations = [Variation(kind="progression", text=words)]
    assert "variations" in exercise.completeness_errors()


@pytest.mark.parametrize(
    "wrong", [{"pain_most": 6}, {"settles_by": "next_morning"}, {"settles_by": "some day"}], ids=str
)
def test_database_holds_it_too(exercise: ExercisePage, wrong: dict[str, Any]):
    with pytest.raises(IntegrityError), transaction.atomic():
        ExercisePage.objects.filter(pk=exercise.pk).update(**wrong)
    assert connection.is_usable()


def test_pain_that_is_allowed_is_part_of_what_was_approved(exercise: ExercisePage):
    before = fingerprint_of(exercise)
    assert fingerprint_of(allow(exercise, PainLimit(1))) != before
    assert fingerprint_of(allow(exercise, PainLimit())) == before


@pytest.mark.parametrize("limit", MORE, ids=str)
def test_library_never_allows_more_pain_on_a_live_exercise(example: ExercisePage, limit: PainLimit):
    allow(example, limit)
    release(example)
    with pytest.raises(PublishRefused, match=TAKES_TWO):
        example.save_revision().publish()
    assert stored(example) == ALLOWED


def test_library_does_not_allow_more_pain_by_way_of_taking_the_exercise_off_first(example: ExercisePage):
    release(example)
    example.save_revision().publish()
    ExercisePage.objects.get(pk=example.pk).unpublish()
    raised = allow(ExercisePage.objects.get(pk=example.pk), PainLimit(5, "next_morning"))
    release(raised)
    with pytest.raises(PublishRefused, match=TAKES_TWO):
        raised.save_revision().publish()


@pytest.mark.parametrize("limit", LESS, ids=str)
def test_library_may_allow_less_pain(example: ExercisePage, limit: PainLimit):
    allow(example, limit)
    release(example)
    example.save_revision().publish()
    assert stored(example) == limit


@pytest.mark.parametrize("limit", MORE, ids=str)
def test_second_person_lets_an_exercise_allow_more(heel_drop: ExercisePage, limit: PainLimit):
    allow(heel_drop, limit)
    with pytest.raises(PublishRefused):
        heel_drop.save_revision().publish()
    assert stored(heel_drop) == ALLOWED
    factories.publish(heel_drop)
    assert stored(heel_drop) == limit


def test_reader_of_an_exercise_is_told_at_which_pain_to_stop(client: Client, heel_drop: ExercisePage):
    sheet = heel_drop.sheet()
    (stop,) = (item.note for item in sheet.safety if item.key == STOP_KEY)
    assert stop.text.startswith("pain is more than 3 out of 10 or lasts more than an hour, or you feel numbness")
    words = body(client.get(sheet.url).content)
    assert stop.in_short in words
    assert stop.text in words
    assert sheet.pain_words in words
    assert "you feel pain" not in words


@pytest.mark.parametrize("segment", ["follow/", "sheet.json"])
def test_step_and_data_of_an_exercise_say_the_same(client: Client, heel_drop: ExercisePage, segment: str):
    words = client.get(f"{heel_drop.sheet().url}{segment}").content.decode()
    assert "pain is more than 3 out of 10 or lasts more than an hour, or you feel numbness" in words
    assert "you feel pain" not in words


def test_data_of_an_exercise_has_the_limit_as_values(client: Client, heel_drop: ExercisePage):
    found = client.get(f"{heel_drop.sheet().url}sheet.json").json()["exercise"]
    assert (found["pain_most"], found["settles_by"]) == (3, "within_the_hour")
    assert found["pain_words"] == "Pain up to 3 out of 10 is fine if it settles within the hour."


def test_no_scale_of_pull_stands_beside_a_limit_of_pain(client: Client, exercise_index: ExerciseIndexPage):
    for slug, limit in (("calf", PainLimit()), ("heel", ALLOWED)):
        draft = factories.draft_exercise(title=slug, slug=slug, kind="static_stretch")
        exercise_index.add_child(instance=factories.approve(allow(draft, limit)))
    without, with_it = (body(client.get(f"/exercises/{slug}/").content) for slug in ("calf", "heel"))
    assert "feel-scale" in without
    assert "Above 5" in without
    assert "feel-scale" not in with_it
    assert "Above 5" not in with_it
    assert "More than that: stop." in with_it


def test_list_of_exercises_reads_the_limit_with_the_rest(heel_drop: ExercisePage, django_assert_num_queries: Any):
    (listed,) = ExercisePage.objects.shown().only(*CARD_COLUMNS)
    with django_assert_num_queries(0):
        (subject,) = listed.listed_subjects()
    assert subject.pain == ALLOWED
