"""Routines: ordered exercises with the dosage prescribed there."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from clinical.addresses import whole_address
from clinical.conflicts.overrides import overrides_in_force
from clinical.models import ClinicalPage, ConditionUse, SourceReference, is_withdrawn, once
from clinical.outputs.signs import Opening
from clinical.pages.cards import Card
from clinical.publishing.blocks import AdviceBlocks
from clinical.publishing.refusals import Refusal
from clinical.publishing.rows import ConstraintsTogetherMixin
from clinical.safety.conflicts import Dosed, PageFacts
from clinical.safety.parts import alone, never_lost
from clinical.words.choices import Moment
from clinical.words.fields import ChoiceSetField
from clinical.words.pain_lexicon import SEE_SOMEONE_IF
from exercises.choices import Side
from exercises.dosage_fields import DosageError
from exercises.frequency import Frequency
from exercises.keeping import to_keep
from exercises.models import DosageFieldsMixin, ExercisePage
from exercises.models.frequencies import frequency_column, frequency_constraints, how_often_refusal
from exercises.models.minutes import minutes_column
from exercises.outputs.output import offline_paths
from routines import assembly, panels
from routines.choices import Phase, comes_unplanned
from routines.dosed import dosed_rows, routine_facts
from routines.models.item_faults import ItemFaultsMixin, contradicts, pain_allowed_in_words
from routines.models.prescriptions import PrescribingMixin, Prescription, Prescriptions
from routines.models.routes import RoutineRoutesMixin
from routines.models.weeks_fields import MOST_WEEKS, WeeksFieldsMixin
from routines.outputs.structured_data import routine_data_block
from routines.querysets import RoutineQuerySet
from routines.session_length import too_long

if TYPE_CHECKING:
    from clinical.safety.reach import Subject
    from clinical.safety.sheet import SafetyBoard
    from routines.sheet import RoutineSheet


def _within(least: int, most: int) -> list[Any]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class RoutinePage(RoutineRoutesMixin, ClinicalPage):
    """A home exercise programme. Minutes, equipment and positions are computed from its items, never typed."""

    search_rank = 1

    sessions_per_day = frequency_column("sessions_per_day")
    sessions_per_day_most = frequency_column("sessions_per_day_most")
    days_per_week = frequency_column("days_per_week")
    days_per_week_most = frequency_column("days_per_week_most")
    every_days = frequency_column("every_days")
    as_needed = frequency_column("as_needed")
    as_needed_most = frequency_column("as_needed_most")
    moments = ChoiceSetField(vocabulary=Moment, blank=False, help_text=_("When in the day, or round what."))
    weeks = models.PositiveSmallIntegerField(
        validators=_within(1, MOST_WEEKS),
        null=True,
        blank=True,
        help_text=_("For how many weeks; empty for as long as it helps."),
    )
    weeks_most = models.PositiveSmallIntegerField(
        _("weeks, at most"), validators=_within(2, MOST_WEEKS), null=True, blank=True, help_text=_("Only for a range.")
    )
    expect_change = models.TextField(_("when to expect a change"), help_text=_("What most people notice, and when."))
    see_someone = models.TextField(_("when to see someone"), help_text=_("When to ask for help if nothing changes."))
    advice = StreamField(
        AdviceBlocks(), blank=True, verbose_name=_("everyday advice"), help_text=_("Cushion, foot stool, water …")
    )

    chosen_despite = models.JSONField(default=list, blank=True, editable=False)
    minutes_ready = minutes_column()

    conditions = ClusterTaggableManager(through="routines.RoutineCondition", blank=True)

    objects: ClassVar[Any] = PageManager.from_queryset(RoutineQuerySet)()

    pain_allowed_in_words = pain_allowed_in_words
    pain_leads = ClinicalPage.pain_leads | {"see_someone": SEE_SOMEONE_IF}
    subpage_types: list[type] = []
    edit_handler = panels.routine_tabs()

    search_fields = [
        *ClinicalPage.search_fields,
        index.SearchField("purpose", boost=3),
        index.FilterField("moments"),
        index.RelatedFields("condition_uses", [index.SearchField("condition_words", boost=2)]),
    ]

    class Meta:
        verbose_name = _("routine")
        verbose_name_plural = _("routines")
        constraints = [
            *(*frequency_constraints(), once("routines_routine")),
            models.CheckConstraint(
                name="routines_routinepage_weeks",
                condition=Q(weeks__isnull=True) | Q(weeks__gte=1, weeks__lte=MOST_WEEKS),
            ),
            models.CheckConstraint(
                name="routines_routinepage_weeks_most",
                condition=Q(weeks_most__isnull=True) | Q(weeks__isnull=False, weeks_most__gt=F("weeks")),
                violation_error_message=_("A range of weeks needs its lower end, and a higher one above it."),
            ),
        ]

    def often(self) -> Frequency:
        """How often. One for while symptoms last and no other moment is done as they come, whatever else it says.

        Raises ``DosageError`` where its fields contradict each other.
        """
        said = Frequency.of(self)
        return said if said.as_needed or not comes_unplanned(self.moments) else Frequency(as_needed=True)

    def clinical_refusal(self) -> Refusal:
        """What keeps this routine from being live."""
        refusal = super().clinical_refusal()
        items = list(self.items.all())
        if not items:
            refusal["items"] = [_("Add at least one exercise.")]
        prefetch_related_objects(items, "exercise")
        last = self.last_week
        faults = [f"{number}. {fault}" for number, item in enumerate(items, start=1) for fault in item.faults(last)]
        faults += [] if faults else self._faults_together(items)
        if faults:
            refusal["items"] = faults
        uses = [use.tag_id for use in self.condition_uses.all()]
        if len(set(uses)) < len(uses):
            refusal["condition_uses"] = [_("Name each condition once.")]
        if not self.moments:
            refusal["moments"] = [_("Say when it is done.")]
        return refusal | how_often_refusal(self)

    @property
    def last_week(self) -> int:
        """The last week in which any of it is done."""
        return self.weeks_most or self.weeks or MOST_WEEKS

    def _faults_together(self, items: list[RoutineItem]) -> list[str]:
        """Where items that can be followed each do not go with how often the routine is done, or take too long."""
        try:
            often = self.often()
        except DosageError:
            return []
        faults = [fault for item in items for fault in contradicts(item, often)]
        return faults or too_long([item for item in items if item.has_a_side_there_is])

    def facts(self) -> PageFacts:
        """The routine as the rules of conflicts see it: each exercise as prescribed here, and its own frequency."""
        items = [item for item in self.items.all() if item.exercise_id]
        warms_up = bool(items) and items[0].phase == Phase.WARM_UP
        return routine_facts(self, items, self.often(), is_routine=True, warms_up_first=warms_up)

    def dosed(self) -> list[Dosed]:
        """How much of each exercise is done here; no query where they were fetched along (``with_items``)."""
        return dosed_rows(self, [item for item in self.items.all() if item.is_followable], self.often())

    def prepare_for_readers(self) -> None:
        """What two people chose despite a warning is kept with it, so that no reader's request asks for it."""
        super().prepare_for_readers()
        self.minutes_ready = assembly.minutes_of(self.items.all())
        if self.live:
            self.chosen_despite = [override.said_aloud() for override in overrides_in_force(self)]

    @never_lost("A routine")
    def sheet(self) -> RoutineSheet:
        """Everything its readers are shown, in a number of queries that does not grow with the routine."""
        return assembly.routine_sheet(self)

    def subjects(self) -> list[Subject]:
        """The routine and each exercise in it, as the rules of safety notes see them."""
        return assembly.subjects_of(self)

    def listed_subjects(self) -> list[Subject]:
        """The same where it stands in a list; its items and conditions are fetched along (``with_items``)."""
        return assembly.listed_subjects(self)

    def opening(self) -> Opening:
        """What its readers read before there is anything to do."""
        return self.sheet().opening

    def card(self) -> Card:
        """What a list shows of it."""
        return assembly.card(self)

    @classmethod
    def listed(cls) -> Any:
        """Those readers may see, with their exercises and conditions."""
        return with_items(cls.objects.shown())

    def board(self) -> SafetyBoard:
        """The notes in force on it."""
        return assembly.board_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The sheet and nothing else."""
        context = super().get_context(request, *args, **kwargs)
        sheet = self.sheet()
        context.update(
            sheet=sheet,
            freshness=sheet.provenance.freshness(timezone.localdate()),
            page_language=sheet.language,
            to_keep=alone("offer to keep it", lambda: _to_keep(sheet), ""),
            structured_data=alone(
                "structured data", lambda: routine_data_block(sheet, whole_address(request, sheet.url)), ""
            ),
            preview=alone("link preview", lambda: self.link_preview(request, sheet), None),
            breadcrumb=[(_("Routines"), reverse("routines")), (self.title, "")],
        )
        return context


def _to_keep(sheet: RoutineSheet) -> str:
    exercises, outputs = [item.exercise for item in sheet.items], offline_paths(RoutinePage.outputs)
    return to_keep(title=sheet.title, language=sheet.language, exercises=exercises, outputs=outputs)


class RoutineCondition(ConditionUse):
    """A routine is used for a condition."""

    content_object = ParentalKey(RoutinePage, on_delete=models.CASCADE, related_name="condition_uses")

    class Meta(ConditionUse.Meta):
        pass


class RoutineSource(SourceReference):
    """Where a routine's statements come from."""

    page = ParentalKey(RoutinePage, on_delete=models.CASCADE, related_name="sources")


class RoutineItemQuerySet(models.QuerySet["RoutineItem"]):
    """Questions about items."""

    def with_exercises(self) -> Self:
        """Each with its exercise, and whether that is withdrawn; all in one query."""
        return self.select_related("exercise").annotate(is_withdrawn_now=is_withdrawn("exercise__content_key"))


class RoutineItem(
    ItemFaultsMixin, PrescribingMixin, WeeksFieldsMixin, DosageFieldsMixin, ConstraintsTogetherMixin, Orderable
):
    """One exercise in a routine, with the dosage prescribed there. An empty figure means the exercise's own."""

    page = ParentalKey(RoutinePage, on_delete=models.CASCADE, related_name="items")
    exercise = models.ForeignKey(ExercisePage, on_delete=models.PROTECT, related_name="routine_items")
    phase = models.CharField(max_length=20, choices=Phase.choices, default=Phase.MAIN)
    side = models.CharField(
        max_length=10,
        choices=Side.choices,
        blank=True,
        help_text=_(
            "Left, right or each for a one-sided exercise; empty takes the usual: each side, or both together."
        ),
    )
    cue = models.CharField(max_length=255, blank=True, help_text=_("What to remember here: “Tip from the hips.”"))

    objects = RoutineItemQuerySet.as_manager()

    class Meta(Orderable.Meta):
        constraints = [*DosageFieldsMixin.Meta.constraints, *WeeksFieldsMixin.Meta.constraints]

    def __str__(self) -> str:
        return str(self.exercise)

    @classmethod
    def prescriptions(cls, routine_id: int) -> list[Prescription]:
        """The items of a saved routine, each with its exercise, as a sheet reads them: one query."""
        return _prescriptions().of(routine_id)


def with_items(routines: Any) -> Any:
    """Routines with what their cards count and their notes hang on, and of exercises no more; in two queries more."""
    items = RoutineItem.objects.with_exercises().defer(*(f"exercise__{name}" for name in ExercisePage.NOT_ON_CARDS))
    return routines.prefetch_related(Prefetch("items", items), "condition_uses")


@cache
def _prescriptions() -> Prescriptions:
    return Prescriptions(RoutineItem)
