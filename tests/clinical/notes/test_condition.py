"""Conditions: a vocabulary that is used and therefore kept, and rows that say how well a use is supported."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex

from clinical.models import Condition, ConditionCode, NoteTarget
from exercises.models import ExerciseCondition, ExerciseIndexPage, ExercisePage
from routines.models import RoutinePage
from stretchsite.models import ConditionIndexPage, ConditionPage
from testing import factories
from testing.editor import edit_address, errors_of, page_as_posted
from tests.built_once import built_once
from tests.clinical.publishing.roads import chief


def users_of(thing: Any) -> set[Any]:
    """The pages that "usage" in the admin lists; a condition's own red flag is no page."""
    used_by = {source for source, _places in ReferenceIndex.get_references_to(thing).group_by_source_object()}
    return {source for source in used_by if isinstance(source, Page)}


@pytest.fixture
@built_once
def tagged(exercise_index: ExerciseIndexPage, condition: Condition) -> ExercisePage:
    """An exercise with two conditions."""
    other = factories.ConditionFactory.create(name="Cramp", slug="cramp")
    exercise_index.add_child(instance=factories.draft_exercise(conditions=[condition, other]))
    return ExercisePage.objects.get()


def test_other_names_are_read_line_by_line(db: None):
    condition = Condition(name="Restless legs", aliases="RLS\n\n Willis-Ekbom disease \n")
    assert condition.alias_list == ("RLS", "Willis-Ekbom disease")


def test_words_a_page_is_found_by_hold_every_name(condition: Condition):
    condition.aliases = "Short calves\nHeel cord"
    assert factories.use_of(ExerciseCondition, condition).condition_words == "Tight calves\nShort calves\nHeel cord"


@pytest.mark.parametrize("clash", [{"slug": "tight-calves"}, {"name": "Tight calves"}])
def test_name_and_address_of_a_condition_are_its_own(condition: Condition, clash: dict[str, str]):
    with pytest.raises(IntegrityError), transaction.atomic():
        Condition.objects.bulk_create([Condition(**{"name": "Another", "slug": "another", **clash})])


def test_name_that_is_taken_is_a_message_in_the_editor(condition: Condition, client: Client):
    client.force_login(chief())
    address = reverse("wagtailsnippets_clinical_condition:add")
    response = client.post(
        address, {"name": "Tight calves", "slug": "tight-calves", "codes-TOTAL_FORMS": "0", "codes-INITIAL_FORMS": "0"}
    )
    assert response.status_code == 200
    assert "already exists" in errors_of(response)


def test_code_of_an_edition_is_named_once(condition: Condition):
    words = {"condition": condition, "system": "ICD-10-CM", "edition": "2026", "code": "M62.838"}
    code = ConditionCode.objects.create(**words)
    assert str(code) == "ICD-10-CM M62.838"
    with pytest.raises(IntegrityError), transaction.atomic():
        ConditionCode.objects.create(**words)
    assert ConditionCode.objects.create(**{**words, "edition": "2027"})


def test_usage_of_a_condition_lists_a_page_from_its_first_save(tagged: ExercisePage, condition: Condition):
    assert users_of(condition) == {tagged.page_ptr}


def test_usage_forgets_a_page_that_dropped_the_condition(tagged: ExercisePage, condition: Condition):
    tagged.condition_uses = [use for use in tagged.condition_uses.all() if use.tag_id != condition.pk]
    factories.save_live(tagged)
    assert users_of(condition) == set()


def test_usage_forgets_a_page_that_dropped_its_last_condition(tagged: ExercisePage, condition: Condition):
    tagged.condition_uses = []
    factories.publish(tagged)
    assert ExerciseCondition.objects.count() == 0
    assert users_of(condition) == set()
    assert not any(users_of(each) for each in Condition.objects.all())


def test_draft_with_another_condition_changes_nothing_for_readers(tagged: ExercisePage, condition: Condition):
    tagged.condition_uses = []
    tagged.save_revision()
    assert ExerciseCondition.objects.count() == 2
    assert ExercisePage.objects.for_condition(condition.slug).exists()


def test_conditions_of_two_saved_rows_may_be_exchanged_in_one_form(tagged: ExercisePage, client: Client):
    client.force_login(chief())
    posted = page_as_posted(tagged, chief())
    names = ("condition_uses-0-tag", "condition_uses-1-tag")
    exchanged = {names[0]: posted[names[1]], names[1]: posted[names[0]]}
    response = client.post(edit_address(tagged), {**posted, **exchanged, "action-publish": "1"})
    assert response.status_code == 302, errors_of(response)
    before = {int(posted[f"condition_uses-{n}-id"]): int(posted[f"condition_uses-{n}-tag"]) for n in (0, 1)}
    now = dict(ExerciseCondition.objects.values_list("pk", "tag"))
    assert set(now.values()) == set(before.values())
    assert now != before
    connection.check_constraints()


def test_condition_named_twice_is_a_message_in_the_editor(tagged: ExercisePage, client: Client):
    client.force_login(chief())
    posted = page_as_posted(tagged, chief())
    twice = {"condition_uses-0-tag": posted["condition_uses-1-tag"]}
    response = client.post(edit_address(tagged), {**posted, **twice, "action-publish": "1"})
    assert response.status_code == 200
    assert "condition" in errors_of(response).lower()


def test_used_condition_is_not_deleted(tagged: ExercisePage, condition: Condition):
    with pytest.raises(ProtectedError):
        condition.delete()


def test_condition_with_a_page_is_not_deleted(condition_index: ConditionIndexPage, condition: Condition):
    condition_index.add_child(instance=factories.draft_hub(condition))
    with pytest.raises(ProtectedError):
        condition.delete()


def test_unused_condition_is_deleted(db: None):
    factories.ConditionFactory.create(red_flag=False).delete()
    assert not Condition.objects.exists()


def told_after(client: Client, address: str, posted: dict[str, str]) -> str:
    """What a person is told who asked for a deletion. Never a server error."""
    client.force_login(chief())
    response = client.post(address, {"reason": "Nobody needs it.", **posted})
    assert response.status_code in {302, 403}
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def bulk_delete(model: type[Any], thing: Any) -> str:
    """The address of a deletion from a listing."""
    names = ("wagtailcore", "page") if model is None else (model._meta.app_label, model._meta.model_name)
    return f"{reverse('wagtail_bulk_action', args=(*names, 'delete'))}?id={thing.pk}"


def test_deleting_a_used_condition_in_the_admin_is_answered_in_words(tagged: Any, condition: Any, client: Client):
    single = reverse("wagtailsnippets_clinical_condition:delete", args=[condition.pk])
    assert told_after(client, single, {})
    assert told_after(client, bulk_delete(Condition, condition), {})
    assert Condition.objects.filter(pk=condition.pk).exists()


def test_deleting_a_page_in_use_is_answered_in_words(routine: RoutinePage, exercise: ExercisePage, client: Client):
    factories.note_at(NoteTarget(page=routine.page_ptr))
    for page in (exercise, routine):
        assert told_after(client, reverse("wagtailadmin_pages:delete", args=[page.pk]), {})
        assert told_after(client, bulk_delete(None, page), {})
    assert ExercisePage.objects.exists()
    assert RoutinePage.objects.exists()


def test_deleting_a_list_with_a_page_in_use_names_what_uses_it(routine: RoutinePage, exercise: Any, client: Client):
    factories.note_at(NoteTarget(page=routine.page_ptr))
    for page, user in ((exercise, "routine “Calves”"), (routine, "safety note “Stop sign: your calf swells”")):
        parent = page.get_parent()
        for address in (reverse("wagtailadmin_pages:delete", args=[parent.pk]), bulk_delete(None, parent)):
            told = told_after(client, address, {"confirm_site_name": "Stretchsite"})
            assert f"Nothing was deleted: it is still used by {user}." in told
    assert ExercisePage.objects.exists()
    assert RoutinePage.objects.exists()


def test_account_that_wrote_something_is_not_deleted(exercise: ExercisePage, client: Client):
    assert told_after(client, reverse("wagtailusers_users:delete", args=[exercise.author_id]), {})
    assert ExercisePage.objects.get().author_id


def test_page_of_a_condition_is_where_its_chips_lead(condition_index: ConditionIndexPage, condition: Condition):
    hub = condition_index.add_child(instance=factories.draft_hub(condition, slug="tight-calves"))
    assert Condition.objects.get().hub_id == hub.pk
    hub.unpublish()
    ConditionPage.objects.get().delete()
    assert Condition.objects.get().hub_id is None


def test_draft_of_a_condition_page_is_not_where_chips_lead(condition_index: ConditionIndexPage, condition: Condition):
    condition_index.add_child(instance=factories.draft_hub(condition, live=False))
    assert Condition.objects.get().hub_id is None


def test_alias_of_a_condition_page_does_not_take_the_chips_away(condition_index: Any, condition: Condition):
    hub = condition_index.add_child(instance=factories.draft_hub(condition))
    hub.create_alias(update_slug="alias")
    assert Condition.objects.get().hub_id == hub.pk
