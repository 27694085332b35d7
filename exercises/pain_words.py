"""Words that allow more pain than an exercise does: beside them would stand that it is a reason to stop.

How much pain is allowed is a field, approved by two people, and words every stop sign. A cue such as "pain up to 3 of
10 is fine" says it past that field: readers would be told both. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil

from django.utils.translation import gettext as _

_WORDS = "one two three four five six seven eight nine ten"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), start=1)}
_NUMBER = rf"\d{{1,2}}(?:\.\d)?|{'|'.join(_NUMBERS)}"
_TEN = r"(?:/|out\s+of|of|on\s+a\s+scale\s+of)\s*(?:10|ten)\b"
_OF_TEN = rf"(?P<number>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<most>{_NUMBER}))?\s*{_TEN}"
_HURT = r"(?:pain|discomfort|hurts?|soreness|ache)"
_PAIN_OF_TEN = re.compile(rf"\b{_HURT}\b[^.!?;]*?\b{_OF_TEN}", re.IGNORECASE)
_OF_TEN_PAIN = re.compile(rf"\b{_OF_TEN}\s+(?:on\s+the\s+)?pain\b", re.IGNORECASE)
_FINE = r"(?:ok(?:ay)?|fine|normal|allowed|acceptable|all\s+right|to\s+be\s+expected)"
#: A number without its scale, where the words say that it is fine: "pain up to 7 is fine".
_FINE_UP_TO = re.compile(rf"\b{_HURT}\b[^.!?;]*?\b(?P<number>{_NUMBER})\s+(?:is|are)\s+{_FINE}\b", re.IGNORECASE)
_IN_WORDS = re.compile(
    rf"\b(?:some|a\s+little|mild|slight|moderate)\s+(?:pain|hurting|soreness)\s+(?:is|may\s+be|can\s+be)\s+{_FINE}\b"
    rf"|\bpain\s+is\s+{_FINE}\b",
    re.IGNORECASE,
)
#: Sentences that send for help speak of pain that nobody is allowed, unless they say that it is fine.
_FOR_HELP = re.compile(r"^\W*(?:ask|call|ring|see|tell|speak\s+to|go\s+to|get)\b", re.IGNORECASE)
_IS_FINE = re.compile(rf"\b{_FINE}\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[^.!?]|(?<=\d)\.(?=\d))+")


def allowed_in_words(text: str) -> int:
    """How much pain, out of 10, the words allow; 1 where they name no number, 0 where they allow none."""
    return max((_allowed(sentence) for sentence in _SENTENCE.findall(text or "")), default=0)


def _allowed(sentence: str) -> int:
    if _FOR_HELP.search(sentence) and not _IS_FINE.search(sentence):
        return 0
    numbered = [*_PAIN_OF_TEN.finditer(sentence), *_OF_TEN_PAIN.finditer(sentence)]
    numbers = [_number(each["most"] or each["number"]) for each in numbered]
    numbers = numbers or [_number(each["number"]) for each in _FINE_UP_TO.finditer(sentence)]
    return max(numbers, default=1 if _IN_WORDS.search(sentence) else 0)


def _number(said: str) -> int:
    return _NUMBERS.get(said.lower()) or ceil(float(said))


def pain_in_words_fault(texts: Iterable[str], most: int) -> str:
    """What is wrong where the texts allow more pain than the exercise, which allows ``most`` out of 10; else empty."""
    said = max(map(allowed_in_words, texts), default=0)
    if said <= most:
        return ""
    return _(
        "This allows pain, and beside it readers are told to stop at it. Leave it out here, and say how much is fine "
        "in the exercise’s field “Pain allowed, out of 10”, which words every stop sign."
    )
