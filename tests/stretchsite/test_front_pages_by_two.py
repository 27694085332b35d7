"""No page of the site goes live on one person's word: front page, pages about it and lists as little as advice."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import RestrictedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, get_page_models

from clinical.models import Approval, AuditEntry, GatedPage, NoteTarget, PublishRefused, User
from clinical.publishing.approvals import BY_A_PERSON, approval_of
from clinical.review.live_audit import findings
from clinical.words.choices import ApprovalBasis, AuditAction, BodyRegion
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage
from stretchsite.group_permissions import REVIEWERS, SAFETY_OFFICERS
from stretchsite.models import ConditionIndexPage, HomePage, InformationPage, StartingRoutine
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests.clinical.publishing import roads

KINDS = (HomePage, InformationPage, ConditionIndexPage, ExerciseIndexPage, RoutineIndexPage)
NEW = "It is safe for everybody."
NOBODY = "No colleague has approved these words"


@pytest.fixture
def site(set_up_site: None, db: None) -> HomePage:
    """A new site with one page about it."""
    home = HomePage.objects.get()
    factories.InformationPageFactory(parent=home, title="Is it safe for me?", slug="safe")
    return home


def person(name: str, group: str) -> User:
    found, _made = User.objects.get_or_create(username=name, email=f"{name}@example.org")
    found.groups.add(Group.objects.get(name=group))
    return found


def with_new_words(page: Any, user: User | None = None) -> Any:
    page.introduction = NEW
    page.save_revision(user=user)
    return type(page).objects.get(pk=page.pk)


def test_every_page_there_is_is_gated():
    assert [model for model in get_page_models() if model._meta.app_label != "wagtailcore"]
    assert all(issubclass(model, GatedPage) for model in get_page_models() if model._meta.app_label != "wagtailcore")


@pytest.mark.parametrize("road", roads.OF_A_DRAFT.values(), ids=roads.OF_A_DRAFT)
def test_no_road_takes_one_persons_words_to_readers(site: HomePage, client: Client, road: roads.Road):
    words = {"title": "Safe", "slug": "new", "introduction": NEW, "body": [("heading", "Yes")], "live": False}
    page = with_new_words(site.add_child(instance=InformationPage(**words)), roads.chief())
    assert NOBODY in " ".join(road(client, page))
    assert not InformationPage.objects.filter(introduction=NEW, live=True).exists()


def test_that_holds_for_the_front_page_and_every_list(site: HomePage, client: Client):
    for kind in KINDS:
        page = with_new_words(kind.objects.get())
        for road in (roads.shell_publish, roads.shell_save_unchecked, roads.editor):
            assert NOBODY in " ".join(road(client, page)), (kind, road)
        assert kind.objects.get().introduction != NEW


def test_translation_says_nothing_new_alone(site: HomePage):
    french = Locale.objects.create(language_code="fr")
    site.copy_for_translation(french)
    translated = InformationPage.objects.get().copy_for_translation(french)
    translated.title = "Est-ce sans danger ?"
    with pytest.raises(PublishRefused, match=NOBODY):
        translated.save_revision().publish()


def test_older_words_do_not_come_back_alone(site: HomePage):
    page = InformationPage.objects.get()
    older = factories.publish(page)
    page.introduction = "Newer words."
    factories.publish(page)
    with pytest.raises(PublishRefused, match="before the version that is live now"):
        older.publish()


def test_reviewer_submits_and_a_colleague_approves(site: HomePage, client: Client):
    writer, page = person("writer", REVIEWERS), InformationPage.objects.get()
    client.force_login(writer)
    page.introduction = NEW
    posted = page_as_posted(page, writer)
    client.post(edit_address(page), {**posted, "action-publish": "1"})
    page = InformationPage.objects.get()
    assert page.introduction != NEW
    posted = page_as_posted(page.get_latest_revision_as_object(), writer)
    client.post(edit_address(page), {**posted, "action-submit": "1"})
    step = InformationPage.objects.get().current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", step.pk])
    client.force_login(person("colleague", SAFETY_OFFICERS))
    shown = client.get(address).content.decode()
    assert NEW in shown
    assert "Next review due" not in shown
    clinical = step.task.specific.task_state_class.objects.get(pk=step.pk)
    client.post(address, {"seen": clinical.fingerprint(), "review_due": "2027-01-01"})
    assert InformationPage.objects.get().introduction == NEW
    approved = AuditEntry.objects.get(action=AuditAction.APPROVED)
    assert (approved.by.username, approved.details["writers"]) == ("colleague", [writer.pk])
    assert AuditEntry.objects.filter(action=AuditAction.PUBLISHED, second__username="colleague").exists()
    assert Approval.objects.first().review_due is None


def test_new_site_stands_on_its_own_code_and_says_so(site: HomePage):
    for kind in (HomePage, ConditionIndexPage, ExerciseIndexPage, RoutineIndexPage):
        assert approval_of(kind.objects.get()).basis == ApprovalBasis.CODE
        assert kind.objects.get().get_workflow() is not None
    assert not list(findings())


def test_advice_never_stands_on_what_was_before():
    assert ExercisePage.stands_on == {*BY_A_PERSON, ApprovalBasis.LIBRARY}


def test_routine_of_the_front_page_is_not_deleted_under_it(site: HomePage):
    exercise = ExerciseIndexPage.objects.get().add_child(instance=factories.draft_exercise())
    draft = factories.draft_routine([exercise], [factories.ConditionFactory.create()])
    routine = RoutineIndexPage.objects.get().add_child(instance=draft)
    site.starting_routines = [StartingRoutine(routine=routine)]
    factories.publish(site)
    with pytest.raises(RestrictedError):
        routine.delete()
    assert not list(findings())


def test_page_that_help_leads_to_stays_where_it_is(site: HomePage):
    safe = factories.InformationPageFactory(parent=site, title="When to get help", slug="is-it-safe")
    reviewer = person("reviewer", REVIEWERS)
    other = InformationPage.objects.get(slug="safe")
    assert [page.permissions_for_user(reviewer).can_unpublish() for page in (safe, other)] == [False, True]
    for page, refused in ((safe, ["slug"]), (other, [])):
        page.slug = f"{page.slug}-moved"
        assert [name for name in page.clinical_refusal() if name == "slug"] == refused


def test_page_that_help_leads_to_says_whom_to_call_before_its_own_words(site: HomePage, client: Client):
    factories.InformationPageFactory(parent=site, title="When to get help", slug="is-it-safe")
    for slug, says in (("is-it-safe", True), ("safe", False)):
        words = client.get(f"/{slug}/").content.decode()
        main = words[words.index("<main") : words.index("</main>")]
        assert all((f'href="tel:{number}"' in main) is says for number in ("999", "111"))


def test_page_that_help_leads_to_shows_the_signs_in_force_of_every_place(site: HomePage, client: Client):
    factories.InformationPageFactory(parent=site, title="When to get help", slug="is-it-safe")
    ache = factories.ConditionFactory.create()
    signs = [("you cannot pee", "emergency", NoteTarget(region=BodyRegion.LOW_BACK))]
    signs += [("your face droops", "emergency", NoteTarget(condition=ache))]
    signs += [(f"sign {number} lasts", "same_day", NoteTarget(region=BodyRegion.NECK)) for number in range(8)]
    asked = []
    for shown in (signs[:2], signs[2:]):
        for text, urgency, target in shown:
            factories.note_at(target, **{**factories.RED_FLAG, "urgency": urgency, "text": text})
        client.get("/is-it-safe/")
        with CaptureQueriesContext(connection) as queries:
            words = client.get("/is-it-safe/").content.decode()
        asked.append(len(queries))
        assert all(text in words.partition("The answer.")[0] for text, _urgency, _target in shown)
    assert asked[0] == asked[1]


def broken(*_args: Any) -> Any:
    raise KeyError("planted")


@pytest.mark.parametrize(
    ("where", "fault"),
    [
        ("clinical.outputs.signs._lists", lambda notes, heading=None: ()),
        ("clinical.notes.targets._version_of", broken),
        ("clinical.templatetags.sign_tags._row", broken),
    ],
)
def test_page_that_help_leads_to_is_not_shown_with_fewer_signs(site: HomePage, client: Client, where: str, fault: Any):
    factories.InformationPageFactory(parent=site, title="When to get help", slug="is-it-safe")
    factories.note_at(NoteTarget(region=BodyRegion.NECK), **{**factories.RED_FLAG, "urgency": "emergency"})
    with patch(where, fault):
        answer = client.get("/is-it-safe/")
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (503, True)
    assert all(words in answer.content.decode() for words in ("999", "numbness"))
