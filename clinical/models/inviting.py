"""Inviting people, and ending it. Whoever invites gives a group, never every permission there is (AU8)."""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from clinical.attempts import forget_attempts_on
from clinical.choices import AuditAction
from clinical.models.accounts import User
from clinical.models.audit import record
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
    """Make an account that opens nothing yet, and send its one-time link. Raises ``ValidationError`` by field."""
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
    send_link(person)
    return person


def send_link(person: User) -> None:
    """Send the address where this person sets a password: good once, and not for long."""
    parts = {
        "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
    }
    link = settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_password_reset_confirm", kwargs=parts)
    words = {"person": person, "link": link, "site": settings.WAGTAIL_SITE_NAME}
    subject = _("Your account at %s") % settings.WAGTAIL_SITE_NAME
    try:
        send_mail(subject, render_to_string("clinical/mail/invitation.txt", words), None, [person.email])
    except (OSError, SMTPException) as error:
        raise ValidationError(
            {"email": _("The e-mail could not be sent; nobody was invited. Try again later.")}
        ) from error


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
