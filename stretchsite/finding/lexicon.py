"""The lexicon: what people say for what the site's pages say, one file a language (``docs/search.md``).

Pure but for reading the file. A file that is not one is refused when it is read, with the line that is wrong in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "lexicons"
SECTIONS = {"stop_words", "forms", "means", "ordinary", "body", "complaints"}
_WORD = re.compile(r"[^\W_]+\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")

#: Words that must all be there; of each any of several spellings will do.
Meaning = tuple[tuple[str, ...], ...]


class LexiconError(ValueError):
    """What a lexicon may not hold, in words."""


@dataclass(frozen=True)
class Lexicon:
    """What people say in one language. ``means`` goes from the words of a saying to what is looked for.

    ``ordinary`` words say nothing the site has, and are no typing errors either. Where no page has all words of a
    question, those of the ``body`` say most of what is meant, and ``complaints``, which most pages have, say least.
    """

    stop_words: frozenset[str] = frozenset()
    forms: dict[str, str] = field(default_factory=dict)
    means: dict[tuple[str, ...], Meaning] = field(default_factory=dict)
    ordinary: frozenset[str] = frozenset()
    body: frozenset[str] = frozenset()
    complaints: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> frozenset[str]:
        """All its words: none of them is a typing error."""
        said = {word for saying in self.means for word in saying}
        meant = {word for words in self.means.values() for spellings in words for word in spellings}
        told = self.stop_words | self.ordinary | self.body | self.complaints
        return told | self.forms.keys() | set(self.forms.values()) | said | meant

    def with_sayings(self, added: Mapping[tuple[str, ...], Meaning]) -> Lexicon:
        """The same lexicon with more sayings; its own stay as they are."""
        return replace(self, means={**added, **self.means})

    @property
    def longest(self) -> int:
        """How many words the longest saying has."""
        return max(map(len, self.means), default=0)


@lru_cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language; an empty one where nobody has written it. ``en-gb`` is read from ``en``."""
    name = language.split("-", maxsplit=1)[0].lower()
    file = FOLDER / f"{name}.yaml"
    if not _LANGUAGE.match(name) or not file.is_file():
        return Lexicon()
    return parsed(file.read_text(encoding="utf-8"))


def parsed(text: str) -> Lexicon:
    """A lexicon from the text of its file. Raises ``LexiconError``."""
    data = yaml.safe_load(text)
    if not isinstance(data, dict) or set(data) - SECTIONS:
        raise LexiconError(f"A lexicon has the sections {', '.join(sorted(SECTIONS))} and no other.")
    forms, means = data.get("forms") or {}, data.get("means") or {}
    for section in (forms, means):
        if not isinstance(section, dict) or not all(isinstance(x, str) for pair in section.items() for x in pair):
            raise LexiconError("Put quotation marks round numbers, and round “yes”, “no” and “on”.")
    stop_words, ordinary, body, complaints = (
        frozenset(_checked(word) for word in str(data.get(section) or "").split())
        for section in ("stop_words", "ordinary", "body", "complaints")
    )
    return Lexicon(
        stop_words,
        {_checked(form): _checked(word) for form, word in forms.items()},
        {saying_of(saying): meaning_of(meaning) for saying, meaning in means.items()},
        ordinary,
        body,
        complaints,
    )


def saying_of(saying: str) -> tuple[str, ...]:
    """The words of a saying. Raises ``LexiconError``."""
    return tuple(_checked(word) for word in saying.split())


def meaning_of(meaning: str) -> Meaning:
    """What is looked for: "low/lower back" is "low" or "lower", and "back". Raises ``LexiconError``."""
    words = tuple(tuple(_checked(word) for word in spellings.split("/")) for spellings in meaning.split())
    if not words:
        raise LexiconError("A saying without a meaning.")
    return words


def _checked(word: str) -> str:
    if not _WORD.match(word) or word != word.casefold():
        raise LexiconError(f"“{word}” is no word in small letters: leave apostrophes out, write a blank for a hyphen.")
    return word
