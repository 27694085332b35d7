"""A sample of a wide table is always the same, lies all over it, and tries as many of its values as it can."""

from __future__ import annotations

import itertools
from types import SimpleNamespace
from typing import Any

import pytest

from tests.sampling import ALWAYS_WHOLE, sample, thin
from tests.tooling.sources import ROOT

TABLE = [(("row", row), ("column", column)) for row, column in itertools.product(range(4), range(25))]


@pytest.mark.parametrize("first", [0, 7, 99])
def test_a_sample_tries_each_value_of_either_side_before_any_twice(first: int):
    kept = [TABLE[number] for number in sample(TABLE, 25, first)]
    assert {row for (_row, row), _column in kept} == set(range(4))
    assert {column for _row, (_column, column) in kept} == set(range(25))


def test_a_sample_has_its_size_and_is_the_same_each_time():
    assert len(sample(TABLE, 12)) == 12
    assert sample(TABLE, 12) == sample(TABLE, 12)
    assert sample(TABLE, 12) != sample(TABLE, 12, first=5)


def test_a_small_table_is_tried_whole():
    assert sample([(0,), (1,), (2,)], 12) == {0, 1, 2}
    assert sample([], 12) == set()


def test_a_sample_of_one_side_lies_all_over_it():
    kept = sorted(sample([(number,) for number in range(100)], 10))
    assert max(after - before for before, after in itertools.pairwise([*kept, 99])) <= 25


class Case:
    """A case of a test, as pytest collects it."""

    def __init__(self, test: str, number: int, size: int | None = None) -> None:
        self.nodeid = f"{test}[{number}]"
        self.callspec = SimpleNamespace(indices={"number": number})
        self.size = size

    def get_closest_marker(self, name: str) -> Any:
        """The marker that says how many are tried; none are of a test that is only told in the whole."""
        if name == "only_whole":
            return SimpleNamespace(args=()) if self.size == 0 else None
        return SimpleNamespace(args=(self.size,)) if self.size else None


def test_only_tests_that_say_so_are_thinned_and_all_stay_in_their_order():
    items: Any = [Case("wide", number, 3) for number in range(9)] + [Case("rule", number) for number in range(9)]
    taken = thin(items)
    assert len(taken) == 6
    assert [item.nodeid for item in items if item.size is None] == [f"rule[{number}]" for number in range(9)]
    numbers = [item.callspec.indices["number"] for item in items if item.size]
    assert len(numbers) == 3
    assert numbers == sorted(numbers)


def test_what_is_only_told_in_the_whole_is_left_out_of_the_sample():
    items: Any = [Case("long", 1, 0), Case("rule", 1)]
    assert [item.nodeid for item in thin(items)] == ["long[1]"]
    assert [item.nodeid for item in items] == ["rule[1]"]


@pytest.mark.parametrize("size", [0, 3])
@pytest.mark.parametrize(
    "test", [*(f"{begun}test_rule" for begun in ALWAYS_WHOLE), "any::test_sl7_rule", "any::test_what_is_withdrawn_goes"]
)
def test_of_safety_rules_the_gate_withdrawals_and_link_secrets_nothing_may_be_left_out(test: str, size: int):
    items: Any = [Case(test, 1, size)]
    with pytest.raises(pytest.UsageError, match="whole"):
        thin(items)


@pytest.mark.parametrize("begun", ALWAYS_WHOLE)
def test_what_is_never_left_out_is_there(begun: str):
    assert any(ROOT.glob(f"{begun}*"))
