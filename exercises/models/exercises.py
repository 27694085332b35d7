"""Exercises: described once, reused by every routine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from clinical.addresses import whole_address
from clinical.conflicts.open_conflicts import page_facts
from clinical.models import ClinicalPage, ConditionUse, SourceReference, board_for, clinic, once
from clinical.publishing.refusals import Refusal
from clinical.safety.conflicts import Dosed, PageFacts
from clinical.safety.parts import alone, never_lost
from clinical.safety.reach import Part
from clinical.withdrawal import impact
from clinical.words.choices import BodyRegion, StartingPosition
from clinical.words.exercising import Equipment, ExerciseKind
from clinical.words.fields import ChoiceSetField, LinesField
from exercises import assembly, drawings, panels
from exercises.blocks import StepsBlock
from exercises.choices import Laterality, Lead, usual_side
from exercises.dosage import Dosage
from exercises.dosage_fields import DosageError
from exercises.dosage_words import about, fault_in_words
from exercises.keeping import to_keep
from exercises.loads import check_load_is_there
from exercises.models import pain_limits
from exercises.models.dosages import DosageFieldsMixin
from exercises.models.filmed import make_media_ready, make_media_whole, media_refusal
from exercises.models.illustrated import figure_refusal
from exercises.models.minutes import minutes_column, minutes_of
from exercises.models.outputs import OutputRoutesMixin
from exercises.outputs.output import offline_paths
from exercises.outputs.registry import OUTPUTS
from exercises.outputs.share_card import exercise_card
from exercises.outputs.structured_data import exercise_data_block
from exercises.pacing import GET_READY_SECONDS
from exercises.querysets import ExerciseQuerySet
from exercises.session_length import check_session_length
from exercises.substitutes import HELP, faults_of_substitutes
from exercises.substitutes_field import SubstitutesField
from figures.fields import FigureField

if TYPE_CHECKING:
    from clinical.outputs.share_card import ShareCard
    from clinical.outputs.signs import Opening
    from clinical.pages.cards import Card
    from clinical.safety.reach import Subject
    from clinical.safety.sheet import SafetyBoard
    from exercises.sheet import ExerciseSheet


class ExercisePage(DosageFieldsMixin, OutputRoutesMixin, ClinicalPage):
    """One stretch, strengthening, mobility or self-massage exercise."""

    is_one_exercise = True
    outputs = OUTPUTS
    search_rank = 2
    #: What neither its card nor a note asks of it: its largest columns, each put together again when it is read.
    NOT_ON_CARDS = ("figure", "steps", "pictures_ready", "videos_ready")

    clinical_name = models.CharField(max_length=255, help_text=_("As colleagues call it: “Supine hamstring stretch”."))
    other_names = LinesField(blank=True, help_text=_("Other names people search for, one a line."))
    kind = models.CharField(max_length=20, choices=ExerciseKind.choices)
    body_regions = ChoiceSetField(
        vocabulary=BodyRegion, blank=False, help_text=_("What is stretched or worked, not what hurts. Notes follow it.")
    )
    target_muscles = LinesField(blank=True, help_text=_("One a line, in plain words first: “hamstrings”."))
    starting_position = models.CharField(max_length=20, choices=StartingPosition.choices)
    other_positions = ChoiceSetField(
        vocabulary=StartingPosition,
        blank=True,
        default="",  # a fingerprint reads it as nothing said, so that what was approved before there was it holds
        help_text=_("Where it may be done in another position just as well: “sitting or standing”."),
    )
    equipment = ChoiceSetField(vocabulary=Equipment, blank=True, help_text=_("Leave empty when nothing is needed."))
    substitutes = SubstitutesField(_("what may be taken instead"), default=dict, blank=True, help_text=HELP)
    laterality = models.CharField(max_length=20, choices=Laterality.choices)
    steps = StreamField(StepsBlock(), help_text=_("In order. Four to six steps are plenty."))
    feel = models.TextField(_("what you should feel"), help_text=_("Where, and how strong at most."))
    not_feel = models.TextField(_("what you should not feel"), help_text=_("What means too much, or wrong."))
    pain_most = pain_limits.pain_most_field()
    settles_by = pain_limits.settles_by_field()
    common_mistakes = LinesField(blank=True, help_text=_("One a line."))
    photo = models.ForeignKey("clinical.Picture", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    video = models.ForeignKey(
        "exercises.Video",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The whole exercise, with captions and a transcript. It never plays by itself."),
    )
    videos_ready = models.JSONField(default=dict, db_default={}, blank=True, editable=False)
    # A draft may hold a figure that cannot be drawn; a live page's is valid.
    figure = FigureField(
        null=True, blank=True, help_text=_("The poses to draw, as data. Leave empty for an exercise without a figure.")
    )
    leads = models.CharField(
        max_length=10,
        choices=Lead.choices,
        default=Lead.FIGURE,
        help_text=_("What stands on the stage when there is both a figure and a photo."),
    )
    figure_ready = models.JSONField(default=dict, blank=True, editable=False)
    pictures_ready = models.JSONField(default=dict, blank=True, editable=False)
    # The conditions again, on the row itself, so that a routine of forty exercises asks for them with the exercises.
    condition_ids = models.JSONField(default=list, blank=True, editable=False)

    minutes_ready = minutes_column()

    conditions = ClusterTaggableManager(through="exercises.ExerciseCondition", blank=True)

    objects: ClassVar[Any] = PageManager.from_queryset(ExerciseQuerySet)()

    subpage_types: list[type] = []

    edit_handler = panels.exercise_tabs()

    search_fields = [
        *ClinicalPage.search_fields,
        index.SearchField("clinical_name", boost=4),
        index.SearchField("other_names", boost=8),
        index.AutocompleteField("other_names"),
        index.SearchField("purpose", boost=3),
        index.SearchField("target_muscles", boost=3),
        index.SearchField("words_to_find_by", boost=2),
        index.SearchField("steps", boost=0.5),
        index.FilterField("kind"),
        index.FilterField("starting_position"),
        index.FilterField("other_positions"),
        index.FilterField("body_regions"),
        index.RelatedFields("condition_uses", [index.SearchField("condition_words", boost=2)]),
    ]

    class Meta:
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        constraints = [*DosageFieldsMixin.Meta.constraints, *pain_limits.pain_constraints(), once("exercises_exercise")]

    pain_allowed_in_words = pain_limits.pain_allowed_in_words
    pain_leads = ClinicalPage.pain_leads | pain_limits.PAIN_LEADS
    pain_limit = pain_limits.pain_limit
    words_to_find_by = property(assembly.words_to_find_by)

    def default_dosage(self) -> Dosage:
        """The dosage used wherever a routine does not say otherwise. Raises ``DosageError`` while it is incomplete."""
        return self.own_dosage()

    def clinical_refusal(self) -> Refusal:
        """What keeps this exercise from being live."""
        refusal = super().clinical_refusal()
        try:
            check_load_is_there(self.default_dosage(), self.equipment)
            check_session_length(self.default_dosage(), usual_side(self.laterality))
        except DosageError as error:
            refusal[error.field] = [fault_in_words(error)]
        else:
            if objections := impact.objections(self):
                refusal[NON_FIELD_ERRORS] = objections
        refusal.update(figure_refusal(self) | pain_limits.limit_refusal(self) | media_refusal(self))
        if not self.steps:
            refusal["steps"] = [_("Write at least one step.")]
        if not self.body_regions:
            refusal["body_regions"] = [_("Choose at least one body region; safety notes hang on it.")]
        if self.starting_position in self.other_positions:
            refusal["other_positions"] = [_("Leave out the position it starts in; name only others.")]
        if faults := faults_of_substitutes(self.substitutes, self.equipment):
            refusal["substitutes"] = faults
        slugs = [use.tag_id for use in self.condition_uses.all()]
        if len(set(slugs)) < len(slugs):
            refusal["condition_uses"] = [_("Name each condition once.")]
        return refusal

    def approval_refusal(self) -> Refusal:
        """More pain than readers are allowed now takes a second person, whatever a library says."""
        return super().approval_refusal() or pain_limits.raised_pain_refusal(self)

    def facts(self) -> PageFacts:
        """The exercise as the rules of conflicts see it: its own dosage and its steps."""
        steps = tuple(step.block_type for step in self.steps)
        return page_facts(self, [replace(dosed, steps=steps) for dosed in self.dosed()])

    def dosed(self) -> list[Dosed]:
        """How much of it is done, as notes may limit it; no query."""
        return [Dosed(self.content_key, self.title, doses=self.default_dosage().ranges())]

    def prepare_for_readers(self) -> None:
        """What sheets need is made ready here, so that no reader's request has to."""
        super().prepare_for_readers()
        self.condition_ids = sorted({use.tag_id for use in self.condition_uses.all() if use.tag_id})
        self.minutes_ready = minutes_of(self)
        if self.live:
            make_media_ready(self)
            self.make_figure_ready()

    def make_figure_ready(self) -> None:
        """Draw what is missing and note where it is, so that no reader's request has to."""
        self.figure_ready = drawings.ready(self.figure, self.laterality)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show the draft's own figure, drawn for this once, whatever stands ready for readers."""
        self.figure_ready = drawings.previewed(self.figure, self.laterality)
        return super().serve_preview(request, mode_name)

    def make_whole(self) -> None:
        """Make what files of it are missing. The words beside its pictures stay those its readers see."""
        make_media_whole(self)
        self.make_figure_ready()

    @never_lost("An exercise")
    def sheet(self) -> ExerciseSheet:
        """Everything its readers are shown, in a fixed number of queries."""
        return assembly.exercise_sheet(self)

    def subjects(self) -> list[Subject]:
        """The exercise as the rules of safety notes see it on its own page."""
        return [assembly.own_subject(self)]

    def listed_subjects(self) -> list[Subject]:
        """The same where it stands in a list, from its own row."""
        return [assembly.subject_of(self, Part.EXERCISE, self.condition_ids)]

    def opening(self) -> Opening:
        """What its readers read before there is anything to do."""
        return self.sheet().opening

    def card(self) -> Card:
        """What a list shows of it."""
        return assembly.card(self)

    def board(self) -> SafetyBoard:
        """The notes in force on it."""
        return board_for(self.subjects(), self.language)

    def follow_answer(self, request: HttpRequest) -> HttpResponse:
        """The exercise to follow along, complete without a script; with one, a timer."""
        sheet = self.sheet()
        context = {
            "rows": ((sheet, sheet.to_get_ready),),
            "total_words": about(sheet.seconds + GET_READY_SECONDS, sheet.seconds_most + GET_READY_SECONDS),
            "back": sheet.url,
            "data_address": f"{sheet.url}sheet.json",
        }
        return self.render(request, template="exercises/follow.html", context_overrides=context)

    def share_card(self, sheet: ExerciseSheet) -> ShareCard:
        """What is on the picture beside a link to it."""
        return exercise_card(sheet, clinic().name)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The sheet and nothing else."""
        context = super().get_context(request, *args, **kwargs)
        sheet = self.sheet()
        context.update(
            sheet=sheet,
            steps=sheet.steps_with_notes,
            freshness=sheet.provenance.freshness(timezone.localdate()),
            page_language=sheet.language,
            to_keep=alone("offer to keep it", lambda: _to_keep(sheet), ""),
            structured_data=alone(
                "structured data", lambda: exercise_data_block(sheet, whole_address(request, sheet.url)), ""
            ),
            preview=alone("link preview", lambda: self.link_preview(request, sheet), None),
            breadcrumb=[(_("Exercises"), reverse("exercises")), (self.title, "")],
        )
        return context


def _to_keep(sheet: ExerciseSheet) -> str:
    outputs = offline_paths(ExercisePage.outputs)
    return to_keep(title=sheet.title, language=sheet.language, exercises=[sheet], outputs=outputs)


class ExerciseCondition(ConditionUse):
    """An exercise is used for a condition."""

    content_object = ParentalKey(ExercisePage, on_delete=models.CASCADE, related_name="condition_uses")

    class Meta(ConditionUse.Meta):
        pass


class ExerciseSource(SourceReference):
    """Where an exercise's statements come from."""

    page = ParentalKey(ExercisePage, on_delete=models.CASCADE, related_name="sources")
