"""Dosage: how much of an exercise, as a value that refuses nonsense at birth.

Pure. Every number carries its unit in its name. A dosage counts exactly one measure: a hold (seconds, a number of
times), repetitions (a number of times, seconds each), moving time (seconds), or tensing, letting go and stretching
(seconds of each, a number of times).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from exercises import dosage_bounds as bounds
from exercises import dosage_checks as checks
from exercises.choices import Band, Measure, Side
from exercises.dosage_fields import Choice, Line, choice, described, figure, figures_among, line, ranges_among
from exercises.frequency import FREQUENCY, Frequency
from exercises.step_up import STEP_UP, StepUp, check_step_up


@dataclass(frozen=True, kw_only=True)
class Dosage(StepUp, Frequency):
    """One exercise's regimen. A ``…_most`` field turns a figure into a range; time is counted on the lower bound.

    Its frequency may be left out: in a routine the routine's own frequency governs. Which side is worked is the
    routine item's business, so everything counted asks for it.

    Raises ``DosageError`` when a number is out of ``BOUNDS`` or the measures are not exactly one.
    """

    hold_seconds: int | None = figure(
        bounds.HOLD,
        _("Seconds one repetition is held. Most adults 10–30; older adults 30–60 (ACSM)."),
        measures=(Measure.HOLD,),
        label_when_sharing=_("Hold (seconds)"),
    )
    hold_seconds_most: int | None = figure(
        bounds.HOLD,
        _("Only for a range: the longest hold in seconds."),
        verbose_name=_("hold seconds, at most"),
        measures=(Measure.HOLD,),
        upper_end_of="hold_seconds",
    )
    contract_seconds: int | None = figure(
        bounds.PART,
        _("Seconds the muscle is tensed before it is stretched (contract–relax); usually 3–10."),
        verbose_name=_("tense, seconds"),
        measures=bounds.STRETCHED,
        label_when_sharing=_("Tense (seconds)"),
    )
    relax_seconds: int | None = figure(
        bounds.PART,
        _("Seconds to let go, between tensing and stretching; usually 2."),
        verbose_name=_("let go, seconds"),
        measures=bounds.STRETCHED,
        label_when_sharing=_("Let go (seconds)"),
    )
    stretch_seconds: int | None = figure(
        bounds.PART,
        _("Seconds of stretching after letting go; usually 10–30."),
        verbose_name=_("then stretch, seconds"),
        measures=bounds.STRETCHED,
        label_when_sharing=_("Stretch (seconds)"),
    )
    repetitions: int | None = figure(
        bounds.REPETITIONS,
        _("How many times. For stretches usually 2–4 (ACSM)."),
        measures=bounds.COUNTED,
        label_when_sharing=_("Repetitions"),
    )
    repetitions_most: int | None = figure(
        bounds.REPETITIONS,
        _("Only for a range: the most repetitions."),
        verbose_name=_("repetitions, at most"),
        measures=bounds.COUNTED,
        upper_end_of="repetitions",
    )
    repetitions_up_to: int | None = figure(
        bounds.REPETITIONS,
        _("Instead of repetitions: as many as are comfortable, up to this many."),
        verbose_name=_("as many as comfortable, up to"),
        measures=bounds.REPEATED,
        label_when_sharing=_("Repetitions, up to"),
    )
    rest_between_seconds: int | None = figure(
        (1, 600),
        _("Seconds of rest after each hold, before the next one on the same side. Without it there are 3."),
        verbose_name=_("rest between holds, seconds"),
        measures=bounds.HELD,
        label_when_sharing=_("Rest between holds (seconds)"),
    )
    rest_between_seconds_most: int | None = figure(
        (1, 600),
        _("Only for a range: the longest rest between holds in seconds."),
        verbose_name=_("rest between holds, seconds, at most"),
        measures=bounds.HELD,
        upper_end_of="rest_between_seconds",
    )
    seconds_per_repetition: int | None = figure(
        (1, 60), _("Seconds one repetition takes when nothing is held; 4 is usual."), measures=bounds.REPEATED
    )
    tempo_out_seconds: int | None = figure(
        (1, 20),
        _("A tempo: seconds out, such as lifting."),
        verbose_name=_("out, seconds"),
        measures=bounds.REPEATED,
        label_when_sharing=_("Tempo: out (seconds)"),
    )
    tempo_hold_seconds: int | None = figure(
        (1, 20),
        _("Seconds at the end of it."),
        verbose_name=_("hold, seconds"),
        measures=bounds.REPEATED,
        label_when_sharing=_("Tempo: hold (seconds)"),
    )
    tempo_back_seconds: int | None = figure(
        (1, 20),
        _("Seconds back, such as lowering."),
        verbose_name=_("back, seconds"),
        measures=bounds.REPEATED,
        label_when_sharing=_("Tempo: back (seconds)"),
    )
    moving_seconds: int | None = figure(
        bounds.MOVING,
        _("Seconds of moving: 300 for five minutes of walking."),
        measures=(Measure.MOVING,),
        label_when_sharing=_("Moving time (seconds)"),
    )
    moving_seconds_most: int | None = figure(
        bounds.MOVING,
        _("Only for a range: the most seconds of moving."),
        verbose_name=_("moving seconds, at most"),
        measures=(Measure.MOVING,),
        upper_end_of="moving_seconds",
    )
    band: str = choice(Band, _("The band it is done with; otherwise it is body weight."), label_when_sharing=_("Band"))
    load_grams: int | None = figure(
        bounds.WEIGHT,
        _("The weight it is done with, in grams: 1500 is 1.5 kg."),
        verbose_name=_("weight, grams"),
        label_when_sharing=_("Weight (grams)"),
    )
    effort: int | None = figure(
        bounds.EFFORT,
        _("How hard it should feel: 0 is nothing, 4 somewhat hard, 10 the hardest there is (Borg CR10)."),
        verbose_name=_("effort, out of 10"),
        label_when_sharing=_("Effort (0 to 10)"),
    )
    effort_most: int | None = figure(
        bounds.EFFORT,
        _("Only for a range: the hardest it should feel."),
        verbose_name=_("effort, at most"),
        upper_end_of="effort",
    )
    sets: int = figure(
        bounds.SETS, _("How many groups of repetitions; usually 1."), default=1, label_when_sharing=_("Sets")
    )
    sets_most: int | None = figure(
        bounds.SETS, _("Only for a range: the most sets."), verbose_name=_("sets, at most"), upper_end_of="sets"
    )
    rest_seconds: int = figure(
        bounds.REST, _("Seconds of rest between sets."), default=0, label_when_sharing=_("Rest between sets (seconds)")
    )
    rest_seconds_most: int | None = figure(
        bounds.REST,
        _("Only for a range: the longest rest between sets in seconds."),
        verbose_name=_("rest between sets, seconds, at most"),
        upper_end_of="rest_seconds",
    )
    intensity_cue: str = line(_("How it should feel, and its ceiling: “A mild pull, never pain.”"))

    def __post_init__(self) -> None:
        checks.once(self._check, vars(self))

    def _check(self, values: dict[str, Any]) -> None:
        checks.check_fields(values, FIELDS, _ALWAYS_GIVEN)
        checks.check_measure(values, FIELDS)
        checks.check_tempo(values)
        checks.check_rests(values)
        checks.check_load(values)
        check_step_up(values, FIELDS, RANGES)
        checks.check_how_often(values)

    @property
    def measure(self) -> Measure:
        """The one thing this dosage counts."""
        return checks.measure_of(vars(self))

    @property
    def times(self) -> int:
        """How many times its measure is done on a side of a set: on the lower bound, and all that are comfortable."""
        return self.repetitions or self.repetitions_up_to or 1

    @property
    def each_seconds(self) -> int:
        """What one repetition takes where nothing is held."""
        tempo = sum(getattr(self, name) or 0 for name in TEMPO)
        return self.seconds_per_repetition or tempo or bounds.SUGGESTED_SECONDS_PER_REPETITION

    def seconds(self, side: Side = Side.EACH) -> int:
        """Seconds one session takes: all sets and sides, the rests between, the changes between sides."""
        return self._counted(side, at_most=False)

    def seconds_most(self, side: Side = Side.EACH) -> int:
        """The same on the upper end of every range."""
        return self._counted(side, at_most=True)

    def _counted(self, side: Side, *, at_most: bool) -> int:
        sets = self._end("sets", at_most=at_most)
        change = bounds.CHANGE_SIDES_SECONDS if side is Side.EACH else 0
        one_set = self._one_set(side, at_most=at_most) + change
        return one_set * sets + self.between("rest_seconds", at_most=at_most) * (sets - 1)

    def _one_set(self, side: Side, *, at_most: bool) -> int:
        """All sides of a set. Sides that are worked in turn rest after each, so they have one rest more than apart."""
        if self.measure is Measure.MOVING:
            times = 1 if side is Side.IN_TURN else side.times
            return self._end("moving_seconds", at_most=at_most) * times
        count = (self._end("repetitions", at_most=at_most) or self.times) * side.times
        rests = count - (side.times if side is Side.EACH else 1)
        rest = self.between("rest_between_seconds", at_most=at_most)
        return count * self._one_repetition(at_most=at_most) + rest * rests

    def between(self, name: str, *, at_most: bool = False) -> int:
        """Seconds between two repetitions, or two sets: what is prescribed; for holds never too little to move in."""
        least = bounds.BETWEEN_HOLDS_SECONDS if self.measure is Measure.HOLD else 0
        return max(self._end(name, at_most=at_most), least)

    def _one_repetition(self, *, at_most: bool) -> int:
        if self.measure is Measure.HOLD:
            return self._end("hold_seconds", at_most=at_most)
        if self.measure is Measure.CONTRACT_RELAX:
            return sum(getattr(self, name) for name in CONTRACT_RELAX)
        return self.each_seconds

    def _end(self, name: str, *, at_most: bool) -> int:
        """One end of the range of a figure, the top where it steps up, or 0 where nothing is said."""
        upper = (getattr(self, RANGES[name]) or self.top_of(name)) if at_most else None
        return getattr(self, name) or 0 if upper is None else int(upper)

    def ranges(self) -> dict[str, tuple[int, int]]:
        """Every figure that is given, from its least to its most or its top; how often as far as notes may limit it."""
        own = {name: getattr(self, name) for name in BOUNDS if name not in (*FREQUENCY, *STEP_UP)}
        given = {name: value for name, value in own.items() if value is not None}
        made = {name: (least, getattr(self, RANGES.get(name, name)) or least) for name, least in given.items()}
        if self.steps_up:
            made[self.steps_up] = (made[self.steps_up][0], self.steps_up_to or 0)
        if self.repetitions_up_to is not None:
            made["repetitions"] = (self.repetitions_up_to, self.repetitions_up_to)
        if "stretch_seconds" in made:
            # A stretch after tensing is held like any other: what notes allow of a hold they allow of it.
            made["hold_seconds"] = made["stretch_seconds"]
        return {**made, **self.amounts()}

    def ranges_in(self, whole: Frequency) -> dict[str, tuple[int, int]]:
        """The same as often as it is done in a whole: a frequency of its own is an exception to the whole's."""
        return {**self.ranges(), **self.frequency.on_top_of(whole).amounts()}

    def without_frequency(self) -> Dosage:
        """The same wherever something else says how often: in a routine the routine does."""
        return replace(self, **Frequency().frequency_values()) if self.frequency.is_known else self

    @property
    def frequency(self) -> Frequency:
        """How often, as far as that is known."""
        return Frequency.of(self)

    def but_for(self, whole: Frequency) -> Dosage:
        """The same with only as much of its frequency as is not the whole's: what is left is an exception."""
        left = self.but_for_frequency(whole)
        return self if left == self.frequency_values() else replace(self, **left)


#: Every field of a dosage with what it is, in order: whatever is made of all fields goes by this.
FIELDS = described(fields(Dosage))
#: Those that are figures.
FIGURES = figures_among(FIELDS)
#: Those that are words.
LINES = {name: about for name, about in FIELDS.items() if isinstance(about, Line)}
#: Those that are one of a vocabulary.
CHOICES = {name: about for name, about in FIELDS.items() if isinstance(about, Choice)}
#: The figure that makes a range of another, by that other.
RANGES = ranges_among(FIGURES)
#: Smallest and largest value that makes sense, by figure; the upper end of a range has its figure's.
BOUNDS = {name: (about.least, about.most) for name, about in FIGURES.items() if not about.upper_end_of}
#: The fields that belong to one measure or another, and to no dosage of any other.
MEASURE_FIELDS = tuple(name for name, about in FIELDS.items() if about.measures)
#: What a repetition is made of, in order.
TEMPO = ("tempo_out_seconds", "tempo_hold_seconds", "tempo_back_seconds")
#: What contract–relax is made of, in order.
CONTRACT_RELAX = ("contract_seconds", "relax_seconds", "stretch_seconds")
#: Figures that may never be left empty: one set and no rest are said as 1 and 0.
_ALWAYS_GIVEN = frozenset(each.name for each in fields(Dosage) if each.name in FIGURES and each.default is not None)


def empty_fields(names: tuple[str, ...] = tuple(FIELDS)) -> dict[str, Any]:
    """These fields with nothing said in them."""
    return {name: FIELDS[name].empty for name in names}
