"""What answers searches, and what programs and searches may take, so that none holds the site.

| setting | from the environment | default |
|---|---|---|
| ``SEARCH_SECONDS`` | how long all questions of one search may take together | 2 |
| ``SEARCHES_AT_ONCE`` | how many searches of readers one process does at once | 4 |
| ``API_MOST_A_MINUTE`` | how many requests to the API a network may make in a minute | 300 |
"""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

__all__ = ["API_MOST_A_MINUTE", "SEARCHES_AT_ONCE", "SEARCH_SECONDS", "SEARCH_WAIT_SECONDS", "WAGTAILSEARCH_BACKENDS"]


def _number(name: str, text: str, usual: float, least: float, most: float = 1000) -> float:
    """A setting as a number. Raises ``ImproperlyConfigured`` where it is none, or one with which nothing is found."""
    try:
        number = float(text.strip() or usual)
    except ValueError:
        number = 0
    if not least <= number <= most:  # nor “nan”
        raise ImproperlyConfigured(f"{name} is “{text}”: write a number of at least {least}, such as {usual}.")
    return number


# The database's own backend, with plain words answered from the site's index of words: docs/search.md
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "stretchsite.finding.backend"}}

SEARCH_SECONDS = _number("SEARCH_SECONDS", os.environ.get("SEARCH_SECONDS", ""), usual=2, least=0.1)
SEARCHES_AT_ONCE = int(_number("SEARCHES_AT_ONCE", os.environ.get("SEARCHES_AT_ONCE", ""), usual=4, least=1))
API_MOST_A_MINUTE = int(
    _number("API_MOST_A_MINUTE", os.environ.get("API_MOST_A_MINUTE", ""), usual=300, least=1, most=1_000_000)
)
#: How long one more search waits for another to end, before it is told that there is no place, in seconds.
SEARCH_WAIT_SECONDS = 0.5
