"""Outputs that are no page, as answers: data and files, which crawlers are asked not to list on their own (H17)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from pydantic import BaseModel

from clinical.outputs.asking import AskedWrongly
from clinical.outputs.keeping import Made


def data_answer(data: BaseModel) -> HttpResponse:
    """A sheet's data as JSON."""
    return file_answer(data.model_dump_json().encode(), "application/json")


def file_answer(content: bytes, kind: str, name: str = "") -> HttpResponse:
    """A file, to be shown by the browser where it can; ``name`` is what it is called when it is saved."""
    response = HttpResponse(content, content_type=kind)
    response["X-Robots-Tag"] = "noindex"
    if name:
        response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def made_answer(made: Made, kind: str, name: str = "") -> HttpResponse:
    """The same for an output; one that lacks a part is kept nowhere, on the way to the reader neither."""
    response = file_answer(made.content, kind, name)
    if made.lacking:
        patch_cache_control(response, no_store=True)
    return response


def with_tag(request: HttpRequest, digest: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer under a tag known beforehand, so that whoever still has it is told so before anything is made.

    An answer that is not to be stored gets none, or the whole one would later be taken for it.
    """
    tag = f'"{digest}"'
    unchanged = get_conditional_response(request, etag=tag)
    response = make() if unchanged is None else unchanged
    if "no-store" not in response.get("Cache-Control", ""):
        response["ETag"] = tag
    return response


def refusal_answer(request: HttpRequest, refusal: AskedWrongly, back: str) -> HttpResponse:
    """400: names the field and says what to write there, with the way back to the page."""
    context = {"refusal": refusal, "back": back}
    return render(request, "clinical/asked_wrongly.html", context, status=400)
