"""Boards from the database: which notes are in force for what a reader is shown. One query for any number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.conf import settings

from clinical.notes.targets import placements_reaching, placements_to_get_help
from clinical.safety.default_notes import default_placements, stop_note, with_stop_note
from clinical.safety.parts import never_lost
from clinical.safety.reach import Part, Place, Subject, pain_among, usual_sensation_among
from clinical.safety.rules import EffectiveNote, NoteVersion, Placement, concerning, effective_notes
from clinical.safety.sheet import EmergencyNumber, SafetyBoard
from clinical.words.choices import PlaceKind

_ANYWHERE = Place(PlaceKind.EVERYTHING)


def languages_for(language: str) -> tuple[str, ...]:
    """What a reader of this language would rather read, best first."""
    return tuple(dict.fromkeys((language, settings.LANGUAGE_CODE)))


@never_lost("The emergency number")
def emergency_number(language: str) -> EmergencyNumber:
    """The number to call, by the page's language (H25). A system check holds that every language has one."""
    return EmergencyNumber(settings.EMERGENCY_NUMBERS[language])


def urgent_number(language: str) -> EmergencyNumber | None:
    """Whom to call for help today where it is no emergency, by the page's language; a check holds that there is one."""
    number = str(settings.URGENT_NUMBERS.get(language, "")).strip()
    return EmergencyNumber(number) if number else None


@never_lost("A board of safety notes")
def board_for(
    subjects: Iterable[Subject],
    language: str,
    also: Iterable[Placement] = (),
    stored: Iterable[Placement] | None = None,
) -> SafetyBoard:
    """The board of a sheet: the default notes and every note in force that concerns the subjects. One query.

    The strictest pain limit of the subjects words the default stop sign. ``also`` is what the page itself has to add,
    ``stored`` what was asked for many sheets together; then there is no query.
    """
    notes = notes_on(list(subjects), language, also, stored)
    return SafetyBoard(notes, emergency_number(language), language, urgent_number(language))


def notes_on(
    subjects: list[Subject],
    language: str,
    also: Iterable[Placement] = (),
    stored: Iterable[Placement] | None = None,
) -> tuple[EffectiveNote, ...]:
    """The notes of that board, without whom to call. One query, or none where what is ``stored`` is known."""
    reaching = placements_reaching(subjects, languages_for(language)) if stored is None else stored
    default = default_placements(language, pain_among(subjects), usual_sensation_among(subjects))
    return effective_notes([*default, *reaching, *also], subjects)


@never_lost("A board of safety notes")
def boards_for(
    whole: list[Subject],
    parts: Iterable[Subject],
    language: str,
    also: Iterable[Placement] = (),
    stored: Iterable[Placement] | None = None,
) -> tuple[SafetyBoard, list[SafetyBoard]]:
    """A routine's board and one for each exercise in it, from one query.

    The strictest pain limit stands on the routine's; on an exercise's board stands its own.
    """
    parts = list(parts)
    board = board_for([*whole, *parts], language, also, stored)
    usual = usual_sensation_among([*whole, *parts])
    stops = (stop_note(language, pain_among([part]), usual) for part in parts)
    found = zip(concerning(board.notes, parts), stops, strict=True)
    return board, [replace(board, notes=with_stop_note(notes, stop)) for notes, stop in found]


@never_lost("A board of safety notes")
def board_of_help(page: UUID, language: str) -> SafetyBoard:
    """When to get help, whatever one does: the default notes, and every note of tier 1 in force, on its one page.

    One query, however many notes.
    """
    placements = (Placement(each.note, _ANYWHERE) for each in placements_to_get_help(languages_for(language)))
    notes = effective_notes([*default_placements(language), *placements], [Subject(page, "", Part.WHOLE)])
    return SafetyBoard(notes, emergency_number(language), language, urgent_number(language))


def board_of_one(note: NoteVersion, *companions: NoteVersion) -> SafetyBoard:
    """The default notes and one note, complete or not, for its preview; with the notes it is read as one with."""
    placements = [*default_placements(note.language), *(Placement(each, _ANYWHERE) for each in (note, *companions))]
    notes = effective_notes(placements, [Subject(note.key, "", Part.WHOLE)])
    return SafetyBoard(notes, emergency_number(note.language), note.language, urgent_number(note.language))
