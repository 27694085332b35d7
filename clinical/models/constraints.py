"""A record's check constraints, asked of the database all at once.

Django asks about each in a query of its own, and a page is asked several times on its way to readers: that was a third
of what publishing cost. Nearly always all of them hold, and one query is enough to know it.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import and_

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint


class AskedTogether(models.Model):
    """Abstract: validates as Django does and says the same, in one query for each table where nothing is wrong."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Raise ``ValidationError`` with the words of every constraint that does not hold."""
        left_out = set(exclude or ())
        if not all(_hold(self, model, of_table, left_out) for model, of_table in self.get_constraints()):
            super().validate_constraints(exclude=exclude)


def _hold(
    record: models.Model, model: type[models.Model], constraints: list[models.BaseConstraint], left_out: set[str]
) -> bool:
    """Whether it is certain that all of them hold; one about a field that is left out is not asked, as in Django."""
    checks = [each for each in constraints if isinstance(each, CheckConstraint)]
    asked = [each.condition for each in checks if not each.condition.referenced_base_fields & left_out]
    if len(checks) < len(constraints):
        return False
    if not asked:
        return True
    # The contrary is asked: Django passes over what cannot be decided, and it must not be passed over here.
    try:
        CheckConstraint(condition=~reduce(and_, asked), name="contrary").validate(model, record, exclude=left_out)
    except ValidationError:
        return True
    return False
