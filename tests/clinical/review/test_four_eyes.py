"""Four eyes: nobody approves what they wrote, and what was approved is what goes live, to the letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from clinical.admin.sent_on import decision
from clinical.models import (
    Approval,
    AuditEntry,
    ClinicalReviewTask,
    NoteTarget,
    PublishRefused,
    SafetyNote,
    User,
)
from clinical.publishing.fingerprints import fingerprint_of
from clinical.publishing.writers import writers_of
from clinical.review.reviewing import approve
from clinical.words.choices import ApprovalBasis, AuditAction, ReviewState
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage
from testing import factories
from testing.editor import edit_address, page_as_posted
from tests.clinical.publishing.roads import chief
from tests.clinical.review.deciding import decide, step_of, superuser


def test_colleague_approves_and_the_page_is_live_with_both_names_and_days(submitted: ExercisePage):
    colleague = superuser("colleague")
    due = timezone.localdate() + timedelta(days=365)
    decide(submitted, colleague, seen=step_of(submitted).fingerprint(), review_due=due.isoformat(), comment="Good.")
    page = ExercisePage.objects.get(pk=submitted.pk)
    assert (page.live, page.purpose) == (True, "A stretch nobody has approved.")
    assert (page.author.username, page.reviewer, page.review_state) == ("writer", colleague, ReviewState.REVIEWED)
    assert (page.reviewed_on, page.review_due) == (timezone.localdate(), due)
    assert not page.publish_errors()
    said = AuditEntry.objects.get(action=AuditAction.APPROVED)
    assert (said.by, said.reason, said.content_key) == (colleague, "Good.", page.content_key)
    assert AuditEntry.objects.get(action=AuditAction.PUBLISHED, content_key=page.content_key).second == colleague


@pytest.mark.parametrize(
    ("hours", "action", "told"),
    [
        (0, "approve", "is approved and live"),
        (24, "approve", "is approved, and goes live on"),
        (0, "reject", "is sent back"),
    ],
)
def test_whoever_decides_is_told_what_became_of_it(submitted: ExercisePage, hours: int, action: str, told: str):
    if hours:
        submitted.go_live_at = timezone.now() + timedelta(hours=hours)
        submitted.save_revision(user=superuser("writer"))
    said = {"seen": step_of(submitted).fingerprint()} if action == "approve" else {"comment": "Shorter."}
    decide(submitted, superuser("colleague"), action, **said)
    assert decision(submitted, action).startswith(f"“Doorway stretch” {told}")


def test_whoever_sends_something_back_lands_at_the_desk(submitted: ExercisePage, client: Client):
    client.force_login(superuser("colleague"))
    posted = page_as_posted(submitted.get_latest_revision_as_object(), superuser("colleague"))
    sent = {"action-workflow-action": "true", "workflow-action-name": "reject"}
    answer = client.post(edit_address(submitted), {**posted, **sent}, follow=True)
    assert [where for where, _status in answer.redirect_chain] == [reverse("wagtailadmin_home")]
    assert "is sent back" in answer.text


@pytest.mark.parametrize(("writer", "also"), [("writer", []), ("contributor", ["correct"])])
def test_whoever_had_a_hand_in_it_cannot_approve_it(submitted: ExercisePage, writer: str, also: list[str]):
    submitted.feel = "Something else."
    submitted.save_revision(user=superuser("contributor"))
    user = superuser(writer)
    actions = step_of(submitted).task.specific.get_actions(submitted, user)
    assert [action[0] for action in actions] == ["reject", *also]
    with pytest.raises(PublishRefused, match="Ask a colleague"):
        decide(submitted, user, seen=step_of(submitted).fingerprint())
    assert not ExercisePage.objects.get(pk=submitted.pk).live


def test_what_waits_for_a_person_is_not_their_own(submitted: ExercisePage):
    task = ClinicalReviewTask.objects.get()
    assert task.get_task_states_user_can_moderate(superuser("colleague")).count() == 1
    assert task.get_task_states_user_can_moderate(superuser("writer")).count() == 0


def test_change_after_the_approver_looked_voids_the_approval(submitted: ExercisePage):
    seen = step_of(submitted).fingerprint()
    submitted.steps = [("move", {"text": "Lean much further.", "picture": None})]
    submitted.save_revision(user=superuser("writer"))
    with pytest.raises(PublishRefused, match="Read it again"):
        decide(submitted, superuser("colleague"), seen=seen)
    assert not ExercisePage.objects.get(pk=submitted.pk).live
    assert not Approval.objects.filter(approver__username="colleague").exists()
    decide(submitted, superuser("colleague"), seen=step_of(submitted).fingerprint())
    assert ExercisePage.objects.get(pk=submitted.pk).steps[0].value["text"] == "Lean much further."


def test_approval_of_nothing_that_was_read_is_refused(submitted: ExercisePage):
    with pytest.raises(PublishRefused, match="read what is shown there"):
        decide(submitted, superuser("colleague"))


def test_words_changed_after_approval_do_not_go_live_by_any_clock(submitted: ExercisePage):
    submitted.go_live_at = timezone.now() + timedelta(hours=1)
    submitted.save_revision(user=superuser("writer"))
    decide(submitted, superuser("colleague"), seen=step_of(submitted).fingerprint())
    scheduled = ExercisePage.objects.get(pk=submitted.pk).scheduled_revision
    assert scheduled
    assert not ExercisePage.objects.get(pk=submitted.pk).live
    scheduled.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    scheduled.content = {**scheduled.content, "feel": "Slipped in.", "go_live_at": None}
    scheduled.save()
    with pytest.raises(PublishRefused, match="No colleague has approved"):
        scheduled.publish()
    scheduled.content = {**scheduled.content, "feel": "A mild pull in the calf."}
    scheduled.save()
    call_command("publish_scheduled")
    assert ExercisePage.objects.get(pk=submitted.pk).live


def test_autosave_never_writes_over_a_version_somebody_was_asked_to_approve(submitted: ExercisePage):
    asked = submitted.get_latest_revision()
    submitted.feel = "Something else."
    kept = submitted.save_revision(user=superuser("writer"), overwrite_revision=asked, clean=False)
    assert kept.pk != asked.pk
    asked.refresh_from_db()
    assert asked.content["feel"] == "A mild pull in the calf."


def test_autosave_of_an_ordinary_draft_still_writes_over_its_own(exercise: ExercisePage):
    first = exercise.save_revision(user=superuser("writer"))
    exercise.feel = "Something else."
    assert exercise.save_revision(user=superuser("writer"), overwrite_revision=first, clean=False).pk == first.pk


def test_going_back_to_what_was_approved_before_is_approved_anew(exercise: ExercisePage):
    older = factories.publish(exercise)
    exercise = ExercisePage.objects.get()
    exercise.not_feel = "Pain, or a pulling behind the knee."
    factories.publish(exercise)
    with pytest.raises(PublishRefused, match="approved before the version that is live now"):
        older.publish()
    assert ExercisePage.objects.get().not_feel == "Pain, or a pulling behind the knee."
    factories.approve(older.as_object())
    older.publish()
    assert ExercisePage.objects.get().not_feel == "Pain."


def test_saving_what_is_live_unchanged_asks_for_nothing_new(exercise: ExercisePage):
    factories.publish(exercise)
    before = AuditEntry.objects.count()
    ExercisePage.objects.get().save()
    ExercisePage.objects.get().save_revision().publish()
    assert AuditEntry.objects.count() == before


def test_page_names_the_reviewer_who_approved_it(exercise: ExercisePage):
    exercise.reviewer = factories.UserFactory.create()
    with pytest.raises(PublishRefused, match="No colleague has approved"):
        exercise.save()


def test_approval_by_a_writer_counts_for_nothing(exercise: ExercisePage):
    exercise.feel = "Something else."
    Approval.objects.create(
        basis=ApprovalBasis.REVIEWED,
        content_key=exercise.content_key,
        content_hash=fingerprint_of(exercise),
        approver=exercise.reviewer,
        writers=[exercise.reviewer_id],
    )
    with pytest.raises(PublishRefused, match="No colleague has approved"):
        exercise.save()


def test_approval_is_never_changed_or_deleted(exercise: ExercisePage):
    approval = Approval.objects.first()
    for forbidden in (approval.save, approval.delete, Approval.objects.all().delete):
        with pytest.raises(ProtectedError):
            forbidden()


def test_writers_are_everybody_since_it_was_last_live(exercise: ExercisePage):
    factories.publish(exercise, user=superuser("first"))
    edited = ExercisePage.objects.get()
    edited.feel = "Something else."
    edited.save_revision(user=superuser("second"))
    edited.save_revision(user=superuser("third"))
    assert [User.objects.get(pk=pk).username for pk in writers_of(ExercisePage.objects.get())] == ["second", "third"]


def test_author_becomes_whoever_wrote_since(exercise: ExercisePage, review: Workflow):
    factories.publish(exercise, user=exercise.author)
    edited = ExercisePage.objects.get()
    edited.feel = "Something else."
    edited.save_revision(user=superuser("second"))
    review.start(edited, superuser("second"))
    decide(edited, edited.author, seen=step_of(edited).fingerprint())
    page = ExercisePage.objects.get()
    assert (page.author.username, page.reviewer) == ("second", exercise.author)


def test_incomplete_page_is_not_approved(submitted: ExercisePage):
    submitted.evidence_summary = ""
    submitted.save_revision(user=superuser("writer"), clean=False)
    with pytest.raises(PublishRefused) as refused:
        decide(submitted, superuser("colleague"), seen=step_of(submitted).fingerprint())
    assert "evidence_summary" in refused.value.refusal


def test_review_that_lasts_too_long_is_refused_at_its_field(submitted: ExercisePage):
    due = timezone.localdate() + timedelta(days=4 * 366)
    with pytest.raises(PublishRefused) as refused:
        decide(submitted, superuser("colleague"), seen=step_of(submitted).fingerprint(), review_due=due)
    assert "review_due" in refused.value.refusal


def test_note_is_approved_with_its_places_and_days(review: Workflow):
    note = factories.note_at(NoteTarget(region="hip"), live=False)
    note.save_revision(user=superuser("writer"))
    review.start(note, superuser("writer"))
    decide(note, superuser("colleague"), seen=step_of(note).fingerprint())
    live = SafetyNote.objects.get()
    assert (live.live, live.reviewed_on) == (True, timezone.localdate())
    assert live.review_due
    assert live.review_due > timezone.localdate()


def test_dialog_shows_what_changes_and_carries_its_fingerprint(submitted: ExercisePage, client: Client):
    client.force_login(superuser("colleague"))
    step = step_of(submitted)
    address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", step.pk])
    html = client.get(address).json()["html"]
    assert step.fingerprint() in html
    assert "A stretch nobody has approved." in html
    assert "Written by writer." in " ".join(html.split())
    sent = {"seen": step.fingerprint(), "review_due": (timezone.localdate() + timedelta(days=300)).isoformat()}
    told = client.post(address, {**sent, "seen": "0" * 64}, headers={"x-requested-with": "XMLHttpRequest"})
    assert told.json()["step"] == "success"
    assert "Read it again" in client.get("/admin/").content.decode()
    assert not ExercisePage.objects.get(pk=submitted.pk).live
    assert client.post(address, sent).status_code == 302
    assert ExercisePage.objects.get(pk=submitted.pk).live


def test_writer_is_not_let_into_the_dialog(submitted: ExercisePage, client: Client):
    client.force_login(superuser("writer"))
    address = reverse("wagtailadmin_pages:workflow_action", args=[submitted.pk, "approve", step_of(submitted).pk])
    assert client.get(address).status_code in {302, 403}
    assert "Approve" not in str(client.get(address).content)


def test_superusers_meet_the_same_gate_in_the_editor(exercise_index: ExerciseIndexPage, client: Client):
    draft = factories.draft_exercise(title="Doorway stretch", slug="doorway-stretch", live=False)
    exercise_index.add_child(instance=draft)
    draft.feel = "Something else."
    draft.save_revision()
    client.force_login(chief())
    posted = page_as_posted(ExercisePage.objects.get(slug="doorway-stretch").get_latest_revision_as_object(), chief())
    response = client.post(edit_address(draft), {**posted, "action-publish": "1"})
    assert "Submit it for review" in response.content.decode()
    assert not ExercisePage.objects.get(slug="doorway-stretch").live


def test_setting_up_gives_every_clinical_kind_its_review_and_only_once(db: None):
    call_command("setup_site", verbosity=0)
    call_command("setup_site", verbosity=0)
    (workflow,) = Workflow.objects.filter(workflow_tasks__task__in=ClinicalReviewTask.objects.all())
    groups = set(ClinicalReviewTask.objects.get().groups.values_list("name", flat=True))
    assert groups == {"Reviewers", "Safety officers"}
    for section in (ExerciseIndexPage, RoutineIndexPage):
        assert section.objects.get().get_workflow() == workflow
    assert SafetyNote.get_default_workflow() == workflow


def test_approving_by_code_asks_the_same(exercise: ExercisePage):
    with pytest.raises(PublishRefused, match="Read it again"):
        approve(exercise, by=superuser("colleague"), seen="0" * 64)
    assert approve(exercise, by=superuser("colleague"), seen=fingerprint_of(exercise)).pk
