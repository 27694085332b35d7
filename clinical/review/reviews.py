"""When pages and notes should be reviewed next, who is reminded of it, and that nobody is reminded twice in a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from clinical.audit.audit_entries import AppendOnlyMixin
from clinical.notes.note import SafetyNote
from clinical.people.accounts import User
from clinical.pictures.consents import WrittenConsent
from clinical.publishing.approvals import BY_A_PERSON, Approval
from clinical.safety.sheet import LONG_OVERDUE_DAYS
from clinical.withdrawal.withdrawing import clinical_page_models

#: So many days before a review is due, the people who stand behind the page or note are reminded.
REMIND_DAYS = 30


class ReviewReminder(AppendOnlyMixin):
    """That somebody was reminded of the review of a page or note in a month; nobody is twice."""

    #: No decision of anybody's: it goes with its account.
    database_refuses: tuple[str, ...] = ()

    content_key = models.UUIDField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    month = models.CharField(max_length=7, help_text=gettext_lazy("Such as 2026-11."))
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = gettext_lazy("review reminder")
        verbose_name_plural = gettext_lazy("review reminders")
        constraints = [
            models.UniqueConstraint(fields=["content_key", "account", "month"], name="clinical_reminder_once_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month}: {self.content_key}"


def pages_by_review() -> QuerySet[Page]:
    """Live clinical pages of every sort with their review dates, the longest overdue first. One query."""
    models_of_pages = clinical_page_models()

    def of_any(field: str) -> Coalesce:
        return Coalesce(*[f"{model._meta.model_name}__{field}" for model in models_of_pages])

    return (
        Page.objects.live()
        .type(*models_of_pages)
        .select_related("content_type")
        .annotate(
            next_review=of_any("review_due"),
            last_review=of_any("reviewed_on"),
            written_by=of_any("author__username"),
            checked_by=of_any("reviewer__username"),
        )
        .order_by("next_review", "title")
    )


def notes_by_review() -> QuerySet[SafetyNote]:
    """Live safety notes with their review dates, the longest overdue first. One query."""
    return (
        SafetyNote.objects.filter(live=True)
        .annotate(next_review=F("review_due"), last_review=F("reviewed_on"))
        .order_by(F("next_review").asc(nulls_last=True), "pk")
    )


def status_of_review(page: Any, today: date | None = None) -> str:
    """How a page or note stands with its next review, in words."""
    today = today or timezone.localdate()
    if page.next_review is None:
        return _("never reviewed")
    late = (today - page.next_review).days
    if late > LONG_OVERDUE_DAYS:
        return _("overdue by more than %d days: readers are warned") % LONG_OVERDUE_DAYS
    if late > 0:
        return _("overdue")
    return _("due soon") if late > -REMIND_DAYS else _("in time")


@dataclass(frozen=True)
class ReviewDue:
    """Something that should be read again: what, until when, where it is edited, and who stands behind it."""

    content_key: UUID
    title: str
    day: date
    address: str
    people: tuple[User, ...]
    #: A consent is not read again: it is renewed, or what it was given for is replaced.
    is_consent: bool = False


def reviews_due(today: date, person: User | None = None) -> list[ReviewDue]:
    """Live pages and notes whose review is overdue or due within ``REMIND_DAYS``. As many queries for many.

    Consents that end within them, too, or have ended and hide what is still in use. With a ``person``, those that this
    person stands behind; the pages of others are not fetched then.
    """
    until = today + timedelta(days=REMIND_DAYS)
    found = sorted(
        [*_pages_due(until, person), *_notes_due(until), *_consents_due(until, person)],
        key=lambda due: (due.day, due.title),
    )
    return [due for due in found if person is None or person in due.people]


def _pages_due(until: date, person: User | None) -> list[ReviewDue]:
    """Pages, with their author and their reviewer."""
    own = Q() if person is None else Q(author=person) | Q(reviewer=person)
    found: list[Any] = []
    for model in clinical_page_models():
        due = model.objects.live().filter(own, review_due__lte=until).defer_streamfields()
        found += due.select_related("author", "reviewer")
    return [
        ReviewDue(
            page.content_key,
            page.title,
            page.review_due,
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            _each_once(page.author, page.reviewer),
        )
        for page in found
    ]


def _notes_due(until: date) -> list[ReviewDue]:
    """Notes, with whoever approved them last and the last of those who wrote what was approved."""
    notes: list[Any] = list(SafetyNote.objects.filter(live=True, review_due__lte=until))
    given = Approval.objects.filter(basis__in=BY_A_PERSON, content_key__in=[note.content_key for note in notes])
    newest: dict[UUID, Approval] = {}
    for approval in given:
        newest.setdefault(approval.content_key, approval)
    concerned = {pk for approval in newest.values() for pk in (approval.approver_id, *approval.writers[-1:])}
    accounts = User.objects.in_bulk(concerned)
    due = []
    for note in notes:
        last = newest.get(note.content_key)
        behind = (last.approver_id, *last.writers[-1:]) if last else ()
        address = reverse(note.snippet_viewset.get_url_name("edit"), args=[note.pk])
        people = _each_once(*(accounts.get(pk) for pk in behind))
        due.append(ReviewDue(note.content_key, str(note), note.review_due, address, people))
    return due


def _consents_due(until: date, person: User | None) -> list[ReviewDue]:
    """Consents that end, ended or were taken back while something names them, with whoever looks after them."""
    whose = Q(looked_after_by__isnull=False) if person is None else Q(looked_after_by=person)
    due = WrittenConsent.objects.over(until + timedelta(days=1)).named().filter(whose)
    return [
        ReviewDue(
            consent.content_key,
            _("consent %s, for photos or videos") % consent,
            consent.ends_on or timezone.localdate(),
            reverse(consent.snippet_viewset.get_url_name("edit"), args=[consent.pk]),
            _each_once(consent.looked_after_by),
            is_consent=True,
        )
        for consent in due.select_related("looked_after_by")
    ]


def _each_once(*people: User | None) -> tuple[User, ...]:
    """Those there are, nobody twice."""
    return tuple(dict.fromkeys(person for person in people if person))
