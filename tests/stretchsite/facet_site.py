"""A site of exercises and routines that differ in all a catalogue asks, and a naive reading of what each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest.mock import patch

from django.db import transaction
from wagtail.models import Page, Site

from clinical.models import NoteTarget, board_for
from clinical.publishing import approvals
from clinical.publishing.gate import GatedMixin
from clinical.safety.sheet import SafetyBoard
from clinical.words.choices import WIDER_REGION, BodyRegion, EvidenceLevel, Moment, NoteKind, StartingPosition, Tier
from clinical.words.concern_words import names
from clinical.words.concerns import Concern
from clinical.words.exercising import Equipment, ExerciseKind
from clinical.words.fields import lines
from exercises.choices import VariationKind
from exercises.models import ExercisePage, Variation
from routines.getting_down import is_on_the_floor
from routines.models import RoutinePage
from stretchsite import routing
from testing import factories

EXERCISES, ROUTINES = 40, 25
LINES = ("you had an operation", "you have Thin bones", "kneeling hurts\nyou are pregnant")
KNEELING = {"four_point_kneeling", "kneeling", "half_kneeling"}
HELD = {"towel", "support", "band", "dumbbell", "water_bottle", "stick"}


@contextmanager
def standing(django_db_blocker: Any) -> Iterator[None]:
    """The site, for as long as the block lasts. What the gate says of it has tests of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        approvals.forget_locales()
        routing.forget_roots()
        Page.objects.get(depth=1).get_children().delete()
        Site.objects.all().delete()
        with (
            patch.object(GatedMixin, "refuse_or_pass"),
            patch("wagtail.models.ReferenceIndex.create_or_update_for_object"),
            patch("clinical.publishing.gated_pages.insert_or_update_object"),
        ):
            _build(Random(15))
        yield
        transaction.set_rollback(True)


def _build(chance: Random) -> None:
    home = factories.HomePageFactory(parent=Page.objects.get(depth=1))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    aches = [factories.ConditionFactory.create(name=f"Ache {n}", slug=f"ache-{n}") for n in range(4)]
    index = factories.ExerciseIndexPageFactory(parent=home)
    exercises = [index.add_child(instance=_exercise(chance, number, aches)) for number in range(EXERCISES)]
    routines = factories.RoutineIndexPageFactory(parent=home)
    for number in range(ROUTINES):
        items, uses = chance.sample(exercises, chance.randint(1, 3)), chance.sample(aches, chance.randint(0, 2))
        words = {"title": f"Routine {number}", "slug": f"routine-{number}", "moments": _some(chance, Moment)}
        routine = factories.draft_routine(items, uses, **words, check_first_concerns=_some(chance, Concern, 1))
        routines.add_child(instance=routine)
    _notes(aches, exercises)


def _exercise(chance: Random, number: int, aches: list[Any]) -> ExercisePage:
    first, *others = chance.sample(StartingPosition.values, chance.randint(1, 3))
    exercise = factories.draft_exercise(
        title=f"Exercise {number}",
        slug=f"exercise-{number}",
        conditions=chance.sample(aches, chance.randint(0, 2)),
        kind=chance.choice(ExerciseKind.values),
        body_regions=tuple(chance.sample(BodyRegion.values, chance.randint(1, 2))),
        starting_position=first,
        other_positions=tuple(others),
        equipment=_some(chance, Equipment),
        check_first_concerns=_some(chance, Concern, 2),
        check_first_if=chance.choice(LINES),
        hold_seconds=chance.choice([5, 20, 40]),
        repetitions=chance.choice([1, 2, 4]),
    )
    for use in exercise.condition_uses.all():
        use.evidence = chance.choice([EvidenceLevel.TRIAL, EvidenceLevel.GUIDELINE_AGAINST])
    exercise.variations = [
        Variation(kind=kind, text="Otherwise.", sort_order=place)
        for place, kind in enumerate(chance.sample(VariationKind.values, chance.randint(0, 2)))
    ]
    return exercise


def _some(chance: Random, vocabulary: Any, most: int = 2) -> tuple[str, ...]:
    return tuple(chance.sample(vocabulary.values, chance.randint(0, most)))


def _notes(aches: list[Any], exercises: list[Any]) -> None:
    """Notes about people on every sort of place; that on everything, the mild one on a condition tell nothing apart."""
    mild: dict[str, Any] = {"kind": NoteKind.CHECK_FIRST, "tier": Tier.CHECK_FIRST, "urgency": ""}
    grave: dict[str, Any] = {"kind": NoteKind.CONTRAINDICATION, "tier": Tier.DO_NOT, "urgency": ""}
    places = [
        (NoteTarget(everywhere=True), mild, Concern.PREGNANCY),
        (NoteTarget(region=BodyRegion.ARM), mild, Concern.SURGERY),
        (NoteTarget(position=StartingPosition.STANDING), mild, Concern.POOR_BALANCE),
        (NoteTarget(equipment=Equipment.BAND), grave, Concern.BLOOD_THINNERS),
        (NoteTarget(exercise_kind=ExerciseKind.STRENGTHENING), mild, Concern.HERNIA),
        (NoteTarget(condition=aches[0]), mild, Concern.KIDNEY_DISEASE),
        (NoteTarget(condition=aches[1]), grave, Concern.STROKE),
        (NoteTarget(page=exercises[5]), mild, Concern.THIN_BONES),
    ]
    ExercisePage.objects.filter(pk=exercises[6].pk).update(origins=str(exercises[5].content_key))
    for number, (target, words, concern) in enumerate(places):
        factories.note_at(target, text=f"you hear {number}", concerns=(concern,), **words)


def named(page: Any, board: SafetyBoard) -> set[str]:
    """Which concerns a page and the notes on it name, but for notes on everything: read from what its readers see."""
    notes = [item for item in board.notes if any(reason.place != "everything" for reason in item.reasons)]
    told = {concern for item in notes for concern in item.note.concerns}
    said = {each for each in Concern.values if any(names(line, each) for line in lines(page.check_first_if))}
    found = {*told, *said, *page.check_first_concerns}
    return found | {"falls", "poor_balance"} if found & {"falls", "poor_balance"} else found


def traits(exercise: ExercisePage) -> dict[str, set[str]]:
    """By filter what an exercise stands under, and by ``without`` why it is left out."""
    positions = {exercise.starting_position, *exercise.other_positions}
    regions = set(exercise.body_regions)
    on_the_floor = is_on_the_floor(positions)
    asks = {"kneeling"} if positions <= KNEELING else set()
    asks |= {"floor"} if on_the_floor else set()
    asks |= {"holding"} if HELD & set(exercise.equipment) else set()
    return {
        "condition": _helped(exercise),
        "region": regions | {WIDER_REGION[each] for each in regions if each in WIDER_REGION},
        "position": positions,
        "floor": {"on" if on_the_floor else "off"},
        "kind": {exercise.kind},
        "equipment": set(exercise.equipment),
        "level": {each.kind for each in exercise.variations.all()},
        "minutes": _up_to(exercise.sheet().seconds_most / 60),
        "without": asks | named(exercise, exercise.board()),
    }


def _up_to(minutes: float) -> set[str]:
    return {str(most) for most in range(1, 60) if minutes <= most}


def _helped(page: Any) -> set[str]:
    return {use.tag.slug for use in page.condition_uses.all() if use.evidence != EvidenceLevel.GUIDELINE_AGAINST}


def traits_of_routine(routine: RoutinePage, exercises: dict[int, dict[str, set[str]]]) -> dict[str, set[str]]:
    """The same of a routine, from those of its exercises."""
    within = [exercises[item.exercise_id] for item in routine.items.all()]
    asks = {each for one in within for each in one["without"]}
    return {
        "condition": _helped(routine),
        "region": set.union(*(one["region"] for one in within)),
        "moment": set(routine.moments),
        "minutes": _up_to(routine.sheet().minutes_most),
        "position": set.intersection(*(one["position"] for one in within)),
        "floor": {"on" if any("on" in one["floor"] for one in within) else "off"},
        "kind": set.union(*(one["kind"] for one in within)),
        "equipment": set.union(*(one["equipment"] for one in within)),
        "without": asks | named(routine, _own_board(routine)),
    }


def _own_board(routine: RoutinePage) -> SafetyBoard:
    """What stands on the routine without its exercises."""
    return board_for(routine.subjects()[:1], routine.language)


def fits(what: dict[str, set[str]], asked: dict[str, list[str]], but_for: str = "") -> bool:
    """Whether an entry stands in the list that is asked for."""
    for name, chosen in asked.items():
        if not chosen or name == but_for:
            continue
        if name == "equipment":
            wanted = what[name] <= set(chosen)
        else:
            wanted = bool(what[name] & set(chosen)) != (name == "without")
        if not wanted:
            return False
    return True
