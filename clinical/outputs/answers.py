"""Outputs that are no page, as answers: data and files, which crawlers are asked not to list on their own (H17).

What a reader may ask of one in its address is checked here too. Nothing asked for is silently corrected: the refusal
names the field and says what to write there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.translation import gettext as _

from clinical.outputs.file_cache import Made

T = TypeVar("T")

#: What both databases number their rows with; not the digits of other scripts.
_ROW_NUMBER = re.compile(r"[0-9]{1,18}")


class AskedWrongly(ValueError):
    """A field of the address that cannot be understood. ``field`` is its name; ``message`` says what to write."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


def row_number(words: str) -> int | None:
    """The number of a row, where words can be one. Nothing for any others, however many digits they have."""
    return int(words) if _ROW_NUMBER.fullmatch(words) else None


def one_of(query: Mapping[str, str], field: str, known: Mapping[str, T], default: str) -> T:
    """The value asked for by one of the known words. Raises ``AskedWrongly`` for any other word."""
    word = query.get(field, default)
    if word not in known:
        raise AskedWrongly(field, _("write one of: %s.") % ", ".join(known))
    return known[word]


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


def with_own_tag(response: HttpResponse) -> HttpResponse:
    """The answer under a tag of its content. The platform makes the same one for GET, and none for HEAD."""
    if "no-store" not in response.get("Cache-Control", ""):
        set_response_etag(response)
    return response


def refusal_answer(request: HttpRequest, refusal: AskedWrongly, back: str) -> HttpResponse:
    """400: names the field and says what to write there, with the way back to the page."""
    context = {"refusal": refusal, "back": back}
    return render(request, "clinical/asked_wrongly.html", context, status=400)
