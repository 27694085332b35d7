"""Override: that two people chose an exercise although a note rules it out for the condition (E3.9 a, f)."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.audit.audit_entries import AppendOnlyQuerySet, record
from clinical.notes.note import SafetyNote
from clinical.people.accounts import User
from clinical.safety.conflicts import Conflict
from clinical.serving.write_lock import write_lock
from clinical.words.characters import says_something
from clinical.words.choices import AuditAction, ConflictRule
from clinical.words.legible import LegibleMixin, is_worded


class OverrideQuerySet(AppendOnlyQuerySet):
    """Questions about overrides."""

    def confirmed(self) -> Self:
        """Those a second person has agreed to."""
        return self.filter(confirmed_at__isnull=False)

    def waiting(self) -> Self:
        """Those that wait for a second person."""
        return self.filter(confirmed_at__isnull=True)


class Override(LegibleMixin):
    """One conflict on one page that two people decided to live with, and why; readers are told.

    It counts for the note as it read when it was decided: when the note changes, it is open again.
    """

    database_refuses = ("delete",)

    content_key = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255)
    rule = models.CharField(max_length=20, choices=ConflictRule.choices)
    note_key = models.UUIDField()
    other_key = models.UUIDField()
    conflict = models.TextField(help_text=gettext_lazy("The conflict, in words."))
    fingerprint = models.CharField(max_length=64, editable=False)
    reason = models.TextField(help_text=gettext_lazy("Why it is chosen all the same; readers are told."))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = gettext_lazy("override")
        verbose_name_plural = gettext_lazy("overrides")
        constraints = [
            models.CheckConstraint(name="clinical_override_says_why", condition=is_worded("reason")),
            models.CheckConstraint(
                name="clinical_override_by_two",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | (Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("asked_by"))),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Refused: what two people decided stays on record."""
        raise models.ProtectedError(_("An override is never deleted; change the note or the page."), {self})

    def is_about(self, conflict: Conflict) -> bool:
        """Whether it is this conflict that was decided."""
        return (self.rule, self.note_key, self.other_key) == (conflict.rule.value, conflict.note, conflict.other)

    def said_aloud(self) -> dict[str, str]:
        """What readers are told, with an identity of its own; a page keeps it as a note of tier 2."""
        words = {"conflict": self.conflict, "reason": self.reason}
        key = UUID(int=self.content_key.int ^ self.note_key.int ^ self.other_key.int)
        return {"key": str(key), "text": _("Chosen despite a warning. %(conflict)s Why: %(reason)s") % words}


def fingerprint_of(note_key: UUID) -> str:
    """What a note says and reaches now, in every language, as a fingerprint; changes with any of it."""
    notes = SafetyNote.objects.filter(translation_key=note_key, live=True).order_by("locale_id")
    said: list[Any] = []
    for note in notes.prefetch_related("targets"):
        places = sorted(
            [str(target.region), str(target.position), str(target.condition_id), str(target.content_key)]
            + [word for word in (target.equipment, target.exercise_kind) if word]
            for target in note.targets.all()
        )
        said.append([note.kind, note.tier, note.text, note.what_to_do, note.moment, note.rules_out_id, places])
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def overrides_in_force(page: Any) -> list[Override]:
    """The confirmed overrides of a page whose notes still read as they did. One query, and two a distinct note."""
    found = list(Override.objects.confirmed().filter(content_key=page.content_key))
    now = {key: fingerprint_of(key) for key in {override.note_key for override in found}}
    return [override for override in found if override.fingerprint == now[override.note_key]]


@write_lock()
def ask_to_override(page: Any, conflict: Conflict, *, by: User, reason: str) -> Override:
    """The first of two people: why this exercise is chosen although a note rules it out."""
    if not conflict.may_be_overridden or conflict.note is None or conflict.other is None:
        raise ValidationError(_("This cannot be overridden; correct, scope or retire one of the notes."))
    if not says_something(reason):
        raise ValidationError({"reason": _("Say why it is chosen all the same; readers are told.")})
    asked = Override.objects.create(
        content_key=page.content_key,
        title=str(page)[:255],
        rule=conflict.rule,
        note_key=conflict.note,
        other_key=conflict.other,
        conflict=conflict.finding,
        fingerprint=fingerprint_of(conflict.note),
        reason=reason.strip(),
        asked_by=by,
    )
    about: dict[str, Any] = {"rule": asked.rule, "note": str(asked.note_key), "other": str(asked.other_key)}
    record(AuditAction.PROPOSED, asked, by=by, reason=asked.reason, proposal="override", **about)
    return asked


@write_lock()
def confirm_override(override: Override, *, by: User) -> None:
    """The second of two people agrees. It counts from now, as long as the note reads as it did."""
    held = Override.objects.select_for_update().get(pk=override.pk)
    if held.confirmed_at:
        raise ValidationError(_("It is confirmed already."))
    if by.pk == held.asked_by_id:
        raise ValidationError(_("Ask a colleague: whoever asked for an override cannot confirm it."))
    if held.fingerprint != fingerprint_of(held.note_key):
        raise ValidationError(_("The note has changed since; look at the conflict again."))
    held.confirmed_by, held.confirmed_at = by, timezone.now()
    held.save()
    about: dict[str, Any] = {"rule": held.rule, "note": str(held.note_key), "other": str(held.other_key)}
    record(AuditAction.OVERRIDDEN, held, by=held.asked_by, second=by, reason=held.reason, **about)
