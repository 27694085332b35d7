"""Which "left" and "right" in a text name a side of the body: the text of the other side swaps those and no others.

A word that names no side and is swapped is odd ("a left angle"); one that names a side and is not swapped sends
somebody to the wrong leg. So every one is swapped but those known to mean something else, and a part of the body
behind the word settles it. What decides is the same for both words, so that a text mirrored twice is the original.
"""

from __future__ import annotations

import re

_SWAP = {"left": "right", "right": "left"}
_WORD = re.compile(r"\b(left|right)(?=$|most\b|wards?\b|[^a-z])", re.IGNORECASE)

#: Between the word and the part of the body: "the right upper arm", "the left, bent knee".
_LIKE = (
    "upper|lower|front|rear|back|inner|outer|top|bottom|near|far|hind|big|little|index|middle|ring|great|whole|bent|"
    "straight|free|standing|working|leading|trailing|lifted|raised|sore|stiff|long"
)
_PART = (
    "leg|arm|foot|feet|hand|knee|hip|thigh|shin|calf|calve|heel|toe|toes|sole|ankle|elbow|wrist|forearm|shoulder|finger|"
    "thumb|palm|fist|ear|eye|cheek|temple|jaw|buttock|bottom|glute|hamstring|groin|rib|ribcage|flank|side|half|limb|"
    "kneecap|chest|trunk|breast|nipple|collarbone|armpit|lung|neck|sit|one|ones"
)
_OF_THE_BODY = re.compile(rf"[\s,-]+(?:(?:{_LIKE})[\s,-]+)*(?:{_PART})(?:e?s)?\b", re.IGNORECASE)
#: "to the left", "your right", "on his left": a side, unless a thing that can be right or left over follows.
_OWNED = re.compile(r"\b(?:the|your|his|her|its|their|both)\s+$", re.IGNORECASE)
_NO_SIDE_HAS_IT = re.compile(
    r"[\s-]+(?:angle|angled|angles|triangle|way|height|place|position|posture|moment|time|amount|length|depth|size|distance"
    r"|spot|speed|pace|order|level|tension|direction|track|path|technique|word|movement|exercise|one to choose)\b",
    re.IGNORECASE,
)
#: "right in front of", "left on the floor": how exactly, or what is not touched.
_EXACTLY = re.compile(
    r"\s+(?:away|now|after|before|then|here|there|where|in|into|inside|on|onto|at|off|out|over|under|underneath|up|down"
    r"|behind|beside|between|below|above|beneath|back|next|round|around|across|along|alongside|through|near|by|beyond"
    r"|ahead|opposite|until|till|from|alone|free|open|as|where|to|against|past)\b",
    re.IGNORECASE,
)
#: "turn left at the waist": the way one turns; but "lean right back" says how far.
_WAY = re.compile(
    r"\b(?:turn|look|lean|bend|bent|rotat|twist|tilt|fac|roll|step|shift|point|glanc|swing|slid|lung|drop|mov|glid|sway"
    r"|circl|go|going|push|half|far|hard|slightly|further|from)(?:e|s|es|ed|ing|ped|ping|nt)?\s+$",
    re.IGNORECASE,
)
_HOW_FAR = re.compile(r"\s+(?:up|down|back|away|out|round|around|in|into|through)\b", re.IGNORECASE)
#: "that feels right", "all right", "nothing is left".
_GOOD = re.compile(r"\b(?:all|just|quite|feels?|felt|sounds?|seems?)\s+$", re.IGNORECASE)
_REMAINS = re.compile(
    r"\b(?:(?:nothing|none|whatever|what|something|anything|little|room|time|space|breath|strength|some|any|much|one|two"
    r"|three|\d+|seconds?|minutes?|repetitions?)\s+(?:is\s+|are\s+|you\s+have\s+)?)$",
    re.IGNORECASE,
)
#: Where a thought begins: "Left foot in front, right behind."
_BEGINS = re.compile(r"(?:^|[,;:.!?(–—]|\b(?:and|but|or|then|while))\s*$", re.IGNORECASE)
#: "left and right legs", "left to right", "the left over the right".
_BOTH = re.compile(r"(?:\s*(?:,|/|and|or|to|over|under|with|then|behind)\s*)+(?:the\s+|your\s+)?(?:left|right)\b", re.I)
_BOTH_BEFORE = re.compile(
    r"\b(?:left|right)(?:\s*(?:,|/|and|or|to|over|under|with|then|behind)\s*)+(?:the\s+|your\s+)?$", re.I
)


def of_the_other_side(text: str) -> str:
    """The text for the other side: left for right and right for left where they name a side, as they were written."""
    return _WORD.sub(lambda found: _other(found) if _names_a_side(found) else found[0], text)


def _other(found: re.Match[str]) -> str:
    word = found[1]
    other = _SWAP[word.lower()]
    return other.upper() if word.isupper() else other.capitalize() if word[0].isupper() else other


def _names_a_side(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()], found.string[found.end() :]
    if _OF_THE_BODY.match(after):
        return True
    if _NO_SIDE_HAS_IT.match(after) or _GOOD.search(before) or _REMAINS.search(before):
        return False
    if _OWNED.search(before) or _BOTH.match(after) or _BOTH_BEFORE.search(before):
        return True
    if not _EXACTLY.match(after):
        return True
    if _WAY.search(before):
        return not _HOW_FAR.match(after)
    return bool(_BEGINS.search(before)) and len({word.lower() for word in _WORD.findall(found.string)}) == 2
