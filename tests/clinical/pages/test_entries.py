"""Lists in memory: sets of entries are what sets of Python would be, and all of a list is read, in its order."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinical.models import Condition
from clinical.pages import entries
from clinical.pages.bit_sets import any_of, bits_at, bits_where, flags_of
from clinical.pages.entries import Column, Entries, Scan, places_of
from testing import factories

SIZES = (0, 1, 7, 8, 9, 64, 1000)


def members(bits: int, size: int) -> set[int]:
    return set(np.flatnonzero(flags_of(bits, size)).tolist())


@pytest.mark.parametrize("size", SIZES)
def test_sets_are_what_sets_of_python_are(size: int):
    chance = Random(size)
    some, others = ({place for place in range(size) if chance.random() < 0.4} for _number in range(2))
    first, second = (bits_at(np.array(sorted(each), np.int64), size) for each in (some, others))
    assert members(first, size) == some
    assert members(first & second, size) == some & others
    assert members(first & ~second, size) == some - others
    assert members(any_of([first, second]), size) == some | others
    assert (first & second).bit_count() == len(some & others)
    assert bits_where(flags_of(first, size)) == first


def test_keys_that_are_not_in_the_list_stand_nowhere():
    keys = np.array([9, 3, 7, 5], np.int64)
    assert places_of(keys, np.array([5, 4, 9, 10, 2, 9], np.int64)).tolist() == [3, -1, 0, -1, -1, 0]
    assert places_of(np.array([], np.int64), np.array([5], np.int64)).tolist() == [-1]
    assert Entries(keys, {}).with_keys([7, 8, 3]) == 0b0110


def test_entry_stands_under_each_option_that_one_of_its_rows_has():
    column = Column(("a", "b", ""), np.array([0, 1, 1, 2, 0]), np.array([0, 0, 2, 2, 3]))
    listed = Entries(np.array([1, 2, 3, 4], np.int64), {"letter": column})
    assert listed.by_option("letter", lambda text: (text,) if text else ()) == {"a": 0b1001, "b": 0b0101}
    assert listed.where("letter", lambda text: text in {"b", ""}) == 0b0101
    assert listed.everything == 0b1111
    assert listed.weight > 0


@pytest.mark.parametrize("at_once", [2, 3, 100])
def test_all_of_a_list_is_read_in_its_order_by_one_question(db: None, monkeypatch: pytest.MonkeyPatch, at_once: int):
    monkeypatch.setattr(entries, "AT_ONCE", at_once)
    for name in "fbdace":
        factories.ConditionFactory.create(name=name, slug=f"{name}-{'even' if name in 'bdf' else 'odd'}")
    listed = Condition.objects.order_by("-name")
    found: list[Any] = []
    with CaptureQueriesContext(connection) as queries:
        found.append(Scan({"slug": "slug"}).read(listed))
    assert len(queries) == 1
    assert found[0].keys.tolist() == list(listed.values_list("pk", flat=True))
    assert found[0].by_option("slug", lambda slug: slug.split("-")[1:]) == {"even": 0b010101, "odd": 0b101010}
    assert Scan({"slug": "slug"}).read(listed.none()).everything == 0
