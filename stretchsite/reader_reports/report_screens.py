"""What readers have told, for those who review: counted by page and step; and the screen on which it is dealt with."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from clinical.admin.reports import InertExportMixin
from clinical.people.accounts import SignedInRequest
from clinical.withdrawal.withdrawing import clinical_page_models
from stretchsite.models.reader_reports import ReaderReport, deal_with
from stretchsite.reader_reports.choices import ReaderWord
from stretchsite.reader_reports.report_columns import COLUMNS, OWN, dealt_with_by, shown, told, where_told

MAY_HEAR, MAY_DEAL = "stretchsite.view_readerreport", "stretchsite.change_readerreport"
DEALT = "dealt"
#: So many rows of what was dealt with stand on the page of one page.
MOST_DEALT = 50


class ReportPaginator(WagtailPaginator):
    """Pages of rows, of which it says how many reports they are: what the desk counts too."""

    @cached_property
    def reports(self) -> int:
        """The sum of all rows. One query."""
        return self.object_list.aggregate(all=Sum("number"))["all"] or 0

    @cached_property
    def items_count_label(self) -> str:
        """What stands below the list."""
        return ngettext("%d report", "%d reports", self.reports) % self.reports


class ReaderReportFilterSet(WagtailFilterSet):
    """By what was told, whose page it is about, and whether somebody has dealt with it."""

    what = django_filters.MultipleChoiceFilter(label=gettext_lazy("What was told"), choices=ReaderWord.choices)
    whose = django_filters.ChoiceFilter(
        label=gettext_lazy("Pages"),
        choices=[("own", gettext_lazy("Pages I reviewed, and pages without a reviewer"))],
        method="filter_whose",
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[(DEALT, gettext_lazy("Dealt with"))],
        empty_label=gettext_lazy("Waits"),
        method="filter_state",
    )

    class Meta:
        model = ReaderReport
        fields: list[str] = []

    def filter_whose(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of this person's own pages."""
        return queryset.filter(pk__in=ReaderReport.objects.for_reviewer(self.request.user).values("pk"))

    def filter_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Asked by the list itself, which shows what waits unless somebody asks for the rest."""
        return queryset


class ReaderReportList(InertExportMixin, ReportView):
    """How often readers told what, of which page and step: where it hurt first, then the newest."""

    page_title = gettext_lazy("Told by readers")
    header_icon = "comment"
    index_url_name = "reader_reports"
    index_results_url_name = "reader_reports_results"
    model = ReaderReport
    filterset_class = ReaderReportFilterSet
    permission_policy = ModelPermissionPolicy(ReaderReport)
    any_permission_required = ("view",)
    no_results_message = gettext_lazy("Nothing waits that readers have told.")
    export_filename = "told-by-readers"
    export_headings = {
        "title": gettext_lazy("Page"),
        "address": gettext_lazy("Address"),
        "step_words": gettext_lazy("Words of the step"),
        "what": gettext_lazy("What was told"),
        "told_on": gettext_lazy("Told"),
        "number": gettext_lazy("How often"),
        "latest": gettext_lazy("Last on"),
        "dealt_by": gettext_lazy("Dealt with by"),
        "dealt_on": gettext_lazy("Dealt with on"),
    }
    columns = COLUMNS
    table_classname = "listing told"
    paginator_class = ReportPaginator

    @property
    def is_dealt(self) -> bool:
        """Whether somebody asks for what was dealt with."""
        return self.request.GET.get("state") == DEALT

    @property
    def list_export(self) -> tuple[str, ...]:
        """The columns of the file."""
        names = ("title", "address", "step", "step_words", "what", "told_on", "number", "latest")
        return (*names, "dealt_by", "dealt_on") if self.is_dealt else names

    def get_filtered_queryset(self) -> Any:
        """Filtered row by row, then counted. Three queries, one for the number of rows, one for that of reports."""
        reports = ReaderReport.objects.all() if self.is_dealt else ReaderReport.objects.waiting()
        found = self.filter_queryset(reports)
        return found.dealt_with() if self.is_dealt else found.by_need()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As many as there are reports, above the list as below it."""
        context = super().get_context_data(**kwargs)
        return context if self.is_export else {**context, "items_count": context["paginator"].reports}

    @cached_property
    def addresses(self) -> dict[int, str]:
        """Where each page of the file is read, by its key; nothing for a page off the site."""
        keys = {row["page"] for row in self.object_list}
        live = Page.objects.filter(pk__in=keys, live=True).specific()
        return {page.pk: page.get_full_url(self.request) or "" for page in live}

    def to_row_dict(self, item: dict[str, Any]) -> dict[str, Any]:
        """A row of the file, in words."""
        words = {
            "address": self.addresses.get(item["page"], ""),
            "step": item["step"] or _("whole page"),
            "what": told(item),
            "told_on": where_told(item),
            "dealt_by": dealt_with_by(item) if self.is_dealt else "",
        }
        return {name: words.get(name, item.get(name)) for name in self.list_export}


class ToldOfPage(WagtailAdminTemplateMixin, TemplateView):
    """All that readers have told of one page: what waits, the button that says it is dealt with, and what was."""

    request: SignedInRequest

    template_name = "stretchsite/admin/told_of_page.html"
    page_title = gettext_lazy("Told by readers")
    header_icon = "comment"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the page."""
        super().setup(request, *args, **kwargs)
        self.thing = get_object_or_404(Page.objects.type(*clinical_page_models()), pk=kwargs["pk"]).specific

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For those who review."""
        asked = MAY_DEAL if request.method == "POST" else MAY_HEAR
        return (
            super().dispatch(request, *args, **kwargs)
            if self.request.user.has_perm(asked)
            else permission_denied(request)
        )

    def get_page_subtitle(self) -> str:
        """What it is about."""
        return self.thing.title

    @property
    def list_address(self) -> str:
        """The list one came from: all pages, or one's own."""
        return reverse("reader_reports", query=OWN if self.request.GET.get("whose") == OWN["whose"] else None)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the list."""
        above = {"url": self.list_address, "label": _("Told by readers")}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.thing.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A row for each step, word and place, the newest report among them; and what was dealt with, the latest."""
        reports = ReaderReport.objects.filter(page=self.thing)
        rows = list(reports.waiting().by_need())
        rest = {
            "thing": self.thing,
            "rows": shown(rows),
            "number": sum(row["number"] for row in rows),
            "dealt": shown(reports.dealt_with()[:MOST_DEALT]),
            "read_to": max((row["last"] for row in rows), default=0),
        }
        return {**super().get_context_data(**kwargs), **rest}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """It is dealt with; what came meanwhile stays."""
        read_to = request.POST.get("read_to", "")
        is_number = read_to.isascii() and read_to.isdigit() and len(read_to) < 19
        number = deal_with(self.thing, by=self.request.user, read_to=int(read_to) if is_number else 0)
        said = ngettext("%d report is dealt with.", "%d reports are dealt with.", number) % number
        messages.success(request, said if number else _("Nothing was waiting any more."))
        return HttpResponseRedirect(self.list_address)


class ToldPanel(Component):
    """On the desk of those who review: how much waits that readers have told of their pages."""

    name = "told_by_readers"
    order = 36
    template_name = "stretchsite/admin/told_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Two numbers: of one's own pages, and that it hurt among them. One query."""
        person = parent_context["request"].user
        found = ReaderReport.objects.waiting().for_reviewer(person).order_by().values_list("what")
        counts = dict(found.annotate(number=Count("pk")))
        return {"number": sum(counts.values()), "hurt": counts.get(ReaderWord.HURT, 0)}
