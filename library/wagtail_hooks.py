"""The library in the admin: what is loaded, completed, taken along and followed, and who reviewed it elsewhere."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem

from clinical.admin.permitted_menu import PermittedMenuItem
from library.completing_screen import PagesToComplete
from library.export_screen import MAY_EXPORT, ExportLibrary
from library.foreign.words_screen import ForeignWords
from library.models import ReviewElsewhere, ToComplete
from library.packs.packs_screen import MAY_SEE_PACKS, FollowedPacks
from library.packs.serving import pack_file, pack_key
from library.saving import LOADED
from library.uploading.loaders import MAY_LOAD
from library.uploading.screens import OneUpload, SheetTemplate, UploadResults, Uploads

#: So much of what was found is told when a page is opened; the list has all.
MOST_TOLD = 12


@hooks.register("register_admin_urls")
def screens() -> list[URLPattern]:
    """Where libraries are uploaded, completed and exported, and the packs of others are followed."""
    return [
        path("library/", Uploads.as_view(), name="library_uploads"),
        path("library/template/", SheetTemplate.as_view(), name="library_template"),
        path("library/<int:pk>/", OneUpload.as_view(), name="library_upload"),
        path("library/<int:pk>/results/", UploadResults.as_view(), name="library_upload_results"),
        path("library/words/", ForeignWords.as_view(), name="library_words"),
        path("to-complete/", PagesToComplete.as_view(), name="library_to_complete"),
        path("library/export/", ExportLibrary.as_view(), name="export_library"),
        path("library/packs/", FollowedPacks.as_view(), name="followed_packs"),
    ]


class _LoadItem(PermittedMenuItem):
    permission = MAY_LOAD


@hooks.register("register_admin_menu_item")
def load_a_library() -> MenuItem:
    """In the sidebar, for whoever may."""
    return _LoadItem(_("Load a library"), reverse("library_uploads"), icon_name="upload", order=650)


class _ToCompleteItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        """For whoever may write pages."""
        return bool(user_has_any_page_permission(request.user))


@hooks.register("register_reports_menu_item")
def to_complete() -> MenuItem:
    """Among the reports."""
    return _ToCompleteItem(_("To complete"), reverse("library_to_complete"), icon_name="tasks", order=100)


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
    return _PacksItem(_("Packs of others"), reverse("followed_packs"), icon_name="download", order=145)


class _ExportItem(PermittedMenuItem):
    permission = MAY_EXPORT


@hooks.register("register_reports_menu_item")
def export_it() -> MenuItem:
    """Among the reports: what may be taken along."""
    return _ExportItem(_("Export the library"), reverse("export_library"), icon_name="download", order=140)


@hooks.register("register_log_actions")
def actions(registry: Any) -> None:
    """What the history of a page or note calls a version that a file brought."""
    registry.register_action(LOADED, _("Load"), _("Loaded from a library"))


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def tell_reviews_elsewhere(request: HttpRequest, thing: Any) -> None:
    """Whoever opens something to work on it is told who reviewed it elsewhere. One query."""
    key = getattr(getattr(thing, "specific", thing), "content_key", None)
    if request.method != "GET" or key is None:
        return
    if told := [review.said() for review in ReviewElsewhere.objects.filter(content_key=key)]:
        of_what = gettext("That was of the words as they came here; here, they are read and approved anew.")
        messages.info(request, " ".join([*told, of_what]))


@hooks.register("before_edit_page")
def tell_what_its_source_says(request: HttpRequest, page: Any) -> None:
    """Whoever opens a page that lacks something is told what was found for it, and whose words it has. One query."""
    if request.method != "GET" or not getattr(page.specific, "from_library", ""):
        return
    row = ToComplete.objects.filter(page=page.pk, is_done=False).first()
    if row and row.suggested:
        found = [
            f"{field}: {value}? “{words}”" if value else f"{field}: “{words}”"
            for field, value, words in row.suggested[:MOST_TOLD]
        ]
        said = {"found": "; ".join(found)}
        messages.info(request, gettext("Found in its source; read it there before you write it: %(found)s") % said)
    if row and row.origin:
        messages.info(request, gettext("Made from: %(origin)s") % {"origin": "; ".join(row.origin.values())})
