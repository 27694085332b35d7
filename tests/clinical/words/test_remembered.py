"""Words that are put together once for each language and remembered."""

from __future__ import annotations

import pytest
from django.utils import translation

from clinical.words.remembered import in_each_language


def test_words_are_put_together_once_in_each_language():
    made = []

    @in_each_language
    def words(number: int) -> str:
        made.append(number)
        return f"{translation.get_language()} {number}"

    with translation.override("en-gb"):
        assert [words(1), words(1), words(2)] == ["en-gb 1", "en-gb 1", "en-gb 2"]
    with translation.override("de"):
        assert words(1) == "de 1"
    assert made == [1, 2, 1]


def test_what_cannot_be_told_apart_is_refused():
    with pytest.raises(TypeError):
        in_each_language(len)([1])
