"""Who is written to when something is withdrawn: whoever wrote it, and whoever uses it, each with what of theirs it is.

The letters are asked for in the same transaction as the withdrawal, and go when it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from clinical.clinic.clinic_known import clinic
from clinical.people.accounts import User
from clinical.publishing.approvals import Approval
from clinical.publishing.withdrawals import Withdrawal

_reason: ContextVar[str] = ContextVar("reason", default="")


def concerned_as_writers(thing: Any) -> Iterable[tuple[User, str]]:
    """Its author, and everybody who wrote what was approved last in any language."""
    approvals = Approval.objects.filter(content_key=thing.content_key).order_by("pk")
    last = dict(approvals.values_list("language", "writers"))
    writers = {*chain.from_iterable(last.values()), getattr(thing, "author_id", None)}
    for person in User.objects.filter(pk__in=writers - {None}).order_by("pk"):
        yield person, _("You wrote it.")


def tell(withdrawal: Withdrawal, concerned: Mapping[User, list[str]], but_for: Iterable[User | None]) -> None:
    """Write to each of them, but for whoever decided it: they know."""
    address = reverse("clinical_withdrawals")
    words = {"title": withdrawal.title, "reason": withdrawal.reason, "address": address}
    _write("withdrawn", _("Withdrawn: %s") % withdrawal.title, words, concerned, but_for)


def tell_taken_off(page: Any, concerned: Mapping[User, list[str]], by: User) -> None:
    """The same of a page that was taken off the site for another reason than safety; it may come back."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    words = {"title": page.title, "reason": reason_given(), "address": address}
    _write("taken_off", _("Taken off the site: %s") % page.title, words, concerned, (by,))


@contextmanager
def because(reason: str) -> Iterator[None]:
    """What is taken off the site within the block is taken off for this reason."""
    before = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(before)


def reason_given() -> str:
    """Why somebody takes something off the site at the moment; nothing where nobody said."""
    return _reason.get()


def _write(
    letter: str,
    subject: str,
    words: Mapping[str, str],
    concerned: Mapping[User, list[str]],
    but_for: Iterable[User | None],
) -> None:
    """One letter to each; an address in the admin is made whole."""
    told = {**words, "address": settings.WAGTAILADMIN_BASE_URL + words["address"], "site": clinic().name}
    for person, reasons in concerned.items():
        if person in but_for or not (person.is_active and person.email):
            continue
        text = render_to_string(f"clinical/mail/{letter}.txt", {**told, "reasons": reasons})
        send_mail(" ".join(subject.split()), text, None, [person.email])
