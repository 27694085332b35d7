"""The smallest valid object of each model, each reviewed and ready to go live. No chance, no names of people."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from clinical.models import Approval, Condition, NoteTarget, SafetyNote, User, release
from clinical.publishing.approvals import words_language
from clinical.publishing.fingerprints import fingerprint_of
from clinical.words.choices import (
    ApprovalBasis,
    BodyRegion,
    EvidenceLevel,
    NoteKind,
    ReviewState,
    StartingPosition,
    Tier,
    Urgency,
)
from clinical.words.exercising import ExerciseKind
from exercises.choices import Laterality
from exercises.models import ExerciseCondition, ExerciseIndexPage, ExercisePage, ExerciseSource
from routines.choices import Phase
from routines.models import RoutineCondition, RoutineIndexPage, RoutineItem, RoutinePage, RoutineSource
from sharing.models import ShareLinkItem, issue
from sharing.models.issued import Issued
from sharing.models.links import end_of
from stretchsite.models import ConditionIndexPage, ConditionPage, HomePage, HubSource, InformationPage

REVIEWED_ON = date(2026, 6, 1)
REVIEW_DUE = date(2028, 6, 1)
RED_FLAG: dict[str, Any] = {
    "kind": NoteKind.RED_FLAG,
    "tier": Tier.GET_HELP,
    "urgency": Urgency.SAME_DAY,
    "text": "one leg is hot and swollen",
}
STEPS = [("set_up", {"text": "Stand tall.", "picture": None}), ("move", {"text": "Lean forward.", "picture": None})]


class UserFactory(DjangoModelFactory[User]):
    """An account without a password."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"account-{number}")


class ConditionFactory(DjangoModelFactory[Condition]):
    """A condition without a hub."""

    class Meta:
        model = Condition
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Condition {number}")
    slug = factory.Sequence(lambda number: f"condition-{number}")

    @factory.post_generation
    def red_flag(self, create: bool, extracted: object, **words: Any) -> None:
        """Its red flag, without which nothing for it may be live; ``red_flag=False`` leaves it out."""
        if create and extracted is not False:
            note_at(NoteTarget(condition=cast("Condition", self)), **{**RED_FLAG, **words})


class GatedPageFactory(wagtail_factories.PageFactory):
    """A page in the tree, as a colleague approved it."""

    class Meta:
        abstract = True

    @classmethod
    def _create_instance(cls, model_class: type, parent: Any, kwargs: dict[str, Any]) -> Any:
        """In the tree, as a colleague approved it."""
        return parent.add_child(instance=approve(model_class(**kwargs)))


class HomePageFactory(GatedPageFactory):
    """The front page."""

    class Meta:
        model = HomePage

    title = "Home"
    slug = "home"


class ExerciseIndexPageFactory(GatedPageFactory):
    """The catalogue of exercises, at its contract address."""

    class Meta:
        model = ExerciseIndexPage

    title = "Exercises"
    slug = "exercises"


class RoutineIndexPageFactory(GatedPageFactory):
    """The catalogue of routines, at its contract address."""

    class Meta:
        model = RoutineIndexPage

    title = "Routines"
    slug = "routines"


class ConditionIndexPageFactory(GatedPageFactory):
    """The list of conditions, at its contract address."""

    class Meta:
        model = ConditionIndexPage

    title = "Conditions"
    slug = "conditions"


class ClinicalPageFactory(GatedPageFactory):
    """What every clinical page needs to be live: words, an author, another reviewer, two days."""

    class Meta:
        abstract = True

    purpose = "A gentle stretch."
    who_it_is_for = "Most adults."
    check_first_if = "you had an operation"
    evidence_summary = "Expert opinion."
    author = factory.SubFactory(UserFactory)
    reviewer = factory.SubFactory(UserFactory)
    reviewed_on = REVIEWED_ON
    review_due = REVIEW_DUE


class ExercisePageFactory(ClinicalPageFactory):
    """A standing calf stretch of 30 seconds, twice each side."""

    class Meta:
        model = ExercisePage

    title = factory.Sequence(lambda number: f"Exercise {number}")
    clinical_name = "Standing gastrocnemius stretch"
    kind = ExerciseKind.STATIC_STRETCH
    body_regions = (BodyRegion.LOWER_LEG,)
    starting_position = StartingPosition.STANDING
    laterality = Laterality.UNILATERAL
    hold_seconds = 30
    repetitions = 2
    steps = STEPS
    feel = "A mild pull in the calf."
    not_feel = "Pain."


class RoutinePageFactory(ClinicalPageFactory):
    """A routine without items and conditions: see :func:`routine_of`."""

    class Meta:
        model = RoutinePage

    title = factory.Sequence(lambda number: f"Routine {number}")
    moments = ("any_time",)
    sessions_per_day = 1
    days_per_week = 7
    expect_change = "After two weeks."
    see_someone = "If nothing changes in six weeks."


class ConditionPageFactory(ClinicalPageFactory):
    """The hub of a condition."""

    class Meta:
        model = ConditionPage

    title = factory.Sequence(lambda number: f"Condition page {number}")
    condition = factory.SubFactory(ConditionFactory)
    what_it_is = [("paragraph", "<p>What it is.</p>")]
    what_helps = [("paragraph", "<p>What helps.</p>")]


class InformationPageFactory(GatedPageFactory):
    """A page about the site."""

    class Meta:
        model = InformationPage

    title = factory.Sequence(lambda number: f"Information {number}")
    introduction = "What this page answers."
    body = [("paragraph", "<p>The answer.</p>")]


def use_of(model: type, condition: Condition) -> ExerciseCondition | RoutineCondition:
    """A row that says a page is used for a condition."""
    return model(tag=condition, evidence=EvidenceLevel.UNTESTED, statement="No trial has tested it.")


def draft_exercise(**fields: Any) -> ExercisePage:
    """An exercise in memory, complete and not yet in the tree."""
    conditions = fields.pop("conditions", ())
    exercise = ExercisePageFactory.build(author=UserFactory.create(), reviewer=UserFactory.create(), **fields)
    exercise.sources = [ExerciseSource(title="A textbook", sort_order=0)]
    exercise.condition_uses = [use_of(ExerciseCondition, condition) for condition in conditions]
    approve(exercise)
    return exercise


def draft_routine(exercises: list[ExercisePage], conditions: list[Condition], **fields: Any) -> RoutinePage:
    """A routine in memory, complete and not yet in the tree."""
    routine = RoutinePageFactory.build(author=UserFactory.create(), reviewer=UserFactory.create(), **fields)
    routine.sources = [RoutineSource(title="A textbook", sort_order=0)]
    routine.items = [
        RoutineItem(exercise=exercise, phase=Phase.MAIN, sort_order=number) for number, exercise in enumerate(exercises)
    ]
    routine.condition_uses = [use_of(RoutineCondition, condition) for condition in conditions]
    approve(routine)
    return routine


def draft_hub(condition: Condition, **fields: Any) -> ConditionPage:
    """A hub in memory, complete and not yet in the tree."""
    hub = ConditionPageFactory.build(
        condition=condition, author=UserFactory.create(), reviewer=UserFactory.create(), **fields
    )
    hub.sources = [HubSource(title="A textbook", sort_order=0)]
    approve(hub)
    return hub


def note_at(*targets: NoteTarget, live: bool = True, **fields: Any) -> SafetyNote:
    """A safety note that applies at these places; a stop sign unless told otherwise."""
    words = {"kind": NoteKind.STOP, "tier": Tier.DO_NOT, "text": "your calf swells", "source": "A textbook", **fields}
    note: Any = SafetyNote(live=live, **words)
    note.targets = list(targets)
    if live:
        approve(note)
    note.save()
    return note


def link_to(given: Any, by: User | None = None, days: int = 90, **values: object) -> Issued:
    """A share link of the whole of a routine or programme, and its token."""
    rows = [ShareLinkItem.kept_of(item, number) for number, item in enumerate(given.items.all())]
    frequency = given.often().frequency_values()
    return issue(given, by or UserFactory.create(), rows, **{"expires_at": end_of(days), **frequency, **values})


def approve(thing: Any, approver: User | None = None) -> Any:
    """Put on record that a colleague approved what a page or note says now, so that it may go live; returns the thing.

    For a page it is the reviewer the page names. A page's factory and ``draft_*`` have done it already: it is for what
    is changed afterwards. An example is released once more by its library.
    """
    if getattr(thing, "review_state", None) == ReviewState.UNREVIEWED:
        release(thing)
        return thing
    Approval.objects.create(
        basis=ApprovalBasis.REVIEWED,
        content_key=thing.content_key,
        content_hash=fingerprint_of(thing),
        language=words_language(thing),
        title=str(thing),
        approver=approver or getattr(thing, "reviewer", None) or UserFactory.create(),
    )
    return thing


def agree(thing: Any) -> Any:
    """Save other words of a shared record, such as a condition's name, as two people want it; returns the record."""
    thing.save_agreed(
        thing.agree(basis=ApprovalBasis.REVIEWED, writers=[UserFactory.create().pk], approver=UserFactory.create())
    )
    return thing


def save_live(thing: Any) -> Any:
    """Save what is live after a change a colleague approved."""
    approve(thing).save()
    return thing


def publish(thing: Any, user: User | None = None) -> Any:
    """Publish what a page or note says now, with a colleague's approval, as the review does; returns the revision."""
    approve(thing)
    revision = thing.save_revision(user=user)
    revision.publish()
    return revision


def publish_draft(thing: Any) -> None:
    """Publish the newest draft of a page or note, as it was saved in the editor, with a colleague's approval."""
    latest = type(thing).objects.get(pk=thing.pk).get_latest_revision()
    approve(latest.as_object())
    latest.publish()
