"""All entries of a list in its order, and what each of them is: read once, then asked in memory.

To count in the database what each of a hundred options would leave takes it a second and more where there are a hundred
thousand entries, and it has to be counted anew for each choice. So all are read, a few short columns of each, and what
differs is put down as sets of entries (:mod:`clinical.pages.bit_sets`).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast
from numpy.typing import NDArray

from clinical.pages.bit_sets import Bits, Sets, bits_at, bits_where

#: How many rows are made into Python's at a time.
AT_ONCE = 2_000

#: Rows of a table: the key of an entry, and a text.
Rows: TypeAlias = Callable[[], QuerySet[Any]]


class _Numbered:
    """Texts by number, in the order in which they were met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._codes = array("I")

    def add(self, text: str | None) -> None:
        """One more row."""
        self._codes.append(self._numbers.setdefault(text or "", len(self._numbers)))

    def column(self, places: NDArray[Any] | None = None) -> Column:
        """All of them; those that are no entry's, at a place below nought, are left aside."""
        codes = np.frombuffer(self._codes, np.uint32) if self._codes else np.zeros(0, np.uint32)
        codes = codes.astype(np.min_scalar_type(len(self._numbers)))
        if places is None:
            return Column(tuple(self._numbers), codes)
        return Column(tuple(self._numbers), codes[places >= 0], places[places >= 0].astype(np.uint32))


@dataclass(frozen=True)
class Column:
    """A text of each row as the number of one of ``texts``, and at which ``places`` the entries stand they are of.

    Without places there is one row to each entry, in their order.
    """

    texts: tuple[str, ...]
    codes: NDArray[Any]
    places: NDArray[Any] | None = None

    def where(self, codes: Collection[int], size: int) -> Bits:
        """The entries that have a row with one of these texts."""
        wanted = np.zeros(len(self.texts), bool)
        wanted[list(codes)] = True
        flags = wanted[self.codes]
        return bits_where(flags) if self.places is None else bits_at(self.places[flags], size)

    @property
    def weight(self) -> int:
        """What it takes of the memory, in bytes; roughly."""
        places = 0 if self.places is None else self.places.nbytes
        return self.codes.nbytes + places + sum(100 + len(text) for text in self.texts)


@dataclass(frozen=True)
class Entries:
    """The ``keys`` of all entries, in order; what they are, by the name of a source; and by filter the sets of each."""

    keys: NDArray[np.int64]
    columns: Mapping[str, Column]
    under: dict[str, Sets] = field(default_factory=dict)

    @property
    def everything(self) -> Bits:
        """All of them."""
        return (1 << len(self.keys)) - 1

    def where(self, source: str, is_so: Callable[[str], Any]) -> Bits:
        """The entries of which this is so of a text they have in this source."""
        column = self.columns[source]
        return column.where([code for code, text in enumerate(column.texts) if is_so(text)], len(self.keys))

    def by_option(self, source: str, stands_under: Callable[[str], Iterable[str]]) -> Sets:
        """The entries under each option, where ``stands_under`` says under which a text puts them."""
        column = self.columns[source]
        codes: dict[str, list[int]] = defaultdict(list)
        for code, text in enumerate(column.texts):
            for option in stands_under(text):
                codes[option].append(code)
        return Sets({option: column.where(of_it, len(self.keys)) for option, of_it in codes.items()})

    def with_keys(self, keys: Iterable[int]) -> Bits:
        """The entries with one of these keys; others are not in the list."""
        places = places_of(self.keys, np.fromiter(keys, np.int64))
        return bits_at(places[places >= 0], len(self.keys))

    @property
    def weight(self) -> int:
        """What they take of the memory, in bytes; roughly."""
        parts: tuple[Sets | Column, ...] = (*self.under.values(), *self.columns.values())
        return self.keys.nbytes + sum(part.weight for part in parts)


@dataclass(frozen=True)
class Scan:
    """How the entries of a list are read: ``columns`` of their own rows, and ``tables`` with any number of rows each.

    Both by a name of ours. A column is its name, an expression, or what makes one; of a table the key of the entry and
    a text. One query, and one for each table.
    """

    columns: Mapping[str, Any]
    tables: Mapping[str, Rows] = field(default_factory=dict)

    def read(self, listed: QuerySet[Any]) -> Entries:
        """All of a list, in its order."""
        keys, numbered = array("q"), [_Numbered() for _name in self.columns]
        named = {f"read_{place}": _as_text(what) for place, what in enumerate(self.columns.values())}
        for key, *texts in _fetched(listed.annotate(**named).values_list("pk", *named)):
            keys.append(key)
            for each, text in zip(numbered, texts, strict=True):
                each.add(text)
        all_keys = np.array(keys, np.int64)
        columns = {name: each.column() for name, each in zip(self.columns, numbered, strict=True)}
        return Entries(all_keys, {**columns, **{name: _read(rows(), all_keys) for name, rows in self.tables.items()}})


def _read(rows: QuerySet[Any], all_keys: NDArray[np.int64]) -> Column:
    keys, numbered = array("q"), _Numbered()
    for key, text in _fetched(rows):
        keys.append(key)
        numbered.add(text)
    return numbered.column(places_of(all_keys, np.array(keys, np.int64)))


def _fetched(rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows of keys and texts, some at a time.

    By a cursor of the client: one of the server, as Django's own, is lost behind a pooler that shares connections.
    """
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        while some := cursor.fetchmany(AT_ONCE):
            yield from some


def places_of(all_keys: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.intp]:
    """At which place each of these keys stands among all; -1 for one that is not there."""
    if not len(all_keys):
        return np.full(len(keys), -1)
    order = np.argsort(all_keys)
    near = order[np.minimum(np.searchsorted(all_keys, keys, sorter=order), len(all_keys) - 1)]
    return np.where(all_keys[near] == keys, near, -1)


def _as_text(what: Any) -> Cast:
    made = what() if callable(what) else what
    return Cast(F(made) if isinstance(made, str) else made, TextField())
