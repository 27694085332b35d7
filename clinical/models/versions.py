"""An older version of a page or note, read back: whether all it points at is still there is asked together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modelcluster.models import get_all_child_relations

from clinical.models.references import Reference, all_there

#: What a version keeps of a row: the values of its fields, and the rows that hang on it.
Kept = dict[str, Any]


class ReadsReferencesTogetherMixin(models.Model):
    """Abstract: a version's foreign keys are looked up in one query, whatever they lead to."""

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(cls, data: Kept, check_fks: bool = True, strict_fks: bool = False) -> Self | None:
        """The version as an object. Only where something is missing does the platform ask, and deal with, each."""
        check_fks = check_fks and not all_there(_references(cls, data))
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)  # type: ignore[misc]  # mixed into ClusterableModel


def _references(model: type[models.Model], data: Kept) -> Iterator[Reference]:
    """What a version and its rows point at."""
    for name, value in data.items():
        key = _foreign_key(model, name)
        if key is not None and value is not None:
            yield Reference(key.remote_field.model, key.target_field.attname, key.target_field.to_python(value))
    if hasattr(model, "serializable_data"):
        for relation in get_all_child_relations(model):
            for row in data.get(relation.get_accessor_name(), []):
                yield from _references(relation.related_model, row)


def _foreign_key(model: type[models.Model], name: str) -> models.ForeignKey | None:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.ForeignKey) else None
