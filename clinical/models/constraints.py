"""Check constraints, asked of the database all at once: of a record, and of all rows of a page.

Django asks about each in a query of its own, and a page is asked several times on its way to readers: that was a third
of what publishing cost. Nearly always all of them hold, and one query is enough to know it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldError
from django.db import DatabaseError, connections, models, router, transaction
from django.db.models import CheckConstraint, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.sql import Query


class AskedTogether(models.Model):
    """Abstract: validates as Django does and says the same, in one query where nothing is wrong."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Raise ``ValidationError`` with the words of every constraint that does not hold."""
        if not constraints_hold([self], leaving_out=set(exclude or ())):
            super().validate_constraints(exclude=exclude)


def constraints_hold(records: Sequence[models.Model], leaving_out: Collection[str] = frozenset()) -> bool:
    """Whether it is certain that every constraint of these records, which are of one model, holds. One query.

    One about a field that is left out is not asked, as in Django.
    """
    tables = [table for record in records for table in _tables(record, set(leaving_out))]
    if any(question is None for question in tables):
        return False
    return not _any_is_broken([question for question in tables if question is not None], records)


def _any_is_broken(questions: list[Query], records: Sequence[models.Model]) -> bool:
    database = router.db_for_write(type(records[0]), instance=records[0]) if records else ""
    asked = list(_worth_asking(questions, database))
    if not asked:
        return False
    try:
        with transaction.atomic(using=database), connections[database].cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(sql for sql, _given in asked), [value for _sql, given in asked for value in given]
            )
            return cursor.fetchone() is not None
    except DatabaseError:  # a number that no column can hold, for one: Django has words for it
        return True


def _worth_asking(questions: list[Query], database: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for question in questions:
        try:
            yield question.get_compiler(using=database).as_sql()
        except EmptyResultSet:  # plain without asking that nothing is broken
            continue


def _tables(record: models.Model, leaving_out: set[str]) -> Iterator[Query | None]:
    """A question for each table of it: is there anything that breaks a constraint, or might? None: nobody can say."""
    for model, constraints in record.get_constraints():
        checks = [each for each in constraints if isinstance(each, CheckConstraint)]
        asked = [each.condition for each in checks if not each.condition.referenced_base_fields & leaving_out]
        if len(checks) < len(constraints):
            yield None
        elif asked:
            yield _contrary(record, model, asked, leaving_out)


def _contrary(
    record: models.Model, model: type[models.Model], conditions: list[Q], leaving_out: set[str]
) -> Query | None:
    """As ``Q.check`` asks it, which can be asked about one record only.

    The contrary is asked: Django passes over what cannot be decided, and it must not be passed over here.
    """
    query = Query(None)
    for name, value in record._get_field_expression_map(meta=model._meta, exclude=leaving_out).items():
        query.add_annotation(value if hasattr(value, "resolve_expression") else Value(value), name, select=False)
    query.add_annotation(Value(1), "_check")
    try:
        query.add_q(Q(Coalesce(~Q(*conditions), True, output_field=models.BooleanField())))
    except FieldError:
        return None
    return query
