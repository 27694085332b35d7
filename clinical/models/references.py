"""Whether what pages and their rows point at is there: one query for all of it, whatever it is.

Django asks about each foreign key by itself. A routine of eleven exercises took thirty questions each time it was read
from a version, and fifteen each time it was judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, Value


class Reference(NamedTuple):
    """One thing that is pointed at: its model, the field it is known by, and the value of that."""

    model: type[models.Model]
    field: str
    value: Any


def is_plain(field: models.Field[Any, Any]) -> bool:
    """Whether it is a foreign key that may point at anything that is there."""
    return isinstance(field, models.ForeignKey) and not field.get_limit_choices_to()


def references_of(record: models.Model) -> list[Reference]:
    """What a page or row points at, by its plain foreign keys."""
    keys = [field for field in record._meta.fields if is_plain(field) and getattr(record, field.attname) is not None]
    return [Reference(key.remote_field.model, key.target_field.attname, getattr(record, key.attname)) for key in keys]


def all_there(references: Iterable[Reference]) -> bool:
    """Whether all of it is there."""
    asked: dict[tuple[type[models.Model], str], set[Any]] = defaultdict(set)
    for model, field, value in references:
        asked[model, field].add(value)
    counts = [
        model._base_manager.filter(**{f"{field}__in": values}).order_by().annotate(number=Value(number))
        .values("number").annotate(found=Count(field, distinct=True)).values_list("number", "found")
        for number, ((model, field), values) in enumerate(asked.items())
    ]  # fmt: skip
    expected = {number: len(values) for number, values in enumerate(asked.values())}
    return not counts or dict(counts[0].union(*counts[1:], all=True)) == expected
