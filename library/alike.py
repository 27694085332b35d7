"""Titles a library shares with pages that are here already: allowed, and pointed out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models.functions import Lower

from exercises.models import ExercisePage
from library.about import in_words, name_of
from library.faults import Fault
from library.reading import Library
from routines.models import RoutinePage
from stretchsite.models import ConditionPage, InformationPage

_PAGES: Mapping[str, tuple[Any, str]] = {
    "conditions": (ConditionPage, "a condition page"),
    "exercises": (ExercisePage, "an exercise"),
    "routines": (RoutinePage, "a routine"),
    "information": (InformationPage, "a page"),
}


def equal_titles(library: Library) -> list[Fault]:
    """Every title that another page of the sort has: one query for each sort of page."""
    own, found = name_of(library), []
    for folder, (model, sort) in _PAGES.items():
        records: dict[str, Any] = library.get(folder, {})
        others = _titled(model, {record.title for record in records.values()})
        for file, record in records.items():
            for whose, identifier in others[record.title.casefold()]:
                if (whose, identifier) != (own, record.id):
                    owner = f"of {in_words(whose)}" if identifier else "that was written here"
                    found.append(Fault(file, "title", f"“{record.title}” is also the title of {sort} {owner}"))
    return found


def _titled(model: Any, titles: set[str]) -> dict[str, list[tuple[str, str]]]:
    """The pages with one of these titles, in small letters: whose record each is."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if titles:
        lowered = model.objects.annotate(lowered=Lower("title")).filter(alias_of__isnull=True)
        rows = lowered.filter(lowered__in=titles | {title.casefold() for title in titles})
        for title, *owner in rows.order_by("pk").values_list("title", "from_library", "library_id"):
            found[title.casefold()].append((owner[0], owner[1]))
    return found
