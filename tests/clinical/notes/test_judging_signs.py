"""Whoever approves a short sign sees it beside the text it stands for, and says that it catches everybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from clinical.models import (
    Approval,
    AuditEntry,
    ClinicalReviewTask,
    FamilyMember,
    NoteTarget,
    PublishRefused,
    SafetyNote,
    User,
)
from clinical.notes.judging_signs import question, signs_to_judge
from clinical.publishing.fingerprints import fingerprint_of
from clinical.review.reviewing import approve
from clinical.safety.short_signs import words_digest
from clinical.words.choices import AuditAction, NoteKind, Tier, Urgency
from testing import factories
from testing.editor import as_opened, filled_in
from tests.clinical.publishing.roads import chief

QUESTION = "Does the short sign catch everybody the text is meant for?"
CLOT = "one calf is hot, swollen and tender, more so when you bend the foot up"
RED_FLAG: dict[str, Any] = {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP, "urgency": Urgency.SAME_DAY}


def note(text: str = CLOT, *, live: bool = True, **fields: Any) -> SafetyNote:
    """A red flag at the lower leg."""
    return factories.note_at(NoteTarget(region="lower_leg"), live=live, **{**RED_FLAG, "text": text, **fields})


def companion_of(member: SafetyNote, words: str | None = None) -> FamilyMember:
    """The row that says a joint sign speaks for this note too."""
    return FamilyMember(member=member, words=words or words_digest(member.text))


def fresh(thing: SafetyNote) -> Any:
    return SafetyNote.objects.get(pk=thing.pk).get_latest_revision_as_object()


# Who is asked


def put_in_short(draft: SafetyNote) -> None:
    draft.in_short = "one calf is hot or swollen"


def reword(draft: SafetyNote) -> None:
    draft.text = "one calf is warm"


def relabel(draft: SafetyNote) -> None:
    draft.urgency = Urgency.EMERGENCY


def cite(draft: SafetyNote) -> None:
    draft.source = "A newer textbook"


def explain(draft: SafetyNote) -> None:
    draft.what_to_do = "Sit down and call."


def widen(draft: SafetyNote) -> None:
    draft.targets = [NoteTarget(region="lower_leg"), NoteTarget(region="knee")]


@pytest.mark.parametrize("change", [put_in_short, reword, relabel], ids=lambda change: change.__name__)
def test_question_is_asked_where_the_sign_its_text_or_its_label_is_another(
    db: None, change: Callable[[SafetyNote], None]
):
    live = note(in_short="one calf is hot")
    change(live)
    assert live.question_to_approver() == question() == QUESTION


@pytest.mark.parametrize("change", [cite, explain, widen], ids=lambda change: change.__name__)
def test_question_is_not_asked_again_where_only_something_else_changed(db: None, change: Callable[[SafetyNote], None]):
    live = note(in_short="one calf is hot")
    change(live)
    assert live.question_to_approver() == ""
    assert signs_to_judge(live) == ()


def test_new_note_with_a_sign_is_asked_about_and_one_without_is_not(db: None):
    assert note(live=False, in_short="one calf is hot").question_to_approver() == QUESTION
    assert note(live=False).question_to_approver() == ""


ASKS = {"kind": NoteKind.POPULATION, "tier": Tier.CHECK_FIRST, "urgency": "", "text": "People who fell ask first."}


def test_whom_a_note_concerns_is_asked_about_where_that_stands_on_the_card_in_place_of_its_text(db: None):
    (sign,) = signs_to_judge(note(live=False, **ASKS, concerns=["falls", "pregnancy"]))
    assert (sign.label, sign.sign) == ("Ask first if", "you are pregnant; you have had a fall")
    assert [text.text for text in sign.texts] == [ASKS["text"]]
    live = note(**ASKS, concerns=["falls"])
    assert signs_to_judge(live) == ()
    live.concerns = ("pregnancy",)
    assert live.question_to_approver() == QUESTION


def test_asking_costs_no_query_more_for_each_companion(db: None, django_assert_num_queries: Any):
    lead = note(live=False, family_sign="your calf hurts")
    for count in (1, 4):
        lead.family_members = [companion_of(note(f"your calf aches, {number}")) for number in range(count)]
        drafted = fresh(saved(lead))
        with django_assert_num_queries(2):  # for the note in force, and for all it speaks for
            (joint,) = signs_to_judge(drafted)
        assert len(joint.texts) == count + 1


def saved(draft: SafetyNote) -> SafetyNote:
    draft.save_revision()
    return draft


def test_sign_that_is_taken_back_is_not_asked_about(db: None):
    live = note(in_short="one calf is hot")
    live.in_short = ""
    assert live.question_to_approver() == ""


def test_page_asks_nothing(exercise: Any):
    assert exercise.question_to_approver() == ""


def test_joint_sign_is_asked_about_beside_the_text_of_every_note_it_speaks_for(db: None):
    member = note("your calf aches when you cough")
    lead = note(in_short="one calf is hot", live=False)
    lead.family_sign, lead.family_members = "your calf hurts all at once", [companion_of(member)]
    own, joint = signs_to_judge(lead)
    assert (own.sign, [text.text for text in own.texts]) == ("one calf is hot", [CLOT])
    assert (joint.sign, [text.text for text in joint.texts]) == (
        "your calf hurts all at once",
        [CLOT, "your calf aches when you cough"],
    )
    assert own.label == joint.label == "Call 111 today if"
    assert not any(text.reads_otherwise for text in joint.texts)


def test_note_that_reads_otherwise_than_the_joint_sign_knows_is_marked(db: None):
    member = note("your calf aches when you cough")
    lead = note(live=False)
    lead.family_sign, lead.family_members = "your calf hurts", [companion_of(member, words_digest("other words"))]
    (joint,) = signs_to_judge(lead)
    assert [text.reads_otherwise for text in joint.texts] == [False, True]


def test_another_companion_is_asked_about_and_the_same_ones_are_not(db: None):
    first, second = note("your calf aches"), note("your calf throbs")
    lead = note(family_sign="your calf hurts", live=False)
    lead.family_members = [companion_of(first)]
    factories.publish(lead)
    draft = fresh(lead)
    assert draft.question_to_approver() == ""
    draft.family_members = [companion_of(first), companion_of(second)]
    assert draft.question_to_approver() == QUESTION


# Every road


def test_approval_without_the_answer_is_refused_and_with_it_is_on_record(db: None):
    draft = note(live=False, in_short="one calf is hot")
    colleague, seen = factories.UserFactory.create(), fingerprint_of(draft)
    for answer in (False, "true", None, 1):
        with pytest.raises(PublishRefused, match="tick that it catches everybody"):
            approve(draft, by=colleague, seen=seen, answer=answer)
    assert not Approval.objects.exists()
    made = approve(draft, by=colleague, seen=seen, comment="Read.", answer=True)
    assert made.comment == f"Read.\n{QUESTION} Yes."
    entry = AuditEntry.objects.get(action=AuditAction.APPROVED)
    assert (entry.by, entry.details["answered_yes"], entry.reason) == (colleague, QUESTION, made.comment)


def test_nothing_is_put_on_record_as_answered_where_nothing_was_asked(db: None):
    draft = note(live=False)
    made = approve(draft, by=factories.UserFactory.create(), seen=fingerprint_of(draft), comment="Read.", answer=True)
    assert made.comment == "Read."
    assert "answered_yes" not in AuditEntry.objects.get(action=AuditAction.APPROVED).details


@pytest.fixture
def submitted(db: None) -> SafetyNote:
    """A draft with a short sign its writer has submitted."""
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=ClinicalReviewTask.objects.create(name="Review"))
    notes = ContentType.objects.get_for_model(SafetyNote)
    WorkflowContentType.objects.create(workflow=workflow, content_type=notes)
    draft = note(live=False, in_short="one calf is hot")
    draft.save_revision(user=chief())
    workflow.start(draft, chief())
    return SafetyNote.objects.get(pk=draft.pk)


def colleague(client: Client) -> User:
    person = User.objects.create_superuser("colleague")
    client.force_login(person)
    return person


def dialog(submitted: SafetyNote) -> str:
    step = submitted.current_workflow_task_state
    return reverse(
        "wagtailsnippets_clinical_safetynote:collect_workflow_action_data", args=[submitted.pk, "approve", step.pk]
    )


def test_step_of_a_review_without_the_answer_is_refused(submitted: SafetyNote):
    step = submitted.current_workflow_task_state
    person = User.objects.create_superuser("colleague")
    with pytest.raises(PublishRefused, match="tick that it catches everybody"):
        step.task.specific.on_action(step, person, "approve", seen=step.fingerprint())
    assert not SafetyNote.objects.get(pk=submitted.pk).live
    step.task.specific.on_action(step, person, "approve", seen=step.fingerprint(), answer=True)
    assert SafetyNote.objects.get(pk=submitted.pk).live


def test_dialog_shows_sign_and_text_side_by_side_and_asks_with_a_box_that_is_not_ticked(
    submitted: SafetyNote, client: Client
):
    colleague(client)
    html = json.loads(client.get(dialog(submitted)).content)["html"]
    row = html[html.index("<tbody>", html.index("The short sign beside")) :].split("</tr>")[0]
    assert "Call 111 today if <strong>one calf is hot</strong>" in row
    assert CLOT in row
    assert QUESTION in html
    box = html[html.index('<input type="checkbox" name="answer"') :].split(">")[0]
    assert "required" in box
    assert "checked" not in box


def test_dialog_without_the_answer_says_what_is_missing_and_keeps_the_remark(submitted: SafetyNote, client: Client):
    colleague(client)
    sent = {"seen": submitted.current_workflow_task_state.fingerprint(), "is_asked": "true", "review_due": "2028-01-01"}
    sent["comment"] = "Well written."
    answer = json.loads(client.post(dialog(submitted), sent, headers={"x-requested-with": "XMLHttpRequest"}).content)
    assert answer["step"] == "action"
    assert "tick that it catches everybody" in answer["html"]
    assert "Well written." in answer["html"]
    assert 'value="2028-01-01"' in answer["html"]
    assert CLOT in answer["html"]


def test_dialog_with_the_answer_goes_through_the_editor_as_ever(submitted: SafetyNote, client: Client):
    colleague(client)
    sent = {"seen": submitted.current_workflow_task_state.fingerprint(), "is_asked": "true", "answer": "on"}
    sent |= {"comment": "Read.", "review_due": "2028-01-01"}
    passed_on = json.loads(client.post(dialog(submitted), sent).content)["cleaned_data"]
    address = reverse("wagtailsnippets_clinical_safetynote:edit", args=[submitted.pk])
    form = filled_in(client.get(address).context["form"])
    decision = {
        "action-workflow-action": "true",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": json.dumps(passed_on),
    }
    client.post(address, {**form, **as_opened(submitted), **decision})
    assert SafetyNote.objects.get(pk=submitted.pk).live
    assert AuditEntry.objects.get(action=AuditAction.APPROVED).details["answered_yes"] == QUESTION


def test_dialog_of_something_without_a_sign_asks_nothing(db: None, client: Client, submitted: SafetyNote):
    draft = fresh(submitted)
    draft.in_short = ""
    draft.save_revision(user=chief())
    colleague(client)
    html = json.loads(client.get(dialog(submitted)).content)["html"]
    assert QUESTION not in html
    assert "The short sign beside" not in html
    assert "A warning in force" not in html


def test_dialog_sets_what_would_warn_of_less_beside_what_is_in_force_and_what_that_reaches(
    submitted: SafetyNote, client: Client
):
    step = submitted.current_workflow_task_state
    person = User.objects.create_superuser("approver")
    step.task.specific.on_action(step, person, "approve", seen=step.fingerprint(), answer=True)
    live = fresh(submitted)
    shorter = fresh(submitted)
    shorter.text = "your calf hurts"
    shorter.save_revision(user=chief())
    Workflow.objects.get(name="Review").start(shorter, chief())
    colleague(client)
    html = json.loads(client.get(dialog(fresh(submitted))).content)["html"]
    warned = html[html.index("A warning in force would read otherwise") :]
    assert f"In force now: {live.get_kind_display()}: {live.text}" in warned
    assert "Its short sign now: one calf is hot" in warned
    assert "What this reaches" in warned


# The preview


def preview_of(draft: SafetyNote) -> str:
    return draft.make_preview_request(RequestFactory().get("/")).content.decode()


def test_preview_shows_the_sign_on_the_card_and_the_text_in_full_below(db: None):
    html = preview_of(SafetyNote(**RED_FLAG, text=CLOT, in_short="one calf is hot", what_to_do="Call."))
    card, in_full = html.split('id="in-full"')
    assert "one calf is hot</li>" in card
    assert CLOT not in card
    assert CLOT in in_full
    assert "Call." in in_full


def test_preview_without_a_sign_shows_the_whole_text_on_the_card(db: None):
    card, _in_full = preview_of(SafetyNote(**RED_FLAG, text=CLOT)).split('id="in-full"')
    assert f"{CLOT}</li>" in card


def test_preview_of_a_family_shows_the_joint_sign_where_all_are_in_force_and_the_own_sign_elsewhere(db: None):
    member = note("your calf aches when you cough")
    lead = SafetyNote(**RED_FLAG, text=CLOT, in_short="one calf is hot", family_sign="your calf hurts")
    lead.family_members = [companion_of(member)]
    card, in_full = preview_of(lead).split('id="in-full"')
    own, joint = card.split("where all notes it speaks for are in force")
    assert "one calf is hot</li>" in own
    assert "your calf hurts" not in own
    assert f'data-sign="{lead.translation_key} {member.translation_key}">your calf hurts</li>' in joint
    assert CLOT in in_full
    assert member.text in in_full


def test_unfinished_family_can_be_previewed(db: None):
    lead = SafetyNote(**RED_FLAG, text=CLOT, family_sign="your calf hurts")
    lead.family_members = [FamilyMember()]
    assert "your calf hurts</li>" in preview_of(lead)
