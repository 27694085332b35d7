"""Who is written to when something is withdrawn: whoever wrote it, and whoever uses it, each with what of theirs it is.

The letters are asked for in the same transaction as the withdrawal, and go when it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from clinical.people.accounts import User
from clinical.publishing.approvals import Approval
from clinical.publishing.withdrawals import Withdrawal


def concerned_as_writers(thing: Any) -> Iterable[tuple[User, str]]:
    """Its author, and everybody who wrote what was approved last in any language."""
    approvals = Approval.objects.filter(content_key=thing.content_key).order_by("pk")
    last = dict(approvals.values_list("language", "writers"))
    writers = {*chain.from_iterable(last.values()), getattr(thing, "author_id", None)}
    for person in User.objects.filter(pk__in=writers - {None}).order_by("pk"):
        yield person, _("You wrote it.")


def tell(withdrawal: Withdrawal, concerned: Mapping[User, list[str]], but_for: Iterable[User | None]) -> None:
    """Write to each of them, but for whoever decided it: they know."""
    subject = _("Withdrawn: %s") % withdrawal.title
    site = settings.WAGTAIL_SITE_NAME
    address = settings.WAGTAILADMIN_BASE_URL + reverse("clinical_withdrawals")
    for person, reasons in concerned.items():
        if person in but_for or not (person.is_active and person.email):
            continue
        words = {"withdrawal": withdrawal, "reasons": reasons, "site": site, "address": address}
        send_mail(
            " ".join(subject.split()), render_to_string("clinical/mail/withdrawn.txt", words), None, [person.email]
        )
