"""A routine's sheet as data: ``/routines/<slug>/sheet.json``, and what the follow-along is made from.

Pure. It says the same as the page, number for number and note for note; the JSON Schema that belongs to it is
published in ``docs/sheet-format``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from clinical.outputs.file_cache import Made
from clinical.outputs.publication_data import publication_data, with_version
from clinical.outputs.safety_data import (
    AskFirstData,
    ProvenanceData,
    PublicationData,
    Safety,
    SheetData,
    Signs,
    TermData,
    UseData,
    asks_data,
    notes_data,
    provenance_data,
    signs_data,
    uses_data,
)
from exercises.outputs.dosage_data import DosageData, dosage_data
from exercises.outputs.output import Asked
from exercises.outputs.sheet_data import ExerciseData, exercise_data
from exercises.pacing import GET_READY_SECONDS
from routines.choices import Phase
from routines.outputs.plain_prose import plain
from routines.sheet import RoutineSheet, RoutineSheetItem


class ItemData(SheetData):
    """One exercise as prescribed here. ``seconds`` counts the item without getting ready.

    ``pain_words`` must be shown beside it where they are not empty: it allows more pain than the sheet's stop sign.
    """

    number: int
    phase: Phase
    phase_words: str
    exercise: ExerciseData
    cue: str
    words: Annotated[str, Field(description="All that is prescribed in one line, with the weeks in which it is done.")]
    from_week: Annotated[int | None, Field(description="Only from this week on; the first is 1.")]
    to_week: Annotated[int | None, Field(description="Only until the end of this week.")]
    pain_words: str
    dosage: DosageData
    get_ready_seconds: int
    seconds: int


class RoutineSheetData(SheetData):
    """One routine as its readers see it. ``taken_out`` names exercises withdrawn since it was written."""

    format: Literal["stretchsite-routine-1"] = "stretchsite-routine-1"
    id: UUID
    title: str
    address: str
    language: str
    emergency_number: str
    urgent_number: Annotated[str, Field(description="Whom to call for help today; empty where there is no number.")]
    signs: Signs
    safety: Safety
    purpose: str
    moments: tuple[TermData, ...]
    frequency: str
    sessions_per_day: int | None
    sessions_per_day_most: int | None
    days_per_week: int | None
    days_per_week_most: int | None
    every_days: Annotated[int | None, Field(description="Instead of days a week: 2 is every second day.")]
    as_needed: Annotated[bool, Field(description="Whenever it is needed: nothing is planned for it.")]
    as_needed_most: int | None
    weeks: int | None
    weeks_most: int | None
    week: Annotated[int | None, Field(description="On a share link: which week since it was given; else unknown.")]
    began_on: Annotated[date | None, Field(description="On a share link: the first day of week 1; else unknown.")]
    total_seconds: Annotated[int, Field(description="One session, with getting ready for each item.")]
    total_seconds_most: Annotated[int, Field(description="The same on the upper end of every range.")]
    minutes: int
    minutes_most: int
    items: tuple[ItemData, ...]
    taken_out: tuple[str, ...]
    ask_about: tuple[str, ...]
    dos: tuple[str, ...]
    donts: Annotated[tuple[str, ...], Field(description="Each completes “do not”.")]
    check_first: tuple[AskFirstData, ...]
    expect_change: str
    see_someone: str
    advice: Annotated[tuple[str, ...], Field(description="Everyday advice as lines of text: headings, texts, points.")]
    used_for: Annotated[tuple[UseData, ...], Field(description="Empty on a share link, which names no complaint.")]
    put_together: Annotated[str, Field(description="On a link to one patient's programme: whose choice it is.")]
    provenance: ProvenanceData
    publication: PublicationData


def routine_sheet_data(
    sheet: RoutineSheet, today: date, *, publisher: str = "", licence: str = "", names_conditions: bool = False
) -> RoutineSheetData:
    """The sheet of a routine as data, as it is said today. On a share link no condition is named (SL11)."""
    data = RoutineSheetData(
        id=sheet.key,
        title=sheet.title,
        address=sheet.url,
        language=sheet.language,
        emergency_number=sheet.safety.emergency_number.number,
        urgent_number=sheet.safety.urgent_number.number if sheet.safety.urgent_number else "",
        signs=signs_data(sheet.signs),
        safety=notes_data(sheet.safety, names_conditions=names_conditions),
        purpose=sheet.purpose,
        moments=tuple(TermData.of(moment) for moment in sheet.moments),
        frequency=sheet.frequency,
        **sheet.often.frequency_values(),
        weeks=sheet.weeks,
        weeks_most=sheet.weeks_most,
        week=sheet.week,
        began_on=sheet.began_on,
        total_seconds=sheet.total_seconds,
        total_seconds_most=sheet.total_seconds_most,
        minutes=sheet.minutes,
        minutes_most=sheet.minutes_most,
        items=tuple(_item_data(item) for item in sheet.items),
        taken_out=sheet.taken_out,
        ask_about=sheet.ask_about,
        dos=sheet.dos,
        donts=sheet.donts,
        check_first=asks_data(sheet.provenance.check_first),
        expect_change=sheet.expect_change,
        see_someone=sheet.see_someone,
        advice=tuple(piece["text"] for piece in plain(sheet.advice)),
        used_for=uses_data(sheet.conditions),
        put_together=sheet.put_together.words if sheet.put_together else "",
        provenance=provenance_data(sheet.provenance, today),
        publication=publication_data(publisher, licence, sheet.provenance),
    )
    return with_version(data)


def data_asked(sheet: RoutineSheet, asked: Asked) -> RoutineSheetData:
    """The same as whoever asks is answered."""
    return routine_sheet_data(
        sheet,
        asked.today,
        publisher=asked.site_name,
        licence=asked.licence,
        names_conditions=not asked.is_shared,
    )


def made(sheet: RoutineSheet, asked: Asked) -> Made:
    """The same as an output."""
    return Made(data_asked(sheet, asked).model_dump_json().encode())


def _item_data(item: RoutineSheetItem) -> ItemData:
    return ItemData(
        number=item.number,
        phase=item.phase,
        phase_words=str(item.phase.label),
        exercise=exercise_data(item.exercise),
        cue=item.cue,
        words=item.dosage_words,
        from_week=item.weeks.first,
        to_week=item.weeks.last,
        pain_words=item.pain_words,
        dosage=dosage_data(item.dosage, item.side, item.whole),
        get_ready_seconds=GET_READY_SECONDS,
        seconds=item.seconds,
    )
