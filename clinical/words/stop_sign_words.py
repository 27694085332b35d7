"""Words that wave a stop sign other than pain away: numbness, tingling, weakness, dizziness, and warnings as such.

What a practitioner types for one patient nobody else reads first, and no exercise allows any of these. Words that warn
of them pass, also where it is doubtful. Pure, and linear in the length of the text: every gap in a phrase is bounded.
"""

from __future__ import annotations

import re

from clinical.words import pain_lexicon as lexicon

_BODY = "numbness|tingling|pins (?:and|&|n) needles|dizziness|giddiness|weakness|light-?headedness|light headedness"
_NAMED = rf"(?:{_BODY}|(?:warning|stop) signs?|warnings?|signs)"
_ADJECTIVE = r"(?:numb|dizzy|giddy|tingly|light-?headed|light headed)"
_GETS = r"(?:feels?|feeling|goes|going|go|gets?|getting|becomes?|are|is|be)"
_A_BIT = r"(?:(?:a|little|bit|of|slightly|some|rather|very|the|any|your|all|mild|slight) ){0,4}"
#: One of the signs, as a noun, or as what somebody or something gets.
_SIGN = rf"(?:{_NAMED}|tingles?|{_ADJECTIVE}|{_GETS} {_A_BIT}(?:weak|faint))\b"
_WARNS = r"stop|sit|rest|lie|ease|come|ring|call|tell|ask|until|unless|hold|let|see|speak|slow"
_NOT_SO = r"no|not|never|without|nothing|none|isn't|aren't|don't|cannot|can't"
#: A few words between, none of which warns, denies or begins something else.
_GAP = rf"(?: (?!(?:{_WARNS}|{_NOT_SO}|but|then|it|you|once|free)\b)[\w'&-]{{1,30}}){{0,7}}?"
_GAP_IF = rf"(?: (?!(?:{_WARNS}|{_NOT_SO}|but|then|once|free)\b)[\w'&-]{{1,30}}){{0,7}}?"
_ONLY_NOT = (
    r"(?:do not|don't|never|no need to|need not|needn't|do not need to|don't need to|do not have to|don't have to)"
)
_STOPPING = r"stop\b(?! (?:breath|mov|half|short|too suddenly|suddenly|abruptly))"
_GO_ON = (
    r"(?:(?:carry|keep|press|push|go) on|keep (?:going|moving|stretching|walking)|continue"
    rf"|{_ONLY_NOT} {_STOPPING}|no (?:need|reason) to stop|{_ONLY_NOT} worry|never mind)\b"
)
_FINE = (
    r"(?:fine|ok|okay|normal|expected|to be expected|allowed|acceptable|all right|alright|harmless|safe|usual|good"
    r"|part of (?:it|this)"
    r"|(?:no|not a|isn't a) (?:problem|reason to stop|cause for concern)|nothing to (?:worry|fear)\w*)\b"
    r"(?! to (?:stop|rest|sit|tell|ask|mention|report|say))"
)
_IS_GONE = (
    r"(?! (?:(?:has|have|is|are) )?(?:gone|settled|eased|stopped|passed|better|less|goes|settles|eases|passes|stops)\b)"
)
_IT = r"(?:it|you|they|(?:the|your) \w{1,20})"
_THROUGH = r"(?:push|work|go|stretch|train|breathe|carry on|keep going)(?:ing)? (?:on )?(?:through|into)"
_RULES = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        rf"\b(?:ignor(?:e|ing)|disregard(?:ing)?|despite|in spite of|never mind|forget) {_A_BIT}{_SIGN}",
        rf"\b{_THROUGH} {_A_BIT}{_SIGN}",
        rf"\b{_SIGN}{_GAP} (?:do not|does not|don't|doesn't) (?:matter|apply|count)\b",
        r"\b(?:warnings?|(?:warning|stop) signs?|signs)"
        rf"{_GAP} (?:is|are)(?:(?: not|n't) (?:meant |intended )?(?:for|about) you| for others?)\b",
        rf"\bexpect {_A_BIT}{_SIGN}",
        rf"\b(?:{_BODY}):? (?:ok|okay|fine|normal|allowed)(?= ?(?:$|,))",
        rf"\blet {_IT} (?:go |get |feel |be )?(?:{_ADJECTIVE}|tingle)\b",
        rf"\buntil {_IT} (?:{_GETS} {_A_BIT}(?:numb|dizzy|weak|faint)|tingles?)\b"
        r"(?!,? (?:then|and) (?:stop|ease|come|rest|let|back|return|sit|change|swap|slow)\b)",
        rf"\b{_SIGN}{_GAP} (?:is|are|can be|may be)"
        rf"(?: (?!(?:{_NOT_SO}|it|you|to|that|sign)\b)\w{{1,20}}){{0,3}}? {_FINE}",
        rf"\b(?:{_FINE}|(?:does not|doesn't) matter) (?:if|when|to (?:feel|have|get|go))"
        rf"{_GAP_IF} {_A_BIT}{_SIGN}{_IS_GONE}",
        rf"\b{_GO_ON},?(?: even| also)? (?:if|when|though|although){_GAP_IF} {_SIGN}{_IS_GONE}",
        rf"\b{_GO_ON},?(?: even| also)? (?:with|for|because of|about|through) {_A_BIT}{_NAMED}\b{_IS_GONE}",
        rf"\b(?:if|when|whenever|should|feel|feeling|may|might|will){_GAP_IF} {_SIGN}{_IS_GONE}{_GAP_IF}"
        rf"(?: ?[,:?-])?(?: (?:then|just|please|simply)){{0,2}}"
        rf" (?:{_GO_ON}(?! (?:with (?:the other|fewer|less)|to)\b)|(?:that|it|this)(?: is|'s) {_FINE})",
    )
)
_SENTENCE = re.compile(r"[^.!;\n\r•]+")
#: A line that is gone on with in the next.
_BROKEN = re.compile(r"\r?\n[ \t]*(?=[a-z])")
_CLAUSE_ENDS = re.compile(r"[,:]| but ", re.IGNORECASE)
_DENIES = lexicon.NO | lexicon.OTHERS_DO | lexicon.WARNED_OF | {"stop", "tell", "ask", "say", "whether"}
_ALIKE = str.maketrans({"’": "'", "–": "-", "—": "-", "‑": "-", "(": " ", ")": " "})


def waved_away(text: str) -> str:
    """The first words of a text that wave a stop sign other than pain away; empty where none do."""
    for sentence in _SENTENCE.finditer(_BROKEN.sub(" ", text.translate(_ALIKE))):
        said = " ".join(sentence.group().split())
        for rule in _RULES:
            for found in rule.finditer(said):
                if not _is_denied(said, found):
                    return found.group()
    return ""


def _is_denied(said: str, found: re.Match[str]) -> bool:
    """Whether words before it in the same clause, or right after it, take it back: "do not ignore numbness"."""
    before = _CLAUSE_ENDS.split(said[max(0, found.start() - 80) : found.start()])[-1].lower()
    is_refuted = lexicon.REFUTED.match(said[found.end() : found.end() + 60].lower())
    return bool(is_refuted) or not _DENIES.isdisjoint(re.findall(r"[\w']+", before))
