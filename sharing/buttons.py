"""Where the admin, and the editors' bar on a public page, offer to share a routine; and the list of links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import BaseItem
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.models import Page

from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.links_panel import LinksPanel
from sharing.views.making import MAY_SHARE
from sharing.views.own_links import MAY_SEE_ALL


class LinksMenuItem(MenuItem):
    """The list of links, for whoever makes them or looks after them."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Only to them."""
        return bool(request.user.has_perm(MAY_SHARE) or request.user.has_perm(MAY_SEE_ALL))


@hooks.register("register_admin_menu_item")
def links_menu_item() -> MenuItem:
    """Beside the list of routines."""
    return LinksMenuItem(_("Share links"), reverse("sharing_links"), name="share-links", icon_name="link", order=202)


class ProgrammeMenuItem(MenuItem):
    """Exercises for one patient, for whoever may share."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Only to them."""
        return bool(request.user.has_perm(MAY_SHARE))


@hooks.register("register_admin_menu_item")
def programme_menu_item() -> MenuItem:
    """Above everything else: it is what is done most often."""
    address = reverse("sharing_programme_new")
    return ProgrammeMenuItem(_("New programme"), address, name="new-programme", icon_name="list-ul", order=50)


class ProgrammePanel(Component):
    """On the admin's first screen, where a telephone has no menu."""

    name = "new_programme"
    order = 10
    template_name = "sharing/admin/programme_panel.html"


@hooks.register("construct_homepage_panels")
def programme_panel(request: HttpRequest, panels: list[Any]) -> None:
    """For whoever may share."""
    if request.user.has_perm(MAY_SHARE):
        panels += [ProgrammePanel(), LinksPanel()]


def _may_be_shared(page: Page, user: Any) -> bool:
    return bool(page.pk and page.live and page.specific_class is RoutinePage and user.has_perm(MAY_SHARE))


@hooks.register("register_page_header_buttons")
def share_routine(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """Above a routine's form."""
    if _may_be_shared(page, user):
        address = reverse("sharing_make", args=[page.pk])
        yield Button(_("Share with a patient"), url=address, icon_name="link", priority=5)


@hooks.register("register_page_listing_buttons")
def share_from_the_list(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """In a list, in the open: it is what a routine is mostly looked for there."""
    if _may_be_shared(page, user):
        named = {"aria-label": gettext("Share “%s” with a patient") % page.get_admin_display_title()}
        address = reverse("sharing_make", args=[page.pk])
        yield ListingButton(_("Share"), url=address, icon_name="link", attrs=named, priority=5)


def _programme_address(page: Page) -> str:
    """Where a page of an exercise or routine is found, ready to be added."""
    source = "routines" if page.specific_class is RoutinePage else ""
    asked = urlencode({"q": page.title, **({"from": source} if source else {})})
    return f"{reverse('sharing_programme_new')}?{asked}"


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def add_to_programme(page: Page, user: Any, *args: Any, **kwargs: Any) -> Iterator[Button]:
    """In the menu of an exercise or a routine, in its listing and above its form."""
    if page.pk and page.live and page.specific_class in {ExercisePage, RoutinePage} and user.has_perm(MAY_SHARE):
        yield Button(_("Add to a programme"), url=_programme_address(page), icon_name="list-ul", priority=6)


class ProgrammeBarItem(BaseItem):
    """In the editors' bar of an exercise's or routine's public page; readers have no such bar, and no cookie."""

    template_name = "sharing/admin/programme_bar_item.html"

    def __init__(self, page: Page) -> None:
        self.address = _programme_address(page)


class ShareBarItem(BaseItem):
    """In the editors' bar of a routine's public page."""

    template_name = "sharing/admin/share_bar_item.html"

    def __init__(self, routine: Page) -> None:
        self.routine = routine


@hooks.register("construct_wagtail_userbar")
def share_from_the_page(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Between two patients: from the page that is open, straight to the screen that shares it."""
    if getattr(request, "is_preview", False) or not getattr(page, "pk", None) or not request.user.has_perm(MAY_SHARE):
        return
    if isinstance(page, RoutinePage):
        items.insert(0, ShareBarItem(page))
    if isinstance(page, (ExercisePage, RoutinePage)):
        items.insert(0, ProgrammeBarItem(page))
