"""The library's part of the admin: taking all of it along, and telling who reviewed something elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinical.admin.permitted_menu import PermittedMenuItem
from library.export_screen import MAY_EXPORT, ExportLibrary
from library.models import ReviewElsewhere
from library.packs.screen import MAY_SEE_PACKS, FollowedPacks
from library.packs.serving import pack_file, pack_key


@hooks.register("register_admin_urls")
def screens() -> list[URLPattern]:
    """Where the library is exported, and the packs of others are followed."""
    return [
        path("library/export/", ExportLibrary.as_view(), name="export_library"),
        path("library/packs/", FollowedPacks.as_view(), name="followed_packs"),
    ]


@hooks.register("register_public_addresses")
def addresses() -> list[URLPattern]:
    """Where this site's own pack is fetched from."""
    return [
        path("packs/<slug:identifier>/pack.zip", pack_file, name="pack_file"),
        path("packs/<slug:identifier>/key.txt", pack_key, name="pack_key"),
    ]


class _PacksItem(PermittedMenuItem):
    permission = MAY_SEE_PACKS


@hooks.register("register_reports_menu_item")
def packs_of_others() -> MenuItem:
    """Among the reports: whose packs are followed, and when they were last heard of."""
    return _PacksItem(gettext_lazy("Packs of others"), reverse("followed_packs"), icon_name="download", order=145)


class _ExportItem(PermittedMenuItem):
    permission = MAY_EXPORT


@hooks.register("register_reports_menu_item")
def export_it() -> MenuItem:
    """Among the reports: what may be taken along."""
    return _ExportItem(gettext_lazy("Export the library"), reverse("export_library"), icon_name="download", order=140)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def tell_reviews_elsewhere(request: HttpRequest, thing: Any) -> None:
    """Whoever opens something to work on it is told who reviewed it elsewhere. One query."""
    key = getattr(getattr(thing, "specific", thing), "content_key", None)
    if request.method != "GET" or key is None:
        return
    if told := [review.said() for review in ReviewElsewhere.objects.filter(content_key=key)]:
        of_what = _("That was of the words as they came here; here, they are read and approved anew.")
        messages.info(request, " ".join([*told, of_what]))
