"""The front of house's part of the admin: reporting a page, what readers tell, and which version this is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.admin.userbar import BaseItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from clinical.admin.permitted_menu import PermittedMenuItem
from clinical.models import ClinicalPage
from clinical.withdrawal.withdrawal_screens import MAY_WITHDRAW
from stretchsite import __version__
from stretchsite.observing.seen import PAGE
from stretchsite.observing.totals_screen import MAY_SEE, TotalsReport
from stretchsite.reader_reports.report_screens import MAY_HEAR, ReaderReportList, ToldOfPage, ToldPanel
from stretchsite.report_screen import MAY_REPORT, ReportedPages, ReportPage, ReportsPanel
from stretchsite.sayings_screen import SayingViewSet

register_snippet(SayingViewSet)


@hooks.register("register_admin_urls")
def screens() -> list[URLPattern]:
    """Where a page is reported, and a report is answered; what readers tell."""
    return [
        path("openings/", TotalsReport.as_view(), name="page_totals"),
        path("openings/results/", TotalsReport.as_view(results_only=True), name="page_totals_results"),
        path("readers/", ReaderReportList.as_view(), name="reader_reports"),
        path("readers/results/", ReaderReportList.as_view(results_only=True), name="reader_reports_results"),
        path("readers/<int:pk>/", ToldOfPage.as_view(), name="reader_reports_page"),
        path("report/", ReportedPages.as_view(), name="reported_pages"),
        path("report/<int:pk>/", ReportPage.as_view(), name="report_page"),
    ]


@hooks.register("construct_homepage_panels")
def reports_on_the_desk(request: HttpRequest, panels: list[Any]) -> None:
    """For whoever may withdraw."""
    if request.user.has_perm(MAY_WITHDRAW):
        panels.append(ReportsPanel())


class _ToldItem(PermittedMenuItem):
    permission = MAY_HEAR


class _TotalsItem(PermittedMenuItem):
    permission = MAY_SEE


@hooks.register("register_reports_menu_item")
def told_by_readers() -> MenuItem:
    """Among the reports: what readers say hurt or was unclear."""
    return _ToldItem(_("Told by readers"), reverse("reader_reports"), icon_name="comment", order=90)


@hooks.register("register_reports_menu_item")
def openings_of_pages() -> MenuItem:
    """Among the reports: how often pages are opened."""
    return _TotalsItem(_("Openings of pages"), reverse("page_totals"), icon_name="view", order=135)


@hooks.register("before_serve_page", order=100)
def says_which_page(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """The page itself, and no output of it, is counted as opened (``stretchsite.observing``)."""
    if request.META.get(PAGE) == 0:
        request.META[PAGE] = page.pk


@hooks.register("construct_homepage_panels")
def told_on_the_desk(request: HttpRequest, panels: list[Any]) -> None:
    """For whoever reviews."""
    if request.user.has_perm(MAY_HEAR):
        panels.append(ToldPanel())


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def report_it(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """In the menu of what readers see, in its listing and above its form."""
    if page.pk and page.live and issubclass(page.specific_class or Page, ClinicalPage) and user.has_perm(MAY_REPORT):
        address = reverse("report_page", args=[page.pk])
        yield Button(_("Report to the safety officers"), url=address, icon_name="warning", priority=72)


class ReportBarItem(BaseItem):
    """In the editors' bar of a public page; readers have no such bar."""

    template_name = "stretchsite/admin/report_bar_item.html"

    def __init__(self, page: Page) -> None:
        self.address = reverse("report_page", args=[page.pk])


@hooks.register("construct_wagtail_userbar")
def report_from_the_page(request: HttpRequest, items: list[Any], page: Any) -> None:
    """From the page that is open, to the screen that reports it."""
    is_page = isinstance(page, ClinicalPage) and page.pk and page.live
    if is_page and not getattr(request, "is_preview", False) and request.user.has_perm(MAY_REPORT):
        items.append(ReportBarItem(page))


class HelpWithVersion(SubmenuMenuItem):
    """Help in the sidebar, with the site's version under it, for whoever reports a fault."""

    def render_component(self, request: HttpRequest) -> Any:
        """As every menu, with a foot."""
        component = super().render_component(request)
        component.footer_text = f"Stretchsite {__version__}"
        return component


@hooks.register("construct_main_menu")
def version_under_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """For everybody who works here: the settings, under which the platform says its own, are for a few."""
    for place, item in enumerate(menu_items):
        if item.name == "help":
            shown = {"name": item.name, "icon_name": item.icon_name, "order": item.order}
            menu_items[place] = HelpWithVersion(item.label, item.menu, **shown)
