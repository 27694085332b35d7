"""What the publish gate asks, and of what: the object in memory, whoever saves it, and never the tables."""

from __future__ import annotations

from copy import copy
from typing import Any

import pytest
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from clinical.models import PublishRefused, release
from clinical.publishing.refusals import sentences_of
from clinical.words.choices import ReviewState
from exercises.blocks import StepsBlock
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineItem, RoutinePage
from testing import factories
from testing.editor import edit_address, errors_of, filled_in, page_as_posted
from tests.clinical.publishing import page_faults
from tests.clinical.publishing.page_faults import EVERY_FAULT, INVISIBLE, KINDS, Fault, good_draft
from tests.clinical.publishing.roads import chief, gate_asleep

#: What a draft may hold, and a browser can send: out of its lists nobody can choose what is not in them.
KEPT_FAULTS = [
    (kind, fault) for kind, fault in EVERY_FAULT if fault.is_storable and not fault.name.startswith("unknown")
]
#: The fault a draft is likeliest to be kept with.
MOST_TELLING = {"exercise": "no dosage", "routine": "unpublished exercise", "hub": "no condition"}


def as_words(errors: dict[str, list[str]]) -> str:
    """A refusal as one lower-case text, names of fields included."""
    texts = (f"{field}: {text}" for field, texts in errors.items() for text in texts)
    return " ".join(texts).replace("_", " ").lower()


def live_exercise() -> ExercisePage:
    """The one live exercise of the house."""
    return ExercisePage.objects.get(live=True)


def live_routine() -> RoutinePage:
    """The routine of the house, published."""
    good_draft("routine").get_latest_revision().publish()
    return RoutinePage.objects.get()


def form_of(page: Any, posted: dict[str, Any]) -> Any:
    """The editor's form for the newest version of a page, sent."""
    latest = page.get_latest_revision_as_object()
    return latest.get_edit_handler().get_form_class()(posted, instance=latest, for_user=chief())


def add_address(kind: str) -> str:
    """Where a new page of this kind is written."""
    options, parent = KINDS[kind].model._meta, KINDS[kind].index.objects.get()
    return reverse("wagtailadmin_pages:add", args=(options.app_label, options.model_name, parent.pk))


@pytest.mark.parametrize("kind", KINDS)
def test_good_page_has_nothing_against_it(house: None, db: None, kind: str):
    assert good_draft(kind).publish_errors() == {}


@pytest.mark.parametrize("kind", KINDS)
def test_page_without_a_place_in_the_tree_is_judged_by_what_it_says(house: None, db: None, kind: str):
    assert KINDS[kind].draft().publish_errors() == {}


@pytest.mark.parametrize(("kind", "fault"), EVERY_FAULT, ids=page_faults.named)
def test_fault_is_named_by_field_and_a_version_with_it_changes_nothing(house: None, db: None, kind: str, fault: Fault):
    page = good_draft(kind)
    fault.spoil(page)
    errors = page.publish_errors()
    assert fault.field in as_words(errors)
    assert len(errors) == 1 or fault.name == "no days of review"
    revision = page.save_revision(clean=False)
    with pytest.raises(PublishRefused) as refused:
        revision.publish()
    assert all(page.title in sentence for sentence in refused.value.sentences())
    assert not KINDS[kind].model.objects.get(pk=page.pk).live


@pytest.mark.parametrize("kind", KINDS)
def test_form_has_nothing_against_a_good_page(house: None, db: None, kind: str):
    page = good_draft(kind)
    assert form_of(page, {**page_as_posted(page, chief()), "action-publish": "1"}).is_valid()


@pytest.mark.parametrize(("kind", "fault"), EVERY_FAULT, ids=page_faults.named)
def test_form_says_it_before_the_gate_has_to_and_keeps_a_draft_with_it(house: None, db: None, kind: str, fault: Fault):
    page = good_draft(kind)
    fault.spoil(page)
    page.save_revision(clean=False)
    posted = page_as_posted(page, chief())
    assert not form_of(page, {**posted, "action-publish": "1"}).is_valid()
    if (kind, fault) not in KEPT_FAULTS:
        return
    form = form_of(page, posted)
    form.defer_required_fields()
    assert form.is_valid(), form.errors
    form.save().save_revision(clean=False)
    assert fault.field in as_words(good_draft(kind).publish_errors())


@pytest.mark.parametrize("kind", KINDS)
def test_draft_with_a_fault_is_saved_in_the_editor(house: None, db: None, client: Client, kind: str):
    page = good_draft(kind)
    (fault,) = (fault for name, fault in KEPT_FAULTS if name == kind and fault.name == MOST_TELLING[kind])
    fault.spoil(page)
    client.force_login(chief())
    response = client.post(edit_address(page), page_as_posted(page, chief()))
    assert response.status_code == 302, errors_of(response)
    assert fault.field in as_words(good_draft(kind).get_latest_revision_as_object().publish_errors())


def test_draft_of_a_live_page_is_saved_and_changes_nothing_for_readers(house: None, db: None, client: Client):
    client.force_login(chief())
    exercise = live_exercise()
    posted = page_as_posted(exercise, chief())
    response = client.post(edit_address(exercise), {**posted, "feel": "", "hold_seconds": "", "repetitions": ""})
    assert response.status_code == 302
    shown = live_exercise()
    assert (shown.live, shown.feel, shown.hold_seconds) == (True, "A mild pull in the calf.", 30)
    assert shown.has_unpublished_changes


def test_unfinished_draft_is_kept_by_autosave(house: None, db: None, client: Client):
    client.force_login(chief())
    exercise = live_exercise()
    posted = page_as_posted(exercise, chief())
    answer = client.post(
        edit_address(exercise), {**posted, "not_feel": "", "steps-count": "0"}, headers={"accept": "application/json"}
    )
    assert answer.json()["success"] is True


@pytest.mark.parametrize("kind", KINDS)
def test_page_with_nothing_but_a_title_may_be_drafted(house: None, db: None, client: Client, kind: str):
    client.force_login(chief())
    model = KINDS[kind].model
    form = model.get_edit_handler().get_form_class()(instance=model(), for_user=chief())
    response = client.post(add_address(kind), {**filled_in(form), "title": "An idea", "slug": "an-idea"})
    assert response.status_code == 302, errors_of(response)
    assert not model.objects.get(slug="an-idea").live


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_not_written_and_published_in_one_go_by_one_person(house: None, db: None, client: Client, kind: str):
    client.force_login(chief())
    page = good_draft(kind)
    posted = page_as_posted(page, chief())
    page.delete()
    no_rows = {name: "0" for name in posted if name.endswith("-INITIAL_FORMS")}
    no_ids = {name: "" for name in posted if name.endswith("-id") and name.count("-") == 2}
    response = client.post(add_address(kind), {**posted, **no_rows, **no_ids, "action-publish": "1"})
    assert response.status_code == 200
    assert "Submit it for review" in errors_of(response)
    assert not KINDS[kind].model.objects.filter(slug=page.slug).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_page_with_a_fault_is_never_added_live(house: None, db: None, kind: str):
    page = KINDS[kind].draft()
    KINDS[kind].faults[0].spoil(page)
    page.live, page.slug = True, "born-live"
    before = Page.objects.count()
    with pytest.raises(PublishRefused):
        KINDS[kind].index.objects.get().add_child(instance=page)
    assert Page.objects.count() == before
    assert not any(Page.find_problems())


def test_routine_is_published_though_the_tables_hold_no_item_of_it_yet(house: None, db: None):
    RoutineItem.objects.all().delete()
    routine = good_draft("routine")
    routine.items = [RoutineItem(exercise=live_exercise())]
    revision = routine.save_revision()
    assert not RoutineItem.objects.exists()
    revision.publish()
    assert RoutinePage.objects.get().live
    assert RoutineItem.objects.count() == 1


def test_taking_every_exercise_out_of_a_live_routine_is_refused(house: None, db: None):
    emptied = live_routine()
    emptied.items = []
    revision = emptied.save_revision()
    with pytest.raises(PublishRefused, match="Add at least one exercise"):
        revision.publish()
    assert RoutineItem.objects.filter(page=emptied).count() == 1
    assert RoutinePage.objects.get().live


def test_saving_some_other_columns_asks_nothing(house: None, db: None):
    ExercisePage.objects.update(purpose="")
    spoiled = live_exercise()
    spoiled.save(update_fields=["library_id"], clean=False)
    with pytest.raises(PublishRefused):
        spoiled.save(update_fields=["live"], clean=False)


def test_page_with_a_fault_may_always_be_taken_off(house: None, db: None):
    ExercisePage.objects.update(purpose="")
    live_exercise().unpublish()
    assert not ExercisePage.objects.live().exists()


def test_example_from_a_published_library_is_live_without_names_and_days(house: None, db: None):
    example = factories.draft_exercise(review_state=ReviewState.UNREVIEWED, library_id="calf", came_published=True)
    example.author = example.reviewer = example.reviewed_on = example.review_due = None
    example.purpose = "Words no library has brought."
    with pytest.raises(PublishRefused, match="No colleague has approved"):
        ExerciseIndexPage.objects.get().add_child(instance=copy(example))
    release(example)
    assert ExerciseIndexPage.objects.get().add_child(instance=example).live


@pytest.mark.parametrize("field", ["author", "reviewer", "reviewed_on", "review_due"])
def test_example_that_names_a_person_or_a_day_is_refused(db: None, field: str):
    example = factories.draft_exercise(review_state=ReviewState.UNREVIEWED, library_id="calf", came_published=True)
    named = getattr(example, field)
    example.author = example.reviewer = example.reviewed_on = example.review_due = None
    setattr(example, field, named)
    assert list(example.publish_errors()) == ["review_state"]


@pytest.mark.parametrize("fields", [{"library_id": ""}, {"came_published": False}])
def test_example_that_no_library_published_is_refused(db: None, fields: dict[str, Any]):
    words = {"library_id": "calf", "came_published": True, **fields}
    example = factories.draft_exercise(review_state=ReviewState.UNREVIEWED, **words)
    example.author = example.reviewer = example.reviewed_on = example.review_due = None
    assert list(example.publish_errors()) == ["review_state"]


def test_address_that_is_taken_is_a_refusal_by_name(house: None, db: None):
    another = factories.draft_exercise(title="Another", slug="another")
    other = ExerciseIndexPage.objects.get().add_child(instance=another)
    other.slug = "wall-calf-stretch"
    with pytest.raises(PublishRefused) as refused:
        other.save()
    assert "“Another” cannot go live. Slug:" in refused.value.sentences()[0]


def test_text_of_spaces_is_a_refusal_wherever_it_comes_from(house: None, db: None):
    ExercisePage.objects.update(clinical_name=INVISIBLE)
    with pytest.raises(PublishRefused):
        live_exercise().save()
    with pytest.raises(PublishRefused):
        live_exercise().save(clean=False)


def test_complete_version_is_asked_to_be_complete(house: None, db: None):
    draft = factories.draft_exercise(title="Bare", slug="bare", purpose="", live=False)
    ExerciseIndexPage.objects.get().add_child(instance=draft)
    bare = ExercisePage.objects.get(slug="bare")
    with pytest.raises(PublishRefused, match="Bare"):
        bare.save_revision()
    assert bare.save_revision(clean=False)


def test_words_typed_with_space_round_them_are_trimmed(house: None, db: None):
    exercise = live_exercise()
    exercise.purpose = "  Another gentle stretch.  "
    factories.save_live(exercise)
    assert live_exercise().purpose == "Another gentle stretch."


def test_refusal_says_each_thing_once():
    refusal = PublishRefused("Calves", {"items": ["Add one."], NON_FIELD_ERRORS: ["Not like this."]})
    assert refusal.sentences() == [
        "“Calves” cannot go live. Items: Add one.",
        "“Calves” cannot go live. Not like this.",
    ]
    assert refusal.message_dict == {"items": ["“Calves”: Add one."], NON_FIELD_ERRORS: ["“Calves”: Not like this."]}


def test_fault_inside_a_step_is_said_with_its_place():
    steps = StepsBlock().to_python([{"type": "move", "value": {"text": "", "picture": None}}])
    with pytest.raises(ValidationError) as error:
        StepsBlock().clean(steps)
    (sentence,) = sentences_of(error.value)
    assert "Text: This field is required." in sentence


def test_refusal_names_the_row(db: None):
    draft = factories.draft_exercise(
        conditions=[factories.ConditionFactory.create(), factories.ConditionFactory.create()]
    )
    draft.condition_uses.all()[1].statement = ""
    (text,) = draft.publish_errors()["condition_uses"]
    assert text.startswith("2. statement:")


def test_nobody_types_who_stands_behind_a_page(db: None):
    form = ExercisePage.get_edit_handler().get_form_class()
    given_by_the_review = {"review_state", "author", "reviewer", "reviewed_on", "review_due"}
    assert not given_by_the_review & set(form.base_fields)


def test_writing_person_is_the_author_of_a_new_page(house: None, db: None, client: Client):
    client.force_login(chief())
    form = ExercisePage.get_edit_handler().get_form_class()(instance=ExercisePage(), for_user=chief())
    sent = {**filled_in(form), "title": "An idea", "slug": "an-idea", "author": str(live_exercise().author_id)}
    client.post(add_address("exercise"), sent)
    assert ExercisePage.objects.get(slug="an-idea").author == chief()


def test_author_of_a_page_stays_its_author(house: None, db: None, client: Client):
    client.force_login(chief())
    exercise = live_exercise()
    sent = {"purpose": "Another.", "author": str(chief().pk), "reviewer": str(chief().pk)}
    response = client.post(edit_address(exercise), {**page_as_posted(exercise, chief()), **sent})
    assert response.status_code == 302
    draft = live_exercise().get_latest_revision_as_object()
    assert draft.purpose == "Another."
    assert (draft.author_id, draft.reviewer_id) == (exercise.author_id, exercise.reviewer_id)


def test_gate_can_only_be_passed_by_putting_it_to_sleep(house: None, db: None):
    exercise = live_exercise()
    exercise.purpose = ""
    with gate_asleep():
        exercise.save(clean=False)
    assert list(live_exercise().publish_errors()) == ["purpose"]
    with pytest.raises(PublishRefused):
        live_exercise().save(clean=False)
