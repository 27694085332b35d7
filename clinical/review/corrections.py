"""Corrections: a reviewer changes words that wait for review and sends them back; their author accepts with a click.

The reviewer had no hand in what was submitted, and has read the whole of it; the author reads what the reviewer wrote.
So each word has gone through two people, and nobody has approved what they wrote. Both must be named, and both must
still be who they were: a word changed by anybody in between, and there is nothing to accept any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision, TaskState

from clinical.audit.audit_entries import record, was_taken_off
from clinical.clinic.clinic_known import clinic
from clinical.people.accounts import User
from clinical.publishing.approvals import Approval, words_language
from clinical.publishing.fingerprints import fingerprint_of, fingerprints_of
from clinical.publishing.refusals import PublishRefused
from clinical.publishing.review_policy import remember_policy
from clinical.publishing.writers import versions_since_live, writers_of
from clinical.review.approval_form import unanswered, usual_review_due
from clinical.review.decisions import (
    as_date,
    changed_meanwhile,
    changes_between,
    held,
    nothing_read,
    refuse_what_is_incomplete,
    refuse_what_is_locked,
    refuse_what_takes_another,
    refused,
    remark,
    sign,
)
from clinical.serving.write_lock import write_lock
from clinical.words.choices import ApprovalBasis, AuditAction


class CorrectionMixin(models.Model):
    """Abstract: what a step of a review keeps of the correction that waits for its author. One at a time."""

    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected_words = models.CharField(
        max_length=80, blank=True, help_text=gettext_lazy("What it says as corrected, by fingerprint.")
    )
    corrected_from = models.ForeignKey(Revision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    corrected_to = models.JSONField(default=list, help_text=gettext_lazy("The writers it went back to."))
    correction_due = models.DateField(null=True, blank=True, help_text=gettext_lazy("Of the next review."))
    correction_comment = models.TextField(blank=True)

    class Meta:
        abstract = True

    def corrections(self: Any) -> list[Any]:
        """What the last writer changed of what stood there before, field by field; nothing where that is not theirs."""
        newest = self.revision.content_object.get_latest_revision()
        own = own_changes(newest)
        return list(changes_between(own.before.as_object(), newest.as_object())) if own else []

    def why_it_does_not_stand(self: Any) -> str:
        """What has become of it since it was sent; nothing while its author may accept it."""
        return _why_it_does_not_stand(self, self.revision.content_object.get_latest_revision())


@dataclass(frozen=True)
class OwnChanges:
    """What one person changed last of what others wrote: the version before, and who wrote that, the latest last."""

    before: Revision
    writers: list[int]


def own_changes(newest: Revision | None) -> OwnChanges | None:
    """What whoever saved the newest version changed of what others wrote; none where any of that is their own too."""
    if newest is None or newest.user_id is None:
        return None
    thing = newest.content_object
    before = versions_since_live(thing).exclude(user=newest.user_id).last()
    if before is None:
        return None
    writers = writers_of(thing, up_to=before)
    return OwnChanges(before, writers) if writers and newest.user_id not in writers else None


def may_correct(thing: Any, user: Any) -> bool:
    """Whether this person may send back changes: they have written nothing of it, or nothing but those.

    Somebody who wrote it must still be there to accept them.
    """
    newest = thing.get_latest_revision()
    if newest is not None and newest.user_id == user.pk:
        own = own_changes(newest)
        return own is not None and _somebody_is_there(own.writers)
    writers = writers_of(thing)
    return user.pk not in writers and _somebody_is_there(writers)


def _somebody_is_there(writers: list[int]) -> bool:
    return User.objects.filter(pk__in=writers, is_active=True).exists()


@write_lock()
def correct(
    step: Any,
    *,
    by: User,
    seen: str = "",
    review_due: Any = None,
    comment: str = "",
    answer: bool = False,
    **_said: Any,
) -> None:
    """Send changes back to whoever wrote what was changed, as a colleague who has read all of it and approves it so.

    ``seen`` is the fingerprint of what they have read, their own changes included. Raises ``PublishRefused`` with what
    to do, also where it could not go live when it is accepted: a warning that says less takes somebody who changed
    nothing.
    """
    thing = held(step.revision.content_object)
    newest = thing.get_latest_revision()
    version, own = newest.as_object(), own_changes(newest)
    words, question = fingerprint_of(version), version.question_to_approver()
    if own is None or (why := _why_not_corrected(step, by, newest)):
        raise refused(version, why if own else _not_ones_own(newest, by))
    if not _somebody_is_there(own.writers):
        raise refused(version, _nobody_to_accept())
    if seen != words:
        raise refused(version, changed_meanwhile() if seen else nothing_read())
    if question and answer is not True:
        raise refused(version, unanswered())
    refuse_what_is_incomplete(version)
    step.corrected_by, step.corrected_at, step.corrected_words = by, timezone.now(), words
    step.corrected_from, step.corrected_to = own.before, own.writers
    step.correction_due = as_date(review_due) or usual_review_due()
    step.correction_comment = remark(comment, question)
    _refuse_what_could_not_go_live(step, newest.as_object())
    step.save()
    record(AuditAction.PROPOSED, thing, by=by, reason=step.correction_comment, words=words, changed=own.before.pk)
    _tell(step, str(thing))


@write_lock()
def accept(step: Any, *, by: User, seen: str = "", answer: bool = False) -> Approval:
    """The author has read what was corrected and agrees: with the reviewer's word for the whole, that approves it.

    Raises ``PublishRefused`` with what to do, and nothing is written: for anybody who did not write it, for other words
    than those that were sent or read, and where the reviewer may not review any more.
    """
    thing = held(step.revision.content_object)
    step = type(step).objects.select_for_update().get(pk=step.pk)
    newest = thing.get_latest_revision()
    version = newest.as_object()
    if refusal := _why_it_does_not_stand(step, newest) or _why_not_accepted(step, version, by, seen, answer):
        raise refused(version, refusal)
    refuse_what_is_locked(thing, by)
    refuse_what_is_incomplete(version)
    remember_policy()
    approval = _approve(step, version, by)
    record(
        AuditAction.APPROVED,
        thing,
        by=by,
        second=step.corrected_by,
        reason=step.correction_comment,
        writers=[*step.corrected_to, step.corrected_by_id],
        words=step.corrected_words,
        basis=approval.basis,
        changed=step.corrected_from_id,
    )
    sign(newest, version, approval)
    refuse_what_takes_another(version)
    step.revision = newest
    step.approve(user=by, comment=approval.comment)
    return approval


@write_lock()
def dismiss(step: Any, *, by: User) -> str:
    """Take what can be accepted no more off the desk of those it went to, and say why it could not.

    What was changed stays in the draft, and a reviewer may send changes again. Raises ``PublishRefused`` for anybody
    it was not sent to, and while it may still be accepted.
    """
    thing = held(step.revision.content_object)
    step = type(step).objects.select_for_update().get(pk=step.pk)
    newest = thing.get_latest_revision()
    why = _why_it_does_not_stand(step, newest)
    if by.pk not in step.corrected_to:
        raise refused(newest.as_object(), _("Only whoever wrote it can take this off the desk."))
    if not why:
        raise refused(newest.as_object(), _("It may still be accepted. Read what was changed, then decide."))
    record(AuditAction.DECLINED, thing, by=by, reason=why, words=step.corrected_words)
    for name in ("corrected_by", "corrected_at", "corrected_from", "correction_due"):
        setattr(step, name, None)
    step.corrected_words, step.correction_comment, step.corrected_to = "", "", []
    step.save()
    return why


def _why_not_corrected(step: Any, by: User, newest: Any) -> str:
    if step.status != TaskState.STATUS_IN_PROGRESS:
        return _decided()
    if not step.task.specific.is_for(newest.content_object, by):
        return _("Only somebody who reviews here can send changes back.")
    return "" if newest.user_id == by.pk else _nothing_changed()


def _not_ones_own(newest: Any, by: User) -> str:
    if newest.user_id != by.pk:
        return _nothing_changed()
    return _("You wrote some of it before. Ask a colleague who has written none of it to approve it.")


def _nobody_to_accept() -> str:
    return _("Nobody who wrote it can sign in any more. Ask a colleague who has written none of it to approve it.")


def _nothing_changed() -> str:
    return _("You have saved no change of your own. Save what you changed, or approve it as it is.")


def _why_it_does_not_stand(step: Any, newest: Any) -> str:
    """What has become of what was sent; nothing while the author may accept it."""
    if step.status != TaskState.STATUS_IN_PROGRESS:
        return _decided()
    reviewer = step.corrected_by
    if reviewer is None or not step.corrected_from_id:
        return _("No changes have been sent to you.")
    own = own_changes(newest)
    is_same = own is not None and (newest.user_id, own.before.pk) == (reviewer.pk, step.corrected_from_id)
    if not is_same or step.corrected_words not in fingerprints_of(newest.as_object()):
        return _("It was changed after this was sent to you. A colleague who has written none of it has to approve it.")
    if not _somebody_is_there(step.corrected_to):
        return _nobody_to_accept()
    if not step.task.specific.is_for(newest.content_object, reviewer):
        return _("Whoever changed it does not review here any more. Ask another colleague to approve it.")
    if was_taken_off(newest.content_object, since=step.corrected_at):
        return _("It was taken off the site after this was sent to you. A colleague has to approve that it comes back.")
    return ""


def _why_not_accepted(step: Any, version: Any, by: User, seen: str, answer: bool) -> str:
    if not by.is_active or by.pk not in step.corrected_to or by.pk == step.corrected_by_id:
        return _("Only whoever wrote it can accept what was changed in it.")
    if not seen or seen != step.corrected_words:
        return _("Read what was changed, then accept it there.")
    return unanswered() if version.question_to_approver() and answer is not True else ""


def _decided() -> str:
    return _("It is decided already.")


def _approve(step: Any, version: Any, by: Any) -> Approval:
    return Approval.objects.create(
        basis=ApprovalBasis.CORRECTED,
        content_key=version.content_key,
        content_hash=step.corrected_words,
        language=words_language(version),
        title=str(version)[:255],
        writers=step.corrected_to,
        approver=step.corrected_by,
        accepted_by=by,
        reviewed_on=timezone.localdate(step.corrected_at),
        review_due=step.correction_due if hasattr(version, "review_due") else None,
        comment=step.correction_comment,
    )


def _refuse_what_could_not_go_live(step: Any, version: Any) -> None:
    """Try it out as if it were accepted, and undo that: who changed it is told at once, not the author later."""
    with transaction.atomic():
        version.stamp(_approve(step, version, User.objects.get(pk=step.corrected_to[-1])))
        refusal = version.publish_errors()
        transaction.set_rollback(True)
    if refusal:
        raise PublishRefused(str(version), refusal, version.content_key)


def _tell(step: Any, title: str) -> None:
    """Write to those it goes back to."""
    address = settings.WAGTAILADMIN_BASE_URL + reverse("clinical_correction", args=[step.pk])
    who = step.corrected_by.get_full_name() or step.corrected_by.get_username()
    words = {"who": who, "title": title, "comment": step.correction_comment, "address": address, "site": clinic().name}
    text = render_to_string("clinical/mail/corrected.txt", words)
    for person in User.objects.filter(pk__in=step.corrected_to, is_active=True).exclude(email=""):
        send_mail(" ".join((_("Changes to accept: %s") % title).split()), text, None, [person.email])
