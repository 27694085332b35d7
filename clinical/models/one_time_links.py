"""Letters with an address where somebody sets a password: good once, and not for long.

Its token opens an account, so it is nowhere but in the letter: the task that waits names the account, and the token is
made when the letter is sent. So it is as fresh as can be however long the mail server was away.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from clinical.background.mail import deliver
from clinical.background.queue import LATER
from clinical.models.accounts import User


@task(backend=LATER, takes_context=True)
def send_invitation(context: TaskContext, about: str, account: int) -> None:
    """Write to somebody who was invited; to nobody when the account was closed or removed meanwhile."""
    person = User.objects.filter(pk=account, is_active=True).first()
    if person is None:
        return
    link = settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_password_reset_confirm", kwargs=_parts(person))
    words = {"person": person, "link": link, "site": settings.WAGTAIL_SITE_NAME}
    subject = _("Your account at %s") % settings.WAGTAIL_SITE_NAME
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
    """Write the platform's letter to somebody who asked for a new password."""
    person = User.objects.filter(pk=account, is_active=True).first()
    if person is None:
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
