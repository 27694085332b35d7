"""A note's short sign beside the text it stands for, as its author previews it and whoever approves it judges it.

Whether a sign catches everybody its text is meant for is a question no program answers. Whoever approves a sign that is
new, or whose text is, sees both side by side and says yes; without that nothing is approved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from django.conf import settings
from django.utils.translation import gettext as _

from clinical.notes.board import board_of_one
from clinical.outputs.signs import SignCard, sign_card
from clinical.safety.rules import NoteVersion
from clinical.safety.sheet import SafetyBoard
from clinical.safety.short_signs import Family, words_digest

#: A safety note, as a record. It knows this module, so its class is not named.
Note: TypeAlias = Any


@dataclass(frozen=True)
class FullText:
    """What a sign stands for: one note's whole words. ``reads_otherwise`` is whether they are others than it knows."""

    text: str
    what_to_do: str = ""
    reads_otherwise: bool = False


@dataclass(frozen=True)
class SignToJudge:
    """A sign under its label, and every text it must catch the readers of."""

    label: str
    sign: str
    texts: tuple[FullText, ...]


@dataclass(frozen=True)
class ShownCard:
    """The card of a few notes, and the board it is made of."""

    card: SignCard
    board: SafetyBoard


def question() -> str:
    """What whoever approves must be able to say yes to."""
    return _("Does the short sign catch everybody the text is meant for?")


def signs_to_judge(note: Note) -> tuple[SignToJudge, ...]:
    """The signs that are new, or whose text is, compared with the note in force; none where nobody need be asked.

    Whom a note of tier 3 concerns is its sign where it has no other. One query for the note in force, one for all
    companions.
    """
    if not note.in_short and not note.family_sign and not note.concerns:
        return ()
    live = note.in_force()
    label, words = _on_the_card(note)
    own = FullText(note.text, note.what_to_do)
    signs = []
    if words and (live is None or _said(note, "in_short", "concerns") != _said(live, "in_short", "concerns")):
        signs.append(SignToJudge(label, words, (own,)))
    if note.family_sign and (live is None or _joint(note) != _joint(live)):
        signs.append(SignToJudge(label, note.family_sign, (own, *_texts_of_companions(note))))
    return tuple(signs)


def cards_of(note: Note) -> tuple[ShownCard, ...]:
    """The card with the note's own sign; then, for a note with companions, the card where all of them are in force."""
    language = _language(note)
    version = note.as_version(language)
    alone = board_of_one(version)
    cards = [ShownCard(sign_card(alone), alone)]
    if note.family_sign:
        together = board_of_one(replace(version, family=_family(note)), *_companions(note, language))
        cards.append(ShownCard(sign_card(together), together))
    return tuple(cards)


def _said(note: Note, *signs: str) -> tuple[Any, ...]:
    """What makes up the question: the label, the text under it, and the sign."""
    return (note.kind, note.tier, note.urgency, note.text, *(tuple(getattr(note, sign)) for sign in signs))


def _joint(note: Note) -> tuple[Any, ...]:
    return (_said(note, "family_sign"), {(row.member_id, row.words) for row in note.family_members.all()})


def _texts_of_companions(note: Note) -> Iterator[FullText]:
    for member, row in _members(note):
        stands = member.live and words_digest(member.text) == row.words
        yield FullText(member.text, member.what_to_do, reads_otherwise=not stands)


def _companions(note: Note, language: str) -> Iterator[NoteVersion]:
    for member, _row in _members(note):
        yield member.as_version(language)


def _family(note: Note) -> Family:
    return Family(note.family_sign, tuple((member.translation_key, row.words) for member, row in _members(note)))


def _members(note: Note) -> Iterator[tuple[Note, Any]]:
    """The notes it speaks for besides itself, each with its row; a row nobody has filled in yet is none. One query."""
    rows = [row for row in note.family_members.all() if row.member_id]
    members = type(note).objects.in_bulk([row.member_id for row in rows]) if rows else {}
    return ((members[row.member_id], row) for row in rows)


def _on_the_card(note: Note) -> tuple[str, str]:
    """The label its sign completes, and what stands there in place of its text; nothing where the text itself does."""
    alone = board_of_one(note.as_version(_language(note)))
    found = [
        (group, sign) for group in sign_card(alone).groups for sign in group.signs if note.translation_key in sign.keys
    ]
    if not found:
        return "", ""
    [group, _sign], *_more = found
    is_named = group.style == "ask" and not note.in_short
    return group.label, "; ".join(sign.words for _group, sign in found) if is_named else note.in_short


def _language(note: Note) -> str:
    return note.locale.language_code if note.locale_id else settings.LANGUAGE_CODE
