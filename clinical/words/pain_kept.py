"""Words that were kept for a patient, read again: what plainly allows more pain than the exercise does now is left out.

Pure.
"""

from __future__ import annotations

import re
from itertools import takewhile

from clinical.words import pain_lexicon as lexicon
from clinical.words.pain_words import NEVER, Sentence, sentences_allowing

_WARNING_WORDS = (
    "unless means mean hospital doctor ambulance swells swelling swollen hot cold pale chest bladder bowel fever "
    "numb numbness tingling tingle tingles tingly pins needles weak weakness dizzy dizziness giddy faint fainting "
    "headed lightheaded sick sharp stabbing burning electric sudden suddenly worse worsening breathless fall falls "
    "slip sign signs rest sit release leave careful carefully caution except rail"
)
#: A sentence with one of these stays whole, whatever it allows besides.
WARNS = lexicon.TAKES_BACK | {lexicon.BEYOND, lexicon.MORE} | frozenset(_WARNING_WORDS.split())
#: What one is told to do at once, in two words and more; "hold on" and "hold the rail", and not "carry on".
_LETS_GO = re.compile(
    r"\b(?:let (?:it )?go|come (?:out|back|up|down|off|and)|ease (?:off|back|out|up)|get (?:up|off|out)"
    r"|(?:back|step|slow|lie) (?:off|out|back|down)|hold (?:on|the|a|your|tight)"
    r"|take (?:it|your|the|a) (?:out|off|foot|weight|break))\b",
    re.IGNORECASE,
)


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
    if not WARNS.isdisjoint(tokens) or _LETS_GO.search(sentence.match.group()):
        return False
    return sentence.most == NEVER or (before != tokens and lexicon.IF.isdisjoint(before))
