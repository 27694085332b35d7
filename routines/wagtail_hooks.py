"""The routine library's part of the admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from routines.views import one_line


@hooks.register("register_admin_urls")
def small_views() -> list[URLPattern]:
    """A row of the editor in one line, while it is being filled in."""
    return [path("routines/row/", one_line, name="routine_row")]


@hooks.register("insert_editor_js")
def usual_dosage_script() -> SafeString:
    """Keeps each row's line and its exercise's own dosage as they are filled in."""
    return format_html('<script type="module" src="{}"></script>', static("routines/usual_dosage.js"))
