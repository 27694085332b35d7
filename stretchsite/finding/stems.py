"""Words brought to the form they are looked up by: "stretching", "Stretches" and "stretch" are one.

Pure. The site's own, not a database's: SQLite and PostgreSQL cut words differently, and would answer differently. What
is indexed and what is asked for go through the same functions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

import snowballstemmer

from stretchsite.finding.lexicon import lexicon

#: A longer word is looked up by its beginning.
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
#: "don't" and "dont" are one word.
_APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
#: What nobody sees inside a word: soft hyphens, joiners, blanks without width, marks of direction, selectors, fillers.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff]"
)
#: The Snowball algorithm of each language the site may be in; words of another are left as they are.
ALGORITHMS = {
    **{"ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish"},
    **{"fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "nb": "norwegian"},
    **{"pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish"},
}


def without_unseen(text: str) -> str:
    """A text without the characters that show nothing: they hide no word."""
    return _UNSEEN.sub("", text)


def words_of(text: str) -> list[str]:
    """The words of a text in order, in small plain letters without accents."""
    plain = unicodedata.normalize("NFKD", without_unseen(text).translate(_APOSTROPHES)).casefold()
    marks_off = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word[:LONGEST_WORD] for word in _WORD.findall(marks_off)]


@lru_cache(maxsize=20_000)
def stem_of(word: str, language: str) -> str:
    """What a word in small letters is looked up by."""
    word = lexicon(language).forms.get(word, word)
    algorithm = ALGORITHMS.get(language.split("-", maxsplit=1)[0])
    return str(_stemmer(algorithm).stemWord(word)) if algorithm else word


def stems_of(text: str, language: str) -> list[str]:
    """The stems of a text in order, without the words that say nothing."""
    silent = lexicon(language).stop_words
    return [stem_of(word, language) for word in words_of(text) if word not in silent]


@lru_cache
def _stemmer(algorithm: str) -> Any:
    return snowballstemmer.stemmer(algorithm)
