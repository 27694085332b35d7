"""Questions that are answered with help before anything else: signs of something serious, and a cramp right now.

Their words are code (``stretchsite.finding.red_flags``). They are looked for among all the words of a question: as
typed, as mended with and without the sayings that were added, as meant, and with a letter wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from stretchsite.finding.lexicon import lexicon
from stretchsite.finding.near_words import distance
from stretchsite.finding.question import Question
from stretchsite.finding.red_flags import (
    BESIDE_CALM,
    BESIDE_HARMLESS,
    CALM,
    CRAMP_NOW,
    DESPAIR_ALONE,
    DESPAIR_AS_SAID,
    FLAGS_ALONE,
    FLAGS_AS_SAID,
    HARMLESS,
    IN_DESPAIR,
    NEVER_MENDED,
    NEVER_SILENT,
    NOT_LEFT,
    RED_FLAGS,
)
from stretchsite.finding.stems import stem_of, words_of

#: Lines whose words are looked for in any order, and all of them.
ALL_LINES = (*RED_FLAGS, *IN_DESPAIR, *CRAMP_NOW)
#: What "cant" is called as well, one blank between words and without apostrophes.
_CANT = re.compile(r"\b(?:can ?not|canot|can no longer|could ?nt|could not|unable(?: to)?|not able(?: to)?)\b")
#: Shorter words are too near to ordinary ones ("week", "towel") to be guessed at where a guess alarms.
SHORTEST_MISTYPED = 5
#: But two letters of one so long may have changed places: "pian".
SHORTEST_SWAPPED = 4
#: A word that is being typed may become one from so many letters on, and one of a single word from more.
SHORTEST_BEGUN, SHORTEST_ALONE = 2, 5
#: A word that begins with one of so many letters is still on the way from it: "numbn" from "numb".
SHORTEST_GROWN = 4
#: A word of more flags than this says little by itself.
MOST_IN_FLAGS = 3
#: But this one tells, in however many it is: two letters after it are enough.
TELLS_ALWAYS = frozenset({"chest"})
#: Of so many letters a word may be several that were typed without a blank: "chestpain".
SHORTEST_GLUED = 6
#: A shorter piece of it is one of those that say nothing.
SHORTEST_PART = 3
#: Of so many letters two may be wrong, of fewer one; the first is right.
TWO_MAY_BE_WRONG = 10


def needs_help(asked: Question, language: str, *, is_typing: bool = False) -> bool:
    """Whether a question has the words of a red flag, as typed, as mended or as meant.

    ``is_typing``: its last word may be only the beginning of one, or on the way to a longer one. Help that was offered
    for "numb" stays while "numbness" is typed, and "chest pa" is offered it before "chest pain" is.
    """
    if _is_harmless(asked, language):
        return False
    lines = _alarming(asked, language)
    has_one = _has_one(lines, asked, language, asked.meant) or _is_said(FLAGS_AS_SAID, FLAGS_ALONE, asked)
    if has_one or is_in_despair(asked, language):
        return True
    return is_typing and _begins_one(lines, asked, language)


def is_in_despair(asked: Question, language: str) -> bool:
    """Whether it has words of somebody who may harm themselves."""
    has_one = _has_one(IN_DESPAIR, asked, language) or _is_said(DESPAIR_AS_SAID, DESPAIR_ALONE, asked)
    return has_one and not _is_harmless(asked, language)


def may_be_mended(asked: Question, language: str) -> bool:
    """Whether a typing error may be read as another word: never where that could make light of despair."""
    return NEVER_MENDED.isdisjoint(asked.typed) and not is_in_despair(asked, language)


def has_a_cramp(asked: Question, language: str) -> bool:
    """Whether it has the words of a cramp, or a saying that stands for them."""
    return _has_one(CRAMP_NOW, asked, language, asked.meant)


def _alarming(asked: Question, language: str) -> tuple[str, ...]:
    """The red flags, but for those that are calm in just these words: "pins and needles in my foot"."""
    calm = {line for line in CALM if _is_calm(line, asked, language)}
    return tuple(line for line in RED_FLAGS if line not in calm) if calm else RED_FLAGS


def _is_calm(line: str, asked: Question, language: str) -> bool:
    """Whether a line is asked for one part alone: not for two, nor a left arm, and with nothing serious beside it."""
    typed = set(asked.typed) - (lexicon(language).stop_words - NEVER_SILENT) - BESIDE_CALM
    parts = typed & CALM[line]
    joined = asked.typed.count("and") > (line == "pins needles")
    is_one = len(parts) == 1 and not joined and typed - parts == set(line.split())
    return is_one and not ("left" in asked.typed and typed & NOT_LEFT)


def _is_harmless(asked: Question, language: str) -> bool:
    """Whether a question only sounds like one of something serious: "foot fell asleep", and no word more."""
    silent = (lexicon(language).stop_words - NEVER_SILENT) | BESIDE_HARMLESS
    said = f" {' '.join(asked.typed)} "
    rest = (said.replace(f" {phrase} ", " ") for phrase in HARMLESS if f" {phrase} " in said)
    return any(silent.issuperset(words.split()) for words in rest)


def _has_one(lines: tuple[str, ...], asked: Question, language: str, meant: frozenset[str] = frozenset()) -> bool:
    apart = (word for glued in asked.typed for word in _taken_apart(glued, lines, language))
    words = {*asked.words, *asked.mended_plainly, *asked.typed, *meant, *_said_plainly(asked), *apart}
    stems = _said(lines, words, language)
    return any(line <= stems for line in _stems(lines, language))


def _is_said(phrases: tuple[str, ...], alone: frozenset[str], asked: Question) -> bool:
    """Whether a phrase stands in a question word for word, or the question is one of those that stand alone."""
    said = " ".join(_said_plainly(asked))
    return said in alone or any(f" {phrase} " in f" {said} " for phrase in phrases)


def _begins_one(lines: tuple[str, ...], asked: Question, language: str) -> bool:
    """Whether the last word, while it is typed, is on the way to one of these, with the words before it or alone."""
    *before, last = _said_plainly(asked) or [""]
    if len(last) < SHORTEST_BEGUN or last in lexicon(language).words:
        return False
    stems, known, words = _said(lines, before, language), _stems(lines, language), _words(lines)
    grown = {stem_of(word, language) for word in words if len(word) >= SHORTEST_GROWN and last.startswith(word)}
    begun = {stem_of(word, language) for word in words if word.startswith(last)}
    alone = len(last) >= SHORTEST_ALONE and bool(begun) and all(frozenset({stem}) in known for stem in begun)
    return alone or any(
        line <= stems | grown
        or (len(line - stems) == 1 and line - stems <= begun and _tells(line & stems, last, lines, language))
        for line in known
    )


def _tells(said: frozenset[str], last: str, lines: tuple[str, ...], language: str) -> bool:
    """Whether so few letters are enough after these words: not after "leg" or "calf", which alarm nobody."""
    known, tells = _stems(lines, language), {stem_of(word, language) for word in TELLS_ALWAYS}
    common = [stem not in tells and sum(stem in line for line in known) > MOST_IN_FLAGS for stem in said]
    return bool(said) and (len(last) > SHORTEST_BEGUN or not all(common))


def _said(lines: tuple[str, ...], words: Iterable[str], language: str) -> set[str]:
    """The stems of these words, and of the words of a line that one may be with a letter wrong."""
    return {stem_of(word, language) for each in words for word in (each, *_mistyped(each, lines, language))}


@lru_cache(maxsize=2_000)
def _taken_apart(glued: str, lines: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The words that were typed as one, where they have one of these lines among them; else nothing."""
    if len(glued) < SHORTEST_GLUED or is_ordinary(glued, language):
        return ()
    parts: list[tuple[str, ...]] = [()] * len(glued)
    for start in reversed(range(len(glued))):
        for end in range(len(glued), start, -1):
            rest = parts[end] if end < len(glued) else ()
            if (rest or end == len(glued)) and _is_word(glued[start:end], language):
                parts[start] = (glued[start:end], *rest)
                break
    stems = {stem_of(word, language) for word in parts[0]}
    return parts[0] if any(line <= stems for line in _stems(lines, language)) else ()


def _is_word(letters: str, language: str) -> bool:
    """Whether letters are a word that may stand beside others in one: very short ones only where they say nothing."""
    known = lexicon(language)
    if len(letters) < SHORTEST_PART:
        return letters in known.stop_words
    return not {letters, letters.removesuffix("s")}.isdisjoint(known.words | _words(ALL_LINES))


def _said_plainly(asked: Question) -> list[str]:
    return words_of(_CANT.sub("cant", " ".join(asked.typed)))


def is_ordinary(word: str, language: str) -> bool:
    """Whether a word is no typing error: the lexicon has it, or help is given for it."""
    known = lexicon(language)
    return word in known.words or stem_of(word, language) in _stems_of_flags(language)


@lru_cache(maxsize=2_000)
def _mistyped(word: str, lines: tuple[str, ...], language: str) -> frozenset[str]:
    """The words of these lines that one may be with a letter wrong, or, where it is short, with two changed about."""
    if is_ordinary(word, language):
        return frozenset()
    if len(word) < SHORTEST_MISTYPED:
        swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)}
        return _words(lines) & swapped if len(word) >= SHORTEST_SWAPPED else frozenset()
    limit = 1 if len(word) < TWO_MAY_BE_WRONG else 2
    near = (other for other in _words(lines) if len(other) >= SHORTEST_MISTYPED and other[0] == word[0])
    return frozenset(other for other in near if distance(word, other, limit) <= limit)


@lru_cache
def _words(lines: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for line in lines for word in words_of(line))


@lru_cache
def _stems_of_flags(language: str) -> frozenset[str]:
    return frozenset(stem_of(word, language) for word in _words(ALL_LINES))


@lru_cache
def _stems(lines: tuple[str, ...], language: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stem_of(word, language) for word in words_of(line)) for line in lines)
