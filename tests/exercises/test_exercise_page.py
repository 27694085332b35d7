"""An exercise's own page: what it refuses to be, what readers are shown, and what an author sees before that."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import PageViewRestriction

from clinical.models import Condition, Picture, Practitioner, PublishRefused
from clinical.words.choices import ReviewState
from exercises.choices import Laterality, VariationKind
from exercises.models import ExerciseIndexPage, ExercisePage, Variation
from routines.models import RoutineItem, RoutinePage
from stretchsite.models import ConditionIndexPage
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests.clinical.publishing.roads import chief

ADDRESS = "/exercises/wall-calf-stretch/"


def test_exercise_stands_only_in_the_list_of_exercises(exercise: ExercisePage):
    exercises, home = exercise.get_parent().specific, exercise.get_parent().get_parent().specific
    assert ExercisePage.can_create_at(exercises)
    assert not any(ExercisePage.can_create_at(page) for page in (home, exercise))


def test_reader_finds_what_to_do_how_much_and_who_said_so(exercise: ExercisePage, client: Client):
    exercise.target_muscles, exercise.other_names = "calf muscle", "Wall lean"
    exercise.common_mistakes, exercise.dos, exercise.donts = "Lifting the heel", "keep your back long", "bounce"
    exercise.equipment = ("wall",)
    factories.save_live(exercise)
    Practitioner.objects.create(account=exercise.author, name="The author", role="Physiotherapist")
    words = client.get(ADDRESS).content.decode().lower()
    for shown in (
        "Wall calf stretch",
        "Standing gastrocnemius stretch",
        "Wall lean",
        "Calf and lower leg",
        "calf muscle",
        "Stand tall.",
        "Lean forward.",
        "30 seconds",
        "A mild pull in the calf.",
        "Lifting the heel",
        "keep your back long",
        "bounce",
        "Most adults.",
        "you had an operation",
        "Expert opinion.",
        "A textbook",
        "The author",
        "Physiotherapist",
        "1 June 2026",
    ):
        assert shown.lower() in words, shown


def test_account_without_a_public_profile_is_never_named(exercise: ExercisePage, client: Client):
    assert exercise.author.username not in client.get(ADDRESS).content.decode()


def test_overdue_review_is_said(exercise: ExercisePage, client: Client):
    assert "overdue" not in client.get(ADDRESS).content.decode().lower()
    ExercisePage.objects.update(reviewed_on="2020-01-01", review_due="2022-01-01")
    assert "overdue" in client.get(ADDRESS).content.decode().lower()


def test_example_says_that_it_is_one(exercise: ExercisePage, client: Client):
    assert "not yet confirmed by a clinician" not in client.get(ADDRESS).content.decode()
    ExercisePage.objects.update(review_state=ReviewState.UNREVIEWED)
    assert "not yet confirmed by a clinician" in client.get(ADDRESS).content.decode()


def test_words_of_authors_are_shown_as_text(exercise: ExercisePage, client: Client):
    attack = "<script>alert('x')</script>"
    text = {"purpose", "who_it_is_for", "check_first_if", "evidence_summary", "feel", "not_feel", "clinical_name"}
    lines = {"other_names", "target_muscles", "common_mistakes", "dos", "donts"}
    for name in text | lines:
        setattr(exercise, name, attack)
    exercise.title, exercise.steps = attack, [("move", {"text": attack, "picture": None})]
    factories.save_live(exercise)
    words = client.get(ADDRESS).content.decode()
    assert "<script>alert" not in words
    assert words.count("&lt;script&gt;alert(&#x27;x&#x27;)") >= len(text | lines)


@pytest.mark.parametrize("kind", VariationKind)
def test_variation_leads_to_another_exercise_or_says_what_changes(exercise: ExercisePage, client: Client, kind: Any):
    other = exercise.get_parent().add_child(instance=factories.draft_exercise(title="Seated calf", slug="seated-calf"))
    exercise = ExercisePage.objects.get(pk=exercise.pk)
    exercise.variations = [Variation(kind=kind, exercise=other), Variation(kind=kind, text="Bend the knee a little.")]
    factories.save_live(exercise)
    words = client.get(ADDRESS).content.decode()
    assert 'href="/exercises/seated-calf/"' in words
    assert "Bend the knee a little." in words


def test_variation_that_is_not_published_leads_nowhere(exercise: ExercisePage, client: Client):
    draft = factories.draft_exercise(title="Seated calf", slug="seated-calf", live=False)
    other = exercise.get_parent().add_child(instance=draft)
    exercise = ExercisePage.objects.get(pk=exercise.pk)
    exercise.variations = [Variation(kind=VariationKind.REGRESSION, exercise=other, text="Sit down for it.")]
    factories.save_live(exercise)
    words = client.get(ADDRESS).content.decode()
    assert "Seated calf" not in words
    assert "Sit down for it." in words


def test_exercise_is_no_variation_of_itself(exercise: ExercisePage):
    variation = Variation(page=exercise, kind=VariationKind.PROGRESSION, exercise=exercise)
    with pytest.raises(ValidationError, match="this is the same one"):
        variation.full_clean()


def test_condition_leads_to_its_page_once_that_is_published(
    exercise_index: ExerciseIndexPage, condition_index: ConditionIndexPage, condition: Condition, client: Client
):
    exercise_index.add_child(instance=factories.draft_exercise(slug="wall-calf-stretch", conditions=[condition]))
    words = client.get(ADDRESS).content.decode()
    assert "Tight calves" in words
    assert "No trial has tested it." in words
    assert "/conditions/tight-calves/" not in words
    hub = condition_index.add_child(instance=factories.draft_hub(condition, title="Tight calves", slug="tight-calves"))
    assert "/conditions/tight-calves/" in client.get(ADDRESS).content.decode()
    hub.unpublish()
    assert "/conditions/tight-calves/" not in client.get(ADDRESS).content.decode()


def test_pictures_are_made_when_an_exercise_is_published_and_never_for_a_reader(
    exercise: ExercisePage, picture: Picture, client: Client
):
    exercise.photo = picture
    exercise.steps = [("move", {"text": "Lean.", "picture": picture}), ("hold", {"text": "Stay.", "picture": None})]
    factories.publish(exercise)
    # One in WebP and one in AVIF.
    assert picture.renditions.count() == 2
    made = ExercisePage.objects.get().pictures_ready
    assert {ready["alt"] for ready in made.values()} == {"Hands on a wall."}
    assert len(made) == 2
    picture.renditions.all().delete()
    words = client.get(ADDRESS).content.decode()
    assert words.count('alt="Hands on a wall."') >= 1
    assert picture.renditions.count() == 0


def test_picture_in_use_is_not_deleted(exercise: ExercisePage, picture: Picture, client: Client):
    exercise.photo = picture
    factories.save_live(exercise)
    client.force_login(chief())
    response = client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    assert response.status_code < 500
    assert Picture.objects.exists()


def test_decorative_picture_is_skipped_by_screen_readers(picture: Picture):
    picture.is_decorative = True
    assert picture.default_alt_text == ""


@pytest.mark.parametrize("text", ["", "  "])
def test_picture_that_tells_something_says_what(picture: Picture, text: str):
    picture.alternative_text = text
    with pytest.raises(ValidationError, match="Write what the picture shows"):
        picture.clean()


UNFINISHED: dict[str, dict[str, Any]] = {
    "no dosage": {"hold_seconds": None, "repetitions": None},
    "range upside down": {"hold_seconds_most": 10},
    "no laterality": {"laterality": ""},
    "no kind": {"kind": ""},
    "no position": {"starting_position": ""},
    "no region": {"body_regions": ()},
    "no steps": {"steps": []},
    "no review": {"author": None, "reviewer": None, "reviewed_on": None, "review_due": None},
    "no words": {"purpose": "", "feel": "", "not_feel": "", "clinical_name": ""},
}


@pytest.mark.parametrize("fields", UNFINISHED.values(), ids=UNFINISHED)
def test_preview_of_an_unfinished_exercise_is_a_page_and_no_fault(exercise: ExercisePage, fields: dict[str, Any]):
    for name, value in fields.items():
        setattr(exercise, name, value)
    response = exercise.make_preview_request(RequestFactory().get("/"))
    assert response.status_code == 200
    assert "Wall calf stretch" in response.content.decode()


def test_preview_that_cannot_be_shown_says_what_is_needed(exercise: ExercisePage):
    exercise.hold_seconds = exercise.repetitions = None
    words = exercise.make_preview_request(RequestFactory().get("/")).content.decode()
    assert "Not ready to be previewed" in words
    assert "Hold seconds: Give one measure" in words


def test_fault_of_ours_in_a_preview_is_not_blamed_on_the_author(exercise: ExercisePage, monkeypatch: Any):
    def broken(self: ExercisePage) -> None:
        raise ValueError("a fault in the code")

    monkeypatch.setattr(ExercisePage, "sheet", broken)
    with pytest.raises(ValueError, match="a fault in the code"):
        exercise.serve_preview(RequestFactory().get("/"), "")


def test_preview_in_the_editor_shows_what_was_typed_a_moment_ago(exercise: ExercisePage, client: Client):
    client.force_login(chief())
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[exercise.pk])
    posted = {**page_as_posted(ExercisePage.objects.get(), chief()), "feel": "A warm pull."}
    assert client.post(address, posted).json()["is_valid"] is True
    words = client.get(address, {"mode": ""}).content.decode()
    assert "A warm pull." in words
    assert "you have chest pain" in words


def test_preview_of_a_page_not_saved_yet_works_in_the_editor(exercise: ExercisePage, client: Client):
    client.force_login(chief())
    address = reverse("wagtailadmin_pages:preview_on_add", args=("exercises", "exercisepage", exercise.get_parent().pk))
    posted = page_as_posted(ExercisePage.objects.get(), chief())
    posted.update({"slug": "new", "title": "A new stretch", "sources-INITIAL_FORMS": "0", "sources-0-id": ""})
    assert client.post(address, posted).json()["is_valid"] is True
    assert "A new stretch" in client.get(address, {"mode": ""}).content.decode()


def test_comparing_and_reverting_versions_works(exercise: ExercisePage, client: Client):
    client.force_login(chief())
    first = exercise.save_revision()
    exercise.purpose = "Another purpose."
    second = exercise.save_revision()
    compared = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[exercise.pk, first.pk, second.pk]))
    assert compared.status_code == 200
    reverted = client.get(reverse("wagtailadmin_pages:revisions_revert", args=[exercise.pk, first.pk]))
    assert reverted.status_code == 200


def test_editor_of_an_exercise_shows_its_notes_in_force(exercise: ExercisePage, client: Client):
    client.force_login(chief())
    words = client.get(edit_address(exercise)).content.decode()
    assert "you have chest pain" in words
    assert f"page={exercise.pk}" in words


def test_restricted_exercise_is_not_shown_to_everybody(exercise: ExercisePage, client: Client):
    PageViewRestriction.objects.create(page=exercise, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(ADDRESS).status_code == 302
    assert "Wall calf stretch" not in client.get("/exercises/").content.decode()


def test_restriction_of_the_list_covers_its_exercises(exercise: ExercisePage, client: Client):
    PageViewRestriction.objects.create(page=exercise.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get(ADDRESS).status_code == 302


def test_restricted_list_is_not_shown_to_everybody(exercise: ExercisePage, client: Client):
    assert client.get("/exercises/").status_code == 200
    PageViewRestriction.objects.create(page=exercise.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/exercises/").status_code == 302


def test_alias_is_restricted_as_its_source_is(exercise: ExercisePage, client: Client):
    PageViewRestriction.objects.create(page=exercise, restriction_type=PageViewRestriction.LOGIN)
    exercise.create_alias(update_slug="alias")
    assert client.get("/exercises/alias/").status_code == 302


@pytest.mark.parametrize(
    ("mine", "changed"),
    [
        ({"hold_seconds_most": 60}, {"hold_seconds": 90}),
        ({"rest_seconds": 30}, {"sets": None}),
        ({"side": "left"}, {"laterality": Laterality.BILATERAL}),
        ({"hold_seconds_most": 60}, {"hold_seconds": None, "repetitions": None, "moving_seconds": 60}),
    ],
    ids=str,
)
def test_change_that_a_live_routine_does_not_fit_is_refused(
    routine: RoutinePage, exercise: ExercisePage, client: Client, mine: dict[str, Any], changed: dict[str, Any]
):
    exercise.sets, exercise.rest_seconds = 2, 10
    factories.save_live(exercise)
    RoutineItem.objects.update(**mine)
    factories.approve(RoutinePage.objects.get())
    assert not RoutinePage.objects.get().publish_errors()
    edited = ExercisePage.objects.get()
    if "sets" in changed:
        edited.rest_seconds = None
    for name, value in changed.items():
        setattr(edited, name, value)
    with pytest.raises(PublishRefused, match="Change the routine “Calves” first"):
        factories.publish(edited)
    for address in ("/", "/routines/", "/routines/calves/", ADDRESS):
        assert client.get(address).status_code == 200


def test_change_waits_only_for_routines_that_are_live(routine: RoutinePage, exercise: ExercisePage):
    RoutineItem.objects.update(side="left")
    RoutinePage.objects.get().unpublish()
    exercise.laterality = Laterality.BILATERAL
    factories.publish(exercise)
    assert ExercisePage.objects.get().laterality == Laterality.BILATERAL


def test_change_that_routines_do_fit_goes_through(routine: RoutinePage, exercise: ExercisePage, client: Client):
    RoutineItem.objects.update(repetitions=4)
    exercise.hold_seconds, exercise.repetitions, exercise.moving_seconds = None, None, 300
    factories.publish(exercise)
    assert client.get("/routines/calves/").status_code == 200


def test_unpublishing_hides_the_page_and_says_so_in_routines(routine: RoutinePage, exercise: Any, client: Client):
    exercise.unpublish()
    assert client.get(ADDRESS).status_code == 404
    words = client.get("/routines/calves/").content.decode()
    assert "Do not do these: taken out for safety" in words
    assert "Stand tall." not in words
    for address in ("/", "/routines/", "/exercises/"):
        assert client.get(address).status_code == 200


def test_a_dose_that_cannot_be_followed_is_told_with_all_else_in_the_first_round_and_in_words(exercise: ExercisePage):
    author = factories.UserFactory.create(is_superuser=True)
    faults = {"title": "", "hold_seconds": "30", "hold_seconds_most": "20"}
    form_class = exercise.get_edit_handler().get_form_class()
    form = form_class({**page_as_posted(exercise, author), **faults}, instance=exercise, for_user=author)
    assert not form.is_valid()
    assert form.errors == {
        "title": ["This field is required."],
        "hold_seconds_most": ["Write a number above “hold seconds”, or leave it empty."],
    }


def test_f20_when_to_go_live_names_its_time_zone(exercise: ExercisePage):
    author = factories.UserFactory.create(is_superuser=True)
    form = exercise.get_edit_handler().get_form_class()(instance=exercise, for_user=author)
    assert form.fields["go_live_at"].help_text == form.fields["expire_at"].help_text == "In the time of Europe/London."
