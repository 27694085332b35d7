"""Where each safety fact of the five source articles has gone in the starter library.

One row or more for each numbered fact, D0.1 to D4.17 (the first figure is the article's). A row says how readers meet
the fact: as a safety note of a tier, a figure, a step, other words on the page, an order, a moment, or not at all,
because it was an advert or a claim without a source. A gap is something an article leaves out and a note fills.
This is data only; the tests read it and look at the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PageKind = Literal["exercise", "routine", "condition", "information"]


@dataclass(frozen=True)
class Page:
    """A page of the library: its kind and the ``id`` of its record."""

    kind: PageKind
    id: str


@dataclass(frozen=True)
class Shown:
    """What every row on a page has: the fact's number and the pages, on each of which it must be found."""

    fact: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class NoteShown(Shown):
    """The fact is a safety note: it is in force on each page, with exactly this tier, and seen as ``SEEN`` says."""

    note: str
    tier: int


@dataclass(frozen=True)
class GapFilled(Shown):
    """The article leaves this out: each of these notes is in force on each page, and is seen as ``SEEN`` says."""

    notes: tuple[str, ...]


@dataclass(frozen=True)
class FiguresAre(Shown):
    """The fact is a dosage: the exercise's own, or in a routine that of the item named in ``of``.

    ``figures`` are fields of the final dosage, with units in their names, and may hold the item's ``side``. On a
    routine without ``of`` they are the routine's own frequency.
    """

    figures: Mapping[str, int | str] = field(hash=False)
    of: str = ""


@dataclass(frozen=True)
class StepSays(Shown):
    """The fact is part of how the exercise is done: one of its steps holds this phrase."""

    phrase: str


@dataclass(frozen=True)
class PageSays(Shown):
    """The fact is in other words of the page (advice, do's, evidence, a note's advice): it holds this phrase."""

    phrase: str


@dataclass(frozen=True)
class InOrder:
    """The fact is an order: in the routine these exercises follow one another, others may stand between."""

    fact: str
    routine: str
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class MomentIs:
    """The fact is a time: the routine is for exactly these moments."""

    fact: str
    routine: str
    moments: tuple[str, ...]


@dataclass(frozen=True)
class Absent:
    """The fact is an advert or a claim to leave out: no library file holds any of these, in lower case."""

    fact: str
    words: tuple[str, ...]


Fact = NoteShown | GapFilled | FiguresAre | StepSays | PageSays | InOrder | MomentIs | Absent


def _exercises(*ids: str) -> tuple[Page, ...]:
    return tuple(Page("exercise", id_) for id_ in ids)


def _routines(*ids: str) -> tuple[Page, ...]:
    return tuple(Page("routine", id_) for id_ in ids)


def _hubs(*ids: str) -> tuple[Page, ...]:
    return tuple(Page("condition", id_) for id_ in ids)


RISING = _routines("first-minutes-after-getting-up") + _hubs("leg-cramps")
BALLS = _exercises("hamstring-release-with-a-ball", "neck-release-with-a-ball")
RELEASE = _routines("release-then-stretch") + _hubs("leg-cramps") + BALLS
CRAMPS = _hubs("leg-cramps") + _routines("first-minutes-after-getting-up", "release-then-stretch")
LEG_PAIN = _hubs("leg-pain") + _routines("daily-legs", "before-activity")
BACK_MOVES = _exercises("knee-to-chest", "lying-trunk-rotation")
SPASM = _hubs("low-back-spasm") + _routines("warm-up-a-sore-low-back")
BACK = SPASM + _hubs("low-back-pain") + _routines("three-hamstring-stretches")
THREE = _exercises("seated-hamstring-stretch", "standing-hamstring-stretch", "lying-hamstring-stretch")
RLS_ROUTINES = _routines("restless-legs-before-bed", "restless-legs-during-an-attack")
RLS = _hubs("restless-legs") + RLS_ROUTINES
RLS_MOVES = _exercises("wall-calf-stretch", "raised-leg-hamstring-stretch", "standing-thigh-stretch")
STRENGTH = _exercises("squat", "walking-lunge", "plank", "glute-bridge")
DYNAMIC = _exercises("walking-lunge-with-a-twist", "side-lunge-with-arm-circles")
STANDING = DYNAMIC + _exercises(
    "easy-walking",
    "jogging-on-the-spot",
    "neck-release-with-a-ball",
    "raised-leg-hamstring-stretch",
    "squat",
    "standing-hamstring-stretch",
    "standing-thigh-stretch",
    "walking-lunge",
    "wall-calf-stretch",
)
LEG_RED_FLAGS = (
    "leg-clot-with-breathlessness",
    "leg-cold-or-pale",
    "leg-clot-signs",
    "leg-cannot-bear-weight",
    "leg-spreading-hot-skin",
)
BACK_RED_FLAGS = (
    "back-numb-between-legs",
    "back-bladder-bowel-or-sex",
    "back-both-legs",
    "back-fever",
    "back-cancer-or-weight-loss",
    "back-night-pain",
    "back-after-injury",
)
EVERYWHERE = (
    "unhealed-injury",
    "operation-not-cleared",
    "hot-joint-or-infection",
    "joint-comes-to-a-hard-stop",
    "ask-before-you-start",
)
TEN_TO_THIRTY = {"hold_seconds": 10, "hold_seconds_most": 30, "side": "each"}
DAILY_STRETCHES = (
    "lying-hamstring-stretch",
    "standing-thigh-stretch",
    "wall-calf-stretch",
    "lying-figure-four-stretch",
    "kneeling-hip-flexor-stretch",
    "knee-to-chest",
)

ARTICLE_0: tuple[Fact, ...] = (
    # Tier 4: one article's claim, against the usual teaching to roll in one piece; said to be the article's.
    NoteShown("D0.1", RISING, "no-rolling-out-of-bed", 4),
    PageSays("D0.1", RISING, "says the source article, which gives no study"),
    PageSays("D0.2", RISING, "Sit up, turn your whole body round, and set both feet on the floor."),
    NoteShown("D0.3", RISING, "rising-no-bending-down", 4),
    PageSays("D0.4", RISING, "Leave slippers where your feet slide straight in."),
    PageSays("D0.4", RISING, "Keep socks at waist height, and lift each foot up to put them on."),
    NoteShown("D0.5", RISING, "rising-no-bed-making", 4),
    PageSays("D0.6", RISING, "Walk about for a few minutes first."),
    FiguresAre("D0.6", _routines("first-minutes-after-getting-up"), {"moving_seconds": 180}, of="easy-walking"),
    MomentIs("D0.6", "first-minutes-after-getting-up", ("on_waking",)),
    # It forbids hard stretching: not over walking or the ball, and not over easing a calf.
    NoteShown("D0.7", CRAMPS + SPASM + BACK_MOVES, "no-stretch-straight-after-rising", 2),
    PageSays("D0.7", CRAMPS + SPASM + BACK_MOVES, "Gently easing a cramp in your calf is something else"),
    PageSays("D0.7", _routines("first-minutes-after-getting-up"), "No stretching yet."),
    NoteShown("D0.8", _hubs("leg-cramps", "low-back-spasm", "low-back-pain"), "cushion-and-foot-stool", 4),
    PageSays(
        "D0.8",
        _routines("first-minutes-after-getting-up"),
        "Put a cushion behind your low back when you work, drive or rest.",
    ),
    Absent("D0.8", ("buckwheat",)),
    NoteShown("D0.9", _hubs("leg-cramps", "low-back-spasm", "low-back-pain"), "cushion-and-foot-stool", 4),
    PageSays("D0.9", _routines("first-minutes-after-getting-up"), "Rest a foot on a stool under your desk"),
    NoteShown("D0.10", RELEASE, "release-before-stretching", 4),
    StepSays("D0.10", _exercises("hamstring-release-with-a-ball"), "Put a small sports ball on the floor"),
    StepSays("D0.10", _exercises("neck-release-with-a-ball"), "Put a small sports ball between the wall"),
    InOrder(
        "D0.10",
        "release-then-stretch",
        (
            "easy-walking",
            "neck-release-with-a-ball",
            "hamstring-release-with-a-ball",
            "lying-hamstring-stretch",
            "wall-calf-stretch",
        ),
    ),
    NoteShown("D0.11", RELEASE, "stiff-tissue-claim", 4),
    NoteShown(
        "D0.12",
        _routines("release-then-stretch") + _hubs("leg-cramps") + _exercises("neck-release-with-a-ball"),
        "upper-body-claim",
        4,
    ),
    PageSays("D0.12", _hubs("leg-cramps"), "Some people are woken at night by a cramp."),
    PageSays("D0.12", _hubs("leg-cramps"), "Others have sore, tight legs all the time."),
    Absent("D0.12", ("best thing",)),
    GapFilled("D0.13", CRAMPS + BALLS, LEG_RED_FLAGS + EVERYWHERE),
    GapFilled("D0.13", CRAMPS, ("cramps-ask-first", "cramps-what-trials-show")),
    GapFilled("D0.13", BALLS, ("ball-not-on-sore-skin-or-veins",)),
    GapFilled(
        "D0.13",
        _exercises("neck-release-with-a-ball"),
        ("neck-sudden-signs", "neck-hurt-or-dizzy", "neck-ball-muscle-only"),
    ),
    FiguresAre("D0.13", BALLS, {"moving_seconds": 30, "moving_seconds_most": 60}),
    Absent("D0.13", ("effective stretching the ultimate guide", "ultimate guide")),
)

ARTICLE_1: tuple[Fact, ...] = (
    NoteShown("D1.1", LEG_PAIN, "leg-warm-up-first", 4),
    InOrder(
        "D1.1", "daily-legs", ("easy-walking", "squat", "walking-lunge", "plank", "glute-bridge", *DAILY_STRETCHES)
    ),
    InOrder(
        "D1.1",
        "before-activity",
        ("easy-walking", "walking-lunge-with-a-twist", "side-lunge-with-arm-circles"),
    ),
    FiguresAre("D1.2", _exercises("easy-walking"), {"moving_seconds": 300}),
    FiguresAre("D1.2", _exercises("jogging-on-the-spot"), {"moving_seconds": 120}),
    FiguresAre("D1.2", _routines("daily-legs", "before-activity"), {"moving_seconds": 300}, of="easy-walking"),
    PageSays("D1.2", _routines("daily-legs", "before-activity"), "Or jog on the spot for two minutes"),
    FiguresAre("D1.3", _routines("daily-legs"), {"sessions_per_day": 1, "days_per_week": 7}),
    *(FiguresAre("D1.3", _routines("daily-legs"), TEN_TO_THIRTY, of=stretch) for stretch in DAILY_STRETCHES),
    FiguresAre(
        "D1.3",
        _exercises("kneeling-hip-flexor-stretch", "lying-figure-four-stretch"),
        {"hold_seconds": 10, "hold_seconds_most": 30},
    ),
    NoteShown("D1.4", LEG_PAIN, "leg-comfortable-effort", 4),
    NoteShown("D1.5", LEG_PAIN, "leg-moving-before-held-after", 4),
    PageSays("D1.5", DYNAMIC, "It is for before activity, not after it."),
    MomentIs("D1.5", "before-activity", ("before_activity",)),
    NoteShown("D1.6", LEG_PAIN, "leg-strengthen-too", 4),
    InOrder("D1.6", "daily-legs", ("squat", "walking-lunge", "plank", "glute-bridge")),
    Absent("D1.6", ("core muscle", "core exercise", "core strength")),
    PageSays("D1.7", _hubs("leg-pain") + _routines("daily-legs"), "Drink water through the day."),
    NoteShown("D1.8", LEG_PAIN, "leg-tightness-only", 4),
    GapFilled(
        "D1.9",
        LEG_PAIN + STRENGTH + DYNAMIC + _exercises("jogging-on-the-spot"),
        LEG_RED_FLAGS + EVERYWHERE,
    ),
    GapFilled("D1.9", LEG_PAIN, ("leg-pain-ask-first",)),
    GapFilled(
        "D1.9",
        _exercises("jogging-on-the-spot", "squat", "walking-lunge", "plank")
        + DYNAMIC
        + _routines("daily-legs", "before-activity"),
        ("sore-joint-or-back-under-load",),
    ),
    GapFilled("D1.9", _exercises("kneeling-hip-flexor-stretch"), ("kneeling-hold-a-support",)),
    PageSays("D1.9", _exercises("jogging-on-the-spot"), "It is not for everyone with leg pain"),
    PageSays("D1.9", STRENGTH, "Not on first use."),
    PageSays("D1.9", _hubs("leg-pain"), "The source article gives no study."),
)

ARTICLE_2: tuple[Fact, ...] = (
    NoteShown("D2.1", BACK + BACK_MOVES, "back-torn-or-not-checked", 2),
    PageSays("D2.1", BACK + BACK_MOVES, "These exercises are only for sore or tight muscles."),
    # Tier 4: the article bars every back that nobody has checked; its claim stands with the caveat.
    NoteShown("D2.2", BACK + BACK_MOVES, "back-pain-is-a-signal", 4),
    PageSays("D2.2", BACK + BACK_MOVES, "Most back pain does no harm, and it is safe to keep moving."),
    NoteShown("D2.3", BACK, "back-ask-if-unsure", 3),
    PageSays("D2.4", BACK + BACK_MOVES, "A bad back problem gets worse easily when it is worked hard."),
    NoteShown("D2.4", SPASM, "back-no-heavy-demand", 4),
    NoteShown("D2.5", BACK + BACK_MOVES, "back-warm-up-first", 4),
    PageSays("D2.5", BACK + BACK_MOVES, "Take enough time over it."),
    InOrder("D2.5", "warm-up-a-sore-low-back", ("easy-walking", "knee-to-chest", "lying-trunk-rotation")),
    PageSays("D2.6", BACK + BACK_MOVES, "Good preparation helps your back; poor preparation can harm it."),
    NoteShown("D2.7", SPASM, "back-gentle-every-way", 4),
    StepSays("D2.7", _exercises("lying-trunk-rotation"), "through the range that feels easy"),
    PageSays("D2.7", SPASM, "The aim is to move more in your daily life"),
    NoteShown("D2.8", BACK + BACK_MOVES, "back-stop-at-spasm", 2),
    PageSays("D2.8", BACK + BACK_MOVES, "Stop at once."),
    NoteShown("D2.9", BACK + BACK_MOVES, "back-pain-is-a-signal", 4),
    PageSays("D2.9", BACK + BACK_MOVES, "Leave out anything that makes your back tense or uncomfortable."),
    NoteShown("D2.10", BACK, "back-no-pain-no-gain", 4),
    PageSays("D2.11", BACK, "People get hurt when they push too hard or move in the wrong way."),
    NoteShown("D2.12", SPASM, "back-early-and-regular", 4),
    NoteShown("D2.13", SPASM, "back-early-and-regular", 4),
    PageSays(
        "D2.13", _routines("warm-up-a-sore-low-back"), "If your back flares up easily, make this a regular habit."
    ),
    StepSays("D2.14", _exercises("knee-to-chest"), "Bring that knee gently towards your chest."),
    StepSays("D2.14", _exercises("lying-trunk-rotation"), "Let both knees roll slowly to one side"),
    FiguresAre(
        "D2.14",
        _exercises("knee-to-chest"),
        {"hold_seconds": 10, "hold_seconds_most": 20, "repetitions": 2},
    ),
    FiguresAre("D2.14", _exercises("lying-trunk-rotation"), {"repetitions": 5, "seconds_per_repetition": 6}),
    GapFilled("D2.15", BACK + BACK_MOVES, BACK_RED_FLAGS + EVERYWHERE),
    GapFilled("D2.15", BACK_MOVES, ("thin-bones-bending-or-twisting",)),
    PageSays("D2.15", _hubs("low-back-spasm"), "an article of 2019 that sells a service and gives no study"),
    Absent("D2.15", ("drlumbago", "dr lumbago", "dr. lumbago", "do wonders", "extremely effective")),
)

ARTICLE_3: tuple[Fact, ...] = (
    FiguresAre("D3.1", THREE, {"hold_seconds": 30}),
    *(
        FiguresAre("D3.1", _routines("three-hamstring-stretches"), {"hold_seconds": 30, "side": "each"}, of=page.id)
        for page in THREE
    ),
    FiguresAre("D3.1", _routines("three-hamstring-stretches"), {"sessions_per_day": 3, "days_per_week": 7}),
    StepSays("D3.2", THREE, "Then do the same on the other side."),
    PageSays("D3.2", _routines("three-hamstring-stretches"), "always do both legs"),
    StepSays(
        "D3.3", _exercises("seated-hamstring-stretch"), "Sit down on the floor, one leg straight in front of you."
    ),
    StepSays("D3.3", _exercises("seated-hamstring-stretch"), "Bend the other leg out of the way"),
    StepSays("D3.3", _exercises("seated-hamstring-stretch"), "Lean forward from your hips"),
    StepSays("D3.4", _exercises("standing-hamstring-stretch"), "Put the leg you want to stretch a little in front"),
    StepSays("D3.4", _exercises("standing-hamstring-stretch"), "Bend the back knee a little."),
    StepSays("D3.4", _exercises("standing-hamstring-stretch"), "Tip forward from your hips"),
    StepSays("D3.5", _exercises("standing-hamstring-stretch"), "Rest both hands on the thigh of the bent leg."),
    PageSays(
        "D3.6",
        _exercises("standing-hamstring-stretch"),
        "Rest the heel of the front leg on a chair that cannot slide.",
    ),
    NoteShown(
        "D3.6",
        _exercises("standing-hamstring-stretch", "raised-leg-hamstring-stretch")
        + _routines("three-hamstring-stretches")
        + RLS_ROUTINES,
        "raised-heel-on-steady-surface",
        4,
    ),
    StepSays("D3.7", _exercises("lying-hamstring-stretch"), "Lie flat on your back."),
    StepSays(
        "D3.8",
        _exercises("lying-hamstring-stretch"),
        "If your back hurts, you may put a rolled towel under the hollow of your low back.",
    ),
    StepSays("D3.9", _exercises("lying-hamstring-stretch"), "hold the back of that thigh with both hands"),
    StepSays("D3.9", _exercises("lying-hamstring-stretch"), "Keep the knee bent at about 20 degrees"),
    NoteShown("D3.10", _hubs("low-back-pain") + _routines("three-hamstring-stretches"), "hamstring-claims", 4),
    NoteShown("D3.11", THREE + _routines("three-hamstring-stretches"), "no-deeper-version-at-first", 4),
    PageSays("D3.11", THREE, "Not on first use, and only after a week or more without pain."),
    PageSays("D3.11", _routines("three-hamstring-stretches"), "A towel and a chair are useful."),
    Absent("D3.11", ("no equipment", "any special equipment")),
    InOrder(
        "D3.12",
        "three-hamstring-stretches",
        ("easy-walking", "seated-hamstring-stretch", "standing-hamstring-stretch", "lying-hamstring-stretch"),
    ),
    GapFilled(
        "D3.12",
        THREE + _routines("three-hamstring-stretches"),
        ("back-thigh-nerve-or-strain", "back-stop-at-spasm", *EVERYWHERE, *BACK_RED_FLAGS, "leg-cannot-bear-weight"),
    ),
    GapFilled(
        "D3.12",
        _exercises("seated-hamstring-stretch", "standing-hamstring-stretch") + _routines("three-hamstring-stretches"),
        ("thin-bones-bending-or-twisting",),
    ),
    GapFilled("D3.12", _hubs("low-back-pain"), (*BACK_RED_FLAGS, "back-warm-up-first", "back-stop-at-spasm")),
    Absent("D3.12", ("braceability", "bensound", "alvin", "tried-and-true")),
)

ARTICLE_4: tuple[Fact, ...] = (
    NoteShown("D4.1", RLS, "rls-ask-your-doctor", 3),
    NoteShown("D4.2", RLS, "rls-ask-your-doctor", 3),
    PageSays("D4.2", RLS, "Ask too before you try special stretches to compare them."),
    NoteShown("D4.3", RLS, "rls-not-the-only-thing", 4),
    NoteShown("D4.4", RLS, "rls-not-the-only-thing", 4),
    PageSays("D4.4", RLS, "Before bed it seems to prevent only some attacks"),
    NoteShown("D4.5", RLS, "rls-symptoms-return", 4),
    NoteShown("D4.6", RLS, "rls-little-research", 4),
    PageSays("D4.6", RLS_MOVES, "No trial has tested this stretch for restless legs."),
    PageSays("D4.6", RLS_ROUTINES, "No trial has tested these stretches for restless legs."),
    NoteShown("D4.7", RLS, "rls-stretch-during-an-attack", 4),
    MomentIs("D4.7", "restless-legs-during-an-attack", ("during_symptoms",)),
    MomentIs("D4.7", "restless-legs-before-bed", ("before_bed",)),
    NoteShown("D4.8", RLS, "rls-break-up-sitting", 4),
    InOrder(
        "D4.8",
        "restless-legs-during-an-attack",
        ("easy-walking", "wall-calf-stretch", "raised-leg-hamstring-stretch"),
    ),
    StepSays("D4.9", _exercises("raised-leg-hamstring-stretch"), "Rest one heel on it, with that leg straight."),
    StepSays("D4.9", _exercises("raised-leg-hamstring-stretch"), "Keep your back straight."),
    StepSays("D4.9", _exercises("raised-leg-hamstring-stretch"), "only as far as is safe"),
    StepSays("D4.9", _exercises("raised-leg-hamstring-stretch"), "Then do the same on the other side."),
    FiguresAre("D4.9", _exercises("raised-leg-hamstring-stretch"), {"hold_seconds": 15}),
    FiguresAre("D4.9", RLS_ROUTINES, {"hold_seconds": 15, "side": "each"}, of="raised-leg-hamstring-stretch"),
    StepSays("D4.10", _exercises("wall-calf-stretch"), "Face a wall and put both palms on it."),
    StepSays("D4.10", _exercises("wall-calf-stretch"), "Step one foot well behind you."),
    StepSays("D4.10", _exercises("wall-calf-stretch"), "Keep your back straight and both heels down."),
    StepSays("D4.10", _exercises("wall-calf-stretch"), "Bend the front knee slowly"),
    StepSays("D4.10", _exercises("wall-calf-stretch"), "The rear calf does the work"),
    StepSays("D4.10", _exercises("wall-calf-stretch"), "Then do the same on the other side."),
    FiguresAre("D4.10", _exercises("wall-calf-stretch"), {"hold_seconds": 30}),
    FiguresAre("D4.10", RLS_ROUTINES, {"hold_seconds": 30, "side": "each"}, of="wall-calf-stretch"),
    StepSays("D4.11", _exercises("standing-thigh-stretch"), "within reach of something fixed that you can grab"),
    NoteShown("D4.11", STANDING + RLS_ROUTINES, "standing-hold-a-support", 4),
    StepSays("D4.12", _exercises("standing-thigh-stretch"), "Keep your back straight."),
    StepSays("D4.12", _exercises("standing-thigh-stretch"), "bring it up towards your buttock"),
    StepSays("D4.12", _exercises("standing-thigh-stretch"), "Then do the same on the other side."),
    FiguresAre("D4.12", _exercises("standing-thigh-stretch"), {"hold_seconds": 30}),
    FiguresAre(
        "D4.12",
        _routines("restless-legs-before-bed"),
        {"hold_seconds": 30, "side": "each"},
        of="standing-thigh-stretch",
    ),
    InOrder(
        "D4.12",
        "restless-legs-before-bed",
        ("easy-walking", "wall-calf-stretch", "raised-leg-hamstring-stretch", "standing-thigh-stretch"),
    ),
    PageSays(
        "D4.13",
        _hubs("restless-legs") + _routines("restless-legs-before-bed"),
        "your arms or trunk too, if they are restless",
    ),
    PageSays(
        "D4.14", _hubs("restless-legs") + _routines("restless-legs-before-bed"), "yoga if you like it; it may help"
    ),
    NoteShown("D4.15", RLS, "rls-safe-before-which", 4),
    Absent("D4.16", ("tire the muscle", "tiring the muscle", "muscles tired", "energy out of", "energy reduction")),
    GapFilled(
        "D4.17",
        RLS,
        (
            *LEG_RED_FLAGS,
            *EVERYWHERE,
            "rls-iron",
            "rls-medicines",
            "rls-pregnancy-or-kidney",
            "rls-light-at-night",
            "rls-caffeine-and-alcohol",
        ),
    ),
    Absent("D4.17", ("sedorum",)),
)

FACTS: tuple[Fact, ...] = ARTICLE_0 + ARTICLE_1 + ARTICLE_2 + ARTICLE_3 + ARTICLE_4
