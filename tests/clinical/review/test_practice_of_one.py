"""``REVIEW_POLICY``: one person may approve what they wrote, readers are told, and what takes two people takes two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow, WorkflowTask

from clinical.admin.copying import copy_of
from clinical.apps import remember_the_policy
from clinical.conflicts.open_conflicts import open_conflicts
from clinical.conflicts.overrides import ask_to_override, confirm_override
from clinical.models import (
    Approval,
    AuditEntry,
    ClinicalReviewTask,
    Condition,
    FamilyMember,
    NoteTarget,
    PublishRefused,
    SafetyNote,
    User,
    release,
)
from clinical.publishing.approvals import approval_of
from clinical.publishing.fingerprints import fingerprint_of
from clinical.publishing.review_policy import DAYS_GIVEN_ON, POLICY_KEY, remember_policy, set_back_on
from clinical.publishing.writers import writers_of, written_by
from clinical.review.live_audit import findings
from clinical.review.proposals import confirm_proposal, propose
from clinical.review.reviewing import approve
from clinical.safety.short_signs import words_digest
from clinical.withdrawal.withdrawing import ask_to_lift, lift, withdraw
from clinical.words.choices import ApprovalBasis, AuditAction, NoteKind, ReviewState, Tier
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutinePage
from sharing.models.sharing_refusals import sharing_refusals
from stretchsite.models import HomePage
from testing import factories

SAID = "Written and checked by the same person"
TAKES_TWO = "that takes a second person"
HOT = "your calf is hot"


@pytest.fixture
def of_one(settings: Any, db: None) -> User:
    """The one person of a practice of one."""
    settings.REVIEW_POLICY = "one_person"
    return User.objects.create_superuser("alone")


@pytest.fixture
def waiting(of_one: User, exercise_index: ExerciseIndexPage) -> ExercisePage:
    """An exercise the one person wrote and submitted."""
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=ClinicalReviewTask.objects.create(name="Review"))
    draft = factories.draft_exercise(title="Doorway stretch", slug="doorway-stretch", live=False)
    draft.author = of_one
    draft.reviewer = draft.reviewed_on = draft.review_due = None
    exercise_index.add_child(instance=draft)
    draft.purpose = "A stretch for the calf, written alone."
    draft.save_revision(user=of_one)
    workflow.start(draft, of_one)
    return ExercisePage.objects.get(pk=draft.pk)


def approve_own(thing: Any, by: User, **said: Any) -> Approval:
    """The one person reads it again and approves it."""
    return approve(thing, by=by, seen=fingerprint_of(thing), **{"read_again": True, **said})


def made_by_one(thing: Any, by: User) -> Any:
    """Publish what a page says in memory, written and checked by one person."""
    thing.save_revision(user=by)
    thing.stamp(approve_own(thing, by))
    thing.save_revision(user=by).publish()
    return type(thing).objects.get(pk=thing.pk)


def test_one_account_writes_reads_again_publishes_and_readers_see_who_checked(
    waiting: ExercisePage, of_one: User, client: Client
):
    client.force_login(of_one)
    step = waiting.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", step.pk])
    shown = client.get(address).json()["html"]
    assert reverse("wagtailadmin_pages:view_draft", args=[waiting.pk]) in shown
    assert SAID in shown
    due = (timezone.localdate() + timedelta(days=300)).isoformat()
    sent = {"seen": step.specific.fingerprint(), "is_own": "true", "review_due": due}
    told = client.post(address, sent, headers={"x-requested-with": "XMLHttpRequest"})
    assert "Read all of it again" in told.json()["html"]
    client.post(address, {**sent, "read_again": "on"})
    page = ExercisePage.objects.get(pk=waiting.pk)
    assert (page.live, page.review_state, page.author, page.reviewer) == (True, ReviewState.SAME_PERSON, of_one, of_one)
    assert not page.publish_errors()
    read = Client().get(page.url).content.decode()
    assert read.count(SAID) >= 2
    assert "Reviewed by" not in read
    approval = Approval.objects.get(content_key=page.content_key, approver=of_one)
    assert (approval.basis, approval.is_by_a_second_person) == (ApprovalBasis.SAME_PERSON, False)
    published = AuditEntry.objects.get(action=AuditAction.PUBLISHED, content_key=page.content_key)
    assert (published.by, published.second, published.details["approval"]) == (of_one, None, approval.pk)
    assert AuditEntry.objects.filter(content_key=POLICY_KEY).count() == 1


def test_who_corrects_a_colleagues_page_alone_is_not_its_author_and_readers_are_told(
    exercise: ExercisePage, of_one: User
):
    writer = exercise.author
    exercise.feel = "A mild pull in the calf"
    page = made_by_one(exercise, of_one)
    assert (page.live, page.author, page.reviewer) == (True, writer, of_one)
    assert not page.publish_errors()
    said = Client().get(page.url).content.decode()
    assert "Checked by one of those who wrote it" in said
    assert SAID not in said


def test_whoever_may_not_review_cannot_approve_their_own(waiting: ExercisePage):
    task = ClinicalReviewTask.objects.get()
    plain = factories.UserFactory.create()
    waiting.save_revision(user=plain)
    assert task.get_actions(waiting, plain) == []
    assert not task.get_task_states_user_can_moderate(plain).exists()


def test_what_one_person_wrote_waits_for_that_person(waiting: ExercisePage, of_one: User, settings: Any):
    task = ClinicalReviewTask.objects.get()
    assert [name for name, _words, _modal in task.get_actions(waiting, of_one)] == ["reject", "approve"]
    assert task.get_task_states_user_can_moderate(of_one).count() == 1
    settings.REVIEW_POLICY = "two_people"
    assert [name for name, _words, _modal in task.get_actions(waiting, of_one)] == ["reject"]
    assert task.get_task_states_user_can_moderate(of_one).count() == 0


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"read_again": False}, "Read all of it again"),
        ({"read_again": "yes"}, "Read all of it again"),
        ({"seen": ""}, "Open “Approve”"),
        ({"seen": "0" * 64}, "It was changed after you opened it"),
    ],
)
def test_own_words_are_approved_only_by_whoever_says_they_read_them_again(
    waiting: ExercisePage, of_one: User, said: dict[str, Any], told: str
):
    newest = waiting.get_latest_revision_as_object()
    with pytest.raises(PublishRefused, match=told):
        approve(newest, by=of_one, **{"seen": fingerprint_of(newest), "read_again": True, **said})


def reworded(note: SafetyNote) -> None:
    note.text = "your calf is a little warm"


def lowered(note: SafetyNote) -> None:
    note.kind, note.tier = NoteKind.CHECK_FIRST, Tier.CHECK_FIRST


def narrowed(note: SafetyNote) -> None:
    note.targets = [NoteTarget(region="hip")]


def weaken(change: Callable[[SafetyNote], None], me: User) -> None:
    draft = SafetyNote.objects.get(text=HOT)
    change(draft)
    draft.save_revision(user=me)
    approve_own(draft, me)
    draft.save_revision(user=me).publish()


def take_off(me: User) -> None:
    SafetyNote.objects.get(text=HOT).unpublish(user=me)


def lose_on_a_page(me: User) -> None:
    page = ExercisePage.objects.get()
    page.body_regions = ("shoulder",)
    made_by_one(page, me)


def allow_more_pain(me: User) -> None:
    page = ExercisePage.objects.get()
    page.pain_most, page.settles_by = 3, "within_the_hour"
    made_by_one(page, me)


def own_copy(me: User, **said: Any) -> ExercisePage:
    copy = copy_of(ExercisePage.objects.get(), me)
    for name, value in said.items():
        setattr(copy, name, value)
    return made_by_one(copy, me)


def lose_on_a_copy(me: User) -> None:
    own_copy(me, body_regions=("shoulder",))


def allow_more_pain_on_a_copy(me: User) -> None:
    own_copy(me, pain_most=3, settles_by="within_the_hour")


def delete_what_was_copied(me: User) -> None:
    copy = copy_of(ExercisePage.objects.get(), me)
    RoutinePage.objects.all().delete()
    ExercisePage.objects.exclude(pk=copy.pk).delete()
    made_by_one(copy, me)


def speak_for_a_library(me: User) -> None:
    theirs = factories.note_at(NoteTarget(region="hip"), live=False, text="your hip locks", library_id="hip-locks")
    release(theirs)
    theirs.save_revision().publish()
    theirs.refresh_from_db()
    own = factories.note_at(
        NoteTarget(everywhere=True), live=False, text="your shoe is tight", family_sign="shoe is tight"
    )
    own.family_members = [FamilyMember(member=theirs, words=words_digest(theirs.text))]
    own.save_revision(user=me)
    approve_own(own, me, answer=True)
    own.save_revision(user=me).publish()


def excuse_numbness(me: User) -> None:
    index = factories.ConditionIndexPageFactory(parent=HomePage.objects.get())
    hub = factories.draft_hub(Condition.objects.get(), usual_sensation="Numbness is no reason to stop; more of it is.")
    hub.author, hub.reviewer, hub.live, hub.purpose = me, None, False, "Written alone."
    index.add_child(instance=hub)
    made_by_one(hub, me)


def lift_a_withdrawal(me: User) -> None:
    withdrawal = withdraw(ExercisePage.objects.get(), by=factories.UserFactory.create(), reason="It may be wrong.")
    ask_to_lift(withdrawal, by=me, reason="It was right.")
    lift(withdrawal, by=me)


def override_a_rule(me: User) -> None:
    words = {"kind": NoteKind.CONTRAINDICATION, "tier": Tier.DO_NOT, "text": "your calf was torn"}
    place = NoteTarget(page=ExercisePage.objects.get().page_ptr)
    factories.note_at(place, rules_out=Condition.objects.get(), **words)
    routine = RoutinePage.objects.get()
    (conflict,) = open_conflicts(routine)
    confirm_override(ask_to_override(routine, conflict, by=me, reason="It healed."), by=me)


def rename_a_condition(me: User) -> None:
    proposal = propose(Condition.objects.get(), {"name": "Other words"}, by=me, reason="Plainer.")
    confirm_proposal(proposal, by=me)


def agree_alone(me: User) -> None:
    condition = Condition.objects.get()
    condition.name = "Other words"
    condition.save_agreed(condition.agree(basis=ApprovalBasis.SAME_PERSON, writers=[me.pk], approver=me))


STAYS_TWO: dict[str, tuple[Callable[[User], None], str]] = {
    "other words of a warning": (lambda me: weaken(reworded, me), TAKES_TWO),
    "a lower tier": (lambda me: weaken(lowered, me), TAKES_TWO),
    "fewer places": (lambda me: weaken(narrowed, me), TAKES_TWO),
    "a warning taken off": (take_off, TAKES_TWO),
    "a page that loses it": (lose_on_a_page, TAKES_TWO),
    "more pain allowed": (allow_more_pain, TAKES_TWO),
    "a copy that loses it": (lose_on_a_copy, TAKES_TWO),
    "more pain on a copy": (allow_more_pain_on_a_copy, TAKES_TWO),
    "a copy of what is deleted": (delete_what_was_copied, TAKES_TWO),
    "a joint sign over a library's warnings": (speak_for_a_library, TAKES_TWO),
    "another reason not to stop": (excuse_numbness, "takes a second person"),
    "lifting a withdrawal": (lift_a_withdrawal, "colleague|second"),
    "overriding a rule": (override_a_rule, "Ask a colleague"),
    "renaming a condition in use": (rename_a_condition, "Ask a colleague"),
    "renaming it past the proposal": (agree_alone, "is in use"),
}


@pytest.mark.parametrize(("attempt", "told"), STAYS_TWO.values(), ids=STAYS_TWO)
def test_what_takes_two_people_takes_two_in_a_practice_of_one(
    routine: RoutinePage, of_one: User, attempt: Callable[[User], None], told: str
):
    note = factories.note_at(NoteTarget(region="lower_leg"), text=HOT)
    with pytest.raises(ValidationError, match=told), transaction.atomic():
        attempt(of_one)
    assert SafetyNote.objects.get(pk=note.pk).live
    assert Condition.objects.get().name == "Tight calves"


def test_one_person_may_publish_a_copy_that_warns_of_as_much_and_allows_no_more(exercise: ExercisePage, of_one: User):
    ExercisePage.objects.update(pain_most=3, settles_by="within_the_hour")
    assert own_copy(of_one).live


def test_one_person_may_add_a_warning(of_one: User):
    draft = factories.note_at(NoteTarget(region="hip"), live=False, text="your hip locks")
    draft.save_revision(user=of_one)
    approve_own(draft, of_one)
    draft.save_revision(user=of_one).publish()
    assert SafetyNote.objects.get().live


def test_scheduled_weakening_is_refused_when_it_is_approved(of_one: User, waiting: ExercisePage):
    note = factories.note_at(NoteTarget(region="lower_leg"), text=HOT)
    note.text, note.go_live_at = "your calf is warm", timezone.now() + timedelta(days=1)
    note.save_revision(user=of_one)
    Workflow.objects.get(name="Review").start(note, of_one)
    step = note.current_workflow_task_state
    with pytest.raises(PublishRefused, match=TAKES_TWO), transaction.atomic():
        step.task.specific.on_action(step, of_one, "approve", seen=step.specific.fingerprint(), read_again=True)


def test_set_back_it_stays_live_is_named_by_the_audit_and_changes_by_two(
    exercise: ExercisePage, of_one: User, settings: Any
):
    page = made_by_one(exercise, of_one)
    assert not [finding for finding in findings() if finding.title == str(page)]
    settings.REVIEW_POLICY = "two_people"
    page.save()
    page.save_revision().publish()
    assert ExercisePage.objects.get().live
    (named,) = [finding for finding in findings() if finding.title == str(page)]
    assert named.sentences == (
        "Whoever wrote it approved it, and this site asks for two people. Have a colleague review it.",
    )
    with pytest.raises(CommandError):
        call_command("audit_live")
    page.feel = "Something else."
    page.save_revision(user=of_one)
    with pytest.raises(PublishRefused, match="Ask a colleague"):
        approve_own(page, of_one)


@pytest.mark.parametrize("policy", ["one_person", "two_people"])
def test_whoever_checked_their_own_does_not_review_it_next_time(
    exercise: ExercisePage, of_one: User, settings: Any, policy: str
):
    page = made_by_one(exercise, of_one)
    settings.REVIEW_POLICY = policy
    assert (writers_of(page), written_by(of_one, [page])) == ([of_one.pk], {page})
    page.feel = "A mild pull in the calf"
    page.save_revision(user=factories.UserFactory.create())
    if policy == "one_person":
        assert approve_own(page, of_one).basis == ApprovalBasis.SAME_PERSON
    else:
        with pytest.raises(PublishRefused, match="Ask a colleague"):
            approve_own(page, of_one)
    reviewed = approve(page, by=factories.UserFactory.create(), seen=fingerprint_of(page))
    assert reviewed.basis == ApprovalBasis.REVIEWED
    page.stamp(reviewed)
    page.save_revision().publish()
    page = ExercisePage.objects.get()
    assert (writers_of(page), written_by(of_one, [page])) == ([], set())


def test_a_copy_makes_nobody_the_reviewer_of_their_own_words(exercise: ExercisePage, of_one: User, settings: Any):
    page = made_by_one(exercise, of_one)
    settings.REVIEW_POLICY = "two_people"
    colleague = factories.UserFactory.create()
    copied = copy_of(page, by=colleague)
    assert set(writers_of(copied)) == {colleague.pk, of_one.pk}
    assert written_by(of_one, [copied]) == {copied}


def test_what_one_person_approved_earlier_does_not_go_live_where_two_are_asked_for(
    exercise: ExercisePage, of_one: User, settings: Any
):
    exercise.feel = "Something else."
    exercise.save_revision(user=of_one)
    exercise.stamp(approve_own(exercise, of_one))
    waits = exercise.save_revision(user=of_one)
    settings.REVIEW_POLICY = "two_people"
    with pytest.raises(PublishRefused, match="this site asks for two people"):
        waits.publish()
    settings.REVIEW_POLICY = "one_person"
    waits.publish()
    ExercisePage.objects.get().unpublish()
    settings.REVIEW_POLICY = "two_people"
    with pytest.raises(PublishRefused, match="this site asks for two people"):
        ExercisePage.objects.get().get_latest_revision().publish()


def test_set_back_no_new_link_is_made_of_it_after_ninety_days(
    routine: RoutinePage, of_one: User, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    made_by_one(ExercisePage.objects.get(), of_one)
    assert sharing_refusals(RoutinePage.objects.get()) == []
    settings.REVIEW_POLICY = "two_people"
    remember_policy()
    assert set_back_on() == timezone.localdate()
    today = timezone.localdate()
    for days, count in ((DAYS_GIVEN_ON, 0), (DAYS_GIVEN_ON + 1, 1)):
        monkeypatch.setattr(
            timezone, "localdate", lambda *given, days=days: today + timedelta(days=days) if not given else today
        )
        said = sharing_refusals(RoutinePage.objects.get())
        assert len([words for words in said if "written and checked by the same person" in words]) == count


def test_earlier_words_of_a_note_go_live_again_when_one_person_approves_them_again(of_one: User):
    note = factories.note_at(NoteTarget(region="hip"), text="your hip locks")
    first = approve(note, by=factories.UserFactory.create(), seen=fingerprint_of(note))
    assert first.basis == ApprovalBasis.REVIEWED
    for words in ("your hip locks or gives way", "your hip locks"):
        note = SafetyNote.objects.get()
        note.text = words
        note.save_revision(user=of_one)
        again = approve_own(note, of_one)
        assert approval_of(note) == again
    assert again.basis == ApprovalBasis.SAME_PERSON


def test_policy_is_on_record_before_the_first_approval_under_it(exercise: ExercisePage, settings: Any):
    settings.REVIEW_POLICY = "one_person"
    exercise.save_revision(user=factories.UserFactory.create())
    approve(exercise, by=factories.UserFactory.create(), seen=fingerprint_of(exercise))
    assert AuditEntry.objects.get(content_key=POLICY_KEY).details["after"] == "one_person"


def test_policy_is_looked_at_only_where_there_is_an_audit(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch):
    settings.REVIEW_POLICY = "one_person"
    introspection = connections["default"].introspection
    monkeypatch.setattr(introspection, "table_names", lambda *given, **more: [])
    remember_the_policy(using="default")
    assert not AuditEntry.objects.filter(content_key=POLICY_KEY).exists()
    monkeypatch.undo()
    remember_the_policy(using="default")
    assert AuditEntry.objects.filter(content_key=POLICY_KEY).exists()


def test_policy_is_put_on_record_once_when_it_changes(of_one: User, settings: Any):
    for policy in ("one_person", "one_person", "two_people", "two_people"):
        settings.REVIEW_POLICY = policy
        remember_policy()
    entries = AuditEntry.objects.filter(content_key=POLICY_KEY).order_by("pk")
    assert [entry.details for entry in entries] == [
        {"before": "two_people", "after": "one_person"},
        {"before": "one_person", "after": "two_people"},
    ]


def test_new_site_puts_nothing_on_record(db: None):
    remember_policy()
    assert not AuditEntry.objects.filter(content_key=POLICY_KEY).exists()
    assert set_back_on() is None


def test_another_policy_stops_the_start_and_ready_says_which_is_in_force(settings: Any, client: Client, db: None):
    settings.REVIEW_POLICY = "one_person"
    assert client.get("/readyz").json()["review_policy"] == "one_person"
    settings.REVIEW_POLICY = "nobody"
    assert "clinical.E005" in [message.id for message in run_checks()]


def test_database_holds_that_somebody_stands_behind_it(db: None):
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            basis=ApprovalBasis.SAME_PERSON, content_key=POLICY_KEY, content_hash="0", title="Nobody’s"
        )
