"""How much pain words allow, on an exercise or beside it, in a note to a patient, on a page of a condition.

How much pain is allowed is a field, approved by two people, and words every stop sign. A cue such as "pain up to 3 of
10 is fine" says it past that field: readers would be told both. Sentences that warn allow nothing, whatever figure
they name; where it is doubtful whether words warn, they pass. Pure, and linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import takewhile
from math import ceil
from typing import NamedTuple

from clinical.words import pain_lexicon as lexicon

#: What no exercise allows: to go on through pain.
NEVER = 11
#: What ends a sentence, but for a dot in a number or after an abbreviation.
_ABBREVIATED = r"(?<=\bmax)\.|(?<=\bapprox)\.|(?<=\bca)\.|(?<=\be)\.(?=g)|(?<=\be\.g)\.|(?<=\bmin)\.|(?<=\bz\.B)\."
#: A line that the next one goes on with: "Some pain", "is fine".
_BROKEN = r"\r?\n(?=[ \t]{0,4}(?:is|are)\b)"
_SENTENCE = re.compile(rf"(?:[^.!?;\n\r•]|(?<=\d)\.(?=\d)|{_ABBREVIATED}|{_BROKEN})+", re.IGNORECASE)
_TOKEN = re.compile(r"fig\d+|num\d+|[^\W\d]+(?:'[^\W\d]+)?|\d+|[,:]")
_CLAUSE_ENDS = frozenset({",", ":", "but", "though", "however"})
_ALIKE = str.maketrans({"⁄": "/", "∕": "/", "’": "'", "–": "-", "—": "-", "−": "-", "‑": "-", "(": " ", ")": " "})
#: How long a bare topic is, which the next sentence may go on with: "Pain:", "Pain level".
_TOPIC = 3
#: Further off than so many signs, words do not speak of a figure; so a text is read in linear time.
_FAR = 40
#: How many letters of a sentence are read: no sentence has more, and one sign can stand for eighteen.
_LONGEST = 20_000


class Found(NamedTuple):
    """What a text allows: how much, out of 10, and in which words."""

    most: int = 0
    words: str = ""


class Sentence(NamedTuple):
    """One that allows some pain: where it stands, how much, and what it is made of."""

    match: re.Match[str]
    most: int
    tokens: list[str]


@dataclass
class _Clause:
    """A part of a sentence between commas: its tokens, and what they do."""

    tokens: list[str] = field(default_factory=list)

    @cached_property
    def says_no(self) -> bool:
        return any(token in lexicon.NO for token in self.tokens)

    @cached_property
    def orders(self) -> bool:
        return any(token in lexicon.ORDER for token in self.tokens)

    @cached_property
    def is_fine(self) -> bool:
        """Whether it says that something is fine, and no word before that takes it back."""
        return self._plainly(lexicon.FINE)

    @cached_property
    def goes_on(self) -> bool:
        return self._plainly(lexicon.GO_ON)

    def _plainly(self, sign: str) -> bool:
        for token in self.tokens:
            if token in lexicon.NO:
                return False
            if token == sign:
                return True
        return False


def allowed_in_words(text: str) -> int:
    """How much pain, out of 10, the words allow; 1 where they name no number, 0 where they allow none."""
    return found_in_words(text).most


def as_led(lead: str, text: str) -> str:
    """Lines that complete what stands before them ("Do not …"), as whole sentences; one that is a sentence stays so."""
    parts = (part for line in text.splitlines() for part in lexicon.PART.split(line.strip()) if part)
    return "\n".join(part if _is_sentence(lead, part) else f"{lead} {part}" for part in parts)


def _is_sentence(lead: str, part: str) -> bool:
    """Whether a part of a line is no rest of a sentence; no lead takes back what tells to go on, unless it forbids."""
    tells_to_go_on = lead == lexicon.SEE_SOMEONE_IF and allowed_in_words(part) == NEVER
    return tells_to_go_on or bool(lexicon.SENTENCE.match(part))


def found_in_words(text: str) -> Found:
    """What the words allow at most; of several sentences the one that allows most."""
    return max((Found(each.most, each.match.group().strip()) for each in sentences_allowing(text)), default=Found())


def _speaks_of_pain(text: str) -> bool:
    """Whether it has a word of it at all: of most texts nothing more need be read."""
    return bool(text and lexicon.STEM.search(unicodedata.normalize("NFKC", text).lower()))


def sentences_allowing(text: str) -> Iterator[Sentence]:
    """The sentences that allow some pain."""
    if not _speaks_of_pain(text):
        return
    speaks_of_pain = False
    for match in _SENTENCE.finditer(text):
        is_asked = text[match.end() : match.end() + 1] == "?"
        said = "" if is_asked else _plain(match.group())
        tokens = _TOKEN.findall(said)
        if not tokens and not is_asked:
            continue
        most = _allowed(said, tokens, speaks_of_pain)
        of_pain = any(token in lexicon.PAIN for token in tokens)
        is_on_scale = speaks_of_pain and not lexicon.COLOURS.isdisjoint(tokens)
        speaks_of_pain = is_on_scale or (of_pain and (most > 0 or len(tokens) <= _TOPIC))
        if most:
            yield Sentence(match, most, tokens)


def _plain(sentence: str) -> str:
    """In small letters, figures and known phrases as one sign each."""
    letters = unicodedata.normalize("NFKC", sentence)[:_LONGEST]
    said = " ".join(letters.translate(_ALIKE).lower().split())
    said = re.sub(r"(\d),(\d)", r"\1.\2", said)
    said = re.sub(r"\b(?:e\.g|max|approx|ca)\.", lambda found: found.group()[:-1].replace(".", ""), said)
    said = re.sub(r"[a-z]{3,5}", lambda found: str(lexicon.NUMBERS.get(found.group(), found.group())), said)
    said = lexicon.SORE_LATER.sub("", said)
    for pattern, sign in lexicon.PHRASES:
        said = pattern.sub(sign, said)
    said = " ".join(said.split())
    for pattern, name in ((lexicon.OF_TEN, "fig"), (lexicon.PER_CENT, "fig"), (lexicon.BARE, "num")):
        if name == "num":
            said = lexicon.NO_FIGURE.sub("", said)
        said = pattern.sub(partial(_sign, name=name), said)
    return said


def _sign(found: re.Match[str], name: str) -> str:
    """A figure out of ten, or a bare number, as a sign of its upper end; what is on no scale of ten is left alone."""
    whole = found.groupdict().get("whole")
    most = float(found["most"]) / (1 if whole in {"10", None} else 10)
    return f" {name}{ceil(most)} " if most <= 10 else f" {found.group()} "


def _allowed(said: str, tokens: list[str], goes_on_about_pain: bool) -> int:
    clauses, place = _clauses(tokens)
    if _unnumbered(said, lexicon.NEVER_SAID):
        return NEVER
    orders = any(clause.orders for clause in clauses)
    going_on = any(clause.goes_on for clause in clauses)
    fine = any(clause.is_fine for clause in clauses)
    hardly_any = "otherwise" in tokens
    reported = not lexicon.REPORTED.isdisjoint(tokens)
    numbers = [
        number
        for at, number in _of_pain(tokens, goes_on_about_pain)
        if _permits(tokens, at, clauses[place[at]], orders=orders or reported, goes_on=going_on, fine=fine)
        and not (hardly_any and number <= 1)
    ]
    if numbers:
        return max(numbers)
    if any(token.startswith("fig") for token in tokens) and not fine:
        return 0
    return _some(said, clauses, orders=orders)


def _clauses(tokens: list[str]) -> tuple[list[_Clause], list[int]]:
    """The clauses of a sentence, and in which of them each token stands."""
    clauses, place = [_Clause()], []
    for token in tokens:
        if token in _CLAUSE_ENDS:
            clauses.append(_Clause())
        clauses[-1].tokens.append(token)
        place.append(len(clauses) - 1)
    return clauses, place


def _of_pain(tokens: list[str], goes_on_about_pain: bool) -> Iterator[tuple[int, int]]:
    """Each figure that is one of pain: where it stands, and how much. The nearest word of a measure decides."""
    before, after = _nearest(tokens), _nearest(tokens[::-1])[::-1]
    for at, token in enumerate(tokens):
        if not token.startswith(("fig", "num")) or not token[3:].isdigit():
            continue
        back, ahead = before[at], after[at]
        is_pain = (back if back[0] <= ahead[0] else ahead)[1]
        is_level = token.startswith("fig") or _is_on_a_scale(tokens, at)
        if is_pain is None:
            is_pain = goes_on_about_pain and is_level
        if is_pain and (is_level or _is_a_level(tokens, at, back)):
            below = at and tokens[at - 1] == lexicon.BELOW
            yield at, max(0, int(token[3:]) - (1 if below else 0))


def _nearest(tokens: list[str]) -> list[tuple[int, bool | None]]:
    """For each token how far back the nearest measure stands, and whether it is pain; a comma is a long way."""
    far, is_pain = 10**6, None
    found: list[tuple[int, bool | None]] = []
    for token in tokens:
        found.append((far, is_pain))
        far += 4 if token in _CLAUSE_ENDS else 1
        if token in lexicon.PAIN or token in lexicon.OTHER:
            far, is_pain = 1, token in lexicon.PAIN
    return found


def _is_on_a_scale(tokens: list[str], at: int) -> bool:
    """Whether a number can only be one of a scale where pain is spoken of: "amber 3 to 5", "A 4 is fine"."""
    if at and tokens[at - 1] in lexicon.COLOURS:
        return True
    return at <= 1 and tokens[:at] in ([], ["a"], ["an"]) and tokens[at + 1 : at + 3] == ["is", lexicon.FINE]


def _is_a_level(tokens: list[str], at: int, back: tuple[int, bool | None]) -> bool:
    """Whether a number without its scale says how strong pain is: "pain up to 7", "VAS 4", "pain … 6 is fine"."""
    last = tokens[at - 1] if at else ""
    leads = last in lexicon.BEFORE_A_NUMBER or tokens[max(0, at - 2) : at] == ["pain", ":"]
    leads = leads or (last == lexicon.BEYOND and lexicon.GO_ON in tokens[max(0, at - _FAR) : at])
    is_fine = tokens[at + 1 : at + 3] in (["is", lexicon.FINE], ["are", lexicon.FINE])
    if not back[1] or back[0] > _FAR or not (leads or is_fine):
        return False
    words = tokens[max(0, at - back[0]) : at]
    return "," not in words and not lexicon.IF.intersection(words)


def _permits(tokens: list[str], at: int, clause: _Clause, *, orders: bool, goes_on: bool, fine: bool) -> bool:
    """Whether a figure of pain is allowed by the sentence it stands in."""
    leads = tokens[max(0, at - 3) : at]
    if leads and leads[-1] in lexicon.COLOURS:
        said = set(takewhile(lambda token: token not in {",", "red", *lexicon.COLOURS}, tokens[at + 1 : at + 20]))
        is_told_so = leads[-1] == lexicon.GREEN or {lexicon.GO_ON, lexicon.FINE} & said
        return bool(is_told_so and not said & lexicon.TAKES_BACK)
    if not goes_on and (lexicon.BEYOND in leads or lexicon.MORE in tokens[at + 1 : at + 4]):
        return False
    if clause.says_no and not (clause.is_fine or clause.goes_on):
        return False
    start = _start_of_clause(tokens, at)
    if lexicon.IF.intersection(tokens[start:at]):
        return goes_on or fine
    plainly = clause.is_fine or lexicon.UP_TO in leads or lexicon.BELOW in leads
    return not orders or goes_on or (plainly and not clause.orders)


def _start_of_clause(tokens: list[str], at: int) -> int:
    """Where the clause begins in which a token stands; looked for no further than a sentence is long."""
    start = at
    while start and at - start < _FAR and tokens[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    return start


def _unnumbered(said: str, pattern: re.Pattern[str]) -> bool:
    """Whether the sentence says so, and no word before it in the same clause, or right after it, takes it back."""
    for found in pattern.finditer(said):
        clause = re.split(r"[,:]| but | then ", said[max(0, found.start() - 120) : found.start()])[-1]
        told = set(_TOKEN.findall(clause))
        is_no_order = lexicon.IF_ONE_DOES.search(clause) or lexicon.REFUTED.match(said[found.end() : found.end() + 60])
        if told.isdisjoint(lexicon.TAKES_BACK | lexicon.OTHERS_DO | lexicon.WARNED_OF) and not is_no_order:
            return True
    return False


def _some(said: str, clauses: list[_Clause], *, orders: bool) -> int:
    """How much is allowed without a figure: some is 1."""
    plain = any(
        _says_pain_is_fine(clause) and not (orders and lexicon.IF.intersection(clause.tokens)) for clause in clauses
    )
    if not plain and (orders or not _unnumbered(said, lexicon.SOME_SAID)):
        return 0
    allowing = lexicon.WARNS_FROM.split(said, maxsplit=1)[0]
    return next((most for pattern, most in lexicon.STRONGER if pattern.search(allowing)), 1)


def _says_pain_is_fine(clause: _Clause) -> bool:
    """Whether it says so of pain: "some pain during it is fine", and not "after pain it is fine to walk"."""
    if not clause.is_fine or clause.orders:
        return False
    of_pain = False
    for token in clause.tokens:
        if token == lexicon.FINE:
            return of_pain
        of_pain = token in lexicon.PAIN or (of_pain and token not in lexicon.OTHERS_SPOKEN_OF)
    return False
