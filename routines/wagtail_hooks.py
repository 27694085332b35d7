"""The routine library's part of the admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from routines import buttons  # noqa: F401  (its hooks register themselves)
from routines.urls import admin_urlpatterns
from routines.viewsets import routine_listing


@hooks.register("register_admin_viewset")
def listing() -> ViewSet:
    """The list of routines."""
    return routine_listing


@hooks.register("register_admin_urls")
def sharing_screens() -> list[object]:
    """The screens that make and list share links."""
    return admin_urlpatterns


@hooks.register("insert_editor_js")
def usual_dosage_script() -> SafeString:
    """Shows an exercise's own dosage in its row as soon as it is chosen."""
    return format_html('<script type="module" src="{}"></script>', static("routines/usual_dosage.js"))
