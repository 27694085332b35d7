"""Four eyes: practitioners write, a colleague who had no hand in it approves, and only that publishes.

In a practice of one (``REVIEW_POLICY``) whoever wrote it may approve it, having read it again as readers see it, and
readers are told. What takes a second person takes one there too: the publish gate says so.
Everybody who may approve is written to when something waits.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState
from wagtail.signals import task_submitted

from clinical.audit.audit_entries import record
from clinical.conflicts.new_limits import Outside, pages_outside
from clinical.notes.judging_signs import signs_to_judge
from clinical.notes.note import SafetyNote
from clinical.pages.clinical_pages import ClinicalPage
from clinical.people.accounts import User
from clinical.publishing.approvals import Approval, words_language
from clinical.publishing.fingerprints import fingerprint_of
from clinical.publishing.gate import GatedMixin
from clinical.publishing.review_policy import one_person_may_approve, remember_policy
from clinical.publishing.writers import writers_of, written_by
from clinical.review.approval_form import ApprovalForm, not_read_again, unanswered, usual_review_due
from clinical.review.corrections import CorrectionMixin, correct, may_correct
from clinical.review.decisions import (
    as_date,
    changed_meanwhile,
    changes_between,
    held,
    nothing_read,
    refuse_what_is_incomplete,
    refuse_what_takes_another,
    refused,
    remark,
    sign,
)
from clinical.safety.sheet import MissingSafety
from clinical.serving.write_lock import write_lock
from clinical.withdrawal.impact import Affected, affected_by
from clinical.words.choices import ApprovalBasis, AuditAction


class ReviewWaitsNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """In the platform's own words for a step of a workflow."""

    def get_template_base_prefix(self, instance: Any, **kwargs: Any) -> str:
        """Where its templates are."""
        return "task_state_"


review_waits = ReviewWaitsNotifier()


def connect_mail() -> None:
    """Called once, when the application is ready."""
    task_submitted.connect(review_waits, sender=ClinicalReviewStep, dispatch_uid="clinical.review.reviewing")


class ClinicalReviewStep(CorrectionMixin, TaskState):
    """Where one page or note stands in its review."""

    def newest(self) -> Any:
        """The page or note as it was last saved: what would go live."""
        return self.revision.content_object.get_latest_revision().as_object()

    def fingerprint(self) -> str:
        """What is to be approved, to the letter."""
        return fingerprint_of(self.newest())

    def changes(self) -> list[Any]:
        """What would change for readers, field by field; everything, for what was never live."""
        newest = self.newest()
        live = type(newest)._base_manager.filter(pk=newest.pk, live=True).first() or type(newest)()
        return list(changes_between(live, newest))

    def signs(self) -> tuple[Any, ...]:
        """The short signs whoever approves must judge, each beside the texts it stands for."""
        newest = self.newest()
        return signs_to_judge(newest) if isinstance(newest, SafetyNote) else ()

    def board(self) -> Any:
        """The notes that will stand on the page when it is approved; none for a note, or where they cannot be made."""
        newest = self.newest()
        if not isinstance(newest, ClinicalPage):
            return None
        with suppress(MissingSafety, ValueError):
            return newest.board()
        return None

    def question(self) -> str:
        """What whoever approves must say yes to; nothing for most."""
        asked: str = self.newest().question_to_approver()
        return asked

    def warned_of_less(self) -> tuple[SafetyNote, list[Affected]] | None:
        """The warning in force that this would take the place of and may say less than, and everything it reaches."""
        newest = self.newest()
        live = newest.in_force() if isinstance(newest, SafetyNote) else None
        return (live, affected_by(live)) if live is not None and newest.loses_something_of(live) else None

    def pages_outside(self) -> list[Outside]:
        """The live pages whose doses its limit does not allow: it goes live all the same, and they are to be mended."""
        newest = self.newest()
        return pages_outside([newest]) if isinstance(newest, SafetyNote) else []

    def keeps_review_dates(self) -> bool:
        """Whether it says to readers until when an approval holds; pages about the site do not."""
        return hasattr(self.revision.content_object, "review_due")

    def writer_keys(self) -> list[int]:
        """The accounts of those who wrote it."""
        return writers_of(self.newest())

    def is_page(self) -> bool:
        """Whether it has an address of its own, at which it can be read as readers will."""
        return isinstance(self.revision.content_object, Page)

    def writers(self) -> str:
        """Who wrote it, by name; none of them may approve it, but in a practice of one."""
        people = User.objects.in_bulk(self.writer_keys()).values()
        return ", ".join(person.get_full_name() or person.get_username() for person in people)


#: What shows somebody the words they decide about, by the decision.
_SHOWN = {"approve": "clinical/approve.html", "correct": "clinical/correct.html"}


class ClinicalReviewTask(AbstractGroupApprovalTask):
    """Somebody of these groups, who did not write it, reads it and approves it. Superusers meet the same rule.

    In a practice of one, whoever wrote it may, if they belong to these groups.
    """

    task_state_class = ClinicalReviewStep

    class Meta:
        verbose_name = gettext_lazy("Clinical review")
        verbose_name_plural = gettext_lazy("Clinical reviews")

    @classmethod
    def get_description(cls) -> str:
        """As it is explained where workflows are put together."""
        return _("A member of the chosen groups who did not write it approves exactly the words they have read")

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, str, bool]]:
        """Asking for changes, sending one's own to the author, and approving for whoever had no hand in it."""
        if not super().get_actions(obj, user):
            return []
        actions = [("reject", _("Request changes"), True)]
        if user.pk not in writers_of(obj):
            actions.append(("approve", _("Approve"), True))
        elif one_person_may_approve():
            actions.append(("approve", _("Read again and approve"), True))
        if may_correct(obj, user):
            actions.append(("correct", _("Send my changes to the author"), True))
        return actions

    def is_for(self, obj: Any, user: User) -> bool:
        """Whether this person is of those who review here."""
        return user.is_active and bool(super().get_actions(obj, user))

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Approving asks for more than a remark, and so does approving all but one's own changes."""
        return ApprovalForm if action in _SHOWN else super().get_form_for_action(action)

    def get_template_for_action(self, action: str) -> str:
        """Approving shows what is approved."""
        return _SHOWN.get(action) or super().get_template_for_action(action)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> Any:
        """What waits for this person: nothing they wrote, where it takes another. As many queries for many."""
        waiting = super().get_task_states_user_can_moderate(user, **kwargs)
        if one_person_may_approve():
            return waiting
        steps = waiting.select_related("revision").prefetch_related("revision__content_object")
        steps = steps.defer("revision__content")  # who wrote it is asked, not what it says
        things = {step.pk: thing for step in steps if (thing := step.revision.content_object)}
        own = written_by(user, things.values())
        return waiting.exclude(pk__in=[pk for pk, thing in things.items() if thing in own])

    @write_lock()
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        """Carry out what was decided. Raises ``PublishRefused`` when it may not be approved, or not by this person."""
        if action_name == "correct":
            correct(task_state.specific, by=user, **kwargs)
            return
        if action_name != "approve":
            super().on_action(task_state, user, action_name, **kwargs)
            return
        thing = held(task_state.revision.content_object)
        newest = thing.get_latest_revision()
        version = newest.as_object()
        approval = _put_on_record(version, by=user, **kwargs)
        sign(newest, version, approval)
        task_state.revision = newest
        task_state.approve(user=user, comment=approval.comment)
        # The gate has asked what it publishes. Nothing has, where another step or a later day comes first.
        if not type(thing)._base_manager.filter(pk=thing.pk, live=True, live_revision=newest).exists():
            refuse_what_is_incomplete(version)
            if approval.basis == ApprovalBasis.SAME_PERSON:
                refuse_what_takes_another(version)


def approve(thing: Any, *, by: User, seen: str = "", **said: Any) -> Approval:
    """Put on record that somebody approves what this says now, having read the words with the fingerprint ``seen``.

    ``said`` is what else they say: until when it holds (``review_due``), a ``comment``, the ``answer`` to the thing's
    ``question_to_approver``, where it has one, and that whoever wrote it has ``read_again``. Raises ``PublishRefused``
    with what to do: for a writer, for other words than those that were read, for a question without a yes, and for
    words that are not complete.
    """
    refuse_what_is_incomplete(thing)
    return _put_on_record(thing, by=by, seen=seen, **said)


def _put_on_record(
    thing: Any,
    *,
    by: User,
    seen: str = "",
    review_due: Any = None,
    comment: str = "",
    answer: bool = False,
    read_again: bool = False,
) -> Approval:
    words, writers = fingerprint_of(thing), writers_of(thing)
    is_own = by.pk in writers
    if refusal := _why_not(is_own, words, seen, read_again):
        raise refused(thing, refusal)
    remember_policy()
    question = thing.question_to_approver()
    if question and answer is not True:
        raise refused(thing, unanswered())
    comment = remark(comment, question)
    approval = Approval.objects.create(
        basis=ApprovalBasis.SAME_PERSON if is_own else ApprovalBasis.REVIEWED,
        content_key=thing.content_key,
        content_hash=words,
        language=words_language(thing),
        title=str(thing)[:255],
        writers=writers,
        approver=by,
        reviewed_on=timezone.localdate(),
        review_due=(as_date(review_due) or usual_review_due()) if hasattr(thing, "review_due") else None,
        comment=comment,
    )
    answers = {"answered_yes": question} if question else {}
    details = {"writers": writers, "words": words, "basis": approval.basis, **answers}
    record(AuditAction.APPROVED, thing, by=by, reason=comment, **details)
    return approval


def _why_not(is_own: bool, words: str, seen: str, read_again: bool) -> str:
    """What keeps this person from approving these words; nothing where they may."""
    if is_own and not one_person_may_approve():
        return _("Ask a colleague to approve it: you wrote some of it, and nobody approves their own.")
    if not seen:
        return nothing_read()
    if seen != words:
        return changed_meanwhile()
    return not_read_again() if is_own and read_again is not True else ""


def publish_approved(revision: Any, user: Any = None) -> None:
    """Publish, or schedule, what was approved. Nobody needs permission to publish: the approval is the permission."""
    revision.publish(user=user, skip_permission_checks=isinstance(revision.content_object, GatedMixin))
