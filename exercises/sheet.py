"""ExerciseSheet: everything a reader of one exercise is shown, as one immutable value.

Pure. Every output of an exercise (page, print, data) is made from this and nothing else, so none can lose a note.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from clinical.outputs.signs import Opening, SignCard, sign_card
from clinical.safety.default_notes import STOP_KEY
from clinical.safety.pain import NO_PAIN, PainLimit, fine_words
from clinical.safety.parts import never_lost
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import AskFirst, ConditionLink, Labelled, Provenance, SafetyBoard, SheetPicture
from exercises.choices import OFF_THE_FLOOR, Laterality, Lead, Side, either, position_icon, usual_side
from exercises.choosing import Amount, amounts
from exercises.dosage import Dosage
from exercises.dosage_cells import DosageCell, cells
from exercises.dosage_words import about, in_words, measure_in_words, stepped_in_words
from exercises.figure_sheet import FigureFrame, SheetFigure
from exercises.frequency import UNKNOWN, Frequency
from exercises.stepping import Stepped, steps
from exercises.video_sheet import SheetVideo


@dataclass(frozen=True)
class Step:
    """One thing to do, in order. ``kind`` is a ``StepKind`` value; safety notes may name it."""

    kind: str
    text: str
    picture: SheetPicture | None = None
    pose: FigureFrame | None = None
    video: SheetVideo | None = None


@dataclass(frozen=True)
class VariationLink:
    """An easier, harder or other way: another exercise (title and address), or a sentence with what changes."""

    kind: str
    label: str
    text: str
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class Thing(Labelled):
    """A thing an exercise needs; ``substitute`` is what a home may have instead, for this exercise."""

    substitute: str = ""


class Prescribed:
    """Mixed into a value that has a dosage and a side: how much that is, in words and in seconds."""

    if TYPE_CHECKING:
        dosage: Dosage

        @property
        def side(self) -> Side:
            """The side worked."""

        @property
        def whole(self) -> Frequency:
            """How often the whole is done that it belongs to, where it does."""

    @property
    def dosage_words(self) -> str:
        """The dosage in one line."""
        return in_words(self.dosage, self.side, self.whole)

    @property
    def dosage_short(self) -> str:
        """The measure alone, for a chip."""
        return measure_in_words(self.dosage, self.side)

    @cached_property
    def seconds(self) -> int:
        """Seconds one session of it takes, without getting ready."""
        return self.dosage.seconds(self.side)

    @cached_property
    def seconds_most(self) -> int:
        """The same on the upper end of every range."""
        return self.dosage.seconds_most(self.side)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """What its reader may choose from where there is a range, the least first."""
        return amounts(self.dosage, self.side)

    @cached_property
    def steps_up(self) -> tuple[Stepped, ...]:
        """What it becomes, step by step, where it steps up."""
        return steps(self.dosage)

    @property
    def begins_with(self) -> str:
        """The figure that steps up, as it begins: "8 times"."""
        return stepped_in_words(self.dosage.steps_up, getattr(self.dosage, self.dosage.steps_up))

    @property
    def duration_words(self) -> str:
        """How long one session of it takes: "28 seconds", "about 1 minute", "about 5 to 8 minutes"."""
        return about(self.seconds, self.seconds_most)


@dataclass(frozen=True, kw_only=True)
class ExerciseSheet(Prescribed):
    """One exercise as its readers see it. It cannot be made without its ``safety`` board and its provenance."""

    key: UUID
    title: str
    url: str
    language: str
    kind: Labelled
    position: Labelled
    laterality: Laterality
    regions: tuple[Labelled, ...]
    dosage: Dosage
    steps: tuple[Step, ...]
    safety: SafetyBoard
    provenance: Provenance
    clinical_name: str = ""
    aliases: tuple[str, ...] = ()
    purpose: str = ""
    muscles: tuple[str, ...] = ()
    equipment: tuple[Thing, ...] = ()
    feel: str = ""
    not_feel: str = ""
    mistakes: tuple[str, ...] = ()
    dos: tuple[str, ...] = ()
    donts: tuple[str, ...] = ()
    variations: tuple[VariationLink, ...] = ()
    conditions: tuple[ConditionLink, ...] = ()
    photo: SheetPicture | None = None
    video: SheetVideo | None = None
    figure: SheetFigure | None = None
    leads: Lead = Lead.FIGURE
    pain: PainLimit = NO_PAIN
    other_positions: tuple[Labelled, ...] = ()

    @cached_property
    def steps_with_notes(self) -> tuple[tuple[Step, tuple[EffectiveNote, ...]], ...]:
        """Each step with the notes that name it; what else has to be prepared stands beside the first."""
        with never_lost("A note beside a step"):
            beside = [list(self.safety.beside(step.kind)) for step in self.steps]
            named = {item.key for notes in beside for item in notes}
            if beside:
                beside[0] += [item for item in self.safety.to_prepare if item.key not in named]
            return tuple((step, tuple(notes)) for step, notes in zip(self.steps, beside, strict=True))

    @property
    def stop_signs(self) -> tuple[str, ...]:
        """What to stop at while doing it: its narrowest sign, then the default one as it holds for this exercise."""
        first = self.safety.stop_if[:1]
        default = tuple(item for item in self.safety.stop_if if item.key == STOP_KEY)
        return tuple(dict.fromkeys(item.words for item in (*first, *default)))

    @property
    def pain_words(self) -> str:
        """What pain is fine while doing it, in a sentence; empty where none is."""
        return fine_words(self.pain)

    @property
    def asks(self) -> tuple[AskFirst, ...]:
        """Who should ask a clinician before doing it."""
        return self.provenance.check_first

    @cached_property
    def signs(self) -> SignCard:
        """The card before the first step: every serious note in short, and who should ask first."""
        return sign_card(self.safety, self.provenance.check_first)

    @property
    def to_get_ready(self) -> tuple[EffectiveNote, ...]:
        """What is read while getting ready, where the exercise is followed alone: its preparations."""
        return self.safety.to_prepare

    @property
    def opening(self) -> Opening:
        """What readers read before the first step."""
        return Opening(self.signs, (self.title, self.purpose, self.dosage_words))

    @property
    def shows_figure_first(self) -> bool:
        """Whether the figure stands on the stage, because it is asked for or because there is nothing else."""
        return self.figure is not None and (self.leads is Lead.FIGURE or not (self.photo and self.photo.url))

    @property
    def has_video(self) -> bool:
        """Whether there is anything to play."""
        return self.video is not None or any(step.video is not None for step in self.steps)

    @property
    def dosage_cells(self) -> tuple[DosageCell, ...]:
        """The dosage as the cells of the block on the page."""
        return cells(self.dosage, self.side)

    @property
    def whole(self) -> Frequency:
        """None: on its own page it is done as often as its own dosage says."""
        return UNKNOWN

    @cached_property
    def side(self) -> Side:
        """The side its own page speaks of: each side, or both together."""
        return usual_side(self.laterality)

    @cached_property
    def needs_floor(self) -> bool:
        """Whether you have to get down to the floor for it: not where one of its positions is off the floor."""
        return all(each.value not in OFF_THE_FLOOR for each in self.positions)

    @property
    def positions(self) -> tuple[Labelled, ...]:
        """Every position it may be done in, the one that is shown first."""
        return (self.position, *self.other_positions)

    @property
    def position_words(self) -> str:
        """The same in words: "Sitting on a chair or standing"."""
        return either([each.label for each in self.positions])

    @property
    def position_chips(self) -> tuple[tuple[str, str], ...]:
        """The words and the icon of each."""
        return tuple((each.label, position_icon(each.value)) for each in self.positions)
