"""The rows of a page or note, read back from a version or judged as they are, in few questions however many they are.

Django asks about each foreign key and each check constraint by itself: a routine of eleven exercises took thirty
questions each time it was read from a version, and the constraints were a third of what publishing cost. Nearly always
all of them hold, and one question is enough to know it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist, FieldError, ValidationError
from django.db import DatabaseError, connections, models, router, transaction
from django.db.models import CheckConstraint, Count, Q, UniqueConstraint, Value
from django.db.models.functions import Coalesce
from django.db.models.sql import Query
from modelcluster.models import get_all_child_relations

#: A page's place in its tree is the platform's business, and not known before the page is first saved.
PLACE_IN_TREE = frozenset({"path", "depth", "numchild"})


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
    keys: list[Any] = [
        field for field in record._meta.fields if is_plain(field) and getattr(record, field.attname) is not None
    ]
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


class ConstraintsTogetherMixin(models.Model):
    """Abstract: validates as Django does and says the same, in one query where nothing is wrong."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Raise ``ValidationError`` with the words of every constraint that does not hold."""
        if not constraints_hold([self], leaving_out=set(exclude or ())):
            super().validate_constraints(exclude=exclude)


class Question(NamedTuple):
    """Whether the constraints of one table hold for one record. ``values`` are all they speak of; None: not known."""

    record: Any
    model: type[models.Model]
    conditions: list[Q]
    leaving_out: set[str]
    values: tuple[Any, ...] | None


#: Questions that were answered: their constraints held. A check constraint speaks of nothing but the values of its row,
#: so the same values hold again, and a page that is published is asked three times over.
_held: set[tuple[Any, ...]] = set()
#: A few kilobytes each. A process that saves is done with a page in a moment.
MOST_REMEMBERED = 1_000


def forget_what_held() -> None:
    """Ask everything again: for tests that count questions."""
    _held.clear()


def constraints_hold(records: Sequence[models.Model], leaving_out: Collection[str] = frozenset()) -> bool:
    """Whether it is certain that every constraint of these records, which are of one model, holds. One query at most.

    One about a field that is left out is not asked, as in Django.
    """
    questions = [question for record in records for question in _questions(record, set(leaving_out))]
    if any(question is None for question in questions):
        return False
    asked = [question for question in questions if question is not None and question.values not in _held]
    queries = [_contrary(question) for question in asked]
    if any(query is None for query in queries):
        return False
    if _any_is_broken([query for query in queries if query is not None], records):
        return False
    if len(_held) > MOST_REMEMBERED:
        forget_what_held()
    _held.update(question.values for question in asked if question.values is not None)
    return True


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


def _questions(record: Any, leaving_out: set[str]) -> Iterator[Question | None]:
    """A question for each table of it: is there anything that breaks a constraint, or might? None: nobody can say."""
    for model, every in record.get_constraints():
        constraints = [each for each in every if not _is_kept_by_the_database(each, model)]
        checks: list[Any] = [each for each in constraints if isinstance(each, CheckConstraint)]
        asked = [each.condition for each in checks if not each.condition.referenced_base_fields & leaving_out]
        if len(checks) < len(constraints):
            yield None
        elif asked:
            yield Question(record, model, asked, leaving_out, _values(record, model, asked, leaving_out))


def _is_kept_by_the_database(constraint: Any, model: type[models.Model]) -> bool:
    """Whether nothing that somebody can write on a form breaks it, so that nobody needs to be told in words."""
    fields = constraint.fields if isinstance(constraint, UniqueConstraint) else ()
    return bool(fields) and not any(model._meta.get_field(name).editable for name in fields)


def _values(record: Any, model: type[models.Model], conditions: list[Q], leaving_out: set[str]) -> Any:
    """What the answer hangs on, to know the question again by; None where that cannot be said."""
    spoken_of = sorted(set().union(*(condition.referenced_base_fields for condition in conditions)))
    try:
        fields: list[Any] = [model._meta.get_field(name) for name in spoken_of]
        given = [getattr(record, field.attname) for field in fields]
        known_by = (model, frozenset(leaving_out), *((type(value), value) for value in given))
        hash(known_by)
    except (FieldDoesNotExist, TypeError, AttributeError):
        return None
    return None if any(hasattr(value, "resolve_expression") for value in given) else known_by


def _contrary(question: Question) -> Query | None:
    """As ``Q.check`` asks it, which can be asked about one record only.

    The contrary is asked: Django passes over what cannot be decided, and it must not be passed over here.
    """
    record, model, conditions, leaving_out, _values = question
    query = Query(None)
    for name, value in record._get_field_expression_map(meta=model._meta, exclude=leaving_out).items():
        query.add_annotation(value if hasattr(value, "resolve_expression") else Value(value), name, select=False)
    query.add_annotation(Value(1), "_check")
    try:
        query.add_q(Q(Coalesce(~Q(*conditions), True, output_field=models.BooleanField())))
    except FieldError:
        return None
    return query


class Rows:
    """The rows of one relation of a page. ``parent`` is the field that leads back to it."""

    def __init__(self, name: str, rows: Sequence[Any], parent: str) -> None:
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


#: What a version keeps of a row: the values of its fields, and the rows that hang on it.
Kept = dict[str, Any]


def references_of_version(model: type[models.Model], data: Kept) -> Iterator[Reference]:
    """What a version and its rows point at."""
    for name, value in data.items():
        key = _foreign_key(model, name)
        if key is not None and value is not None:
            yield Reference(key.remote_field.model, key.target_field.attname, key.target_field.to_python(value))
    if hasattr(model, "serializable_data"):
        for relation in get_all_child_relations(model):
            for row in data.get(relation.get_accessor_name(), []):
                yield from references_of_version(relation.related_model, row)


def _foreign_key(model: type[models.Model], name: str) -> models.ForeignKey | None:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.ForeignKey) else None
