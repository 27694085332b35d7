"""Lists for those who look after safety: withdrawals, the audit, reviews due. To be read, never changed here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from clinical.admin.listings import SOON_DAYS
from clinical.clinic.changes_said import changes_said
from clinical.models import AuditEntry, SafetyNote, User, Withdrawal
from clinical.review.reviews import notes_by_review, pages_by_review, status_of_review
from clinical.safety.sheet import LONG_OVERDUE_DAYS
from clinical.words.choices import AuditAction

#: A cell that begins like this is a formula to a spreadsheet (XS6).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(value: Any) -> Any:
    """A cell no spreadsheet takes for a formula; what is not text is left alone."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


class InertExportMixin:
    """Mixed into a report: downloads hold no formulas, in CSV or in XLSX."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """As the platform writes it, made inert."""
        return inert(super().preprocess_field_value(field, value, export_format))  # type: ignore[misc]  # mixed in


class WithdrawalFilterSet(WagtailFilterSet):
    """By where it stands, and by what was withdrawn."""

    OPEN, WAITING, LIFTED = "open", "waiting", "lifted"

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(OPEN, _("In force")), (WAITING, _("Waits for a second person")), (LIFTED, _("Lifted"))],
        method="filter_state",
    )
    content_type = django_filters.ModelChoiceFilter(
        label=_("Sort"),
        queryset=lambda request: ContentType.objects.filter(pk__in=Withdrawal.objects.values("content_type")),
    )

    class Meta:
        model = Withdrawal
        fields: list[str] = []

    def filter_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that stand so."""
        if value == self.OPEN:
            return queryset.filter(lifted_at__isnull=True, in_force_at__isnull=False)
        if value == self.WAITING:
            waiting = Q(in_force_at__isnull=True) | Q(lifted_by__isnull=False)
            return queryset.filter(waiting, lifted_at__isnull=True)
        return queryset.filter(lifted_at__isnull=False)


class WithdrawalReport(InertExportMixin, ReportView):
    """Every withdrawal there has ever been, the newest first."""

    page_title = _("Withdrawals")
    header_icon = "warning"
    index_url_name = "clinical_withdrawals"
    index_results_url_name = "clinical_withdrawals_results"
    model = Withdrawal
    filterset_class = WithdrawalFilterSet
    permission_policy = ModelPermissionPolicy(Withdrawal)
    any_permission_required = ("add", "change", "view")
    no_results_message = _("Nothing has been withdrawn.")
    export_filename = "withdrawals"
    list_export = ("title", "reason", "state", "withdrawn_by", "withdrawn_at", "lifted_at", "lifting_reason")
    columns = (
        TitleColumn(
            "title",
            label=_("What"),
            get_url=lambda withdrawal: reverse("clinical_withdrawal", args=[withdrawal.pk]),
        ),
        Column("content_type", label=_("Sort"), accessor="content_type.name"),
        Column("reason", label=_("Why")),
        Column("state", label=_("State")),
        Column("withdrawn_by", label=_("By")),
        DateColumn("withdrawn_at", label=_("On")),
    )

    def get_queryset(self) -> QuerySet[Withdrawal]:
        """With everybody a row names, in one query."""
        return Withdrawal.objects.select_related("withdrawn_by", "content_type").order_by("-withdrawn_at")


class AuditFilterSet(WagtailFilterSet):
    """By what was decided, by whom and when."""

    action = django_filters.MultipleChoiceFilter(label=_("Decision"), choices=AuditAction.choices)
    by = django_filters.ModelChoiceFilter(
        label=_("By"), queryset=lambda request: User.objects.filter(pk__in=AuditEntry.objects.values("by"))
    )
    at = django_filters.DateFromToRangeFilter(label=_("When"))

    class Meta:
        model = AuditEntry
        fields: list[str] = []


def _about(entry: AuditEntry) -> str:
    """What a decision is about; of a clinic's settings also what was before and what is now."""
    changes = changes_said(entry.details.get("changes") or {})
    return f"{entry.title}: {changes}" if changes else entry.title


class AuditReport(InertExportMixin, ReportView):
    """Who decided what, when and why, the newest first."""

    page_title = _("Audit of decisions")
    header_icon = "history"
    index_url_name = "clinical_audit"
    index_results_url_name = "clinical_audit_results"
    model = AuditEntry
    filterset_class = AuditFilterSet
    permission_policy = ModelPermissionPolicy(AuditEntry)
    any_permission_required = ("view",)
    no_results_message = _("Nothing has been decided yet.")
    export_filename = "audit"
    list_export = ("at", "get_action_display", "title", "by", "second", "reason", "details")
    columns = (
        DateColumn("at", label=_("When")),
        Column("action", label=_("Decision"), accessor="get_action_display"),
        Column("title", label=_("About"), accessor=_about),
        Column("by", label=_("By")),
        Column("second", label=_("Second person")),
        Column("reason", label=_("Why")),
    )

    def get_queryset(self) -> QuerySet[AuditEntry]:
        """With everybody a row names, in one query."""
        return AuditEntry.objects.select_related("by", "second").order_by("-at", "-pk")


class ReviewFilterSet(WagtailFilterSet):
    """By when the next review is due."""

    review = django_filters.ChoiceFilter(
        label=_("Next review"),
        choices=[
            ("long_overdue", _("Overdue by more than %d days") % LONG_OVERDUE_DAYS),
            ("overdue", _("Overdue")),
            ("soon", _("Due within %d days") % SOON_DAYS),
            ("never", _("Never reviewed")),
        ],
        method="filter_review",
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def filter_review(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that are so."""
        today = timezone.localdate()
        asked = {
            "long_overdue": Q(next_review__lt=today - timedelta(days=LONG_OVERDUE_DAYS)),
            "overdue": Q(next_review__lt=today),
            "soon": Q(next_review__gte=today, next_review__lte=today + timedelta(days=SOON_DAYS)),
            "never": Q(next_review__isnull=True),
        }
        return queryset.filter(asked[value])


class ReviewReport(InertExportMixin, ReportView):
    """Every live clinical page by when it should be reviewed next, the longest overdue first."""

    page_title = _("Reviews due")
    header_icon = "time"
    index_url_name = "clinical_reviews"
    index_results_url_name = "clinical_reviews_results"
    model = Page
    filterset_class = ReviewFilterSet
    permission_policy = PagePermissionPolicy()
    any_permission_required = ("add", "change", "publish")
    export_filename = "reviews"
    list_export = ("title", "content_type.name", "next_review", "last_review", "written_by", "checked_by")
    columns = (
        TitleColumn("title", label=_("Page"), get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk])),
        Column("content_type", label=_("Sort"), accessor="content_type.name"),
        Column("next_review", label=_("Next review"), sort_key="next_review"),
        Column("standing", label=_("That is"), accessor=status_of_review),
        Column("last_review", label=_("Last review")),
        Column("written_by", label=_("Written by")),
        Column("checked_by", label=_("Reviewed by")),
    )

    def get_queryset(self) -> QuerySet[Page]:
        """One query for all of them."""
        return pages_by_review()


class NoteReviewFilterSet(ReviewFilterSet):
    """The same for safety notes."""

    class Meta:
        model = SafetyNote
        fields: list[str] = []


class NoteReviewReport(InertExportMixin, ReportView):
    """Every live safety note by when it should be reviewed next, the longest overdue first."""

    page_title = _("Safety notes to review")
    header_icon = "warning"
    index_url_name = "clinical_note_reviews"
    index_results_url_name = "clinical_note_reviews_results"
    model = SafetyNote
    filterset_class = NoteReviewFilterSet
    permission_policy = ModelPermissionPolicy(SafetyNote)
    any_permission_required = ("add", "change", "publish")
    export_filename = "note-reviews"
    list_export = ("text", "get_kind_display", "tier", "next_review", "last_review", "source")
    columns = (
        TitleColumn(
            "note",
            label=_("Note"),
            accessor=str,
            get_url=lambda note: reverse(note.snippet_viewset.get_url_name("edit"), args=[note.pk]),
        ),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("tier", label=_("Tier"), accessor="get_tier_display"),
        Column("next_review", label=_("Next review"), sort_key="next_review"),
        Column("standing", label=_("That is"), accessor=status_of_review),
        Column("last_review", label=_("Last review")),
    )

    def get_queryset(self) -> QuerySet[SafetyNote]:
        """One query for all of them."""
        return notes_by_review()
