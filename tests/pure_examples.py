"""Small valid values of the pure modules, made without a database, and hypothesis strategies for generated ones.

Each builder gives the smallest valid value; a test names only what it is about. The pools the strategies draw from are
small on purpose: notes meet, subjects share regions, and language versions of one note disagree with each other.

The laws run on 150 generated examples each, always the same ones; ``pytest --hypothesis-profile=thorough`` looks for
new ones. The profiles are made in ``tests/conftest.py``, which pytest reads before anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from clinical.safety.default_notes import default_placements
from clinical.safety.reach import Part, Place, Subject
from clinical.safety.rules import DoseLimit, EffectiveNote, NoteVersion, Placement, Reason, effective_notes
from clinical.safety.sheet import EmergencyNumber, Labelled, Provenance, SafetyBoard
from clinical.safety.short_signs import Family, words_digest
from clinical.words.choices import (
    BodyRegion,
    NoteKind,
    PlaceKind,
    ReviewState,
    StartingPosition,
    StepKind,
    Tier,
    Urgency,
)
from clinical.words.exercising import Equipment, ExerciseKind
from exercises.choices import Band, Laterality, Measure, Side, StepsUp
from exercises.dosage import BOUNDS, CONTRACT_RELAX, FIELDS, RANGES, Dosage
from exercises.dosage_fields import Choice, Figure, Switch
from exercises.frequency import FREQUENCY, Frequency
from exercises.sheet import ExerciseSheet, Step
from routines.choices import Phase
from routines.sheet import RoutineSheet, RoutineSheetItem

EVERYTHING = Place(PlaceKind.EVERYTHING)


def key(number: int) -> UUID:
    """A content key that is easy to tell from its neighbours."""
    return UUID(int=number)


def subject(number: int = 1, part: Part = Part.WHOLE, **facts: Any) -> Subject:
    """A subject; sets may be any iterable of strings, and ``position`` is one of its positions alone."""
    sets = {"regions", "positions", "equipment", "conditions", "among"}
    if "position" in facts:
        facts["positions"] = [facts.pop("position")]
    facts = {name: frozenset(value) if name in sets else value for name, value in facts.items()}
    return Subject(**{"key": key(number), "title": f"Subject {number}", "part": part, **facts})


def version(
    number: int = 100, kind: NoteKind = NoteKind.DO, tier: Tier = Tier.GOOD_TO_KNOW, **facts: Any
) -> NoteVersion:
    """One language version of a note."""
    return NoteVersion(**{"key": key(number), "kind": kind, "tier": tier, "text": f"Note {number}", **facts})


def at(place: Place, number: int = 100, tier: Tier = Tier.GOOD_TO_KNOW, **facts: Any) -> Placement:
    """A note hanging on a place."""
    return Placement(version(number, tier=tier, **facts), place)


def region(value: str) -> Place:
    """A body region to hang a note on."""
    return Place(PlaceKind.REGION, value)


def position(value: str) -> Place:
    """A starting position to hang a note on."""
    return Place(PlaceKind.POSITION, value)


def equipment(value: str) -> Place:
    """A thing to hang a note on."""
    return Place(PlaceKind.EQUIPMENT, value)


def exercise_kind(value: str) -> Place:
    """A kind of exercise to hang a note on."""
    return Place(PlaceKind.KIND, value)


def condition(value: str) -> Place:
    """A condition to hang a note on."""
    return Place(PlaceKind.CONDITION, value)


def page(number: int) -> Place:
    """The page of the subject with this number."""
    return Place(PlaceKind.PAGE, str(key(number)))


def effective(note: NoteVersion | None = None, *reasons: Reason) -> EffectiveNote:
    """A note in force."""
    return EffectiveNote(note or version(), frozenset(reasons))


def because(order: int, value: str = "", brought_by: str = "Subject 1") -> Reason:
    """A reason of the place with this rank: 0 is a page, the last is everything."""
    return Reason(order, list(PlaceKind)[order], value, brought_by)


def floor() -> tuple[EffectiveNote, ...]:
    """The two notes of the global floor, in force."""
    return effective_notes(default_placements(), [subject()])


def board(*notes: EffectiveNote, number: str = "999", language: str = "en") -> SafetyBoard:
    """A safety board with the floor and these notes."""
    return SafetyBoard((*floor(), *notes), EmergencyNumber(number), language)


def labelled(value: str) -> Labelled:
    """A member of a vocabulary whose words are its value with spaces."""
    return Labelled(value, value.replace("_", " ").capitalize())


def dosage(**figures: Any) -> Dosage:
    """A dosage; a hold of 30 seconds, twice, unless another measure is given."""
    if not {"hold_seconds", "repetitions", "repetitions_up_to", "moving_seconds"} & set(figures):
        figures = {"hold_seconds": 30, "repetitions": 2, **figures}
    return Dosage(**figures)


def exercise_sheet(number: int = 1, **facts: Any) -> ExerciseSheet:
    """One exercise as its readers see it."""
    smallest: dict[str, Any] = {
        "key": key(number),
        "title": f"Exercise {number}",
        "url": f"/exercises/exercise-{number}/",
        "language": "en",
        "kind": labelled("static_stretch"),
        "position": labelled("standing"),
        "laterality": Laterality.UNILATERAL,
        "regions": (labelled("lower_leg"),),
        "dosage": dosage(),
        "steps": (Step("hold", "Hold still."),),
        "safety": board(),
        "provenance": Provenance(ReviewState.UNREVIEWED),
    }
    return ExerciseSheet(**{**smallest, **facts})


def item(number: int = 1, **facts: Any) -> RoutineSheetItem:
    """One exercise as prescribed in a routine; ``exercise`` facts are given as a sheet."""
    smallest: dict[str, Any] = {
        "number": number,
        "exercise": exercise_sheet(number),
        "phase": Phase.MAIN,
        "side": Side.EACH,
        "dosage": dosage(),
    }
    return RoutineSheetItem(**{**smallest, **facts})


def routine_sheet(*items: RoutineSheetItem, **facts: Any) -> RoutineSheet:
    """One routine as its readers see it."""
    smallest: dict[str, Any] = {
        "key": key(50),
        "title": "Routine",
        "url": "/routines/routine/",
        "language": "en",
        "items": items,
        "safety": board(),
        "provenance": Provenance(ReviewState.UNREVIEWED),
    }
    often = Frequency(**{name: facts.pop(name) for name in FREQUENCY if name in facts})
    return RoutineSheet(**{**smallest, "often": often, **facts})


# Strategies

REGIONS = [BodyRegion.LOW_BACK.value, BodyRegion.FOOT.value, BodyRegion.ANKLE.value]
POSITIONS = [StartingPosition.STANDING.value, StartingPosition.LEANING.value]
EQUIPMENT = [Equipment.BAND.value, Equipment.CHAIR.value]
KINDS = [ExerciseKind.STRENGTHENING.value, ExerciseKind.BALANCE.value]
CONDITIONS = ["back-pain", "restless-legs", "calf-cramp"]
SUBJECT_NUMBERS = [1, 2, 3, 4]

#: Whom a generated note may speak for, with the words they may have at the time.
FAMILIES = [
    None,
    None,
    Family("all of it at once", ((key(101), words_digest("Stop at pain")),)),
    Family("one thing of many", ((key(102), words_digest("Go easy")), (key(103), words_digest("Stop at pain")))),
]
LIMITS = [frozenset(), frozenset({DoseLimit("hold_seconds", 5, 20)}), frozenset({DoseLimit("sets", 1, 2)})]


def _pool(make: Callable[[Random], Any], size: int = 1000) -> st.SearchStrategy[Any]:
    """One of many values made beforehand, always the same: drawing each of their parts takes ten times as long."""
    chance = Random(1)
    return st.sampled_from([make(chance) for _number in range(size)])


def _version(chance: Random) -> NoteVersion:
    return version(
        chance.choice([100, 101, 102, 103]),
        chance.choice(list(NoteKind)),
        chance.choice(list(Tier)),
        text=chance.choice(["", " ", "Stop at pain", "Bei Schmerz aufhören", "Go easy"]),
        urgency=chance.choice(["", *Urgency.values]),
        what_to_do=chance.choice(["", "Call your practitioner"]),
        language=chance.choice(["en", "de"]),
        language_rank=chance.choice([0, 1, 2]),
        concerns_step=chance.choice(["", StepKind.HOLD.value, StepKind.MOVE.value]),
        moment=chance.choice(["", "before_bed"]),
        source=chance.choice(["", "A guideline"]),
        limits=chance.choice(LIMITS),
        in_short=chance.choice(["", "it hurts", "a sudden pain"]),
        family=chance.choice(FAMILIES),
        concerns=chance.choice([(), ("pregnancy",), ("falls", "thin_bones")]),
        only_with_condition=chance.random() < 0.2,
    )


#: Each an object of its own, as versions from the database are.
versions = _pool(_version).map(replace)
places = st.one_of(
    st.just(EVERYTHING),
    st.sampled_from([region(value) for value in REGIONS]),
    st.sampled_from([position(value) for value in POSITIONS]),
    st.sampled_from([equipment(value) for value in EQUIPMENT]),
    st.sampled_from([exercise_kind(value) for value in KINDS]),
    st.sampled_from([condition(value) for value in CONDITIONS]),
    st.sampled_from([page(number) for number in SUBJECT_NUMBERS]),
)
placements = st.builds(Placement, versions, places)
placement_lists = st.lists(placements, max_size=12)


def _some(chance: Random, values: list[str]) -> list[str]:
    return [value for value in values if chance.random() < 0.5]


def subjects_of(*parts: Part) -> st.SearchStrategy[Subject]:
    """Subjects that are one of these parts."""
    return _pool(
        lambda chance: subject(
            chance.choice(SUBJECT_NUMBERS),
            chance.choice(parts),
            regions=_some(chance, REGIONS),
            positions=_some(chance, POSITIONS),
            equipment=_some(chance, EQUIPMENT),
            kind=chance.choice(["", *KINDS]),
            conditions=_some(chance, CONDITIONS),
            among=_some(chance, CONDITIONS),
        )
    )


subjects = subjects_of(*Part)
subject_lists = st.lists(subjects, max_size=5)
reasons = st.sampled_from(
    [
        because(order, value, name)
        for order in range(len(PlaceKind))
        for value in ("", *REGIONS)
        for name in ("One", "Two")
    ]
)
effective_lists = st.lists(st.builds(EffectiveNote, versions, st.frozensets(reasons, max_size=3)), max_size=10)


def _ranged(low: str, draw: Any, least: int | None = None) -> dict[str, Any]:
    """A figure, with a top end or without, as drawn."""
    lowest, most = BOUNDS[low]
    figures = {low: draw(st.integers(lowest if least is None else least, most))}
    if figures[low] == most or not draw(st.booleans()):
        return figures
    return {**figures, RANGES[low]: draw(st.integers(figures[low] + 1, most))}


def _figure(field: str) -> st.SearchStrategy[int]:
    return st.integers(*BOUNDS[field])


def _maybe(draw: Any, *names: str) -> dict[str, Any]:
    """Each of these figures or ranges, or not, as drawn."""
    return {name: value for low in names if draw(st.booleans()) for name, value in _ranged(low, draw).items()}


def _how_often(draw: Any) -> dict[str, Any]:
    """One way of saying how often, or none."""
    way = draw(st.sampled_from(["days", "every", "needed"]))
    if way == "needed":
        return {"as_needed": True, "as_needed_most": draw(st.none() | _figure("as_needed_most"))}
    days = "days_per_week" if way == "days" else "every_days"
    often = _maybe(draw, "sessions_per_day", "days_per_week") if way == "days" else _maybe(draw, "sessions_per_day")
    return often if way == "days" else {**often, days: draw(_figure(days))}


@st.composite
def frequencies(draw: st.DrawFn) -> Frequency:
    """Any frequency, also of which nothing is known."""
    return Frequency(**_how_often(draw))


def _repeated(draw: Any, measure: Measure) -> dict[str, Any]:
    if measure is Measure.REPETITIONS and draw(st.booleans()):
        figures = {"repetitions_up_to": draw(_figure("repetitions_up_to"))}
    else:
        figures = _ranged("repetitions", draw)
    pace = draw(st.sampled_from(["", "seconds", "tempo"])) if measure is Measure.REPETITIONS else ""
    if pace == "seconds":
        figures["seconds_per_repetition"] = draw(_figure("seconds_per_repetition"))
    elif pace:
        figures |= {name: draw(_figure(name)) for name in ("tempo_out_seconds", "tempo_back_seconds")}
        figures["tempo_hold_seconds"] = draw(st.none() | _figure("tempo_hold_seconds"))
    if measure is Measure.HOLD:
        figures |= _ranged("hold_seconds", draw)
    if measure is Measure.CONTRACT_RELAX:
        figures |= {name: draw(_figure(name)) for name in CONTRACT_RELAX}
    if measure is not Measure.REPETITIONS and (figures["repetitions"] > 1 or "repetitions_most" in figures):
        figures |= _maybe(draw, "rest_between_seconds")
    return figures


@st.composite
def dosages(draw: st.DrawFn) -> Dosage:
    """Any dosage that can be followed: each measure, ranges, sets and rests, load, frequency, any cue."""
    measure = draw(st.sampled_from(Measure))
    figures = _ranged("moving_seconds", draw) if measure is Measure.MOVING else _repeated(draw, measure)
    figures |= _ranged("sets", draw)
    if figures["sets"] > 1 or "sets_most" in figures:
        figures |= _ranged("rest_seconds", draw, least=1) if draw(st.booleans()) else {}
    load = draw(st.sampled_from(["", "band", "weight"]))
    if load == "band":
        figures["band"] = draw(st.sampled_from(Band.values))
    elif load:
        figures["load_grams"] = draw(_figure("load_grams"))
    figures |= _step_up(draw, figures)
    figures |= {**_maybe(draw, "effort"), **_how_often(draw), "intensity_cue": draw(st.text())}
    return Dosage(**figures, **_the_rest(draw, measure))


def _figure_of_its_own(draw: Any, name: str, about: Figure) -> dict[str, Any]:
    if about.upper_end_of:
        return {}  # drawn with the figure that it makes a range of
    return _maybe(draw, name) if name in RANGES else {name: draw(st.none() | _figure(name))}


#: What is drawn above, with what it goes with. A field that is none of these is drawn from its description alone.
DRAWN_ABOVE = frozenset(
    {
        *("hold_seconds", "hold_seconds_most", "contract_seconds", "relax_seconds", "stretch_seconds"),
        *("repetitions", "repetitions_most", "repetitions_up_to", "rest_between_seconds", "rest_between_seconds_most"),
        *("seconds_per_repetition", "tempo_out_seconds", "tempo_hold_seconds", "tempo_back_seconds"),
        *("moving_seconds", "moving_seconds_most", "band", "load_grams", "effort", "effort_most", "intensity_cue"),
        *("sets", "sets_most", "rest_seconds", "rest_seconds_most"),
        *("steps_up", "steps_up_by", "steps_up_every_days", "steps_up_to"),
        *("sessions_per_day", "sessions_per_day_most", "days_per_week", "days_per_week_most", "every_days"),
        *("as_needed", "as_needed_most"),
    }
)


def _the_rest(draw: Any, measure: Measure) -> dict[str, Any]:
    """Fields that are added to ``Dosage``, each said or not."""
    drawn: dict[str, Any] = {}
    for name, about in FIELDS.items():
        if name in DRAWN_ABOVE or measure not in (about.measures or Measure):
            continue
        if isinstance(about, Figure):
            drawn |= _figure_of_its_own(draw, name, about)
        elif isinstance(about, Choice):
            drawn[name] = draw(st.sampled_from(["", *about.vocabulary.values]))
        else:
            drawn[name] = draw(st.booleans() if isinstance(about, Switch) else st.text(max_size=20))
    return drawn


def _step_up(draw: Any, figures: dict[str, Any]) -> dict[str, Any]:
    """One of the figures that steps up, or none; in few steps, so that laying them out takes no time."""
    may = [name for name in StepsUp.values if name in figures and RANGES.get(name) not in figures]
    may = [name for name in may if figures[name] < BOUNDS[name][1]]
    named = draw(st.sampled_from(["", *may]))
    if not named:
        return {}
    top = draw(st.integers(figures[named] + 1, BOUNDS[named][1]))
    by = draw(st.integers(-(-(top - figures[named]) // 3), top - figures[named]))
    days = draw(st.none() | _figure("steps_up_every_days"))
    return {"steps_up": named, "steps_up_by": min(by, 10_000), "steps_up_to": top, "steps_up_every_days": days}
