"""What is measured on the slow phone is judged by its middle, and by what its files weigh."""

from __future__ import annotations

import pytest

from tools.first_paint import MOST, Painted, table, verdict

GOOD = {"FCP": 700.0, "LCP": 900.0, "CLS": 0.0, "TBT": 0.0}
LIGHT = {"HTML": 10.0, "CSS": 14.0, "JS": 7.0}


def test_middle_counts():
    page = Painted("front page", [{**GOOD, "LCP": lcp} for lcp in (5000.0, 900.0, 800.0)], LIGHT)
    assert page.middle("LCP") == 900
    assert page.missed() == []


@pytest.mark.parametrize("what", MOST)
def test_each_bound_is_looked_at(what: str):
    heavy = {"HTML": 12.1, "CSS": 15.1, "JS": 8.1}
    bad = {"LCP": 1201.0, "CLS": 0.02, "TBT": 1.0}
    page = Painted("routine", [{**GOOD, **({what: bad[what]} if what in bad else {})}], dict(LIGHT))
    page.weights.update({what: heavy[what]} if what in heavy else {})
    assert page.missed() == [what]
    assert f"| {what} |" in table([page]).splitlines()[-1]


@pytest.mark.parametrize(("lcp", "is_kept"), [(1000.0, True), (1100.0, False)])
def test_catalogue_is_seen_nearly_as_soon_as_the_front_page(lcp: float, is_kept: bool):
    pages = [Painted("front page", [GOOD], LIGHT), Painted("catalogue", [{**GOOD, "LCP": lcp}], LIGHT)]
    assert verdict(pages)[1] is is_kept
