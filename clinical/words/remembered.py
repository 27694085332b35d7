"""Words that are put together again and again from the same few values: made once in each language, then remembered.

A routine of forty exercises says the same labels, doses and concerns hundreds of times. What is remembered is made from
values alone, so it can never be out of date: other values are other words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.utils.translation import get_language

Given = ParamSpec("Given")
Words = TypeVar("Words")

#: So many results of one function are kept; those asked for longest ago make room.
MOST = 2000


def in_each_language(made: Callable[Given, Words]) -> Callable[Given, Words]:
    """Remember what a function of hashable values says, in the language of whoever asks."""

    @lru_cache(maxsize=MOST)
    def remembered(_language: str | None, *args: Given.args, **kwargs: Given.kwargs) -> Words:
        return made(*args, **kwargs)

    @wraps(made)
    def asked(*args: Given.args, **kwargs: Given.kwargs) -> Words:
        return remembered(get_language(), *args, **kwargs)  # type: ignore[arg-type]  # others than hashable ones raise

    return asked
