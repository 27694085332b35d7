"""Questions that are answered with help before anything else: signs of something serious, and a cramp right now.

These words are code: they are only added to, so that no editor and no library takes one away.
"""

from __future__ import annotations

from functools import lru_cache

from stretchsite.finding.question import Question
from stretchsite.finding.stems import stem_of, words_of

#: Whoever looks for one of these is shown first when to get help. All the words of a line, in any order.
RED_FLAGS = (
    *("dvt", "blood clot", "clot", "thrombosis", "embolism", "swollen leg", "swollen calf", "hot calf", "red calf"),
    *("cauda equina", "numb", "numb between legs", "saddle", "bladder", "bowel", "incontinence", "incontinent"),
    *("cant pee", "cant wee", "pins needles", "leg weak", "weak legs", "foot drop", "paralysed", "cant feel"),
    *("chest pain", "chest tight", "heart attack", "heart pain", "breathless", "short breath", "cant breathe"),
    *("stroke", "face drop", "slurred speech", "faint", "fainting", "collapse", "passed out", "worst headache"),
    *("cancer", "weight loss", "losing weight", "fever", "night sweats", "infection", "hot joint"),
    *("fracture", "broken bone", "broken leg", "broken hip", "fell", "had fall", "cant stand", "cant walk"),
    *("cold leg", "pale leg", "blue leg", "double vision", "emergency", "999", "911", "112", "help now"),
)
#: Whoever looks for one of these may have it now, and is shown first what to do about it.
CRAMP_NOW = ("cramp", "charlie horse", "charley horse")


def needs_help(asked: Question, language: str) -> bool:
    """Whether a question has the words of a red flag, as typed or as mended."""
    return _has_one(RED_FLAGS, asked, language)


def has_a_cramp(asked: Question, language: str) -> bool:
    """Whether it has the words of a cramp."""
    return _has_one(CRAMP_NOW, asked, language)


def _has_one(lines: tuple[str, ...], asked: Question, language: str) -> bool:
    stems = {stem_of(word, language) for word in (*asked.words, *asked.typed)}
    return any(line <= stems for line in _stems(lines, language))


@lru_cache
def _stems(lines: tuple[str, ...], language: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stem_of(word, language) for word in words_of(line)) for line in lines)
