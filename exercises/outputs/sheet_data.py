"""An exercise's sheet as data: ``/exercises/<slug>/sheet.json``, and the exercise inside a routine's.

Pure. Everything a follow-along or another program needs, with every safety note; the JSON Schema that belongs to it is
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
from clinical.safety.sheet import SafetyBoard
from clinical.words.choices import SettlesBy
from exercises.figure_sheet import SheetFigure
from exercises.outputs.dosage_data import DosageData, dosage_data
from exercises.outputs.media_data import PictureData, VideoData, picture_data, video_data
from exercises.outputs.output import Asked
from exercises.pacing import GET_READY_SECONDS
from exercises.sheet import ExerciseSheet, Step, Thing, VariationLink


class FrameData(SheetData):
    """One pose of a figure, drawn: an SVG whose address never changes, and the words for who does not see it."""

    key: str
    label: str
    alt: str
    address: str
    href: Annotated[str, Field(description="The drawing inside its file, for `use` with `view_box`.")]
    view_box: str


class FigureData(SheetData):
    """The figure of an exercise for the side that is worked: its poses from start to end."""

    frames: Annotated[tuple[FrameData, ...], Field(min_length=1)]
    view_box: Annotated[str, Field(description="Holds all poses.")]
    side: str
    felt: str
    strip_address: Annotated[str, Field(description="The movement; empty when there is one pose.")]


class StepData(SheetData):
    """One thing to do. ``note_ids`` are the safety notes to repeat beside it, ``pose`` the frame that shows it."""

    kind: str
    text: str
    pose: str
    picture: PictureData | None
    video: VideoData | None
    note_ids: tuple[UUID, ...]


class ThingData(TermData):
    """Something that is needed, and what may be taken instead for this exercise; empty where nothing may."""

    instead: str


class VariationData(SheetData):
    """An easier, harder or other way: a sentence, and where it is another exercise its title and address."""

    kind: str
    label: str
    text: str
    title: str
    address: str


class ExerciseData(SheetData):
    """What an exercise is, without a dosage: the same in a routine and on its own."""

    id: UUID
    title: str
    address: str
    clinical_name: str
    other_names: tuple[str, ...]
    muscles: tuple[str, ...]
    kind: TermData
    position: Annotated[TermData, Field(description="The position it is shown in.")]
    other_positions: Annotated[tuple[TermData, ...], Field(description="It may be done in these just as well.")]
    regions: Annotated[tuple[TermData, ...], Field(description="The parts of the body it works, the first most.")]
    purpose: str
    figure: FigureData | None
    photo: PictureData | None
    video: VideoData | None
    steps: Annotated[tuple[StepData, ...], Field(min_length=1)]
    feel: str
    not_feel: str
    pain_most: Annotated[int, Field(description="How strong pain may get while doing it, out of 10; 0 allows none.")]
    settles_by: Annotated[SettlesBy, Field(description="By when allowed pain must have settled.")]
    pain_words: Annotated[str, Field(description="The same in a sentence; empty where no pain is allowed.")]
    equipment: tuple[ThingData, ...]
    dos: tuple[str, ...]
    donts: Annotated[tuple[str, ...], Field(description="Each completes “do not”.")]
    common_mistakes: tuple[str, ...]
    check_first: tuple[AskFirstData, ...]
    note_ids: Annotated[
        tuple[UUID, ...], Field(min_length=2, description="Which of the sheet's safety notes concern this exercise.")
    ]


class ExerciseSheetData(SheetData):
    """One exercise as its readers see it."""

    format: Literal["stretchsite-exercise-1"] = "stretchsite-exercise-1"
    id: UUID
    title: str
    address: str
    language: str
    emergency_number: str
    urgent_number: Annotated[str, Field(description="Whom to call for help today; empty where there is no number.")]
    signs: Signs
    safety: Safety
    exercise: ExerciseData
    dosage: DosageData
    get_ready_seconds: int
    variations: tuple[VariationData, ...]
    used_for: tuple[UseData, ...]
    provenance: ProvenanceData
    publication: PublicationData


def exercise_sheet_data(
    sheet: ExerciseSheet, today: date, *, publisher: str = "", licence: str = ""
) -> ExerciseSheetData:
    """The sheet of an exercise's own page as data, as it is said today."""
    data = ExerciseSheetData(
        id=sheet.key,
        title=sheet.title,
        address=sheet.url,
        language=sheet.language,
        emergency_number=sheet.safety.emergency_number.number,
        urgent_number=sheet.safety.urgent_number.number if sheet.safety.urgent_number else "",
        signs=signs_data(sheet.signs),
        safety=notes_data(sheet.safety, names_conditions=True),
        exercise=exercise_data(sheet),
        dosage=dosage_data(sheet.dosage, sheet.side),
        get_ready_seconds=GET_READY_SECONDS,
        variations=tuple(_variation_data(variation) for variation in sheet.variations),
        used_for=uses_data(sheet.conditions),
        provenance=provenance_data(sheet.provenance, today),
        publication=publication_data(publisher, licence, sheet.provenance),
    )
    return with_version(data)


def data_asked(sheet: ExerciseSheet, asked: Asked) -> ExerciseSheetData:
    """The same as whoever asks is answered."""
    return exercise_sheet_data(sheet, asked.today, publisher=asked.site_name, licence=asked.licence)


def made(sheet: ExerciseSheet, asked: Asked) -> Made:
    """The same as an output."""
    return Made(data_asked(sheet, asked).model_dump_json().encode())


def exercise_data(sheet: ExerciseSheet) -> ExerciseData:
    """What the exercise is."""
    return ExerciseData(
        id=sheet.key,
        title=sheet.title,
        address=sheet.url,
        clinical_name=sheet.clinical_name,
        other_names=sheet.aliases,
        muscles=sheet.muscles,
        kind=TermData.of(sheet.kind),
        position=TermData.of(sheet.position),
        other_positions=tuple(map(TermData.of, sheet.other_positions)),
        regions=tuple(map(TermData.of, sheet.regions)),
        purpose=sheet.purpose,
        figure=_figure_data(sheet.figure) if sheet.figure else None,
        photo=picture_data(sheet.photo),
        video=video_data(sheet.video),
        steps=tuple(_step_data(step, sheet.safety) for step in sheet.steps),
        feel=sheet.feel,
        not_feel=sheet.not_feel,
        pain_most=sheet.pain.most,
        settles_by=SettlesBy(sheet.pain.settles_by),
        pain_words=sheet.pain_words,
        equipment=tuple(_thing_data(thing) for thing in sheet.equipment),
        dos=sheet.dos,
        donts=sheet.donts,
        common_mistakes=sheet.mistakes,
        check_first=asks_data(sheet.asks),
        note_ids=tuple(item.key for item in sheet.safety),
    )


def _figure_data(figure: SheetFigure) -> FigureData:
    frames = tuple(
        FrameData(
            key=frame.key,
            label=frame.label,
            alt=frame.alt,
            address=frame.address,
            href=frame.href,
            view_box=frame.view_box,
        )
        for frame in figure.frames
    )
    return FigureData(
        frames=frames,
        view_box=figure.view_box,
        side=figure.side,
        felt=figure.felt,
        strip_address=figure.strip_address,
    )


def _step_data(step: Step, board: SafetyBoard) -> StepData:
    return StepData(
        kind=step.kind,
        text=step.text,
        pose=step.pose.key if step.pose else "",
        picture=picture_data(step.picture),
        video=video_data(step.video),
        note_ids=tuple(item.key for item in board.beside(step.kind)),
    )


def _variation_data(variation: VariationLink) -> VariationData:
    return VariationData(
        kind=variation.kind,
        label=variation.label,
        text=variation.text,
        title=variation.title,
        address=variation.url,
    )


def _thing_data(thing: Thing) -> ThingData:
    return ThingData(value=thing.value, label=thing.label, instead=thing.substitute)
