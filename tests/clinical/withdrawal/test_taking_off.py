"""Taking a page off the site asks why, tells whoever uses it, and offers the withdrawal where the reason is safety."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from clinical.models import AuditEntry, NoteTarget, User
from clinical.words.choices import AuditAction, NoteKind, Tier
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from stretchsite.group_permissions import PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS
from testing import factories
from tests.stretchsite.test_desk import draft_of, live_exercise, member, signed_in

pytestmark = pytest.mark.usefixtures("set_up_site", "db")


def screen(page: ExercisePage) -> str:
    """Where a page is taken off."""
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


def test_taking_off_takes_a_reason_which_goes_on_record_and_to_whoever_uses_it(client: Client):
    giver = member(PRACTITIONERS, "giver")
    page = live_exercise()
    RoutineIndexPage.objects.get().add_child(instance=factories.draft_routine([page], [], title="Plan", slug="plan"))
    factories.link_to(RoutinePage.objects.get(), giver)
    signed_in(client, member(REVIEWERS, "reviewer"))
    assert client.post(screen(page), {"reason": "  "}).status_code == 200
    assert ExercisePage.objects.get().live
    assert client.post(screen(page), {"reason": "We rewrite the steps."}).status_code == 302
    assert not ExercisePage.objects.get().live
    entry = AuditEntry.objects.get(action=AuditAction.TAKEN_OFF, content_key=page.content_key)
    assert entry.reason == "We rewrite the steps."
    (letter,) = [each for each in mail.outbox if each.to == [giver.email]]
    assert "We rewrite the steps." in letter.body
    assert "Patients have it from you" in letter.body


def test_taking_off_many_at_once_takes_a_reason_too(client: Client):
    author = member(PRACTITIONERS, "author")
    pages = [live_exercise(number, author=author) for number in range(2)]
    signed_in(client, member(REVIEWERS, "reviewer"))
    ticked = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?{ticked}"
    assert 'name="reason"' in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 200
    assert ExercisePage.objects.live().count() == 2
    assert client.post(address, {"reason": "We rewrite the steps."}).status_code == 302
    assert ExercisePage.objects.live().count() == 0
    taken_off = AuditEntry.objects.filter(action=AuditAction.TAKEN_OFF)
    assert {entry.reason for entry in taken_off} == {"We rewrite the steps."}
    assert [each.to for each in mail.outbox] == [[author.email]] * 2


@pytest.mark.parametrize("way", ["note off", "note gone", "notes gone", "page gone", "pages gone"])
def test_taking_a_note_out_of_force_and_deleting_take_a_reason_which_goes_on_record(client: Client, way: str):
    page = live_exercise()
    note = factories.note_at(NoteTarget(region="hip"), kind=NoteKind.PREPARATION, tier=Tier.GOOD_TO_KNOW)
    signed_in(client, User.objects.create_superuser("chief"))
    address = {
        "note off": reverse("wagtailsnippets_clinical_safetynote:unpublish", args=[note.pk]),
        "note gone": reverse("wagtailsnippets_clinical_safetynote:delete", args=[note.pk]),
        "notes gone": reverse("wagtail_bulk_action", args=["clinical", "safetynote", "delete"]) + f"?id={note.pk}",
        "page gone": reverse("wagtailadmin_pages:delete", args=[page.pk]),
        "pages gone": reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={page.pk}",
    }[way]
    action = AuditAction.TAKEN_OFF if way == "note off" else AuditAction.DELETED
    said = AuditEntry.objects.filter(action=action, pk__gt=AuditEntry.objects.latest("pk").pk)
    assert 'name="reason"' in client.get(address).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 200
    assert not said.exists()
    assert client.post(address, {"reason": "It is said elsewhere."}).status_code == 302
    assert said.get().reason == "It is said elsewhere."


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_ending_a_note_shows_what_it_reaches_and_a_serious_one_where_it_is_withdrawn_instead(client: Client, way: str):
    live_exercise(body_regions=["hip"])
    mild, serious = (
        factories.note_at(NoteTarget(region="hip"), kind=kind, tier=tier)
        for kind, tier in ((NoteKind.PREPARATION, Tier.GOOD_TO_KNOW), (NoteKind.CONTRAINDICATION, Tier.DO_NOT))
    )
    signed_in(client, User.objects.create_superuser("chief"))
    for note, is_asked in ((mild, True), (serious, False)):
        said = client.get(reverse(f"wagtailsnippets_clinical_safetynote:{way}", args=[note.pk])).content.decode()
        assert "Exercises that show this note: 1" in said
        assert ('name="reason"' in said) is is_asked
        assert (reverse("clinical_withdraw_note", args=[note.pk]) in said) is not is_asked
        assert ("that takes a second person" in said) is not is_asked


def test_a_draft_nobody_ever_read_is_deleted_unasked(client: Client):
    draft = draft_of(signed_author := member(PRACTITIONERS, "author"))
    signed_in(client, signed_author)
    assert client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]), {}).status_code == 302
    assert not ExercisePage.objects.exists()


def test_users_of_pages_below_are_told_too_and_authors_of_copies_are_not(client: Client):
    author, copier = member(PRACTITIONERS, "author"), member(PRACTITIONERS, "copier")
    live_exercise(1, author=author)
    page = live_exercise(2, author=author)
    live_exercise(3, author=copier)
    ExercisePage.objects.filter(author=copier).update(origins=str(page.content_key))
    signed_in(client, User.objects.create_superuser("chief"))
    client.post(screen(page), {"reason": "We rewrite the steps."})
    assert [each.to for each in mail.outbox] == [[author.email]]
    mail.outbox.clear()
    front = ExerciseIndexPage.objects.get()
    ticked = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"]) + f"?id={front.pk}"
    for address in (screen(front), ticked):
        ExercisePage.objects.exclude(pk=page.pk).update(live=True)
        ExerciseIndexPage.objects.update(live=True)
        client.post(address, {"reason": "We move.", "include_descendants": "on"})
        assert not ExercisePage.objects.live().exists()
        assert sorted(each.to for each in mail.outbox) == [[author.email], [copier.email]]
        mail.outbox.clear()


def test_screen_says_what_it_reaches_and_leads_to_the_withdrawal(client: Client):
    page = live_exercise()
    RoutineIndexPage.objects.get().add_child(instance=factories.draft_routine([page], [], title="Plan", slug="plan"))
    signed_in(client, member(SAFETY_OFFICERS, "officer"))
    said = client.get(screen(page)).content.decode()
    assert "Routines it would be taken out of: 1" in said
    assert reverse("clinical_withdraw_page", args=[page.pk]) in said
    signed_in(client, member(REVIEWERS, "reviewer"))
    said = client.get(screen(page)).content.decode()
    assert reverse("clinical_withdraw_page", args=[page.pk]) not in said
    assert reverse("report_page", args=[page.pk]) in said


def test_withdrawing_says_first_how_many_may_lift_it(client: Client):
    page = live_exercise()
    address = reverse("clinical_withdraw_page", args=[page.pk])
    signed_in(client, member(SAFETY_OFFICERS, "officer"))
    assert "there is only one account that may" in client.get(address).content.decode()
    member(SAFETY_OFFICERS, "another")
    said = client.get(address).content.decode()
    assert "Lifting takes two safety officers" in said
    assert "2 people may" in said
