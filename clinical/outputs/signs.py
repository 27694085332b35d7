"""The card "Before you start": every serious sign in a few words, in five groups of fixed order, before the first step.

Pure. Each note of tiers 1 and 2 has its sign here, in the words of its short sign or, without one, in its own. Tier 3
and what a page asks about itself come last. Nothing folds and nothing is left out; what is not a sign to look out for
(a raised preparation, say) stands in a group of its own. Every output shows this one value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from clinical.outputs.parts_of_the_body import heading_of
from clinical.safety.default_notes import DEFAULT_KEYS
from clinical.safety.parts import never_lost
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import AskFirst, SafetyBoard
from clinical.words.choices import NoteKind, Tier, Urgency
from clinical.words.concerns import Concern, said_together

GroupStyle = Literal["emergency", "today", "leave", "stop", "not", "ask"]

#: Kinds that complete "… if".
COMPLETES_IF = frozenset({NoteKind.RED_FLAG, NoteKind.CONTRAINDICATION, NoteKind.STOP})


@dataclass(frozen=True)
class Sign:
    """One line of the card, and the notes it speaks for. Without keys it is the page's own."""

    words: str
    keys: tuple[UUID, ...] = ()
    language: str = ""


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
        signs = (sign for group in self.groups for sign in group.signs if len(sign.keys) > 1)
        return frozenset(key for sign in signs for key in sign.keys)

    @property
    def words(self) -> int:
        """How many words a reader reads before they are through."""
        texts = [group.label for group in self.groups]
        texts += [each.heading for group in self.groups for each in group.lists]
        texts += [sign.words for group in self.groups for sign in group.signs]
        return sum(len(text.split()) for text in texts)

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
def sign_card(board: SafetyBoard, asks: Iterable[AskFirst] = (), *, by_part: bool = False) -> SignCard:
    """The card of a board. ``asks`` is what the page asks of itself; ``by_part`` groups tier 1 by part of the body."""
    heading = heading_of if by_part else _no_heading
    emergency = [item for item in board.emergency if item.note.kind in COMPLETES_IF]
    same_day = [item for item in board.same_day if item.note.kind in COMPLETES_IF]
    leave = [item for item in board.do_not_if if item.note.kind in COMPLETES_IF]
    others = [item for item in board if item.tier <= Tier.DO_NOT and item.note.kind not in COMPLETES_IF]
    made = (
        SignGroup("emergency", _("Call %s now if") % board.emergency_number.number, _lists(emergency, heading)),
        SignGroup("today", today_label(board), _lists(same_day, heading)),
        SignGroup("leave", _("Leave it out if"), _lists(leave)),
        SignGroup("stop", _("Stop if"), _lists(sorted(board.stop_if, key=_default_notes_first))),
        SignGroup("not", _("Do not"), _of(tuple(_other(item, board) for item in others))),
        SignGroup("ask", _("Ask first if"), _of(tuple(_to_ask(board, tuple(asks))))),
    )
    return SignCard(tuple(group for group in made if group.lists), len(board.notes))


def leads(card: SignCard) -> dict[UUID, UUID]:
    """For each note that a joint sign speaks for, the note the sign stands in."""
    joint = (sign for group in card.groups if group.style != "ask" for sign in group.signs if len(sign.keys) > 1)
    return {key: sign.keys[0] for sign in joint for key in sign.keys}


def today_label(board: SafetyBoard) -> str:
    """What to do today, and whom to call: "Call 111 today if"."""
    if not board.urgent_number:
        return _("Get help today if")
    return _("Call %s today if") % board.urgent_number.number


def sign_of(item: EffectiveNote) -> Sign:
    """A note's own sign: in short, or in its own words where nobody has put it in short."""
    return Sign(_worded(item, item.note.in_short or item.words), (item.key,), item.note.language)


def _worded(item: EffectiveNote, words: str) -> str:
    """A sign as it stands in a list: a thing not to do says so itself, whatever label it stands under (H35)."""
    if item.note.kind is not NoteKind.DONT or words.casefold().startswith(_("Do not").casefold()):
        return words
    return _("Do not %s") % words


def _no_heading(item: EffectiveNote) -> str:
    return ""


def _default_notes_first(item: EffectiveNote) -> bool:
    return item.key not in DEFAULT_KEYS


def _lists(
    notes: Iterable[EffectiveNote], heading: Callable[[EffectiveNote], str] = _no_heading
) -> tuple[SignList, ...]:
    """The signs of notes under one label, those with one heading together; families that stand are one sign."""
    found: dict[str, list[Sign]] = {}
    for item, sign in _read_as_one(list(notes)):
        found.setdefault(heading(item), []).append(sign)
    return tuple(SignList(tuple(signs), name) for name, signs in found.items())


def _of(signs: tuple[Sign, ...]) -> tuple[SignList, ...]:
    return (SignList(signs),) if signs else ()


def _read_as_one(notes: list[EffectiveNote]) -> Iterator[tuple[EffectiveNote, Sign]]:
    """Each sign with the note it stands for; a note a standing family speaks for has none of its own."""
    texts = {item.key: item.note.text for item in notes}
    joint = _standing_families(notes, texts)
    spoken_for = {key for keys in joint.values() for key in keys[1:]}
    for item in notes:
        if item.key in joint and item.note.family:
            yield item, Sign(_worded(item, item.note.family.sign), joint[item.key], item.note.language)
        elif item.key not in spoken_for:
            yield item, sign_of(item)


def _standing_families(notes: list[EffectiveNote], texts: Mapping[UUID, str]) -> dict[UUID, tuple[UUID, ...]]:
    """By its lead, the notes each family speaks for, the lead first. A note is spoken for only once."""
    taken: set[UUID] = set()
    found: dict[UUID, tuple[UUID, ...]] = {}
    for item in notes:
        family = item.note.family
        if family is None or not family.stands_among(texts):
            continue
        keys = (item.key, *(key for key, _words in family.members))
        if not taken.intersection(keys):
            found[item.key] = keys
            taken.update(keys)
    return found


def _other(item: EffectiveNote, board: SafetyBoard) -> Sign:
    """A serious note that completes no "if": what it asks for is said with it."""
    sign = sign_of(item)
    if item.urgency == Urgency.EMERGENCY.value:
        lead = _("Emergency, call %s:") % board.emergency_number.number
    elif item.tier == Tier.GET_HELP:
        lead = _("To get help today:")
    elif item.note.kind is NoteKind.DONT:
        return sign
    elif item.note.kind in {NoteKind.PREPARATION, NoteKind.DO}:
        lead = _("Do not leave this out:")
    else:
        lead = _("Do not start before you have checked:")
    return Sign(f"{lead} {sign.words}", sign.keys, sign.language)


def _to_ask(board: SafetyBoard, asks: tuple[AskFirst, ...]) -> Iterator[Sign]:
    """Whom it concerns, each said once, then what only one note or line says."""
    speaking: dict[str, list[UUID]] = {}
    for item in board.check_first:
        for concern in () if item.note.in_short else item.note.concerns:
            speaking.setdefault(concern, []).append(item.key)
    for concern in (concern for ask in asks if not ask.text for concern in ask.concerns):
        speaking.setdefault(concern, [])
    already = {concern for item in board.check_first if item.note.in_short for concern in item.note.concerns}
    for words, together in said_together(each for each, keys in speaking.items() if keys or each not in already):
        yield Sign(words, tuple(dict.fromkeys(key for each in together for key in speaking[each])))
    for _item, sign in _read_as_one([item for item in board.check_first if _says_itself(item)]):
        yield sign
    for text in dict.fromkeys(ask.text for ask in asks if ask.text):
        yield Sign(text)


def _says_itself(item: EffectiveNote) -> bool:
    """Whether the card cannot name whom it concerns instead; a concern that is not on the list names nobody."""
    return bool(item.note.in_short) or not any(concern in Concern.values for concern in item.note.concerns)
