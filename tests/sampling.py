"""Wide tables of cases: ``make test`` tries a sample of them, ``make test-whole`` every one.

``@pytest.mark.sampled(6)`` keeps six cases of a test, always the same ones. It is for tables whose neighbours go
through one function (characters × fields, files × sizes). It is never for the safety rules, what the gate decides,
the secrets of share links or withdrawals: those are tried whole, each time.

``@pytest.mark.only_whole`` leaves a single test to ``make test-whole``: one that takes ten seconds and more, of what
other tests show from another side.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any
from zlib import crc32

import pytest

MARKER, ONLY_WHOLE = "sampled", "only_whole"

#: Tests of the safety rules, the gate, withdrawals and the secrets of share links, by how their addresses begin.
ALWAYS_WHOLE = (
    "tests/browser/test_crawl.py",
    "tests/browser/test_withdrawing_story.py",
    "tests/clinical/notes/",
    "tests/clinical/publishing/",
    "tests/clinical/review/",
    "tests/clinical/safety/",
    "tests/clinical/withdrawal/",
    "tests/sharing/test_code",
    "tests/sharing/test_share_link_",
    "tests/sharing/test_tokens.py",
    "tests/stretchsite/test_withdrawn_everywhere.py",
    "tests/upgrading/",
)
#: The same by the names of tests that stand elsewhere: numbers of requirements (sl: share links, pd: patients' data, h:
#: hazards; docs/requirements.md), and words.
NAMED_ALWAYS_WHOLE = re.compile(r"::test_(sl|pd|h)\d|::test_[^\[]*(withdraw|token)")


def is_always_whole(address: str) -> bool:
    """Whether the test of this address is of those that are tried whole, each time."""
    return address.startswith(ALWAYS_WHOLE) or bool(NAMED_ALWAYS_WHOLE.search(address))


def thin(items: list[pytest.Item]) -> list[pytest.Item]:
    """Take from the list what is not in the sample of its test; returns what was taken.

    Raises ``UsageError`` where a test is marked that may not be.
    """
    marked = (item for item in items if item.get_closest_marker(MARKER) or item.get_closest_marker(ONLY_WHOLE))
    if never := [item.nodeid for item in marked if is_always_whole(item.nodeid)]:
        raise pytest.UsageError(f"these are tried whole, each time, and may not be marked: {', '.join(never)}")
    cases: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker(MARKER):
            cases[item.nodeid.partition("[")[0]].append(item)
    left_out = {item for item in items if item.get_closest_marker(ONLY_WHOLE)}
    for name, same in cases.items():
        values = [tuple(sorted(_case_of(item).items())) for item in same]
        # Tests of one table begin at different cases, so that together they try more of it.
        kept = sample(values, same[0].get_closest_marker(MARKER).args[0], crc32(name.encode()) % len(same))
        left_out |= {item for number, item in enumerate(same) if number not in kept}
    taken = [item for item in items if item in left_out]
    items[:] = [item for item in items if item not in left_out]
    return taken


def _case_of(item: Any) -> dict[str, int]:
    """Which value of each parameter a case has, by number; pytest keeps that where its types do not say."""
    return dict(item.callspec.indices)


def sample(cases: list[tuple[object, ...]], size: int, first: int = 0) -> set[int]:
    """The numbers of the cases to keep: as many different values as there is room for, and otherwise far apart.

    Where a table has two sides, five of ten faults are tried on five different roads, not all on the first.
    """
    order = [(number + first) % len(cases) for number in _far_apart(len(cases))]
    kept: list[int] = []
    seen: dict[object, int] = defaultdict(int)
    while order and len(kept) < size:
        # The first of those whose values have been tried least.
        best = min(order, key=lambda number: sum(seen[value] for value in cases[number]))
        order.remove(best)
        kept.append(best)
        for value in cases[best]:
            seen[value] += 1
    return set(kept)


def _far_apart(count: int) -> list[int]:
    """The numbers below ``count``: the first, the middle, the middles of the halves, and so on."""
    order = list(range(count))[:1]
    spans = [(0, count)]
    while spans:
        first, last = spans.pop(0)
        if last - first > 1:
            middle = (first + last) // 2
            order.append(middle)
            spans += [(first, middle), (middle, last)]
    return list(dict.fromkeys(order))
