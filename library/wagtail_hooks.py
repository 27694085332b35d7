"""The library's part of the admin: uploading one."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinical.admin.permitted_menu import PermittedMenuItem
from library.uploading.screens import MAY_LOAD, OneUpload, SheetTemplate, UploadResults, Uploads


@hooks.register("register_admin_urls")
def screens() -> list[URLPattern]:
    """Where a library is uploaded, watched and loaded, and the sheets to fill in."""
    return [
        path("library/", Uploads.as_view(), name="library_uploads"),
        path("library/template/", SheetTemplate.as_view(), name="library_template"),
        path("library/<int:pk>/", OneUpload.as_view(), name="library_upload"),
        path("library/<int:pk>/results/", UploadResults.as_view(), name="library_upload_results"),
    ]


class _LoadItem(PermittedMenuItem):
    permission = MAY_LOAD


@hooks.register("register_admin_menu_item")
def load_a_library() -> MenuItem:
    """In the sidebar, for whoever may."""
    return _LoadItem(_("Load a library"), reverse("library_uploads"), icon_name="upload", order=650)
