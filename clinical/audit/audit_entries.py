"""The audit: who decided what, when and why. Entries are added, never changed, never deleted (AZ6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context

from clinical.audit import journal
from clinical.words.choices import AuditAction
from clinical.words.legible import is_worded


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are only ever added and read."""

    def update(self, **kwargs: Any) -> int:
        """Refused, as for one."""
        raise models.ProtectedError(gettext("These entries are never changed; add another."), set(self))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused, as for one."""
        raise models.ProtectedError(gettext("These entries are never deleted."), set(self))

    delete.queryset_only = True  # type: ignore[attr-defined]  # Django's way to keep it off the manager


class AppendOnlyMixin(models.Model):
    """Abstract: a row that is added and never changed or deleted, whoever asks."""

    #: What the database itself refuses (``clinical.audit.triggers``): raw SQL passes by everything below.
    database_refuses: tuple[str, ...] = ("update", "delete")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises ``ProtectedError`` when it is there already."""
        if not self._state.adding:
            raise models.ProtectedError(gettext("This entry is never changed; add another."), {self})
        # A new row with the key of an old one would otherwise be written over it.
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: what somebody decided stays on record."""
        raise models.ProtectedError(gettext("This entry is never deleted."), {self})


#: Decisions nobody may take without saying why.
_NEED_A_REASON = (AuditAction.WITHDRAWN, AuditAction.LIFTED, AuditAction.OVERRIDDEN, AuditAction.FACTOR_TAKEN)
#: Decisions that take a second person.
_NEED_A_SECOND = (AuditAction.LIFTED, AuditAction.OVERRIDDEN, AuditAction.FACTOR_TAKEN)


class AuditEntry(AppendOnlyMixin):
    """One decision about one thing. Nobody's name in ``by`` means that a program did it: a library, the clock."""

    action = models.CharField(_("decision"), max_length=20, choices=AuditAction.choices)
    content_key = models.UUIDField(null=True, blank=True, db_index=True)
    title = models.CharField(_("about"), max_length=255, help_text=_("What it was called then."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("second person"),
    )
    reason = models.TextField(_("why"), blank=True)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-at", "-pk"]
        permissions = [("audit_live", "Can ask everything live again")]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit")
        constraints = [
            models.CheckConstraint(
                name="clinical_audit_says_why", condition=~Q(action__in=_NEED_A_REASON) | is_worded("reason")
            ),
            models.CheckConstraint(
                name="clinical_audit_by_two",
                condition=~Q(action__in=_NEED_A_SECOND)
                | (Q(by__isnull=False, second__isnull=False) & ~Q(by=F("second"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.title}"


#: Told of each decision, and what it was about, while its transaction is open.
Listener = Callable[[AuditAction, Any], None]
_listeners: list[Listener] = []


def register_listener(listener: Listener) -> None:
    """Tell this function of what goes on record from now on. Called from ``AppConfig.ready()``."""
    if listener not in _listeners:
        _listeners.append(listener)


def record(
    action: AuditAction,
    subject: Any,
    *,
    by: Any = None,
    second: Any = None,
    reason: str = "",
    key: UUID | None = None,
    **details: Any,
) -> AuditEntry:
    """Put one decision on record. Call it inside the transaction that carries the decision out, so that both hold.

    ``subject`` is a page, a note, an account, or anything with a ``content_key`` or a name; ``key`` says it where only
    the name is left::

        with transaction.atomic():
            withdrawal = Withdrawal.objects.create(…)
            record(AuditAction.WITHDRAWN, page, by=request.user, reason=withdrawal.reason, replaced_by=other.pk)

        record(AuditAction.OVERRIDDEN, routine, by=author, second=colleague, reason="…", rule="a", note=str(note.pk))

    ``by`` left out is whoever is signed in at the admin; outside it, nobody: a program did it. ``details`` is kept as
    JSON. Withdrawing, lifting and overriding need a ``reason``, lifting and overriding a ``second`` person who is
    somebody else: the database refuses the entry without. What takes something away is also told to the journal.
    """
    entry = _entry(action, subject, by, second=second, reason=reason, details=details)
    entry.content_key = key or entry.content_key
    lines = journal.lines_of([(entry, subject)])
    entry.save()
    journal.write_when_committed(lines)
    for hear in _listeners:
        hear(action, subject)
    return entry


def record_all(action: AuditAction, subjects: Iterable[Any], *, by: Any = None) -> None:
    """Put the same decision about several things on record, an entry for each, in one query."""
    told = [(_entry(action, subject, by), subject) for subject in subjects]
    lines = journal.lines_of(told)
    AuditEntry.objects.bulk_create(entry for entry, _subject in told)
    journal.write_when_committed(lines)
    for _entry_made, subject in told:
        for hear in _listeners:
            hear(action, subject)


def _entry(action: AuditAction, subject: Any, by: Any, **values: Any) -> AuditEntry:
    return AuditEntry(
        action=action,
        content_key=getattr(subject, "content_key", None),
        title=str(subject)[:255],
        by=by or get_active_log_context().user,
        **values,
    )


def was_taken_off(subject: Any, *, since: Any) -> bool:
    """Whether somebody has decided since then that readers should not see it any more. One query."""
    gone = (AuditAction.TAKEN_OFF, AuditAction.WITHDRAWN)
    return AuditEntry.objects.filter(content_key=subject.content_key, action__in=gone, at__gt=since).exists()
