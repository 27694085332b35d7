"""When pages should be reviewed next, who is reminded of it, and that nobody is reminded twice in a month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from clinical.models.append_only import AppendOnly
from clinical.models.withdrawing import clinical_page_models
from clinical.sheet import LONG_OVERDUE_DAYS

#: So many days before a review is due, the people who stand behind the page are reminded.
REMIND_DAYS = 30


class ReviewReminder(AppendOnly):
    """That somebody was reminded of a page's review in a month; nobody is twice."""

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


def status_of_review(page: Any, today: date | None = None) -> str:
    """How a page stands with its next review, in words."""
    today = today or timezone.localdate()
    if page.next_review is None:
        return _("never reviewed")
    late = (today - page.next_review).days
    if late > LONG_OVERDUE_DAYS:
        return _("overdue by more than %d days: readers are warned") % LONG_OVERDUE_DAYS
    if late > 0:
        return _("overdue")
    return _("due soon") if late > -REMIND_DAYS else _("in time")


def pages_to_review(today: date) -> list[Any]:
    """Live pages, each as its own class, whose review is overdue or due within ``REMIND_DAYS``."""
    until = today + timedelta(days=REMIND_DAYS)
    found: list[Any] = []
    for model in clinical_page_models():
        found += model.objects.live().filter(review_due__lte=until).select_related("author", "reviewer")
    return sorted(found, key=lambda page: (page.review_due, page.title))
