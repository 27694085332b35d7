"""What readers have told of pages: what, of which step, where, and on which day. Nothing of who they are (PD7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinical.audit.audit_entries import record
from clinical.models import User
from clinical.serving.write_lock import write_lock
from clinical.withdrawal.withdrawing import clinical_page_models
from clinical.words.choices import AuditAction
from clinical.words.legible import LegibleMixin
from stretchsite.reader_reports.choices import ReaderWord, ToldOn
from stretchsite.reader_reports.places_told_of import MOST_OF_A_STEP

#: So long a report is kept, dealt with or not: a year can be held against the last.
DAYS_KEPT = 400


class ReaderReportQuerySet(models.QuerySet["ReaderReport"]):
    """Questions about many."""

    def waiting(self) -> Self:
        """Those nobody has dealt with."""
        return self.filter(dealt_on__isnull=True)

    def with_reviewer(self) -> Self:
        """Each with ``reviewer``, the account that stands behind the page as it is now, by its key."""
        names = (model._base_manager.filter(pk=OuterRef("page")) for model in clinical_page_models())
        return self.annotate(reviewer=Coalesce(*(Subquery(pages.values("reviewer")[:1]) for pages in names)))

    def for_reviewer(self, person: User) -> Self:
        """Those of pages this person has reviewed, and of pages whose reviewer is nobody who still works here."""
        working = User.objects.filter(is_active=True).values("pk")
        return self.with_reviewer().filter(Q(reviewer=person.pk) | Q(reviewer=None) | ~Q(reviewer__in=working))

    def by_need(self) -> Any:
        """Counted of what waits: pages that hurt somebody first, then the page told of last; of a page, what hurt."""
        of_page = ReaderReport.objects.waiting().filter(page=OuterRef("page")).order_by("-pk")
        rows = self.annotate(
            page_hurt=Exists(of_page.filter(what=ReaderWord.HURT)),
            page_last=Subquery(of_page.values("pk")[:1]),
            is_hurt=ExpressionWrapper(Q(what=ReaderWord.HURT), output_field=BooleanField()),
        )
        order = ("page_hurt", "page_last", "is_hurt")
        return rows._counted(*order).order_by(*(f"-{name}" for name in order), "-last")

    def dealt_with(self) -> Any:
        """Counted of what somebody has dealt with: by whom and when, the latest first."""
        who = ("dealt_by__first_name", "dealt_by__last_name", "dealt_by__username")
        return self.filter(dealt_on__isnull=False)._counted("dealt_on", *who).order_by("-dealt_on", "-last")

    def _counted(self, *more: str) -> Any:
        """A row for each page, step, word and place it was told on: how many, the newest day, the last one's key."""
        names = {"title": F("page__title"), "routine_title": F("routine__title")}
        named = self.values("page", "what", "step", "step_words", "told_on", *more, **names)
        return named.annotate(number=Count("pk"), latest=Max("day"), last=Max("pk"))


class ReaderReport(LegibleMixin):
    """One thing a reader chose to tell. ``step`` is 0 for the whole page; its words are the author's, as they stood."""

    #: Whether it is used is nobody's question, and it comes from readers: nothing more is written for it.
    wagtail_reference_index_ignore = True

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    what = models.CharField(_("what was told"), max_length=20, choices=ReaderWord.choices)
    step = models.PositiveSmallIntegerField(_("step"), default=0)
    step_words = models.CharField(max_length=MOST_OF_A_STEP, blank=True)
    told_on = models.CharField(_("told"), max_length=10, choices=ToldOn.choices, default=ToldOn.PAGE)
    #: Of what was told in a routine of the site, which; never of what somebody was given by link.
    routine = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("routine"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    day = models.DateField(_("day"), default=timezone.localdate)
    dealt_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    dealt_on = models.DateField(_("dealt with"), null=True, blank=True)

    objects = ReaderReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view", "change")
        verbose_name = _("reader’s report")
        verbose_name_plural = _("readers’ reports")
        indexes = [models.Index(fields=["dealt_on", "page"], name="stretchsite_reports_waiting")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.day:%Y-%m-%d}"


@write_lock()
def deal_with(page: Any, *, by: User, read_to: int) -> int:
    """Somebody has looked at what readers told of a page; how many reports that was. It goes on record.

    ``read_to`` is the key of the newest they had before them: nothing is closed that nobody has read.
    """
    waiting = ReaderReport.objects.waiting().filter(page=page, pk__lte=read_to)
    told = {row["what"]: row["number"] for row in waiting.order_by().values("what").annotate(number=Count("pk"))}
    number = waiting.update(dealt_by=by, dealt_on=timezone.localdate())
    if number:
        record(AuditAction.DEALT_WITH, page, by=by, told=told)
    return number


def forget_old_reports() -> int:
    """Remove those that are kept no longer; how many."""
    removed, _each = ReaderReport.objects.filter(day__lte=timezone.localdate() - timedelta(days=DAYS_KEPT)).delete()
    return removed
