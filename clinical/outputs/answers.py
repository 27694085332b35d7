"""Outputs that are no page, as answers: data and files, which crawlers are asked not to list on their own (H17)."""

from __future__ import annotations

from django.http import HttpResponse
from pydantic import BaseModel


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
