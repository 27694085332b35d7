"""From a query string to a page of cards: filters, pagination, and addresses that never break."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from clinical.models import Condition
from clinical.pages.cards import Card
from clinical.pages.catalogues import catalogue
from clinical.pages.entries import Scan
from clinical.pages.facet_rules import FacetRule
from clinical.pages.left_out import LeavingOut
from clinical.pages.pagination import page_links
from clinical.pages.ways_out import counts_without_each
from testing import factories
from tests.built_once import built_once

LETTER = FacetRule("letter", "Letter", (("a", "A"), ("b", "B")), lambda value: Q(name__startswith=value))
ENDING = FacetRule("ending", "Ending", (("1", "One"), ("2", "Two")), lambda value: Q(name__endswith=value))


def cards(found: list[Condition]) -> list[Card]:
    return [Card(condition.name, "/", "", "condition") for condition in found]


def titles(query: str, per_page: int = 24) -> list[str]:
    found = catalogue(Condition.objects.order_by("name"), QueryDict(query), [LETTER, ENDING], cards, per_page)
    return [card.title for card in found.cards]


@pytest.fixture
@built_once
def conditions(db: None) -> list[Condition]:
    """Six conditions, of two letters and three endings."""
    names = [f"{letter}{number}" for letter in "ab" for number in (1, 2, 3)]
    return [factories.ConditionFactory.create(name=name, slug=name) for name in names]


@pytest.fixture
def names(conditions: list[Condition]) -> list[str]:
    """What they are called."""
    return [condition.name for condition in conditions]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["a1", "a2", "a3", "b1", "b2", "b3"]),
        ("letter=a", ["a1", "a2", "a3"]),
        ("letter=a&letter=b", ["a1", "a2", "a3", "b1", "b2", "b3"]),
        ("ending=1&ending=2", ["a1", "a2", "b1", "b2"]),
        ("letter=b&ending=2", ["b2"]),
        ("letter=c", ["a1", "a2", "a3", "b1", "b2", "b3"]),
        ("letter=c&letter=a", ["a1", "a2", "a3"]),
        ("letter=", ["a1", "a2", "a3", "b1", "b2", "b3"]),
        ("colour=red&letter=a%00", ["a1", "a2", "a3", "b1", "b2", "b3"]),
    ],
)
def test_values_of_a_group_widen_and_groups_narrow(names: list[str], query: str, expected: list[str]):
    assert titles(query) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        *[(asked, "a1") for asked in ("", "1", "x", "1e9", "1.5")],
        *[("2", "a3"), ("3", "b2")],
        *[(asked, "b2") for asked in ("4", "9999", "0", "-1")],
    ],
)
def test_page_that_is_not_there_is_the_nearest_there_is(names: list[str], page: str, expected: str):
    assert titles(f"page={page}", per_page=2)[0] == expected


def test_page_number_of_a_million_digits_is_the_first_page(names: list[str]):
    assert titles(f"page={'9' * 1_000_000}", per_page=2)[0] in {"a1", "b2"}


def test_chosen_filters_can_be_taken_off_one_by_one(names: list[str]):
    query = QueryDict("letter=a&letter=b&ending=1&page=2")
    found = catalogue(Condition.objects.all(), query, [LETTER, ENDING], cards)
    assert [(chosen.label, chosen.remove_url) for chosen in found.chosen] == [
        ("Letter: A", "?letter=b&ending=1"),
        ("Letter: B", "?letter=a&ending=1"),
        ("Ending: One", "?letter=a&letter=b"),
    ]


def test_facets_say_what_is_chosen(names: list[str]):
    found = catalogue(Condition.objects.all(), QueryDict("letter=b"), [LETTER], cards)
    assert [(option.value, option.is_chosen) for option in found.facets[0].options] == [("a", False), ("b", True)]


def test_filters_stay_in_the_addresses_of_the_other_pages(names: list[str]):
    found = catalogue(Condition.objects.order_by("name"), QueryDict("letter=a&page=2"), [LETTER], cards, per_page=1)
    assert (found.previous_url, found.next_url) == ("?letter=a&page=1", "?letter=a&page=3")
    assert found.count == 3


def test_value_in_an_address_is_encoded(names: list[str]):
    found = catalogue(Condition.objects.order_by("name"), QueryDict("q=%22%3E%3Cb%3E"), [LETTER], cards, per_page=3)
    assert found.next_url == "?q=%22%3E%3Cb%3E&page=2"


def test_empty_list_has_one_empty_page(db: None):
    found = catalogue(Condition.objects.all(), QueryDict("page=3"), [LETTER], cards)
    assert (found.cards, found.count, found.pages, found.next_url, found.previous_url) == ((), 0, (), "", "")


@pytest.mark.parametrize(
    ("query", "without", "expected"),
    [
        (
            "letter=a&ending=3",
            "a3",
            [
                ("Ending: Three", "?letter=a&without=a3", 2),
                ("Letter: A", "?ending=3&without=a3", 1),
                ("Leave out: a3", "?letter=a&ending=3", 1),
            ],
        ),
        ("letter=c&ending=1&ending=2", "", [("Letter: C", "?ending=1&ending=2", 4)]),
        ("letter=c&ending=3", "b3", [("Letter: C", "?ending=3&without=b3", 1)]),
        ("letter=c&ending=4", "", []),
        ("letter=c", "", [("Letter: C", "?", 6)]),
    ],
)
def test_empty_list_says_which_filter_alone_keeps_everything_back(
    names: list[str], django_assert_num_queries: Any, query: str, without: str, expected: list[tuple[str, str, int]]
):
    letters = replace(LETTER, options=(*LETTER.options, ("c", "C")), read_in="name", stands_under=lambda name: name[0])
    more = (*ENDING.options, ("3", "Three"), ("4", "Four"))
    endings = replace(ENDING, options=more, read_in="name", stands_under=lambda name: name[1:])
    leaving_out = LeavingOut(
        tuple((each, each) for each in names),
        (without,) if without else (),
        lambda entries: entries.by_option("name", lambda name: (name,)),
    )
    asked = QueryDict(f"{query}&without={without}" if without else query)
    listed = Condition.objects.order_by("name")
    in_memory: dict[str, Any] = {"read_by": Scan({"name": "name"}), "leaving_out": leaving_out}
    for more_said, queries in ((in_memory, 1), *([] if without else [({}, 2)])):
        with django_assert_num_queries(queries):
            found = catalogue(listed, asked, [letters, endings], cards, **more_said)
        assert [(each.label, each.url, each.count) for each in found.take_off] == expected


def test_ways_out_of_many_filters_are_one_question_that_names_each_once(names: list[str]):
    asked = {}
    for number in (8, 36):
        filters = [Q(name__endswith=f"x{place}") for place in range(number)]
        with CaptureQueriesContext(connection) as queries:
            assert counts_without_each(Condition.objects.all(), filters) == [0] * number
        asked[number] = [len(query["sql"]) for query in queries.captured_queries]
        assert queries.captured_queries[0]["sql"].count("'%x7'") == 1
    assert len(asked[8]) == len(asked[36]) == 1
    assert asked[36][0] < asked[8][0] * 36 / 8 * 1.1


@pytest.mark.parametrize(
    ("count", "current", "expected"),
    [
        (0, 1, ""),
        (1, 1, ""),
        (2, 1, "[1] 2"),
        (3, 2, "1 [2] 3"),
        (5, 1, "[1] 2 3 … 5"),
        (7, 4, "1 2 3 [4] 5 6 7"),
        (9, 5, "1 … 3 4 [5] 6 7 … 9"),
        (9, 9, "1 … 7 8 [9]"),
        (1000, 500, "1 … 498 499 [500] 501 502 … 1000"),
    ],
)
def test_pagination_shows_the_ends_and_the_neighbours(count: int, current: int, expected: str):
    links = page_links(count, current, QueryDict(""))
    assert " ".join(f"[{link.label}]" if link.is_current else link.label for link in links) == expected


def test_gap_between_pages_leads_nowhere():
    gap = page_links(9, 5, QueryDict("q=calf"))[1]
    assert (gap.label, gap.url) == ("…", "")
    assert page_links(9, 5, QueryDict("q=calf"))[0].url == "?q=calf&page=1"


def test_list_costs_two_queries_whatever_its_length(names: list[str], django_assert_num_queries: Any):
    for number in range(40):
        factories.ConditionFactory.create(name=f"c{number}", slug=f"c{number}")
    with django_assert_num_queries(2):
        assert len(titles("page=1")) == 24
