"""Browser stories come before the many small tests, and what commits after all that needs the database as it was."""

from __future__ import annotations

from typing import Any

import pytest

from tests.turns import InTurn, keep_together


class Test:
    """A test, as pytest collects it."""

    __test__ = False

    def __init__(self, nodeid: str, *marks: pytest.MarkDecorator, fixtures: tuple[str, ...] = ()) -> None:
        self.nodeid, self.fixturenames = nodeid, fixtures
        self.marks = {mark.name: mark.mark for mark in marks}

    def get_closest_marker(self, name: str) -> Any:
        """The marker of this name."""
        return self.marks.get(name)

    def add_marker(self, mark: pytest.MarkDecorator) -> None:
        """Mark it."""
        self.marks[mark.name] = mark.mark


def test_what_takes_long_comes_first_and_what_commits_does_not():
    slow, commits = pytest.mark.slow, pytest.mark.django_db(transaction=True)
    items: Any = [
        Test("rule", fixtures=("db",)),
        Test("slow", slow, fixtures=("db",)),
        Test("commits", slow, commits),
        Test("plain"),
        Test("reads", pytest.mark.xdist_group("browser, reading")),
        Test("writes", pytest.mark.xdist_group("browser, writing")),
        Test("of a group", slow, pytest.mark.xdist_group("upgraded")),
    ]
    InTurn().pytest_collection_modifyitems(items)
    names = [item.nodeid for item in items]
    assert names == ["slow", "of a group", "writes", "reads", "rule", "commits", "plain"]


def test_of_a_file_that_asks_no_database_all_stays_on_one_worker():
    items: Any = [
        Test("one.py::test_a"),
        Test("one.py::test_b", fixtures=("db",)),
        Test("two.py::test_c", pytest.mark.slow),
        Test("three.py::test_d", pytest.mark.xdist_group("browser, reading")),
    ]
    keep_together(items)
    groups = [item.marks["xdist_group"].args[0] if "xdist_group" in item.marks else None for item in items]
    assert groups == ["one.py", None, None, "browser, reading"]
