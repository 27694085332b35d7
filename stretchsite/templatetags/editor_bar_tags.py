"""Wagtail's user bar, for people who work here and for nobody else."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.template import Context
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from clinical.safety.parts import alone

register = template.Library()


@register.simple_tag(takes_context=True)
def editor_bar(context: Context) -> str:
    """The user bar where a session cookie came with the request, or nothing.

    Wagtail's own tag looks at the session of every request, which would make every public page vary by cookie.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    return alone("editors’ bar", lambda: wagtailuserbar(context), "")
