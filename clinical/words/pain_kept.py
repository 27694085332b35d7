"""Words that were kept for a patient, read again: what plainly allows more pain than the exercise does now is left out.

Pure.
"""

from __future__ import annotations

import re
from itertools import takewhile

from clinical.words import pain_lexicon as lexicon
from clinical.words.pain_words import NEVER, Sentence, sentences_allowing

_WARNING_WORDS = "unless means mean hospital doctor ambulance swells swelling swollen hot cold pale numb weak chest"
#: A sentence with one of these stays whole, whatever it allows besides.
WARNS = lexicon.TAKES_BACK | {lexicon.BEYOND, lexicon.MORE} | frozenset(_WARNING_WORDS.split())


def without_more_pain(text: str, most: int) -> str:
    """A cue, a line or a note to a patient without its sentences that plainly allow more than ``most`` out of 10.

    For words that were kept for a patient when their exercise allowed more: what it allows now is what they read. In
    doubt a sentence stays, as it may warn, and the stop sign stands beside it. Nothing of the words is remembered,
    since they are a patient's.
    """
    taken = [each.match.span() for each in sentences_allowing(text) if each.most > most and _allows_plainly(each)]
    if not taken:
        return text
    ends = [0, *(end for _start, end in taken)]
    left = "".join(text[end:start] for end, start in zip(ends, [*(start for start, _end in taken), None], strict=True))
    return re.sub(r"^[\s.;,!]+|(?<=[.;!])[\s.;!]+(?=\s|$)", "", left).strip()


def _allows_plainly(sentence: Sentence) -> bool:
    """Whether it says that pain is fine, or up to how much, and nothing in it warns or sets a condition before that."""
    tokens = sentence.tokens
    before = list(takewhile(lambda token: token not in {lexicon.FINE, lexicon.UP_TO}, tokens))
    if not WARNS.isdisjoint(tokens):
        return False
    return sentence.most == NEVER or (before != tokens and lexicon.IF.isdisjoint(before))
