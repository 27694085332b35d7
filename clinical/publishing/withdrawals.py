"""Withdrawal: a clinical decision that nobody should do something any more."""

from __future__ import annotations

from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinical.words.legible import LegibleMixin, is_worded

_NOT_LIFTED = Q(lifted_at__isnull=True, lifting_confirmed_by__isnull=True)


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    """Questions about withdrawals."""

    def open(self) -> Self:
        """Those that count now: in force, and not lifted."""
        return self.filter(lifted_at__isnull=True, in_force_at__isnull=False)

    def waiting(self) -> Self:
        """Those that wait for a second person: to come into force, or to be lifted."""
        return self.filter(lifted_at__isnull=True).filter(Q(in_force_at__isnull=True) | Q(lifted_by__isnull=False))

    def key_of_record(self, model: type[models.Model], library_id: str, from_library: str) -> UUID | None:
        """The key under which what a library brought is withdrawn now, though it may have been deleted since."""
        kind = ContentType.objects.get_for_model(model)
        found = self.open().filter(content_type=kind, library_id=library_id, from_library=from_library)
        found = found.exclude(library_id="")
        return found.values_list("content_key", flat=True).first()

    def open_keys(self, keys: set[UUID]) -> set[UUID]:
        """Which of these things are withdrawn now."""
        return set(self.open().filter(content_key__in=keys).values_list("content_key", flat=True))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused, as for one."""
        raise models.ProtectedError(gettext("Withdrawals are never deleted; lift them instead."), set(self))

    delete.queryset_only = True  # type: ignore[attr-defined]  # Django's way to keep it off the manager


class Withdrawal(LegibleMixin):
    """One exercise, routine, hub or note withdrawn, by its content key: outside revisions, never deleted.

    No revert, schedule, copy, alias, import or restored draft brings a withdrawn thing back; an open withdrawal wins.
    It is asked to be lifted by one person and lifted by another. The withdrawal of a serious note takes protection
    away, so it too comes into force only when a second person has confirmed it.
    """

    database_refuses = ("delete",)
    #: Written once and never again.
    KEPT = ("content_key", "title", "reason", "withdrawn_by_id", "needs_second_person", "content_type_id")

    content_key = models.UUIDField(db_index=True)
    content_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=255, help_text=_("What it was called when it was withdrawn."))
    from_library = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    library_id = models.CharField(max_length=60, blank=True, editable=False)
    reason = models.TextField(help_text=_("In plain words, for patients."))
    replaced_by = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    replaced_by_note = models.ForeignKey(
        "clinical.SafetyNote", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(auto_now_add=True)
    needs_second_person = models.BooleanField(default=False, help_text=_("It takes a serious warning away."))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    in_force_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who asked to lift it."),
    )
    lifting_asked_at = models.DateTimeField(null=True, blank=True)
    lifting_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifting_reason = models.TextField(blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-withdrawn_at"]
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [
            models.UniqueConstraint(
                fields=["content_key"], condition=Q(lifted_at__isnull=True), name="clinical_withdrawal_open_once"
            ),
            models.CheckConstraint(name="clinical_withdrawal_reason", condition=is_worded("reason")),
            models.CheckConstraint(
                name="clinical_withdrawal_of_warning_by_two",
                condition=Q(needs_second_person=False)
                | Q(in_force_at__isnull=True)
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("withdrawn_by"))),
            ),
            models.CheckConstraint(
                name="clinical_withdrawal_lifted_by_two",
                condition=(_NOT_LIFTED & Q(lifted_by__isnull=True))
                | (_NOT_LIFTED & Q(lifted_by__isnull=False) & is_worded("lifting_reason"))
                | (
                    Q(lifted_at__isnull=False, lifted_by__isnull=False, lifting_confirmed_by__isnull=False)
                    & ~Q(lifted_by=F("lifting_confirmed_by"))
                    & is_worded("lifting_reason")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def in_journal(self) -> dict[str, str]:
        """What the journal knows it by: its key, and which record of a library it came from."""
        kind = ContentType.objects.get_for_id(self.content_type_id) if self.content_type_id else None
        known = {"content": str(self.content_key), "library": self.library_id, "from": self.from_library}
        return {**known, "kind": f"{kind.app_label}.{kind.model}" if kind else ""}

    @property
    def is_open(self) -> bool:
        """Whether it counts now."""
        return self.lifted_at is None and self.in_force_at is not None

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.lifted_at:
            return str(_("Lifted"))
        if not self.in_force_at:
            return str(_("Waits for a second person"))
        return str(_("In force; asked to be lifted") if self.lifted_by_id else _("In force"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save what is new. What was withdrawn, by whom and why is never rewritten, nor is a lifted one reopened."""
        if not self._state.adding:
            before = type(self).objects.get(pk=self.pk)
            if before.lifted_at or any(getattr(before, name) != getattr(self, name) for name in self.KEPT):
                raise ValidationError(_("A withdrawal is never rewritten; lift it, and withdraw anew."))
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Refused: a withdrawal is lifted by two people, never deleted."""
        raise models.ProtectedError(gettext("A withdrawal is never deleted; lift it instead."), {self})


def is_withdrawn(key: str = "content_key") -> Exists:
    """For querysets: whether the thing with this key is withdrawn now."""
    return Exists(Withdrawal.objects.open().filter(content_key=OuterRef(key)))
