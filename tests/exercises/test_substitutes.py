"""What may be taken instead of a thing is said by each exercise, in few words, and only for what it needs."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clinical.models import PublishRefused
from clinical.publishing.fingerprints import fingerprint_of
from exercises.models import ExercisePage
from exercises.substitutes import MOST_LETTERS
from exercises.substitutes_field import SubstitutesComparison, SubstitutesFormField
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests.clinical.publishing.roads import chief

pytestmark = pytest.mark.django_db


def with_substitutes(exercise: ExercisePage, equipment: tuple[str, ...], written: Any) -> ExercisePage:
    """The exercise, live, with these."""
    exercise.equipment, exercise.substitutes = equipment, written
    saved: ExercisePage = factories.save_live(exercise)
    return saved


def test_nothing_is_said_to_stand_for_a_thing_unless_the_exercise_says_so(exercise: ExercisePage, client: Client):
    with_substitutes(exercise, ("raised_surface", "band"), {})
    assert [thing.substitute for thing in exercise.sheet().equipment] == ["", ""]
    assert "raised surface, stretch band" in client.get(exercise.url).content.decode()


def test_page_and_data_of_an_exercise_say_its_own_substitute(exercise: ExercisePage, client: Client):
    with_substitutes(exercise, ("mat", "towel"), {"towel": "a belt"})
    assert "mat, towel (or a belt)" in client.get(exercise.url).content.decode()
    things = client.get(f"{exercise.url}sheet.json").json()["exercise"]["equipment"]
    assert [thing["instead"] for thing in things] == ["", "a belt"]


def test_another_substitute_is_on_the_page_at_once(exercise: ExercisePage, client: Client):
    with_substitutes(exercise, ("towel",), {"towel": "a belt"})
    assert "(or a belt)" in client.get(exercise.url).content.decode()
    with_substitutes(exercise, ("towel",), {"towel": "a scarf"})
    said = client.get(exercise.url).content.decode()
    assert "(or a scarf)" in said
    assert "a belt" not in said


def test_a_routine_reads_the_substitutes_of_its_exercises(routine: Any, client: Client):
    with_substitutes(ExercisePage.objects.get(), ("towel",), {"towel": "a belt"})
    assert "or a belt" in client.get(routine.url).content.decode()


def test_a_substitute_is_part_of_what_is_approved(exercise: ExercisePage):
    before = fingerprint_of(exercise)
    exercise.substitutes = {}
    assert fingerprint_of(exercise) == before
    exercise.substitutes = {"towel": "a belt"}
    assert fingerprint_of(exercise) != before


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"towel": "a belt"}, "“Towel” is not needed here"),
        ({"sofa": "a bed"}, "“sofa” is not needed here"),
        ({"mat": "x" * (MOST_LETTERS + 1)}, "“Mat”: write at most 40 letters in one line."),
        ({"mat": "a rug\nor a bed"}, "“Mat”: write at most 40 letters in one line."),
        ({"mat": " "}, "“Mat”: write at most 40 letters in one line."),
        ({"mat": 5}, "“Mat”: write at most 40 letters in one line."),
        (["a rug"], "a few words for each thing"),
    ],
)
def test_what_nobody_could_use_does_not_go_live(written: Any, told: str, exercise: ExercisePage):
    with pytest.raises(PublishRefused) as refused:
        with_substitutes(exercise, ("mat",), written)
    assert told in " ".join(refused.value.refusal["substitutes"])


def test_forty_letters_go_live(exercise: ExercisePage):
    assert with_substitutes(exercise, ("mat",), {"mat": "x" * MOST_LETTERS}).live


def test_the_editor_keeps_what_is_written_for_each_thing(exercise: ExercisePage, client: Client):
    with_substitutes(exercise, ("mat", "towel"), {"towel": "a belt"})
    client.force_login(chief())
    page = client.get(edit_address(exercise)).content.decode()
    assert 'name="substitutes_towel" value="a belt" maxlength="40"' in page
    posted = {**page_as_posted(exercise, chief()), "substitutes_mat": " a rug ", "substitutes_towel": ""}
    client.post(edit_address(exercise), posted)
    assert ExercisePage.objects.get(pk=exercise.pk).get_latest_revision_as_object().substitutes == {"mat": "a rug"}


def test_the_form_asks_each_line_for_its_length_and_for_what_nobody_sees():
    field = SubstitutesFormField(required=False)
    for words in ("x" * (MOST_LETTERS + 1), "a\u202erug", "a\nrug"):
        with pytest.raises(Exception, match=r"40|invisible|line"):
            field.clean(["", "", words])
    assert field.clean([]) == {}
    assert not field.has_changed({"mat": "a rug"}, ["", "", "a rug"])
    assert field.has_changed({"mat": "a rug"}, ["", "", "a bed"])


def test_two_versions_are_compared_by_thing(exercise: ExercisePage):
    field = ExercisePage._meta.get_field("substitutes")
    before, after = ExercisePage(substitutes={"mat": "a rug"}), ExercisePage(substitutes={"mat": "a bed"})
    said = SubstitutesComparison(field, before, after).htmldiff()
    assert "Mat: a" in said
    assert "{" not in said


def test_whoever_sends_the_form_as_it_was_opened_has_not_changed_them(exercise: ExercisePage):
    """Else whoever approves it is put down as one of its writers, and may not."""
    with_substitutes(exercise, ("mat",), {"mat": "a rug"})
    page = ExercisePage.objects.get(pk=exercise.pk).get_latest_revision_as_object()
    posted = page_as_posted(page, chief())
    form = page.get_edit_handler().get_form_class()(posted, instance=page, for_user=chief())
    assert form.is_valid(), form.errors
    assert "substitutes" not in form.changed_data
