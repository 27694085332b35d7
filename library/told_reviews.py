"""The reviews a library tells of, kept beside what they are of. They approve nothing here, and change no words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from clinical.models import SafetyNote
from library.about import name_of
from library.loaded_redirects import PAGE_OF_FOLDER
from library.loading import FOR_PUBLISH, UNCHANGED, Loading
from library.models import ReviewElsewhere
from library.reading import Library

MODEL_OF_FOLDER: dict[str, Any] = {**PAGE_OF_FOLDER, "notes": SafetyNote}
#: Rows asked for at a time, which SQLite bounds.
_AT_ONCE = 400


def write_reviews(library: Library, loading: Loading) -> None:
    """Keep what the records say of reviews elsewhere; one that says nothing of them any more has none.

    Beside what readers see they change only by a loading that publishes.
    """
    for folder, model in MODEL_OF_FOLDER.items():
        records: Any = library.get(folder, {}).values()
        told = {record.id: [_row(review) for review in record.reviews] for record in records}
        for ids in _batches(sorted(told)):
            things = {thing.library_id: thing for thing in _identified(model, ids, name_of(library))}
            other = _other({things[name].content_key: told[name] for name in things})
            waiting = {name for name in things if things[name].live and not loading.publish}
            for file, record in library.get(folder, {}).items():
                if record.id in waiting and things[record.id].content_key in other:  # type: ignore[attr-defined]  # every record of a folder has an id
                    _say_it_waits(file, loading)
            keys = {things[name].content_key for name in waiting}
            _replace({key: rows for key, rows in other.items() if key not in keys})


def _say_it_waits(file: str, loading: Loading) -> None:
    loading.file = file
    loading.remark("reviews", "stay as they are here until it is loaded with --publish: readers see this")
    if loading.outcomes.get(file, UNCHANGED) == UNCHANGED:
        loading.outcomes[file] = FOR_PUBLISH


def reviews_of(keys: Iterable[UUID]) -> Mapping[UUID, list[ReviewElsewhere]]:
    """The reviews elsewhere by what they are of, each in its order. One query a batch."""
    found: dict[UUID, list[ReviewElsewhere]] = defaultdict(list)
    for some in _batches(sorted(set(keys))):
        for row in ReviewElsewhere.objects.filter(content_key__in=some):
            found[row.content_key].append(row)
    return found


def _identified(model: Any, ids: list[str], library: str) -> Iterable[Any]:
    rows = model.objects.filter(library_id__in=ids, from_library=library)
    rows = rows.filter(alias_of__isnull=True) if hasattr(model, "alias_of") else rows
    key = "content_key" if hasattr(model, "alias_of") else "translation_key"
    return rows.only("library_id", "live", key).order_by("-pk")


def _row(review: Any) -> dict[str, Any]:
    said = {name: getattr(review, name) or "" for name in ("publisher", "reviewer", "role")}
    return {**said, "reviewed_on": date.fromisoformat(review.reviewed_on), "by_its_author": review.by_its_author}


def _other(wanted: dict[UUID, list[dict[str, Any]]]) -> dict[UUID, list[dict[str, Any]]]:
    """Of what is wanted, by key, what differs from what is there."""
    there = reviews_of(wanted)
    names = ("publisher", "reviewer", "role", "reviewed_on", "by_its_author")
    had = {key: [{name: getattr(row, name) for name in names} for row in there.get(key, [])] for key in wanted}
    return {key: rows for key, rows in wanted.items() if had[key] != rows}


def _replace(other: dict[UUID, list[dict[str, Any]]]) -> None:
    if other:
        ReviewElsewhere.objects.filter(content_key__in=other).delete()
        ReviewElsewhere.objects.bulk_create(
            ReviewElsewhere(content_key=key, position=number, **row)
            for key, rows in other.items()
            for number, row in enumerate(rows)
        )


def _batches(values: list[Any]) -> Iterable[list[Any]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))
