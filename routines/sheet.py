"""RoutineSheet: everything a reader of one routine is shown, as one immutable value.

Pure. The page, the shared page, the player, the handout, the calendar and the data are all made from a sheet and from
nothing else. A sheet cannot be made without its safety board.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import ceil
from typing import Any, Protocol, TypeAlias, TypeVar
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.outputs.signs import Opening, SignCard, sign_card
from clinical.safety.pain import NO_PAIN, PainLimit, exception_words
from clinical.safety.parts import never_lost
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import AskFirst, ConditionLink, Labelled, ProseBlock, Provenance, SafetyBoard
from exercises.choices import Side
from exercises.dosage import Dosage
from exercises.figure_sheet import SheetFigure
from exercises.frequency import UNKNOWN, Frequency
from exercises.frequency_words import frequency
from exercises.pacing import GET_READY_SECONDS
from exercises.sheet import ExerciseSheet, Prescribed, Thing
from exercises.video_sheet import FilmedItems
from routines.choices import Phase
from routines.item_weeks import ALL_WEEKS, ItemWeeks, how_much, seconds_in
from routines.placing import placed

#: How many figures stand for a routine where there is room for a few.
FIGURES_ON_A_STAGE = 3


class _OfAPhase(Protocol):
    @property
    def phase(self) -> Any:
        """The part it plays in a session."""


_Item = TypeVar("_Item", bound=_OfAPhase)


def main_part_first(items: Iterable[_Item]) -> list[_Item]:
    """What a routine is pictured by: nearly all begin with the same walk, and cards should tell them apart."""
    return sorted(items, key=lambda item: item.phase != Phase.MAIN)


def whole_minutes(seconds: int) -> int:
    """Whole minutes one session takes, rounded up; the same figure everywhere."""
    return ceil(seconds / 60)


def minutes_in_figures(least: int, most: int) -> str:
    """Minutes as a page shows them beside their unit: "12", "12–16"."""
    return str(least) if most == least else f"{least}–{most}"


@dataclass(frozen=True, kw_only=True)
class RoutineSheetItem(Prescribed):
    """One exercise as prescribed here: its final dosage, the side, the author's cue.

    A frequency in its dosage is an exception to ``whole``, which is how often the routine is done. ``card_pain`` is
    what the card above all exercises allows: the strictest limit of them.
    """

    number: int
    exercise: ExerciseSheet
    phase: Phase
    side: Side
    dosage: Dosage
    cue: str = ""
    weeks: ItemWeeks = ALL_WEEKS
    whole: Frequency = UNKNOWN
    card_pain: PainLimit = NO_PAIN

    @property
    def dosage_words(self) -> str:
        """The dosage in one line, with the weeks in which it is done before how it should feel."""
        cue = self.dosage.intensity_cue
        return f"{self.how_much}. {cue}" if cue else self.how_much

    @property
    def how_much(self) -> str:
        """All that is prescribed, but for how it should feel: sets, load, how often and weeks too."""
        return how_much(self.dosage, self.side, self.weeks, self.whole)

    @property
    def is_only_sometimes(self) -> bool:
        """Whether it is left out in some weeks or on some days on which the whole is done."""
        return self.weeks != ALL_WEEKS or self.dosage.frequency.is_known

    @property
    def pain_words(self) -> str:
        """What pain is fine here though the card asks to stop at it, in a sentence; mostly empty."""
        return exception_words(self.exercise.pain, self.card_pain)


#: An item, and the safety notes that are repeated at it.
Row: TypeAlias = tuple[RoutineSheetItem, tuple[EffectiveNote, ...]]


@dataclass(frozen=True)
class Segment:
    """One item's share of the whole, for the bar above the exercises. ``start`` and ``share`` are per mille."""

    number: int
    title: str
    start: int
    share: int


def _accepted_by_all(things: Sequence[Thing]) -> str:
    accepted = {thing.substitute.casefold() for thing in things}
    return things[0].substitute if len(accepted) == 1 else ""


@dataclass(frozen=True)
class PutTogether:
    """Who chose these exercises and how much of each, for one patient, and when. Empty where no profile is public."""

    on: date
    name: str = ""
    role: str = ""

    @property
    def words(self) -> str:
        """Whose choice it is, and what is not theirs."""
        who = ", ".join(filter(None, (self.name, self.role))) or _("your practitioner")
        said = _("Put together by %(who)s, on %(day)s.") % {"who": who, "day": date_format(self.on, "j F Y")}
        rest = _("They chose the exercises and how much of each. How to do each exercise is written by this site.")
        return f"{said} {rest}"


@dataclass(frozen=True, kw_only=True)
class RoutineSheet(FilmedItems):
    """One routine as its readers see it. It cannot be made without its ``safety`` board and its provenance.

    ``began_on`` is the first day of whoever it was given to, ``week`` the one they are in; a public page knows neither.
    Titles of exercises that are not among the items: ``taken_out`` for safety, and ``ask_about``, whose dosage on a
    share link no longer fits the exercise or the notes on it, so that only a practitioner can say how much.
    ``put_together`` is whose choice it is where no routine stands behind it.
    """

    key: UUID
    title: str
    url: str
    language: str
    items: tuple[RoutineSheetItem, ...]
    safety: SafetyBoard
    provenance: Provenance
    purpose: str = ""
    moments: tuple[Labelled, ...] = ()
    often: Frequency = UNKNOWN
    weeks: int | None = None
    weeks_most: int | None = None
    expect_change: str = ""
    see_someone: str = ""
    dos: tuple[str, ...] = ()
    donts: tuple[str, ...] = ()
    advice: tuple[ProseBlock, ...] = ()
    conditions: tuple[ConditionLink, ...] = ()
    taken_out: tuple[str, ...] = ()
    ask_about: tuple[str, ...] = ()
    week: int | None = None
    began_on: date | None = None
    put_together: PutTogether | None = None

    @property
    def frequency(self) -> str:
        """How often: "twice a day, 5 days a week"."""
        return frequency(self.often)

    @cached_property
    def signs(self) -> SignCard:
        """The card before the first exercise. Whom any exercise concerns is said once; its own lines are at its row."""
        concerning = (AskFirst(concerns=ask.concerns) for item in self.items for ask in item.exercise.asks)
        about = {condition.name for condition in self.conditions}
        return sign_card(self.safety, (*self.provenance.check_first, *concerning), by_part=True, about=about)

    @property
    def opening(self) -> Opening:
        """What readers read before the first exercise."""
        return Opening(self.signs, (self.title, self.purpose, self.frequency))

    @cached_property
    def placed(self) -> tuple[tuple[EffectiveNote, ...], ...]:
        """For each item in order, the notes that are repeated at its row."""
        with never_lost("A note at an exercise's row"):
            sometimes = {number for number, item in enumerate(self.items) if item.is_only_sometimes}
            return placed((item.exercise for item in self.items), self.safety, sometimes)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The items, each with the notes that are repeated at its row."""
        return tuple(zip(self.items, self.placed, strict=True))

    @cached_property
    def total_seconds(self) -> int:
        """Seconds one session takes: every item that is due, and getting ready for each."""
        return seconds_in(((item.weeks, item.seconds + GET_READY_SECONDS) for item in self.items), self.week)

    @property
    def at_its_longest(self) -> RoutineSheet:
        """The same in the week that takes longest: for what is kept for all weeks, such as paper and a calendar."""
        return replace(self, week=None)

    @cached_property
    def total_seconds_most(self) -> int:
        """The same on the upper end of every range."""
        return seconds_in(((item.weeks, item.seconds_most + GET_READY_SECONDS) for item in self.items), self.week)

    @cached_property
    def minutes(self) -> int:
        """Whole minutes one session takes, rounded up."""
        return whole_minutes(self.total_seconds)

    @cached_property
    def minutes_most(self) -> int:
        """The same on the upper end of every range."""
        return whole_minutes(self.total_seconds_most)

    @property
    def nothing_due(self) -> str:
        """That nothing is due in the week it is, and when it goes on; empty while something is."""
        if self.week is None or not self.items or any(item.weeks.include(self.week) for item in self.items):
            return ""
        later = [item.weeks.first for item in self.items if item.weeks.first and item.weeks.first > self.week]
        if later:
            return _("Nothing is due this week. It goes on in week %d.") % min(later)
        return _("Nothing is due any more: its weeks are over. Ask whoever gave it to you how to go on.")

    @property
    def minutes_words(self) -> str:
        """Both: "12 minutes", "12 to 16 minutes"; plainly so where nothing is due."""
        if self.nothing_due:
            return _("nothing is due")
        if self.minutes_most > self.minutes:
            return _("%(least)d to %(most)d minutes") % {"least": self.minutes, "most": self.minutes_most}
        return ngettext("%d minute", "%d minutes", self.minutes) % self.minutes

    @property
    def minutes_in_figures(self) -> str:
        """Both in short, beside their unit: "12", "12–16"."""
        return minutes_in_figures(self.minutes, self.minutes_most)

    @cached_property
    def equipment(self) -> tuple[Thing, ...]:
        """Everything any of the exercises needs, each thing once, in the order first needed.

        A substitute is named only where every exercise that needs the thing accepts it.
        """
        needed: dict[str, list[Thing]] = {}
        for item in self.items:
            for thing in item.exercise.equipment:
                needed.setdefault(thing.value, []).append(thing)
        return tuple(replace(things[0], substitute=_accepted_by_all(things)) for things in needed.values())

    @cached_property
    def positions(self) -> tuple[Labelled, ...]:
        """Every starting position, each once, in the order first taken."""
        return tuple(dict.fromkeys(each for item in self.items for each in item.exercise.positions))

    @cached_property
    def figures(self) -> tuple[SheetFigure, ...]:
        """The figures of its main part before any others, as many as a stage has room for."""
        drawn = (item.exercise.figure for item in main_part_first(self.items))
        return tuple(figure for figure in drawn if figure)[:FIGURES_ON_A_STAGE]

    @cached_property
    def needs_floor(self) -> bool:
        """Whether any of it needs getting down to the floor."""
        return any(item.exercise.needs_floor for item in self.items)

    @cached_property
    def phases(self) -> tuple[tuple[Phase, tuple[Row, ...]], ...]:
        """The rows by phase, in the order of a session; empty phases are left out."""
        grouped = ((phase, tuple(row for row in self.rows if row[0].phase == phase)) for phase in Phase)
        return tuple((phase, rows) for phase, rows in grouped if rows)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Each item's share of the session's time, in per mille, adding up to 1000."""
        total = sum(item.seconds + GET_READY_SECONDS for item in self.items) or 1
        start, made = 0, []
        passed = 0
        for item in self.items:
            passed += item.seconds + GET_READY_SECONDS
            end = round(1000 * passed / total)
            made.append(Segment(item.number, item.exercise.title, start, end - start))
            start = end
        return tuple(made)
