"""From what was loaded to the screens on which it is edited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from wagtail.models import Page

from library.ownership import LOADED_INTO

#: A record by its folder and its id.
Named = tuple[str, str]


def addresses_of(library: str, records: Iterable[Named]) -> dict[Named, str]:
    """Where each record of a library is edited. A query for each sort of thing that is named."""
    wanted: dict[str, set[str]] = {}
    for folder, identifier in records:
        wanted.setdefault(folder, set()).add(identifier)
    found: dict[Named, str] = {}
    for folder in wanted.keys() & LOADED_INTO.keys():
        for model in LOADED_INTO[folder]:  # a condition's page, where it has one, comes last and is what is meant
            rows = model.objects.filter(from_library=library, library_id__in=wanted[folder])
            here = dict(rows.values_list("library_id", "pk"))
            found |= {(folder, identifier): _address(model, key) for identifier, key in here.items()}
    return found


def _address(model: Any, key: int) -> str:
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[key])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[key])
