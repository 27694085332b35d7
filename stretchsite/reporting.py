"""Reporting: a practitioner tells the safety officers that a page may harm somebody; they answer, or withdraw it.

A report is an entry of the audit, so it is never lost or rewritten. It is open until a safety officer has answered
what was reported of the page, or has withdrawn the page, or until nothing is left of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db.models import Count, Exists, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from clinical.models import AuditEntry, ClinicalPage, User, clinic, record
from clinical.serving import rate_limits
from clinical.serving.write_lock import write_lock
from clinical.withdrawal.withdrawal_screens import MAY_WITHDRAW
from clinical.withdrawal.withdrawing import clinical_page_models
from clinical.words.characters import says_something
from clinical.words.choices import AuditAction

#: Nobody finds more to report in an hour; a hundred would bury what others have found.
OF_ACCOUNT = rate_limits.Limit("reports-account", most=20, seconds=3600)
#: What ends a report about a page, whoever reported it.
_ENDS = (AuditAction.ANSWERED, AuditAction.WITHDRAWN)


def open_reports() -> QuerySet[AuditEntry]:
    """What nobody has answered yet, the oldest first, with who reported it. One query.

    ``page_now`` is the first page, in any language, that still has the key of what was reported. Where all of them are
    deleted nobody sees it any more, and nothing waits.
    """
    later = AuditEntry.objects.filter(action__in=_ENDS, content_key=OuterRef("content_key"), pk__gt=OuterRef("pk"))
    rows = (model._base_manager.filter(content_key=OuterRef("content_key")) for model in clinical_page_models())
    page_now = Coalesce(*(Subquery(pages.order_by("pk").values("pk")[:1]) for pages in rows))
    reports = AuditEntry.objects.filter(action=AuditAction.REPORTED).exclude(Exists(later))
    reports = reports.annotate(page_now=page_now).filter(page_now__isnull=False)
    found: QuerySet[AuditEntry] = reports.select_related("by").order_by("pk")
    return found


@dataclass(frozen=True)
class Reported:
    """A page that waits for an answer: where it is now, what was said first of it, and how often it was reported."""

    page: int
    first: AuditEntry
    number: int


def reported_pages(most: int | None = None) -> list[Reported]:
    """The pages with open reports, the one that has waited longest first; as many as asked. Two queries."""
    waiting: Any = open_reports().order_by()  # which has the page as it is now beside its fields
    waiting = waiting.values("content_key", "page_now")
    pages = waiting.annotate(first=Min("pk"), number=Count("pk")).order_by("first")[:most]
    found = {row["first"]: row for row in pages}
    entries = AuditEntry.objects.select_related("by").in_bulk(found)
    return [Reported(row["page_now"], entries[first], row["number"]) for first, row in found.items()]


def reports_of(page: ClinicalPage) -> QuerySet[AuditEntry]:
    """The open ones about this page, in any language and copy of it."""
    return open_reports().filter(content_key=page.content_key)


@write_lock(urgent=True)
def report(page: ClinicalPage, *, by: User, what: str) -> AuditEntry:
    """Tell the safety officers what may harm, on their desk and by mail.

    Raises ``ValidationError`` for no words, and for more in an hour than anybody can look at.
    """
    if not says_something(what):
        raise ValidationError({"what": _("Say what happened, or what may.")})
    if seconds := rate_limits.take((OF_ACCOUNT, str(by.pk))):
        told = _("You have reported %(most)d times within an hour, and this was not sent. ")
        told += _("Call a safety officer, or send it again in %(minutes)d minutes; what you typed stays here.")
        raise ValidationError(told % {"most": OF_ACCOUNT.most, "minutes": -(-seconds // 60)})
    entry = record(AuditAction.REPORTED, page, by=by, reason=what.strip(), page=page.pk)
    words = {"title": page.title, "what": entry.reason, "who": _name(by), "site": clinic().name}
    words["address"] = settings.WAGTAILADMIN_BASE_URL + reverse("report_page", args=[page.pk])
    text = render_to_string("stretchsite/mail/reported.txt", words)
    for officer in User.objects.with_perm(MAY_WITHDRAW, include_superusers=False).exclude(email="").exclude(pk=by.pk):
        send_mail(" ".join((_("Reported: %s") % page.title).split()), text, None, [officer.email])
    return entry


@write_lock(urgent=True)
def answer(page: ClinicalPage, *, by: User, said: str, read_to: str) -> AuditEntry:
    """A safety officer has looked at everything reported of the page, and says what was decided; reporters are told.

    ``read_to`` is the key of the newest report they had before them: nothing is closed that nobody has read.
    """
    waiting = list(reports_of(page))
    if not waiting:
        raise ValidationError(_("Nothing waits for an answer any more: a colleague has answered, or withdrawn it."))
    if str(waiting[-1].pk) != read_to:
        raise ValidationError(_("Something more was reported while you wrote. Read it above, then answer all of it."))
    if not says_something(said):
        raise ValidationError({"what": _("Say what you found and decided, for whoever reported it.")})
    entry = record(AuditAction.ANSWERED, page, by=by, reason=said.strip(), reports=[each.pk for each in waiting])
    words = {"title": page.title, "said": entry.reason, "who": _name(by), "site": clinic().name}
    text = render_to_string("stretchsite/mail/report_answered.txt", words)
    people: dict[Any, None] = {each.by: None for each in waiting if each.by and each.by.is_active and each.by.email}
    for person in people:
        send_mail(" ".join((_("Looked at: %s") % page.title).split()), text, None, [person.email])
    return entry


def _name(person: User) -> str:
    return person.get_full_name() or person.get_username()
