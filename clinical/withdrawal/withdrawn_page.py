"""What readers are told of something withdrawn, and programs that fetch its data."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import Field

from clinical.notes.board import emergency_number
from clinical.outputs.safety_data import SheetData
from clinical.pages.clinical_pages import ClinicalPage
from clinical.pages.visible import shown_page
from clinical.publishing.withdrawals import Withdrawal

#: How the address of what is read by programs ends.
_DATA = ".json"


class WithdrawnData(SheetData):
    """What was withdrawn, and why nobody should do it any more. Take it off wherever you show it."""

    title: str
    reason: str
    withdrawn: datetime
    replaced_by: Annotated[str, Field(description="The address of what to do instead; empty where there is nothing.")]
    emergency_number: Annotated[str, Field(description="What to call in an emergency, where its readers are.")]


def withdrawn_data(request: HttpRequest, page: ClinicalPage) -> WithdrawnData:
    """What it was called, why nobody should do it any more, and what to do instead."""
    withdrawal = _withdrawal(page)
    replacement = shown_page(withdrawal.replaced_by)
    return WithdrawnData(
        title=page.title,
        reason=withdrawal.reason,
        withdrawn=withdrawal.in_force_at or withdrawal.withdrawn_at,
        replaced_by=replacement.get_url(request) or "" if replacement else "",
        emergency_number=emergency_number(page.language).number,
    )


def withdrawn_page(request: HttpRequest, page: ClinicalPage) -> HttpResponse:
    """410: what it was called, why nobody should do it any more, what to do instead; as data where these were asked."""
    if request.path.endswith(_DATA):
        content = withdrawn_data(request, page).model_dump_json()
        response = HttpResponse(content, content_type="application/json", status=410)
    else:
        response = _as_page(request, page)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _withdrawal(page: ClinicalPage) -> Withdrawal:
    return Withdrawal.objects.open().select_related("replaced_by").get(content_key=page.content_key)


def _as_page(request: HttpRequest, page: ClinicalPage) -> HttpResponse:
    withdrawal = _withdrawal(page)
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
        return render(request, "clinical/withdrawn.html", context, status=410)
