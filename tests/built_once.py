"""The rows a fixture writes: made once by the site's own code, and written again as they were for every other test.

A page on its way into the tree meets the gate, the search index and the index of references, which takes tens of
milliseconds; its rows take one. They are only written again where nothing but such fixtures has written since the
test began, on the database as the migrations left it or on a site made by :func:`make_site`: there the same rows say
the same thing. Everywhere else (on PostgreSQL, whose numbers are never given twice, in tests that commit, after other
rows) they are made as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.db import connection

#: An SQL statement, its values, and whether it is for many rows.
Statement = tuple[str, Any, bool]

#: By table: the last number given to a row.
Numbers = tuple[tuple[str, int], ...]

PRISTINE = "as the migrations left it"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass(frozen=True)
class Rows:
    """What one fixture wrote, what it gave, and how many children each page it was given had afterwards."""

    statements: tuple[Statement, ...]
    made: Any
    children: dict[str, int]


@dataclass
class Memory:
    """What this process has seen written, by the fixtures that had written before in the same test."""

    known: dict[tuple[str, ...], Rows] = field(default_factory=dict)
    sites: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    #: What every test may begin with, by the numbers its tables have given so far: nothing, or a site of a module.
    beginnings: dict[Numbers, str] = field(default_factory=dict)
    #: The beginning of this test and the fixtures that have written in it; none as soon as anything else has.
    chain: tuple[str, ...] | None = None
    changes: int = 0

    def begin(self) -> None:
        """A test begins."""
        self.chain = None
        if connection.vendor == "sqlite" and connection.connection is not None:
            self.chain, self.changes = (), connection.connection.total_changes

    def may_be_used(self) -> bool:
        """Whether nothing but fixtures of this kind has written in this test, and what it began with is known."""
        if self.chain is None or not connection.in_atomic_block or connection.connection is None:
            return False
        if connection.connection.total_changes != self.changes:
            return False
        if not self.chain and (beginning := self.beginnings.get(numbers_given())):
            self.chain = (beginning,)
        return bool(self.chain)

    def written(self, name: str) -> None:
        """The fixture of this name has written, and nothing else."""
        self.chain = (*(self.chain or ()), name)
        self.changes = connection.connection.total_changes


memory = Memory()


def numbers_given() -> Numbers:
    """How many rows each table of the database ever had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name")
        return tuple(cursor.fetchall())


def database_is_pristine() -> None:
    """To be called once, when the tests' database is ready and nothing has been written to it."""
    if connection.vendor == "sqlite":
        memory.beginnings = {numbers_given(): PRISTINE}


def make_site(name: str, build: Callable[[], object]) -> None:
    """Build the site that all tests of a module begin with, in the transaction of a fixture of the module."""
    if connection.vendor != "sqlite" or memory.beginnings.get(numbers_given()) != PRISTINE:
        build()
        return
    if name in memory.sites:
        _write(memory.sites[name])
        return
    with _recorded() as statements:
        build()
    memory.sites[name] = tuple(statements)
    memory.beginnings[numbers_given()] = name


def built_once(build: Callable[..., Any]) -> Callable[..., Any]:
    """For a fixture that makes an object of a model, or a list of them, or writes something and gives nothing.

    It stands on nothing but what other fixtures of this kind give it. What it gives is as the database has it.
    """
    name = f"{build.__module__}.{build.__qualname__}"

    @wraps(build)
    def fixture(**given: Any) -> Any:
        if not memory.may_be_used():
            memory.chain = None
            return _fresh(build(**given))
        key = (*(memory.chain or ()), name)
        if key not in memory.known:
            with _recorded() as statements:
                made = build(**given)
            children = {argument: page.numchild for argument, page in given.items() if hasattr(page, "numchild")}
            memory.known[key] = Rows(tuple(statements), made, children)
        else:
            _write(memory.known[key].statements)
            for argument, children in memory.known[key].children.items():
                given[argument].numchild = children
        memory.written(name)
        return _fresh(memory.known[key].made)

    return fixture


def _fresh(made: Any) -> Any:
    if isinstance(made, list):
        return [_fresh(each) for each in made]
    return None if made is None else type(made)._default_manager.get(pk=made.pk)


@contextmanager
def _recorded() -> Iterator[list[Statement]]:
    statements: list[Statement] = []

    def record(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            statements.append((sql, values, many))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(record):
        yield statements


def _write(statements: tuple[Statement, ...]) -> None:
    with connection.cursor() as cursor:
        for sql, values, many in statements:
            if many:
                cursor.executemany(sql, values)
            else:
                cursor.execute(sql, values)
                cursor.fetchall()
