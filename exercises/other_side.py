"""The sentence about the other side: made from the side that is asked for, never written among the steps.

A written "then do the same with the other leg" contradicts a routine that asks for the left only. So authors leave it
out; where one stands as a sentence of its own at the end of a step, it is left out for them. A sentence that says more
than that ("only if it does not hurt") stays, and its author is told.

Pure.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from clinical.words.remembered import in_each_language
from exercises.choices import Side

#: What the generated step is, beside the kinds of step that are written; no safety note names it.
OTHER_SIDE = "other_side"

_PART = r"(?:side|leg|arm|hand|knee|hip|heel|ankle|thigh|shoulder|elbow|wrist|foot|feet|calf|calve)s?"
_OTHER = rf"(?:the|your) (?:other|opposite|second) {_PART}"
_FINISHED = r"(?:once |when )?(?:you have )?finish(?:ed)?(?: with)? (?:the|one|your)(?: first)? side "
_BEFORE = rf"(?:and |then |now |next |afterwards |after that |finally |change over |{_FINISHED})*"
_WHOLE = r"the (?:whole )?(?:exercise|stretch|movement|steps|same thing|same)"
_SAME = rf"(?:all of it|all of this|{_WHOLE}|everything|it all|it|this|that)"
_HOW = r"(?: behind(?: you)?| in front(?: of you)?| forwards?| on top| as well| too| now| again| in turn)?"
_CHANGE = rf"(?:change|swap|switch)(?: over)?(?: your)? {_PART}"
#: The whole sentence and nothing but it, without its commas and its full stop.
_ONLY_THAT = re.compile(
    rf"{_BEFORE}(?:"
    rf"(?:do|repeat)(?: {_SAME})?(?: again)?(?: (?:with|on|for|to|using|at))? {_OTHER}{_HOW}"
    rf"|the same (?:with|on|for|to) {_OTHER}{_HOW}"
    rf"|{_CHANGE}(?: and (?:do|repeat)(?: {_SAME})?(?: again)?(?: (?:with|on|for|to) {_OTHER})?{_HOW})?"
    r")",
    re.IGNORECASE,
)
#: Any sentence that asks for the other side, whatever else it says; "bend the other leg" does not.
_SAYS_IT = re.compile(
    rf"\b(?:same|repeat|again|do(?! not))\b[^.!?]*\b(?:other|opposite|second) {_PART}\b|\b{_CHANGE}\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+")


@in_each_language
def sentence_about_the_other_side(side: Side) -> str:
    """What readers are told after the last step: for each side, to change over; for one side or both, nothing."""
    return _("Then do the same on the other side.") if side is Side.EACH else ""


def without_the_other_side(text: str) -> str:
    """A step's words without a sentence at their end that says nothing but to change over; empty if that was all."""
    while text:
        *before, last = _SENTENCE_ENDS.split(text.strip())
        if not _ONLY_THAT.fullmatch(" ".join(last.replace(",", " ").rstrip(".!… ").split())):
            return text
        text = text.strip()[: -len(last)].rstrip() if before else ""
    return text


def asks_for_the_other_side(text: str) -> bool:
    """Whether a step's words tell its reader to change over, so that its author should take that out."""
    return bool(_SAYS_IT.search(text))
