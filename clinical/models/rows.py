"""The rows of a page or note, and what is wrong with each; what nearly always holds costs one query for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.models import get_all_child_relations

from clinical.models.constraints import constraints_hold
from clinical.models.references import is_plain


class Rows:
    """The rows of one relation of a page. ``parent`` is the field that leads back to it."""

    def __init__(self, name: str, rows: Sequence[models.Model], parent: str) -> None:
        self.name = name
        self.rows = rows
        self._parent = parent

    def faults(self, unsaid: Sequence[Sequence[str]], *, all_there: bool) -> Iterator[ValidationError | None]:
        """What Django finds wrong with each, apart from what is ``unsaid`` in it.

        Where all they point at is known to be there, they are not asked about it again.
        """
        keys = [field.name for field in self.rows[0]._meta.fields if is_plain(field)] if all_there and self.rows else []
        hold = constraints_hold(self.rows)
        for row, left_out in zip(self.rows, unsaid, strict=True):
            filled = [name for name in keys if getattr(row, row._meta.get_field(name).attname) is not None]
            try:
                known = [self._parent, *filled, *left_out]
                row.full_clean(exclude=known, validate_unique=False, validate_constraints=not hold)
            except ValidationError as error:
                yield error
            else:
                yield None


def rows_of(thing: models.Model) -> list[Rows]:
    """The rows of a page or note, relation by relation, but for the remarks of its writers."""
    relations = [(relation.get_accessor_name(), relation) for relation in get_all_child_relations(type(thing))]
    return [
        Rows(name, list(getattr(thing, name).all()), relation.field.name)
        for name, relation in relations
        if hasattr(relation.related_model, "_meta") and name != "wagtail_admin_comments"
    ]
