"""Inviting people, and ending it. Whoever invites gives a group, never every permission there is (AU8).

The letter's token opens an account, so it is nowhere but in the letter: the task that waits names the account, and the
token is made when the letter is sent. So it is as fresh as can be however long the mail server was away.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task
from wagtail.log_actions import LogContext

from clinical.audit.audit_entries import record
from clinical.background.mail import deliver
from clinical.background.queue import LATER
from clinical.clinic.clinic_known import clinic
from clinical.people.accounts import User
from clinical.people.attempts import forget_attempts_on
from clinical.serving.write_lock import write_lock
from clinical.words.choices import AuditAction

MAY_INVITE = "clinical.invite_user"


@task(backend=LATER, takes_context=True)
def send_invitation(context: TaskContext, about: str, account: int) -> None:
    """Write to somebody who was invited; to nobody when the account was closed or removed meanwhile."""
    person = User.objects.filter(pk=account, is_active=True).first()
    if person is None:
        return
    by_password = person.signs_in_by_password
    choose_one = reverse("wagtailadmin_password_reset_confirm", kwargs=_parts(person))
    link = settings.WAGTAILADMIN_BASE_URL + (choose_one if by_password else reverse("wagtailadmin_login"))
    words = {"person": person, "link": link, "site": clinic().name}
    words["provider"] = "" if by_password else settings.OIDC_NAME
    subject = _("Your account at %s") % words["site"]
    deliver(EmailMessage(subject, render_to_string("clinical/mail/invitation.txt", words), to=[person.email]), context)


def ask_for_reset(address: str) -> None:
    """Have a link sent to whoever has this address.

    The same work whether or not anybody has it: nothing about it is looked up before the worker does.
    """
    find_accounts.enqueue(about=_("New password → %s") % address, address=address)


@task(backend=LATER)
def find_accounts(about: str, address: str) -> None:
    """Ask for a letter to each account with this address that may set a password."""
    for person in PasswordResetForm().get_users(address):
        send_reset.enqueue(about=about, account=person.pk)


@task(backend=LATER, takes_context=True)
def send_reset(context: TaskContext, about: str, account: int) -> None:
    """Write the platform's letter to somebody who asked for a new password, and may sign in with one."""
    person = User.objects.filter(pk=account, is_active=True).first()
    if person is None or not person.signs_in_by_password:
        return
    parts = _parts(person)
    words = {"user": person, "uid": parts["uidb64"], "token": parts["token"]}
    subject = render_to_string("wagtailadmin/account/password_reset/email_subject.txt", words)
    body = render_to_string("wagtailadmin/account/password_reset/email.txt", words)
    deliver(EmailMessage("".join(subject.splitlines()), body, to=[person.email]), context)


def _parts(person: User) -> dict[str, str]:
    return {
        "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
    }


#: Whoever may change accounts or groups may give themselves everything; such a group is given by superusers only.
_ESCALATES = Q(codename__in=["add_user", "change_user", "delete_user"]) | Q(content_type__app_label="auth")


def groups_to_give() -> QuerySet[Group]:
    """The groups somebody may be invited into."""
    escalating = Group.objects.filter(permissions__in=Permission.objects.filter(_ESCALATES))
    return Group.objects.exclude(pk__in=escalating).order_by("name")


def people() -> QuerySet[User]:
    """Every account somebody who invites may look after: all but superusers'."""
    return User.objects.filter(is_superuser=False).prefetch_related("groups").order_by("-is_active", "username")


@write_lock()
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


@write_lock()
def deactivate(person: User, *, by: User, reason: str = "") -> None:
    """Close an account at once: it signs in no more, and what is open ends with its next request."""
    _refuse_the_wrong_person(person, by)
    person.is_active = False
    with LogContext(user=by):
        person.save(update_fields=["is_active"], reason=reason)


@write_lock()
def reactivate(person: User, *, by: User, reason: str = "") -> None:
    """Open it again."""
    _refuse_the_wrong_person(person, by)
    person.is_active = True
    with LogContext(user=by):
        person.save(update_fields=["is_active"], reason=reason)


@write_lock()
def let_in(person: User, *, by: User, reason: str = "") -> None:
    """Let somebody sign in again whose account is kept from new browsers, after too many wrong passwords."""
    _refuse_the_wrong_person(person, by)
    forget_attempts_on(person)
    record(AuditAction.LET_IN, person, by=by, reason=reason)


def _refuse_the_wrong_person(person: User, by: User) -> None:
    if person.is_superuser or person.pk == by.pk:
        raise ValidationError(_("Ask a superuser: nobody does this to a superuser or to themselves."))
