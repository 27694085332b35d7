"""Looking at the rows of a record before they are written: what a column cannot hold is a fault on every database.

SQLite keeps text of any length and PostgreSQL fails on it, and a draft is not asked by the publish gate.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from modelcluster.models import get_all_child_relations

from library.faults import Fault, LibraryFaults


def refuse_unfit_rows(thing: Any) -> None:
    """Check each row of a page, note or condition field by field. Raises ``LibraryFaults`` with all that do not fit."""
    faults = [
        Fault("", f"{name}[{number}].{field}", text)
        for name, number, error in _refusals(thing)
        for field, texts in error.message_dict.items()
        for text in texts
    ]
    if faults:
        raise LibraryFaults(faults)


def _refusals(thing: Any) -> list[tuple[str, int, ValidationError]]:
    found = []
    for relation in get_all_child_relations(type(thing)):
        name = relation.get_accessor_name()
        for number, row in enumerate(getattr(thing, name).all(), start=1):
            try:
                row.clean_fields(exclude=[relation.field.name])
            except ValidationError as error:
                found.append((name, number, error))
    return found
