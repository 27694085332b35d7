"""What goes with every change of a second factor: whoever is signed in elsewhere is signed out, and its owner is told.

Whoever got into an account before a factor was set up, or has set one up themselves, is found out by that.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from clinical.background.mail import deliver
from clinical.background.queue import LATER
from clinical.clinic.clinic_known import clinic
from clinical.people.accounts import User


class Change(StrEnum):
    """What has become of somebody's second factor."""

    SET_UP = "set up"
    PASSKEY_ADDED = "passkey added"
    PASSKEY_REMOVED = "passkey removed"
    CODES_RENEWED = "codes renewed"
    REMOVED = "removed"
    #: Somebody has asked for that; a second person decides.
    TO_BE_REMOVED = "to be removed"
    #: Two people have, since its owner has lost it.
    TAKEN = "taken"


def follow_up(person: Any, change: Change, *, kept: str | None = None) -> None:
    """End every session of this person but the one of the key ``kept``, and ask for the letter.

    Call it inside the transaction that carries the change out.
    """
    end_sessions_of(person, kept=kept)
    tell(person, change)


def tell(person: Any, change: Change) -> None:
    """Ask for the letter alone."""
    about = _("Second factor changed → %s") % person.email
    tell_of_change.enqueue(about=about, account=person.pk, change=str(change))


def end_sessions_of(person: Any, *, kept: str | None = None) -> None:
    """Whoever is signed in to this account, anywhere, is not any more; but in the session of the key ``kept``."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.session_key != kept and session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


@task(backend=LATER, takes_context=True)
def tell_of_change(context: TaskContext, about: str, account: int, change: str) -> None:
    """Write to whoever it is of: if they did not do it, somebody else did."""
    person = User.objects.filter(pk=account, is_active=True).first()
    if person is None:
        return
    words = {"site": clinic().name, "change": change}
    is_asked = change == Change.TO_BE_REMOVED
    subject = _("Your second factor at %s is to be removed") if is_asked else _("Your second factor at %s was changed")
    body = render_to_string("clinical/mail/second_factor_changed.txt", words)
    deliver(EmailMessage(subject % words["site"], body, to=[person.email]), context)
