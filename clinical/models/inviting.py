"""Inviting people, and ending it. Whoever invites gives a group, never every permission there is (AU8)."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from clinical.attempts import forget_attempts_on
from clinical.choices import AuditAction
from clinical.models.accounts import User
from clinical.models.audit import record
from clinical.models.one_time_links import send_invitation
from clinical.turns import one_writer_at_a_time

#: Whoever may change accounts or groups may give themselves everything; such a group is given by superusers only.
_ESCALATES = Q(codename__in=["add_user", "change_user", "delete_user"]) | Q(content_type__app_label="auth")


def groups_to_give() -> QuerySet[Group]:
    """The groups somebody may be invited into."""
    escalating = Group.objects.filter(permissions__in=Permission.objects.filter(_ESCALATES))
    return Group.objects.exclude(pk__in=escalating).order_by("name")


def people() -> QuerySet[User]:
    """Every account somebody who invites may look after: all but superusers'."""
    return User.objects.filter(is_superuser=False).prefetch_related("groups").order_by("-is_active", "username")


@one_writer_at_a_time()
def invite(*, by: User, email: str, name: str, group: Group) -> User:
    """Make an account that opens nothing yet, and ask for its one-time link to be sent.

    Raises ``ValidationError`` by field.
    """
    email = User.objects.normalize_email(email.strip())
    if User.objects.filter(Q(username__iexact=email) | Q(email__iexact=email)).exists():
        raise ValidationError({"email": _("Somebody has an account with this address; look in the list of people.")})
    if not groups_to_give().filter(pk=group.pk).exists():
        raise ValidationError({"group": _("Choose another group: only a superuser gives this one.")})
    person = User(username=email, email=email, first_name=name.strip()[:150])
    person.set_unusable_password()
    with LogContext(user=by):
        person.save()
        person.groups.add(group)
        record(AuditAction.INVITED, person, group=group.name)
    send_invitation.enqueue(about=_("Invitation → %s") % email, account=person.pk)
    return person


@one_writer_at_a_time()
def deactivate(person: User, *, by: User, reason: str = "") -> None:
    """Close an account at once: it signs in no more, and what is open ends with its next request."""
    _refuse_the_wrong_person(person, by)
    person.is_active = False
    with LogContext(user=by):
        person.save(update_fields=["is_active"], reason=reason)


@one_writer_at_a_time()
def reactivate(person: User, *, by: User, reason: str = "") -> None:
    """Open it again."""
    _refuse_the_wrong_person(person, by)
    person.is_active = True
    with LogContext(user=by):
        person.save(update_fields=["is_active"], reason=reason)


@one_writer_at_a_time()
def let_in(person: User, *, by: User, reason: str = "") -> None:
    """Let somebody sign in again whose account is kept from new browsers, after too many wrong passwords."""
    _refuse_the_wrong_person(person, by)
    forget_attempts_on(person)
    record(AuditAction.LET_IN, person, by=by, reason=reason)


def _refuse_the_wrong_person(person: User, by: User) -> None:
    if person.is_superuser or person.pk == by.pk:
        raise ValidationError(_("Ask a superuser: nobody does this to a superuser or to themselves."))
