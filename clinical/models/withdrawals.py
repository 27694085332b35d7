"""Withdrawal: a clinical decision that nobody should do something any more."""

from __future__ import annotations

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clinical.models.wording import is_worded


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    """Questions about withdrawals."""

    def open(self) -> Self:
        """Those in force: not lifted."""
        return self.filter(lifted_at__isnull=True)

    def open_keys(self, keys: set[UUID]) -> set[UUID]:
        """Which of these things are withdrawn now."""
        return set(self.open().filter(content_key__in=keys).values_list("content_key", flat=True))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused, as for one."""
        raise models.ProtectedError(_("Withdrawals are never deleted; lift them instead."), set(self))

    delete.queryset_only = True  # type: ignore[attr-defined]  # Django's way to keep it off the manager


class Withdrawal(models.Model):
    """One exercise, routine or note withdrawn, by its content key: outside revisions, never deleted.

    No revert, schedule, copy, alias, import or restored draft brings a withdrawn thing back; an open withdrawal wins.
    """

    content_key = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255, help_text=_("What it was called when it was withdrawn."))
    reason = models.TextField(help_text=_("In plain words, for patients."))
    replaced_by = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifting_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifting_reason = models.TextField(blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-withdrawn_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_key"], condition=Q(lifted_at__isnull=True), name="clinical_withdrawal_open_once"
            ),
            models.CheckConstraint(name="clinical_withdrawal_reason", condition=is_worded("reason")),
            models.CheckConstraint(
                name="clinical_withdrawal_lifted_by_two",
                condition=Q(
                    lifted_at__isnull=True,
                    lifted_by__isnull=True,
                    lifting_confirmed_by__isnull=True,
                )
                | (
                    Q(lifted_at__isnull=False, lifted_by__isnull=False, lifting_confirmed_by__isnull=False)
                    & ~Q(lifted_by=F("lifting_confirmed_by"))
                    & is_worded("lifting_reason")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Refused: a withdrawal is lifted by two people, never deleted."""
        raise models.ProtectedError(_("A withdrawal is never deleted; lift it instead."), {self})
