"""The lexicon of a language with what reviewers have added to it, as it stands now.

What is added changes how questions are read, never what is indexed: it holds with the next search, in every process.
Signs of something serious are looked for with it and without it (``help_first``): no saying hides one.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

from stretchsite.finding.lexicon import Lexicon, LexiconError, lexicon, meaning_of, saying_of
from stretchsite.models.sayings import Saying


def lexicon_now(language: str) -> Lexicon:
    """The lexicon of a language, the site's own and what is added. One query, of a few rows."""
    added = Saying.objects.filter(language=language).order_by("saying").values_list("saying", "meaning")
    return _with(language, tuple(added))


@lru_cache(maxsize=8)
def _with(language: str, added: tuple[tuple[str, str], ...]) -> Lexicon:
    means = {}
    for saying, meaning in added:
        with suppress(LexiconError):  # written past the form; the search goes on without it
            means[saying_of(saying)] = meaning_of(meaning)
    return lexicon(language).with_sayings(means)
