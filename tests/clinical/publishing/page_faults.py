"""What must keep an exercise, a routine or a condition page off the site: each fault, and the field a refusal names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinical.models import Condition
from clinical.words.choices import ReviewState
from exercises.choices import VariationKind
from exercises.models import ExerciseCondition, ExerciseIndexPage, ExercisePage, Variation
from routines.models import RoutineCondition, RoutineIndexPage, RoutineItem, RoutinePage
from stretchsite.models import ConditionIndexPage, ConditionPage
from testing import factories

#: Nothing a reader would see: spaces, a no-break space, an empty pattern of Braille.
INVISIBLE = " \u00a0\u2800"


@dataclass(frozen=True)
class Fault:
    """One fault. ``is_storable`` is false where the database itself would not keep it."""

    name: str
    field: str
    spoil: Callable[[Any], None]
    is_storable: bool = True


@dataclass(frozen=True)
class PageKind:
    """A kind of clinical page: where it lives, how a good one is made, and what can be wrong with it."""

    model: type[Any]
    index: type[Any]
    draft: Callable[[], Any]
    faults: tuple[Fault, ...]


def _having(**fields: object) -> Callable[[Any], None]:
    def spoil(page: Any) -> None:
        for name, value in fields.items():
            setattr(page, name, value)

    return spoil


def _used_for(*statements: str) -> Callable[[Any], None]:
    """Used for the same condition, once for each statement."""

    def spoil(page: Any) -> None:
        model = ExerciseCondition if isinstance(page, ExercisePage) else RoutineCondition
        uses = [factories.use_of(model, Condition.objects.get(slug="tight-calves")) for _ in statements]
        for use, statement in zip(uses, statements, strict=True):
            use.statement = statement
        page.condition_uses = uses

    return spoil


def _reviewed_by_its_author(page: Any) -> None:
    page.reviewer = page.author


def _with_items(**fields: object) -> Callable[[Any], None]:
    def spoil(routine: RoutinePage) -> None:
        routine.items = [RoutineItem(exercise=ExercisePage.objects.live().first(), sort_order=0, **fields)]

    return spoil


def _with_an_unpublished_exercise(routine: RoutinePage) -> None:
    draft = factories.draft_exercise(title="Not yet", slug="not-yet", live=False)
    exercise = ExerciseIndexPage.objects.get().add_child(instance=draft)
    routine.items = [RoutineItem(exercise=exercise, sort_order=0)]


def _explaining_what_another_page_explains(hub: ConditionPage) -> None:
    condition = factories.ConditionFactory.create()
    ConditionIndexPage.objects.get().add_child(instance=factories.draft_hub(condition))
    hub.condition = condition


def _varied_by_nothing(exercise: ExercisePage) -> None:
    exercise.variations = [Variation(kind=VariationKind.REGRESSION, text=" \n\t")]


OF_ANY_PAGE = (
    Fault("purpose of spaces", "purpose", _having(purpose="   ")),
    Fault("no one it suits", "who it is for", _having(who_it_is_for="")),
    Fault("nobody to check first", "check first if", _having(check_first_if=INVISIBLE)),
    Fault("no evidence summary", "evidence summary", _having(evidence_summary="\n\n")),
    Fault("no author", "author", _having(author=None)),
    Fault("no reviewer", "reviewer", _having(reviewer=None)),
    Fault("reviewed by its author", "reviewer", _reviewed_by_its_author),
    Fault("no days of review", "reviewed on", _having(reviewed_on=None, review_due=None)),
    Fault("due before it was reviewed", "review due", _having(review_due=date(2025, 1, 1))),
    Fault("due in ten years", "review due", _having(review_due=date(2036, 6, 1))),
    Fault("unreviewed and from no library", "review state", _having(review_state=ReviewState.UNREVIEWED)),
)

OF_AN_EXERCISE = (
    Fault("no steps", "steps", _having(steps=[])),
    Fault("step without words", "steps", _having(steps=[("move", {"text": "", "picture": None})])),
    Fault("step of spaces", "steps", _having(steps=[("move", {"text": " \n ", "picture": None})])),
    Fault("no dosage", "hold seconds", _having(hold_seconds=None, repetitions=None)),
    Fault("two measures", "moving", _having(moving_seconds=60), is_storable=False),
    Fault("hold out of bounds", "hold seconds", _having(hold_seconds=601), is_storable=False),
    Fault("range upside down", "hold seconds most", _having(hold_seconds_most=20)),
    Fault("no body region", "body regions", _having(body_regions=())),
    Fault("unknown body region", "body regions", _having(body_regions=("tail",))),
    Fault("unknown kind", "kind", _having(kind="yoga")),
    Fault("clinical name of spaces", "clinical name", _having(clinical_name=INVISIBLE)),
    Fault("nothing to feel", "feel", _having(feel=" ")),
    Fault("evidence without words", "condition uses", _used_for("")),
    Fault("evidence of spaces", "condition uses", _used_for(INVISIBLE)),
    Fault("one condition twice", "condition uses", _used_for("Said.", "Said again."), is_storable=False),
    Fault("variation that says nothing", "variations", _varied_by_nothing, is_storable=False),
)

OF_A_ROUTINE = (
    Fault("no exercises", "items", _having(items=[])),
    Fault("unpublished exercise", "items", _with_an_unpublished_exercise),
    Fault("side it does not work", "items", _with_items(side="both")),
    Fault("unknown side", "items", _with_items(side="front")),
    Fault("figures that do not go together", "items", _with_items(moving_seconds=60, repetitions=2)),
    Fault("item out of bounds", "items", _with_items(sets=11), is_storable=False),
    Fault("evidence without words", "condition uses", _used_for("")),
    Fault("no moment", "moments", _having(moments=())),
    Fault("weeks upside down", "range of weeks", _having(weeks=6, weeks_most=4), is_storable=False),
    Fault("nothing to expect", "expect change", _having(expect_change=INVISIBLE)),
    Fault("empty heading", "advice", _having(advice=[("heading", "")])),
)

OF_A_HUB = (
    Fault("no condition", "condition", _having(condition=None)),
    Fault("condition that has a page", "condition", _explaining_what_another_page_explains),
    Fault("nothing about what it is", "what it is", _having(what_it_is=[])),
    Fault("empty paragraph", "what helps", _having(what_helps=[("paragraph", "")])),
)


def _good_exercise() -> ExercisePage:
    condition = Condition.objects.get(slug="tight-calves")
    return factories.draft_exercise(title="Doorway stretch", slug="doorway-stretch", live=False, conditions=[condition])


def _good_routine() -> RoutinePage:
    condition = Condition.objects.get(slug="tight-calves")
    exercise = ExercisePage.objects.live().first()
    return factories.draft_routine([exercise], [condition], title="Evening calves", slug="evening-calves", live=False)


def _good_hub() -> ConditionPage:
    condition = Condition.objects.get(slug="tight-calves")
    return factories.draft_hub(condition, title="Tight calves", slug="tight-calves", live=False)


KINDS: dict[str, PageKind] = {
    "exercise": PageKind(ExercisePage, ExerciseIndexPage, _good_exercise, (*OF_ANY_PAGE, *OF_AN_EXERCISE)),
    "routine": PageKind(RoutinePage, RoutineIndexPage, _good_routine, (*OF_ANY_PAGE, *OF_A_ROUTINE)),
    "hub": PageKind(ConditionPage, ConditionIndexPage, _good_hub, (*OF_ANY_PAGE, *OF_A_HUB)),
}


def good_draft(kind: str) -> Any:
    """The good draft of a kind in the ``house``, fresh from the tables."""
    return KINDS[kind].model.objects.get(live=False)


EVERY_FAULT = [(name, fault) for name, kind in KINDS.items() for fault in kind.faults]

#: One of each sort, for the roads that take their time.
CHOSEN = {
    "exercise": (
        "no steps", "step of spaces", "no dosage", "two measures", "evidence without words", "purpose of spaces",
        "reviewed by its author", "no days of review", "unreviewed and from no library",
    ),
    "routine": ("no exercises", "unpublished exercise", "side it does not work", "weeks upside down"),
    "hub": ("condition that has a page", "empty paragraph"),
}  # fmt: skip
CHOSEN_FAULTS = [(name, fault) for name, fault in EVERY_FAULT if fault.name in CHOSEN[name]]


def named(value: object) -> str | None:
    """How pytest names a case."""
    return value.name.replace(" ", "-") if isinstance(value, Fault) else None
