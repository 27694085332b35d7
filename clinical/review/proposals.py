"""Proposal: other words for something in use. One person proposes, another confirms; until then readers see the old."""

from __future__ import annotations

from copy import copy
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from clinical.audit.audit_entries import AppendOnlyQuerySet, record
from clinical.people.accounts import User
from clinical.publishing.shared_words import SharedWordsMixin, Words
from clinical.serving.write_lock import write_lock
from clinical.words.characters import says_something
from clinical.words.choices import ApprovalBasis, AuditAction, ProposalState
from clinical.words.legible import LegibleMixin, is_worded

_WAITS = Q(state=ProposalState.WAITING, decided_by__isnull=True, decided_at__isnull=True)
_DECIDED = Q(decided_by__isnull=False, decided_at__isnull=False)


class ProposalQuerySet(AppendOnlyQuerySet):
    """Questions about proposals."""

    def waiting(self) -> Self:
        """Those nobody has decided."""
        return self.filter(state=ProposalState.WAITING)

    def about(self, thing: models.Model) -> Self:
        """Those for this record."""
        return self.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


class Proposal(LegibleMixin):
    """Other words for one condition or picture, why, and what became of it. Never rewritten, never deleted."""

    database_refuses = ("delete",)
    #: Written once and never again.
    KEPT = ("content_type_id", "object_id", "title", "before", "after", "reason", "asked_by_id")

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=255, help_text=gettext_lazy("What it was called when it was proposed."))
    before = models.JSONField(help_text=gettext_lazy("What readers saw then, field by field."))
    after = models.JSONField(help_text=gettext_lazy("What they would see, field by field."))
    reason = models.TextField(help_text=gettext_lazy("Why, for the colleague who decides."))
    state = models.CharField(max_length=20, choices=ProposalState.choices, default=ProposalState.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(blank=True, help_text=gettext_lazy("Why it was refused."))

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = gettext_lazy("proposed change")
        verbose_name_plural = gettext_lazy("proposed changes")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(state=ProposalState.WAITING),
                name="clinical_proposal_waits_once",
            ),
            models.CheckConstraint(name="clinical_proposal_says_why", condition=is_worded("reason")),
            models.CheckConstraint(
                name="clinical_proposal_by_two",
                condition=_WAITS
                | (_DECIDED & Q(state=ProposalState.CONFIRMED) & ~Q(decided_by=F("asked_by")))
                | (_DECIDED & Q(state=ProposalState.REFUSED) & ~Q(decided_by=F("asked_by")) & is_worded("remark"))
                | (_DECIDED & Q(state=ProposalState.TAKEN_BACK, decided_by=F("asked_by"))),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided it."""
        return self.state == ProposalState.WAITING

    @property
    def thing(self) -> Any:
        """The record it is about, as it is now; none when it was deleted since."""
        return self._model_of_it()._base_manager.filter(pk=self.object_id).first()

    def _model_of_it(self) -> Any:
        return self.content_type.model_class()

    def changes(self) -> list[tuple[str, Any, Any]]:
        """Field by field, by its name: what readers saw, and what they would see."""
        model = self._model_of_it()
        return [
            (str(model._meta.get_field(name).verbose_name), self.before[name], word)
            for name, word in self.after.items()
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what is new, or a decision. What was proposed is never rewritten, and nothing is decided twice."""
        if not self._state.adding:
            stored = type(self).objects.get(pk=self.pk)
            if not stored.is_waiting or any(getattr(stored, name) != getattr(self, name) for name in self.KEPT):
                raise ValidationError(_("A proposal is never rewritten; propose anew."))
        super().save(*args, **kwargs)

    def refuse_unseen(self, only: Any = None) -> None:
        """Ask what is new. What readers see now is quoted as it is: the proposal may be what mends it."""
        asked = {"after", "reason", "remark"}
        super().refuse_unseen(asked if only is None else asked.intersection(only))

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Refused: who proposed what, and what became of it, stays on record."""
        raise models.ProtectedError(_("A proposal is never deleted; it is decided or taken back."), {self})


@write_lock()
def propose(thing: SharedWordsMixin, words: Words, *, by: User, reason: str) -> Proposal:
    """The first of two people: what it should say instead, and why. Nothing changes for readers.

    Raises ``ValidationError``, by field, for words that could not stand there, and for a proposal beside another.
    """
    stored = type(thing)._base_manager.get(pk=thing.pk)
    wanted = copy(stored)
    for name in set(thing.WORDS) & set(words):
        setattr(wanted, name, words[name])
    before, after = wanted.changed_words()
    if not after:
        raise ValidationError(_("Write what should change; it says all of this already."))
    if Proposal.objects.waiting().about(thing).exists():
        raise ValidationError(_("Somebody has proposed other words already; decide that first."))
    if not says_something(reason):
        raise ValidationError({"reason": _("Say why, for the colleague who decides.")})
    wanted.full_clean(exclude={field.name for field in thing._meta.fields} - set(thing.WORDS))
    proposal = Proposal.objects.create(
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        # A form has put the new words on the thing already.
        title=str(stored)[:255],
        before=before,
        after=after,
        reason=reason.strip(),
        asked_by=by,
    )
    record(AuditAction.PROPOSED, thing, by=by, reason=proposal.reason, before=before, after=after)
    return proposal


@write_lock()
def confirm_proposal(proposal: Proposal, *, by: User) -> None:
    """The second of two people agrees; readers see the new words from now on."""
    held = _held(proposal)
    if by.pk == held.asked_by_id:
        raise ValidationError(_("Ask a colleague: whoever proposed it cannot confirm it."))
    thing = held.thing
    if thing is None:
        raise ValidationError(_("It was deleted since; refuse the proposal."))
    if any(thing.words()[name] != word for name, word in held.before.items()):
        raise ValidationError(_("It has been changed since this was proposed; refuse it, and propose anew."))
    for name, word in held.after.items():
        setattr(thing, name, word)
    thing.full_clean(exclude={field.name for field in thing._meta.fields} - set(thing.WORDS))
    approval = thing.agree(basis=ApprovalBasis.REVIEWED, writers=[held.asked_by_id], approver=by, comment=held.reason)
    thing.save_agreed(approval)
    log(thing, "wagtail.edit", user=by)  # the platform's own history, which a library asks before it writes
    _decide(held, ProposalState.CONFIRMED, by)


@write_lock()
def refuse_proposal(proposal: Proposal, *, by: User, remark: str) -> None:
    """The second of two people says no, and why; readers go on seeing what they see."""
    held = _held(proposal)
    if by.pk == held.asked_by_id:
        raise ValidationError(_("You proposed it yourself; take it back instead."))
    if not says_something(remark):
        raise ValidationError({"remark": _("Say why not, for whoever proposed it.")})
    held.remark = remark.strip()
    _decide(held, ProposalState.REFUSED, by)
    record(AuditAction.DECLINED, held.thing or held, by=by, reason=held.remark, before=held.before, after=held.after)


@write_lock()
def take_back(proposal: Proposal, *, by: User) -> None:
    """Whoever proposed it does not want it any more."""
    held = _held(proposal)
    if by.pk != held.asked_by_id:
        raise ValidationError(_("Somebody else proposed it; confirm or refuse it."))
    _decide(held, ProposalState.TAKEN_BACK, by)
    record(AuditAction.DECLINED, held.thing or held, by=by, before=held.before, after=held.after)


def _held(proposal: Proposal) -> Proposal:
    """The proposal as it stands, held until the decision is written. Raises when it is decided already."""
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not held.is_waiting:
        raise ValidationError(_("It is decided already: %s.") % held.get_state_display())
    return held


def _decide(held: Proposal, state: ProposalState, by: User) -> None:
    held.state, held.decided_by, held.decided_at = state, by, timezone.now()
    held.save()
