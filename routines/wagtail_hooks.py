"""The routine library's part of the admin."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_editor_js")
def usual_dosage_script() -> SafeString:
    """Shows an exercise's own dosage in its row as soon as it is chosen."""
    return format_html('<script type="module" src="{}"></script>', static("routines/usual_dosage.js"))
