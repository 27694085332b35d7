"""What is exported, sort by sort: where it is kept, which of it is meant, and what makes its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F

from clinical.models import SafetyNote, Withdrawal
from exercises.models import ExercisePage
from library.exporting import notes
from library.exporting import page_records as pages
from library.exporting.outcome import Asked
from library.exporting.record_names import Names
from routines.models import RoutinePage
from stretchsite.models import ConditionPage, InformationPage

#: Things held in memory at a time.
AT_ONCE = 50


@dataclass(frozen=True)
class Kind:
    """One sort of thing: the folder of its records, its model, the rows to fetch along, and its fields."""

    folder: str
    model: Any
    rows: tuple[str, ...]
    fields: Callable[[Any, Names], dict[str, Any]]


#: In the order in which one may keep another from being exported.
KINDS = (
    Kind("conditions", ConditionPage, ("sources", "condition__codes"), pages.condition_fields),
    Kind("exercises", ExercisePage, ("sources", "variations", "condition_uses"), pages.exercise_fields),
    Kind("routines", RoutinePage, ("sources", "items", "condition_uses"), pages.routine_fields),
    Kind("information", InformationPage, (), pages.information_fields),
    Kind("notes", SafetyNote, ("targets", "family_members"), notes.note_fields),
)


def meant(kind: Kind, asked: Asked) -> Any:
    """The rows that are exported: of the site's own language, open to everybody, nothing that is withdrawn."""
    rows = all_of(kind).filter(locale__language_code=settings.LANGUAGE_CODE, from_library=asked.library)
    if kind.model is not SafetyNote:
        rows = rows.public()
    rows = rows.exclude(**{f"{key_name(kind)}__in": Withdrawal.objects.open().values("content_key")})
    return (rows if asked.drafts else rows.filter(live=True)).order_by("pk")


def all_of(kind: Kind) -> Any:
    """Every row of the sort, but for aliases, which are the same thing elsewhere."""
    rows = kind.model.objects.all()
    return rows if kind.model is SafetyNote else rows.filter(alias_of__isnull=True)


def key_name(kind: Kind) -> str:
    """The column of the key that copies and translations share."""
    return "translation_key" if kind.model is SafetyNote else "content_key"


def versions(kind: Kind, asked: Asked) -> Iterator[list[tuple[Any, Any]]]:
    """The rows in batches, each with the version of it that is exported. A fixed number of queries a batch if live."""
    last = 0
    while batch := list(_batch(kind, asked, last)):
        last = batch[-1].pk
        yield [(row, _version(row, asked)) for row in batch]


def _batch(kind: Kind, asked: Asked, after: int) -> Any:
    rows = meant(kind, asked).filter(pk__gt=after).annotate(edited_by=F("latest_revision__user_id"))
    if asked.drafts:
        return rows.select_related("latest_revision")[:AT_ONCE]
    return rows.prefetch_related(*kind.rows)[:AT_ONCE]


def _version(row: Any, asked: Asked) -> Any:
    return row.get_latest_revision_as_object() if asked.drafts and row.latest_revision_id else row
