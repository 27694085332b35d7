"""The ground floor's part of the admin."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from clinical.querysets import is_within_dates
from clinical.viewsets import ClinicalGroup

register_snippet(ClinicalGroup)


@hooks.register("before_serve_page", order=-100)
def not_outside_its_dates(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """A page whose time has not come or is over is not there, whether or not the clock's job has run."""
    if not is_within_dates(page):
        raise Http404(_("This page is not shown at present."))
