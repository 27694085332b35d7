"""What readers have told, for those who review: counted by page and step; and the screen on which it is dealt with."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from clinical.admin.reports import InertExportMixin
from clinical.people.accounts import SignedInRequest
from clinical.withdrawal.withdrawing import clinical_page_models
from stretchsite.models.reader_reports import ReaderReport, deal_with
from stretchsite.reader_reports.choices import ReaderWord

MAY_HEAR, MAY_DEAL = "stretchsite.view_readerreport", "stretchsite.change_readerreport"
DEALT = "dealt"


def told(row: dict[str, Any]) -> str:
    """What was told, in the words the reader chose."""
    return str(ReaderWord(row["what"]).label)


def step_told(row: dict[str, Any]) -> str:
    """Which step, with its words as they stood; or the whole page."""
    if not row["step"]:
        return _("The whole page")
    return _("Step %(number)d: %(words)s") % {"number": row["step"], "words": row["step_words"]}


class ReaderReportFilterSet(WagtailFilterSet):
    """By what was told, whose page it is about, and whether somebody has dealt with it."""

    what = django_filters.MultipleChoiceFilter(label=gettext_lazy("What was told"), choices=ReaderWord.choices)
    whose = django_filters.ChoiceFilter(
        label=gettext_lazy("Pages"),
        choices=[("own", gettext_lazy("I have reviewed, or nobody who works here"))],
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
    """How often readers told what, of which page and step, the newest first."""

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
    list_export = ("title", "step", "step_words", "what", "number", "latest")
    export_headings = {
        "title": gettext_lazy("Page"),
        "what": gettext_lazy("What was told"),
        "number": gettext_lazy("How often"),
        "latest": gettext_lazy("Last on"),
    }
    custom_field_preprocess = {"what": dict.fromkeys(("csv", "xlsx"), lambda what: str(ReaderWord(what).label))}
    columns = (
        TitleColumn(
            "title", label=gettext_lazy("Page"), get_url=lambda row: reverse("reader_reports_page", args=[row["page"]])
        ),
        Column("number", label=gettext_lazy("How often")),
        Column("what", label=gettext_lazy("What was told"), accessor=told),
        Column("step", label=gettext_lazy("Step"), accessor=step_told),
        Column("latest", label=gettext_lazy("Last on")),
    )

    def get_filtered_queryset(self) -> Any:
        """Filtered row by row, then counted. Two queries, one of them for the number of rows."""
        reports = ReaderReport.objects.all()
        is_dealt = self.request.GET.get("state") == DEALT
        reports = reports.filter(dealt_on__isnull=False) if is_dealt else reports.waiting()
        return self.filter_queryset(reports).counted()


class ToldOfPage(WagtailAdminTemplateMixin, TemplateView):
    """All that readers have told of one page and nobody has dealt with; and the button that says somebody has."""

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

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the list."""
        above = {"url": reverse("reader_reports"), "label": _("Told by readers")}
        return [*super().get_breadcrumbs_items(), above, {"url": "", "label": self.thing.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A row for each step and word, and the newest report among them."""
        rows = list(ReaderReport.objects.waiting().filter(page=self.thing).counted())
        shown = [{**row, "told": told(row), "place": step_told(row)} for row in rows]
        read_to = max((row["last"] for row in rows), default=0)
        return {**super().get_context_data(**kwargs), "thing": self.thing, "rows": shown, "read_to": read_to}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """It is dealt with; what came meanwhile stays."""
        read_to = request.POST.get("read_to", "")
        is_number = read_to.isascii() and read_to.isdigit() and len(read_to) < 19
        number = deal_with(self.thing, by=self.request.user, read_to=int(read_to) if is_number else 0)
        said = ngettext("%d report is dealt with.", "%d reports are dealt with.", number) % number
        messages.success(request, said if number else _("Nothing was waiting any more."))
        return HttpResponseRedirect(reverse("reader_reports"))


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
