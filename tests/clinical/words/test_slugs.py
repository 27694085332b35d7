"""What stands in an address: plain letters, whatever language it is made from."""

from __future__ import annotations

from itertools import islice

import pytest

from clinical.words.slugs import MOST_LETTERS, fits_an_address, slug_of, slugs_for
from tests.hostile_texts import HOSTILE


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Étirement du mollet", "etirement-du-mollet"),
        ("Wadendehnung für Füße", "wadendehnung-fur-fusse"),
        ("Rozciąganie łydki", "rozciaganie-lydki"),
        ("Ymestyn croth y goes ŵ", "ymestyn-croth-y-goes-w"),
        ("Διάταση γάμπας", "diatasi-gampas"),
        ("تمدد الساق", "tmdd-lsq"),
        ("小腿拉伸", "xiaotuilashen"),
        ("łß", "lss"),
        ("🧘", "person_in_lotus_position"),
        ("Calf stretch: 2 × 30 s!", "calf-stretch-2-30-s"),
        ("«—»", ""),
        ("", ""),
    ],
)
def test_title_of_any_language_becomes_plain_letters(words: str, slug: str):
    assert slug_of(words) == slug


@pytest.mark.parametrize("words", [*HOSTILE, "字" * 255, "a" * 300, "word " * 60, "…", "🏴" * 60])
def test_some_slug_is_always_left_and_fits(words: str):
    first, second = islice(slugs_for(words), 2)
    assert first != second
    for slug in (first, second):
        assert fits_an_address(slug)
        assert len(slug) <= MOST_LETTERS + 2


def test_where_nothing_is_left_there_is_a_number():
    assert list(islice(slugs_for("!!"), 3)) == ["1", "2", "3"]
    assert list(islice(slugs_for("Calf"), 3)) == ["calf", "calf-2", "calf-3"]


@pytest.mark.parametrize("slug", ["étirement", "a b", "a/b", "", "calf\n", "ca.lf", "١"])
def test_what_no_address_can_hold(slug: str):
    assert not fits_an_address(slug)
