"""What readers are told of something withdrawn."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from clinical.pages.clinical_pages import ClinicalPage
from clinical.pages.visible import shown_page
from clinical.publishing.withdrawals import Withdrawal


def withdrawn_page(request: HttpRequest, page: ClinicalPage) -> HttpResponse:
    """410: what it was called, why nobody should do it any more, what to do instead."""
    withdrawal = Withdrawal.objects.open().select_related("replaced_by").get(content_key=page.content_key)
    replacement = shown_page(withdrawal.replaced_by)
    with translation.override(page.language):
        context = {
            "page": page,
            "withdrawal": withdrawal,
            "replacement": replacement,
            "replacement_url": replacement.get_url(request) if replacement else "",
            "page_language": page.language,
            "breadcrumb": [(page.title, "")],
            "heading": _("“%s” has been withdrawn") % page.title,
        }
        response = render(request, "clinical/withdrawn.html", context, status=410)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response
