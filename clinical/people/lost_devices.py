"""LostDevice: that somebody's second factor is to be removed, since their device and recovery codes are lost.

Whoever can talk a manager into it would get past the second factor. So a manager asks, and somebody else
confirms. Then it is removed, whoever it was of is told by mail, and every session of theirs ends. What was asked for
is void when time, its owner or its asker has overtaken it; then it can only be left.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.audit.audit_entries import AuditEntry, record
from clinical.people.accounts import User
from clinical.people.factor_changes import Change, follow_up, tell
from clinical.people.inviting import MAY_INVITE
from clinical.people.second_factor import has_second_factor, take_away
from clinical.serving.write_lock import write_lock
from clinical.words.characters import says_something
from clinical.words.choices import AuditAction
from clinical.words.legible import LegibleMixin

MAY_CONFIRM = "clinical.confirm_lostdevice"
#: So long a second person may take: later nobody remembers whom they spoke to.
HOLDS = timedelta(days=7)
#: Decisions by which somebody lets another person in, or lets them do more.
_BRINGS_IN = Q(
    action__in=[
        *(AuditAction.INVITED, AuditAction.ACCOUNT_MADE, AuditAction.ACCOUNT_CHANGED, AuditAction.REACTIVATED),
        AuditAction.SUPERUSER_MADE,
    ]
) | Q(action__in=[AuditAction.GROUP_CHANGED, AuditAction.PERMISSIONS_CHANGED], details__has_key="added")


class LostDevice(LegibleMixin, models.Model):
    """One that waits for a second person. What was decided stands in the audit, and the row is gone."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200, help_text=gettext_lazy("Also how it is known who asked."))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        default_permissions = ()
        permissions = [("confirm_lostdevice", "Can confirm that a lost second factor is removed")]
        verbose_name = gettext_lazy("lost device")
        verbose_name_plural = gettext_lazy("lost devices")

    def __str__(self) -> str:
        return str(self.account)


def with_second_factors(accounts: QuerySet[User]) -> QuerySet[Any]:
    """The same accounts, each with whether it has a second factor, and whether one is to be removed."""
    not_void = waiting().filter(is_in_use=False, may_ask=True, asked_at__gt=timezone.now() - HOLDS)
    own = {"user_id": OuterRef("pk"), "type": Authenticator.Type.TOTP}
    return accounts.annotate(
        has_second_factor=Exists(Authenticator.objects.filter(**own)),
        has_lost_device=Exists(not_void.filter(account=OuterRef("pk"))),
    )


def waiting() -> QuerySet[Any]:
    """Those that wait, each with what may have overtaken it (``is_in_use``, ``may_ask``). One query."""
    touched = Q(created_at__gt=OuterRef("asked_at")) | Q(last_used_at__gt=OuterRef("asked_at"))
    return LostDevice.objects.select_related("account", "asked_by").annotate(
        is_in_use=Exists(Authenticator.objects.filter(touched, user_id=OuterRef("account"))),
        may_ask=Exists(User.objects.with_perm(MAY_INVITE).filter(pk=OuterRef("asked_by"))),
    )


def tied_to(person: User) -> set[int]:
    """Whose colleague this person has not been for long: who brought them in within ``HOLDS``, or was by them.

    One manager alone would else invite the second, or open an old account for it. Two queries.
    """
    lately = AuditEntry.objects.filter(_BRINGS_IN, at__gt=timezone.now() - HOLDS, by__isnull=False).order_by()
    brought = User.objects.filter(username__in=lately.filter(by=person).values("title"))
    return {*lately.filter(title=person.username).values_list("by", flat=True), *brought.values_list("pk", flat=True)}


def why_not(lost: Any, by: User, tied: Collection[int]) -> str:
    """Why this person, ``tied_to`` these, cannot confirm this one of ``waiting()``; nothing where they can."""
    if lost.account.is_superuser:
        return _("Ask whoever runs the site: nobody does this to a superuser.")
    if by.pk in {lost.asked_by_id, lost.account_id}:
        return _("A colleague has to confirm it: whoever asked cannot, nor whoever it is about.")
    if lost.asked_by_id in tied:
        return _("Another colleague has to confirm it: one of you two gave the other an account or a role this week.")
    return why_void(lost)


def why_void(lost: Any) -> str:
    """What has overtaken this one of ``waiting()``, so that nobody can confirm it any more; nothing where it waits."""
    if lost.is_in_use:
        return _("It is void: the second factor was used or changed after this was asked for, so it is not lost.")
    if lost.asked_at < timezone.now() - HOLDS:
        return _("It is void: it was asked for more than seven days ago. Leave it, and have it asked for again.")
    if not lost.may_ask:
        return _("It is void: whoever asked for it may not ask any more. Leave it, and have another manager ask.")
    return ""


@write_lock()
def ask_to_remove(person: User, *, by: User, reason: str = "") -> LostDevice:
    """The first of two people asks. Raises ``ValidationError``."""
    _refuse_the_wrong_person(person, by)
    if not says_something(reason):
        raise ValidationError(_("Say why, and how you know that it was they who asked."))
    if not has_second_factor(person):
        raise ValidationError(_("This account has no second factor."))
    before = waiting().filter(account=person).first()
    if before is not None and not why_void(before):
        raise ValidationError(_("Somebody has asked for that already; it waits for a second person."))
    if before is not None:
        before.delete()
    record(AuditAction.PROPOSED, person, by=by, reason=reason.strip(), proposal="lost device")
    tell(person, Change.TO_BE_REMOVED)
    return LostDevice.objects.create(account=person, reason=reason.strip()[:200], asked_by=by)


@write_lock()
def confirm_removal(lost: LostDevice, *, by: User) -> None:
    """The second agrees: it is removed, sessions end, a letter goes. Raises ``ValidationError``."""
    now = waiting().filter(pk=lost.pk).first()
    if now is None:
        raise ValidationError(_("Somebody else has decided this already."))
    if refusal := why_not(now, by, tied_to(by)):
        raise ValidationError(refusal)
    lost.delete()
    if not take_away(lost.account):
        raise ValidationError(_("This account has no second factor any more."))
    record(AuditAction.FACTOR_TAKEN, lost.account, by=lost.asked_by, second=by, reason=lost.reason)
    follow_up(lost.account, Change.TAKEN)


@write_lock()
def decline_removal(lost: LostDevice, *, by: User) -> None:
    """The second says no, or the first takes it back."""
    lost.delete()
    record(AuditAction.DECLINED, lost.account, by=by, proposal="lost device")


def _refuse_the_wrong_person(person: User, by: User) -> None:
    if person.is_superuser or person.pk == by.pk:
        raise ValidationError(_("Ask whoever runs the site: nobody does this to a superuser or to themselves."))
