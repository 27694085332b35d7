"""The card "Before you start": every serious sign in a few words, in five groups of fixed order, before the first step.

Pure. Each note of tiers 1 and 2 has its sign here, in the words of its short sign or, without one, in its own. Tier 3
and what a page asks about itself come last. Nothing folds and nothing is left out; what is not a sign to look out for
(a raised preparation, say) stands in a group of its own. Every output shows this one value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from clinical.outputs.note_labels import (
    is_a_sentence,
    is_said_by_concerns,
    lead_of,
    today_label,
)
from clinical.outputs.parts_of_the_body import anywhere, heading_of
from clinical.safety.default_notes import DEFAULT_KEYS
from clinical.safety.parts import never_lost
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import AskFirst, MissingSafety, SafetyBoard
from clinical.safety.short_signs import COMPLETES_IF
from clinical.words.choices import Tier
from clinical.words.concerns import is_said_in, said_together

GroupStyle = Literal["emergency", "today", "leave", "stop", "not", "ask", "check"]


@dataclass(frozen=True)
class Sign:
    """One line of the card, and the notes it speaks for. Without keys it is the page's own.

    ``is_joint`` is whether two people approved it for all of them; otherwise they only happen to say the same.
    """

    words: str
    keys: tuple[UUID, ...] = ()
    language: str = ""
    is_joint: bool = False


@dataclass(frozen=True)
class SignList:
    """Signs under one subheading; under none on an exercise's own page."""

    signs: tuple[Sign, ...]
    heading: str = ""


@dataclass(frozen=True)
class SignGroup:
    """Signs that ask the reader to do the same. ``label`` is completed by each of them."""

    style: GroupStyle
    label: str
    lists: tuple[SignList, ...]

    @property
    def signs(self) -> tuple[Sign, ...]:
        """All of them, in order."""
        return tuple(sign for each in self.lists for sign in each.signs)

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.signs)


@dataclass(frozen=True)
class SignCard:
    """The groups that have a sign, in order, and how many notes stand in full further down."""

    groups: tuple[SignGroup, ...]
    notes: int

    @property
    def keys(self) -> frozenset[UUID]:
        """Every note that has its sign here."""
        return frozenset(key for group in self.groups for sign in group.signs for key in sign.keys)

    @property
    def joint(self) -> frozenset[UUID]:
        """The notes that stand on it in the words of a sign that speaks for several."""
        signs = (sign for group in self.groups for sign in group.signs if sign.is_joint)
        return frozenset(key for sign in signs for key in sign.keys)

    @property
    def words(self) -> int:
        """How many words a reader reads before they are through."""
        texts = [group.label for group in self.groups]
        texts += [each.heading for group in self.groups for each in group.lists]
        texts += [sign.words for group in self.groups for sign in group.signs]
        return sum(len(text.split()) for text in texts)

    def refuse_if_signs_are_missing(self, board: SafetyBoard) -> None:
        """Raise ``MissingSafety`` where a serious note of the board has no sign here."""
        missing = {item.key for item in board if item.tier <= Tier.DO_NOT} - self.keys
        if missing:
            raise MissingSafety(f"Safety signs are missing: {', '.join(sorted(map(str, missing)))}")

    def group(self, style: GroupStyle) -> SignGroup | None:
        """The group of this style, where it has a sign."""
        return next((group for group in self.groups if group.style == style), None)


@dataclass(frozen=True)
class Opening:
    """What a reader reads before there is anything to do: the page's own lines, then the card."""

    card: SignCard
    lines: tuple[str, ...]

    @property
    def words(self) -> int:
        """How many words that are."""
        return self.card.words + sum(len(line.split()) for line in self.lines)


@never_lost("The card of safety signs")
def sign_card(
    board: SafetyBoard, asks: Iterable[AskFirst] = (), *, by_part: bool = False, about: Collection[str] = ()
) -> SignCard:
    """The card of a board. ``asks`` is what the page asks of itself; ``by_part`` groups tier 1 by part of the body.

    ``about`` are the names of the conditions the page itself is for; no other condition is named over signs.
    """
    heading = partial(heading_of, about=about) if by_part else _no_heading
    emergency = [item for item in board.emergency if item.note.kind in COMPLETES_IF]
    same_day = [item for item in board.same_day if item.note.kind in COMPLETES_IF]
    leave = [item for item in board.do_not_if if item.note.kind in COMPLETES_IF]
    others = [item for item in board if item.tier <= Tier.DO_NOT and item.note.kind not in COMPLETES_IF]
    made = (
        SignGroup("emergency", _("Call %s now if") % board.emergency_number.number, _lists(emergency, heading)),
        SignGroup("today", today_label(board), _lists(same_day, heading)),
        SignGroup("leave", _("Leave it out if"), _lists(leave)),
        SignGroup("stop", _("Stop if"), _lists(sorted(board.stop_if, key=_default_notes_first))),
        SignGroup("not", _("Do not"), _of(tuple(_each_once(_other(item, board) for item in others)))),
        SignGroup("ask", _("Ask first if"), _of(tuple(_to_ask(board, tuple(asks))))),
        SignGroup("check", _("Check first"), _of(tuple(_sentences(board)))),
    )
    return SignCard(tuple(group for group in made if group.lists), len(board.notes))


def leads(card: SignCard) -> dict[UUID, UUID]:
    """For each note that a joint sign speaks for, the note the sign stands in."""
    joint = (sign for group in card.groups if group.style != "ask" for sign in group.signs if sign.is_joint)
    return {key: sign.keys[0] for sign in joint for key in sign.keys}


def sign_of(item: EffectiveNote) -> Sign:
    """A note's own sign: in short, or in its own words where nobody has put it in short."""
    return Sign(item.short_words, (item.key,), item.note.language)


def _no_heading(item: EffectiveNote) -> str:
    return ""


def _default_notes_first(item: EffectiveNote) -> bool:
    return item.key not in DEFAULT_KEYS


def _lists(
    notes: Iterable[EffectiveNote], heading: Callable[[EffectiveNote], str] = _no_heading
) -> tuple[SignList, ...]:
    """The signs of notes under one label, those with one heading together; families that stand are one sign.

    A family whose notes have several headings stands under none of them, but under "Anywhere".
    """
    found: dict[str, list[Sign]] = {}
    notes = tuple(notes)
    heading_by_key = {item.key: heading(item) for item in notes}
    for sign in _read_as_one(notes):
        headings = {heading_by_key[key] for key in sign.keys}
        found.setdefault(headings.pop() if len(headings) == 1 else anywhere(), []).append(sign)
    return tuple(SignList(tuple(signs), name) for name, signs in found.items())


def _of(signs: tuple[Sign, ...]) -> tuple[SignList, ...]:
    return (SignList(signs),) if signs else ()


def _read_as_one(notes: tuple[EffectiveNote, ...]) -> Iterable[Sign]:
    """The sign of each note, or of the family it is read with."""
    return _each_once(_each_or_its_family(notes))


def _each_once(signs: Iterable[Sign]) -> Iterable[Sign]:
    """Each sign said once, whatever number of notes say it."""
    found: dict[tuple[str, str], Sign] = {}
    for sign in signs:
        read = (sign.words.casefold().strip(" ."), sign.language)
        first = found.setdefault(read, sign)
        if first is not sign:
            found[read] = replace(first, keys=(*first.keys, *sign.keys))
    return found.values()


def _each_or_its_family(notes: tuple[EffectiveNote, ...]) -> Iterator[Sign]:
    """The sign of each note; a note that a standing family speaks for has none of its own."""
    texts = {item.key: item.note.text for item in notes}
    joint = _standing_families(notes, texts)
    spoken_for = {key for keys in joint.values() for key in keys[1:]}
    for item in notes:
        if item.key in joint and item.note.family:
            yield Sign(item.as_listed(item.note.family.sign), joint[item.key], item.note.language, is_joint=True)
        elif item.key not in spoken_for:
            yield sign_of(item)


def _standing_families(notes: tuple[EffectiveNote, ...], texts: Mapping[UUID, str]) -> dict[UUID, tuple[UUID, ...]]:
    """By its lead, the notes each family speaks for, the lead first. A note is spoken for only once."""
    taken: set[UUID] = set()
    found: dict[UUID, tuple[UUID, ...]] = {}
    for item in notes:
        family = item.note.family
        if family is None or not family.stands_among(texts):
            continue
        keys = tuple(dict.fromkeys((item.key, *(key for key, _words in family.members))))
        if not taken.intersection(keys):
            found[item.key] = keys
            taken.update(keys)
    return found


def _other(item: EffectiveNote, board: SafetyBoard) -> Sign:
    """A serious note that completes no "if": what it asks for is said with it."""
    sign = sign_of(item)
    return Sign(" ".join(filter(None, (lead_of(item, board), sign.words))), sign.keys, sign.language)


def _to_ask(board: SafetyBoard, asks: tuple[AskFirst, ...]) -> Iterator[Sign]:
    """Whom it concerns, each said once, then what only one note or line says; a page's own line is never left out."""
    speaking: dict[str, list[UUID]] = {}
    for item in board.check_first:
        for concern in item.note.concerns if is_said_by_concerns(item) else ():
            speaking.setdefault(concern, []).append(item.key)
    for concern in (concern for ask in asks if not ask.text for concern in ask.concerns):
        speaking.setdefault(concern, [])
    own = [(sign, _taken_over(item, sign, speaking)) for item, sign in _in_words(board) if not _is_sentence(item, sign)]
    # A note has its sign once: under whom else it concerns, or where somebody else says it.
    shown = {key for keys in speaking.values() for key in keys}
    for words, together in said_together(speaking):
        yield Sign(words, tuple(dict.fromkeys(key for each in together for key in speaking[each])))
    for sign, taken_over in own:
        yield replace(sign, keys=tuple(dict.fromkeys((*sign.keys, *(key for key in taken_over if key not in shown)))))
    for text in dict.fromkeys(ask.text for ask in asks if ask.text):
        yield Sign(text)


def _sentences(board: SafetyBoard) -> Iterator[Sign]:
    yield from (sign for item, sign in _in_words(board) if _is_sentence(item, sign))


def _is_sentence(item: EffectiveNote, sign: Sign) -> bool:
    return is_a_sentence(item, is_joint=sign.is_joint)


def _taken_over(item: EffectiveNote, sign: Sign, speaking: dict[str, list[UUID]]) -> list[UUID]:
    """The notes about whom a note's own sign names in so many words too: those are taken out of ``speaking``."""
    named = [concern for concern in item.note.concerns if concern in speaking and is_said_in(sign.words, concern)]
    return [key for concern in named for key in speaking.pop(concern)]


def _in_words(board: SafetyBoard) -> Iterator[tuple[EffectiveNote, Sign]]:
    """The signs of tier 3 that are more than whom they concern, each with the note it stands in."""
    notes = {item.key: item for item in board.check_first if not is_said_by_concerns(item)}
    yield from ((notes[sign.keys[0]], sign) for sign in _read_as_one(tuple(notes.values())))
