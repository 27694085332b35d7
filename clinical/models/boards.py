"""Boards from the database: which notes are in force for what a reader is shown. One query for any number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from clinical.choices import NoteKind, PlaceKind, Tier
from clinical.floor import floor_placements
from clinical.models.targets import placements_reaching
from clinical.parts import never_lost
from clinical.rules import TIER_OF_KIND, NoteVersion, Part, Place, Placement, Subject, concerning, effective_notes
from clinical.sheet import EmergencyNumber, SafetyBoard

if TYPE_CHECKING:
    from clinical.models.notes import SafetyNote


def languages_for(language: str) -> tuple[str, ...]:
    """What a reader of this language would rather read, best first."""
    return tuple(dict.fromkeys((language, settings.LANGUAGE_CODE)))


@never_lost("The emergency number")
def emergency_number(language: str) -> EmergencyNumber:
    """The number to call, by the page's language (H25). A system check holds that every language has one."""
    return EmergencyNumber(settings.EMERGENCY_NUMBERS[language])


@never_lost("A board of safety notes")
def board_for(subjects: Iterable[Subject], language: str, also: Iterable[Placement] = ()) -> SafetyBoard:
    """The board of a sheet: the floor and every note in force that concerns the subjects. One query.

    ``also`` is what the page itself has to add.
    """
    subjects = list(subjects)
    stored = placements_reaching(subjects, languages_for(language))
    notes = effective_notes([*floor_placements(language), *stored, *also], subjects)
    return SafetyBoard(notes, emergency_number(language), language)


@never_lost("A board of safety notes")
def boards_for(
    whole: list[Subject], parts: Iterable[Subject], language: str, also: Iterable[Placement] = ()
) -> tuple[SafetyBoard, list[SafetyBoard]]:
    """A routine's board and one for each exercise in it, from one query."""
    parts = list(parts)
    board = board_for([*whole, *parts], language, also)
    number = board.emergency_number
    return board, [SafetyBoard(notes, number, language) for notes in concerning(board.notes, parts)]


def board_of_one(note: SafetyNote, language: str) -> SafetyBoard:
    """The floor and one note, complete or not, for its preview."""
    subject = Subject(note.translation_key, "", Part.WHOLE)
    kind = NoteKind(note.kind) if note.kind in NoteKind.values else NoteKind.CAVEAT
    version = NoteVersion(
        key=note.translation_key,
        kind=kind,
        tier=Tier(note.tier) if note.tier in Tier.values else TIER_OF_KIND[kind],
        text=note.text,
        urgency=note.urgency,
        what_to_do=note.what_to_do,
        language=language,
        concerns_step=note.concerns_step,
    )
    placements = [*floor_placements(language), Placement(version, Place(PlaceKind.EVERYTHING))]
    return SafetyBoard(effective_notes(placements, [subject]), emergency_number(language), language)
