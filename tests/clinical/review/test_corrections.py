"""A reviewer's comma costs no third person: who may send changes back, who may accept them, and what voids that."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from clinical.audit.audit_entries import record
from clinical.models import (
    Approval,
    AuditEntry,
    ClinicalReviewTask,
    NoteTarget,
    PublishRefused,
    SafetyNote,
    User,
)
from clinical.publishing.approvals import approval_of
from clinical.publishing.fingerprints import fingerprint_of
from clinical.publishing.writers import writers_of
from clinical.review.corrections import accept
from clinical.review.live_audit import findings
from clinical.review.own_work import corrected_for
from clinical.words.choices import ApprovalBasis, AuditAction, ReviewState
from exercises.models import ExercisePage
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests.clinical.review.deciding import decide, step_of, superuser

COMMA = "A stretch, which nobody has approved."


@pytest.fixture
def reviewer(submitted: ExercisePage) -> User:
    """Somebody of the group that reviews, and nothing more."""
    group = Group.objects.create(name="Those who review")
    ClinicalReviewTask.objects.get().groups.add(group)
    person = factories.UserFactory.create(username="reviewer", first_name="Rita", last_name="Read")
    person.groups.add(group)
    return person


def write(thing: Any, by: str | User, **words: Any) -> Any:
    """Somebody saves a version; as it stands, where nothing is said."""
    thing = type(thing).objects.get(pk=thing.pk).get_latest_revision_as_object()
    for name, value in words.items():
        setattr(thing, name, value)
    thing.save_revision(user=by if isinstance(by, User) else superuser(by))
    return type(thing).objects.get(pk=thing.pk)


def send(thing: Any, by: User, **said: Any) -> None:
    """Send what was changed back to its author, having read all of it."""
    decide(thing, by, "correct", **{"seen": step_of(thing).fingerprint(), **said})


@pytest.fixture
def corrected(submitted: ExercisePage, reviewer: User) -> ExercisePage:
    """A comma of the reviewer's, on its way back to the writer."""
    page = write(submitted, reviewer, purpose=COMMA)
    send(page, reviewer, comment="A comma.")
    return page


def accepted(page: Any, by: str = "writer", **said: Any) -> Approval:
    """Accept what was sent, having read it."""
    step = page if hasattr(page, "corrected_words") else step_of(page)
    return accept(step, by=superuser(by), **{"seen": step.corrected_words, **said})


def test_author_accepts_a_reviewers_comma_and_nobody_else_is_asked(corrected: ExercisePage, reviewer: User):
    approval = accepted(corrected)
    page = ExercisePage.objects.get(pk=corrected.pk)
    assert (page.live, page.purpose, page.review_state) == (True, COMMA, ReviewState.REVIEWED)
    assert (page.author.username, page.reviewer) == ("writer", reviewer)
    assert (page.reviewed_on, page.publish_errors()) == (timezone.localdate(), {})
    assert (approval.basis, approval.approver, approval.accepted_by) == (
        ApprovalBasis.CORRECTED,
        reviewer,
        superuser("writer"),
    )
    sent, agreed, live = AuditEntry.objects.filter(content_key=page.content_key).order_by("pk")
    assert (sent.action, sent.by, sent.reason) == (AuditAction.PROPOSED, reviewer, "A comma.")
    assert (agreed.action, agreed.by, agreed.second) == (AuditAction.APPROVED, superuser("writer"), reviewer)
    assert agreed.details["writers"] == [superuser("writer").pk, reviewer.pk]
    assert (live.action, live.second) == (AuditAction.PUBLISHED, reviewer)
    assert writers_of(page) == []


def off_duty(page: ExercisePage) -> None:
    User.objects.filter(username="reviewer").update(is_active=False)


def no_reviewer(page: ExercisePage) -> None:
    User.objects.get(username="reviewer").groups.clear()


def no_account(page: ExercisePage) -> None:
    User.objects.filter(username="writer").update(is_active=False)


def of_reviewer(page: ExercisePage) -> None:
    write(page, User.objects.get(username="reviewer"), feel="More than was sent.")


def cancel(page: ExercisePage) -> None:
    page.current_workflow_state.cancel(user=superuser("writer"))


def approve_as_third(page: ExercisePage) -> None:
    decide(page, superuser("third"), seen=step_of(page).fingerprint())


def back_and_forth(page: ExercisePage) -> None:
    write(page, "writer", purpose="Something else.")
    write(page, User.objects.get(username="reviewer"), purpose=COMMA)


def taken_off(page: ExercisePage) -> None:
    record(AuditAction.TAKEN_OFF, page, by=superuser("third"), reason="We rewrite the steps.")


def locked(page: ExercisePage) -> None:
    type(page).objects.filter(pk=page.pk).update(locked=True, locked_by=superuser("third"))


CHANGED, DECIDED = "It was changed after this was sent", "It is decided already"
ONLY_WRITERS, GONE = "Only whoever wrote it can accept", "does not review here any more"
#: By what it is: what happens between sending and accepting, who accepts, what else they say, and what they are told.
VOIDS: dict[str, tuple[Callable[[ExercisePage], Any] | None, str, dict[str, Any], str]] = {
    "its author changed something": (lambda page: write(page, "writer", feel="Mine."), "writer", {}, CHANGED),
    "a third person did": (lambda page: write(page, "third", feel="Theirs."), "writer", {}, CHANGED),
    "a third person saved it as it is": (lambda page: write(page, "third"), "writer", {}, CHANGED),
    "the reviewer changed more": (of_reviewer, "writer", {}, CHANGED),
    "its author and the reviewer changed it back": (back_and_forth, "writer", {}, CHANGED),
    "the reviewer's account is closed": (off_duty, "writer", {}, GONE),
    "the reviewer reviews no more": (no_reviewer, "writer", {}, GONE),
    "the author's account is closed": (no_account, "writer", {}, "Nobody who wrote it can sign in"),
    "who accepts never wrote it": (None, "third", {}, ONLY_WRITERS),
    "the reviewer accepts": (None, "reviewer", {}, ONLY_WRITERS),
    "nothing was read": (None, "writer", {"seen": ""}, "Read what was changed"),
    "something else was read": (None, "writer", {"seen": "2$0"}, "Read what was changed"),
    "it is accepted already": (accepted, "writer", {}, DECIDED),
    "the review was cancelled": (cancel, "writer", {}, DECIDED),
    "it was taken off the site": (taken_off, "writer", {}, "It was taken off the site after this was sent"),
    "somebody locked it": (locked, "writer", {}, "It is locked"),
    "a third person approved it": (approve_as_third, "writer", {}, DECIDED),
}


@pytest.mark.parametrize(("meanwhile", "who", "said", "told"), VOIDS.values(), ids=VOIDS)
def test_changes_are_accepted_only_by_who_wrote_it_and_as_they_were_sent(
    corrected: ExercisePage,
    meanwhile: Callable[[ExercisePage], Any] | None,
    who: str,
    said: dict[str, Any],
    told: str,
):
    step = step_of(corrected)
    if meanwhile:
        meanwhile(corrected)
    before = Approval.objects.count()
    with pytest.raises(PublishRefused, match=told):
        accepted(step, by=who, **said)
    assert Approval.objects.count() == before


def by_writer(page: ExercisePage, reviewer: User) -> User:
    write(page, "writer", feel="Mine.")
    return superuser("writer")


def by_nobody_special(page: ExercisePage, reviewer: User) -> User:
    person = factories.UserFactory.create()
    write(page, person, feel="Theirs.")
    return person


def again_after_another(page: ExercisePage, reviewer: User) -> User:
    for person in (reviewer, "third", reviewer):
        write(page, person, feel=f"As {person} says.")
    return reviewer


def after_another_reviewer(page: ExercisePage, reviewer: User) -> User:
    write(page, reviewer, feel="As one says.")
    write(page, "third", feel="As another says.")
    return reviewer


def of_somebody_whose_account_is_closed(page: ExercisePage, reviewer: User) -> User:
    no_account(page)
    write(page, reviewer, feel="As one says.")
    return reviewer


MAY_NOT_SEND: dict[str, tuple[Callable[[ExercisePage, User], User], str]] = {
    "its author": (by_writer, "You wrote some of it before|no change of your own"),
    "somebody who does not review": (by_nobody_special, "Only somebody who reviews here"),
    "who wrote some of it before": (again_after_another, "You wrote some of it before"),
    "whose changes were changed": (after_another_reviewer, "no change of your own"),
    "where nobody is left to accept it": (of_somebody_whose_account_is_closed, "Nobody who wrote it can sign in"),
    "who changed nothing": (lambda page, reviewer: reviewer, "no change of your own"),
}


@pytest.mark.parametrize(("prepare", "told"), MAY_NOT_SEND.values(), ids=MAY_NOT_SEND)
def test_changes_are_sent_only_by_a_reviewer_who_wrote_nothing_else_of_it(
    submitted: ExercisePage, reviewer: User, prepare: Callable[[ExercisePage, User], User], told: str
):
    person = prepare(submitted, reviewer)
    with pytest.raises(PublishRefused, match=told):
        send(submitted, person)
    assert step_of(submitted).corrected_by is None


def test_each_of_several_authors_may_accept_since_the_reviewer_read_them_all(submitted: ExercisePage, reviewer: User):
    write(submitted, "second", feel="A pull in the chest.")
    send(write(submitted, reviewer, purpose=COMMA), reviewer)
    assert accepted(submitted, by="second").writers == [superuser("writer").pk, superuser("second").pk]


def test_words_the_reviewer_has_not_read_are_not_sent(submitted: ExercisePage, reviewer: User):
    seen = step_of(submitted).fingerprint()
    write(submitted, reviewer, purpose=COMMA)
    for stale, told in ((seen, "It was changed after you opened it"), ("", "read what is shown there")):
        with pytest.raises(PublishRefused, match=told):
            send(submitted, reviewer, seen=stale)


def test_warning_that_says_less_takes_a_colleague_who_changed_nothing(review: Workflow):
    note = factories.note_at(NoteTarget(region="hip"), text="your hip locks")
    note = write(note, "writer", text="your hip locks or gives way")
    review.start(note, superuser("writer"))
    note = write(note, "editor", text="your hip locks, or gives way")
    with pytest.raises(PublishRefused, match="that takes a second person"):
        send(note, superuser("editor"))
    assert not Approval.objects.filter(basis=ApprovalBasis.CORRECTED).exists()
    decide(note, superuser("third"), seen=step_of(note).fingerprint())
    assert SafetyNote.objects.get().text == "your hip locks, or gives way"


def test_new_note_with_a_sign_is_judged_by_both(review: Workflow):
    note = factories.note_at(NoteTarget(region="hip"), live=False, text="your hip locks", in_short="hip locks")
    note.save_revision(user=superuser("writer"))
    review.start(note, superuser("writer"))
    note = write(note, "editor", text="your hip locks or gives way")
    with pytest.raises(PublishRefused, match="Compare each short sign"):
        send(note, superuser("editor"))
    send(note, superuser("editor"), answer=True)
    with pytest.raises(PublishRefused, match="Compare each short sign"):
        accepted(note)
    assert accepted(note, answer=True)
    assert SafetyNote.objects.get().live


def test_in_a_practice_of_one_it_counts_as_two_and_goes_on_counting(corrected: ExercisePage, settings: Any):
    settings.REVIEW_POLICY = "one_person"
    assert accepted(corrected).basis == ApprovalBasis.CORRECTED
    page = ExercisePage.objects.get(pk=corrected.pk)
    assert page.review_state == ReviewState.REVIEWED
    settings.REVIEW_POLICY = "two_people"
    page.save()
    assert not [finding for finding in findings() if finding.title == str(page)]


@pytest.mark.parametrize("accepts", ["nobody", "the same person"])
def test_database_holds_that_two_people_stand_behind_a_correction(db: None, accepts: str):
    person = factories.UserFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            basis=ApprovalBasis.CORRECTED,
            content_key=uuid4(),
            content_hash="2$0",
            title="A page",
            approver=person,
            accepted_by=None if accepts == "nobody" else person,
        )


def test_correction_accepted_by_somebody_who_wrote_none_of_it_stands_behind_nothing(exercise: ExercisePage):
    exercise.feel = "Something else."
    writer, stranger = (factories.UserFactory.create() for _ in range(2))
    Approval.objects.create(
        basis=ApprovalBasis.CORRECTED,
        content_key=exercise.content_key,
        content_hash=fingerprint_of(exercise),
        language="en",
        approver=exercise.reviewer,
        accepted_by=stranger,
        writers=[writer.pk],
    )
    assert approval_of(exercise, **exercise.approval_asked_for()) is None


def test_reviewer_sends_it_from_the_form_and_its_author_accepts_on_a_screen(
    submitted: ExercisePage, reviewer: User, client: Client
):
    person = superuser("editor")
    client.force_login(person)
    typed = {**page_as_posted(submitted.get_latest_revision_as_object(), person), "purpose": COMMA}
    client.post(edit_address(submitted), typed)
    assert "you approve it no more" in client.get(edit_address(submitted)).content.decode()
    step = step_of(submitted)
    dialog = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[submitted.pk, "correct", step.pk])
    shown = client.get(dialog).json()["html"]
    assert step.fingerprint() in shown
    assert "What you changed" in shown
    said = client.post(dialog, {"seen": step.fingerprint(), "review_due": "2028-01-31", "comment": "A comma."}).json()
    newest = ExercisePage.objects.get(pk=submitted.pk).get_latest_revision_as_object()
    posted = page_as_posted(newest, person)
    posted |= {"action-workflow-action": "true", "workflow-action-name": "correct"}
    posted |= {"workflow-action-extra-data": json.dumps(said["cleaned_data"])}
    User.objects.filter(username="writer").update(email="writer@example.org")
    client.post(edit_address(submitted), posted)
    (letter,) = mail.outbox
    address = reverse("clinical_correction", args=[step.pk])
    assert (letter.to, address in letter.body) == (["writer@example.org"], True)

    client.force_login(superuser("writer"))
    assert address in client.get("/admin/").content.decode()
    assert address in client.get(edit_address(submitted)).content.decode()
    html = client.get(address).content.decode()
    assert html.count('<span class="addition">, which</span>') == 1
    client.post(address, {"seen": step_of(submitted).corrected_words})
    assert ExercisePage.objects.get(pk=submitted.pk).live
    assert "It is decided already" in client.get(address).content.decode()


def test_correction_is_shown_to_nobody_but_its_author_and_reviewers(corrected: ExercisePage, client: Client):
    address = reverse("clinical_correction", args=[step_of(corrected).pk])
    colleague = factories.UserFactory.create(is_staff=True)
    client.force_login(colleague)
    assert client.get(address).status_code == 302
    assert client.post(address, {"seen": step_of(corrected).corrected_words}).status_code == 302
    assert not ExercisePage.objects.get(pk=corrected.pk).live


def test_what_can_be_accepted_no_more_says_why_and_its_author_takes_it_off_the_desk(
    corrected: ExercisePage, client: Client
):
    step, author = step_of(corrected), superuser("writer")
    client.force_login(author)
    address = reverse("clinical_correction", args=[step.pk])
    assert "Take it off my desk" not in client.get(address).content.decode()
    client.post(address, {"dismiss": "1"})
    assert [each.is_overtaken for each in corrected_for(author)] == [False]
    write(corrected, "writer", feel="Something else.")
    assert [each.is_overtaken for each in corrected_for(author)] == [True]
    assert "Read why it can be accepted no more" in client.get("/admin/").content.decode()
    assert "It was changed after this was sent to you." in client.get(address).content.decode()
    said = client.post(address, {"dismiss": "1"}, follow=True).content.decode()
    assert "are off your desk: It was changed after this was sent to you." in said
    assert corrected_for(author) == []
    entry = AuditEntry.objects.filter(action=AuditAction.DECLINED, by=author).get()
    assert entry.reason.startswith("It was changed after this")
    with pytest.raises(PublishRefused):
        accepted(step_of(corrected), seen=step.corrected_words)
