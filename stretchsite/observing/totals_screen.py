"""How often public pages are opened, in the admin: by page and day, as a chart over the days, and as a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import Max, Min, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from clinical.admin.reports import InertExportMixin
from stretchsite.models.daily_totals import DailyTotal
from stretchsite.observing.chart import chart_of, in_words

MAY_SEE = "stretchsite.view_dailytotal"
#: So many days are shown where nobody has asked for others; and so many bars a chart has at most.
USUAL_DAYS, MOST_DAYS = 30, 400


class TotalsFilterSet(WagtailFilterSet):
    """By page and by day."""

    title = django_filters.CharFilter(label=_("Page"), field_name="page__title", lookup_expr="icontains")
    day = django_filters.DateFromToRangeFilter(label=_("Day"), widget=DateRangePickerWidget)

    class Meta:
        model = DailyTotal
        fields: list[str] = []


class TotalsReport(InertExportMixin, ReportView):
    """A row for each page and day on which it was opened, the latest day first."""

    page_title = _("Openings of pages")
    header_icon = "view"
    index_url_name = "page_totals"
    index_results_url_name = "page_totals_results"
    results_template_name = "stretchsite/admin/totals_results.html"
    model = DailyTotal
    filterset_class = TotalsFilterSet
    permission_policy = ModelPermissionPolicy(DailyTotal)
    any_permission_required = ("view",)
    no_results_message = _("No page was opened in this time.")
    export_filename = "openings-of-pages"
    list_export = ("day", "page.title", "count")
    export_headings = {"page.title": _("Page")}
    table_classname = "listing totals"
    columns = (
        Column("day", label=_("Day")),
        Column("count", label=_("Opened")),
        TitleColumn(
            "title",
            label=_("Page"),
            accessor="page.title",
            get_url=lambda row: reverse("wagtailadmin_explore", args=[row.page_id]),
        ),
    )

    def get_queryset(self) -> QuerySet[Any]:
        """With the pages, in one query; of the last month where nobody has asked for other days."""
        rows = DailyTotal.objects.select_related("page")
        asks = self.request.GET.get("day_from") or self.request.GET.get("day_to")
        return rows if asks else rows.filter(day__gt=timezone.localdate() - timedelta(days=USUAL_DAYS))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The chart besides: two queries, however many days there are."""
        context = super().get_context_data(**kwargs)
        if not self.is_export:
            days = days_of(self.object_list)
            context |= {"chart": chart_of(days), "chart_words": in_words(days)}
        return context


def days_of(rows: QuerySet[Any]) -> list[tuple[date, int]]:
    """The sum of each day from the first to the last, days without any among them; the latest where they are many."""
    plain = rows.order_by()
    ends = plain.aggregate(first=Min("day"), last=Max("day"))
    if not ends["last"]:
        return []
    first = max(ends["first"], ends["last"] - timedelta(days=MOST_DAYS - 1))
    sums = dict(plain.filter(day__gte=first).values_list("day").annotate(total=Sum("count")))
    span = (ends["last"] - first).days + 1
    return [(day, sums.get(day, 0)) for day in (first + timedelta(days=number) for number in range(span))]
