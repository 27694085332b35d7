"""The library's part of the admin: uploading one, and what is still to complete of what was loaded."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem

from clinical.admin.permitted_menu import PermittedMenuItem
from library.completing_screen import PagesToComplete
from library.uploading.screens import MAY_LOAD, OneUpload, SheetTemplate, UploadResults, Uploads


@hooks.register("register_admin_urls")
def screens() -> list[URLPattern]:
    """Where a library is uploaded, watched and loaded, the sheets to fill in, and what is still to complete."""
    return [
        path("library/", Uploads.as_view(), name="library_uploads"),
        path("library/template/", SheetTemplate.as_view(), name="library_template"),
        path("library/<int:pk>/", OneUpload.as_view(), name="library_upload"),
        path("library/<int:pk>/results/", UploadResults.as_view(), name="library_upload_results"),
        path("to-complete/", PagesToComplete.as_view(), name="library_to_complete"),
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
