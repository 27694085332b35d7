"""Safety notes: written once, reviewed as one thing together with where they apply, shown wherever they reach."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from clinical.audit.audit_entries import record
from clinical.notes.judging_signs import cards_of, question, signs_to_judge
from clinical.notes.note_facts import NoteFactsMixin, dose_is_complete, tier_fits_kind
from clinical.notes.short_sign import ShortSignMixin
from clinical.publishing.approvals import Approval, second_person_refusal
from clinical.publishing.from_library import FromLibrary, once
from clinical.publishing.gate import GatedMixin
from clinical.publishing.gated_forms import SafetyNoteForm
from clinical.publishing.refusals import PublishRefused, Refusal
from clinical.publishing.withdrawals import Withdrawal
from clinical.safety.rules import TIER_OF_KIND
from clinical.words.choices import AuditAction, Moment, NoteKind, Polarity, StepKind, Tier, Urgency
from clinical.words.legible import is_worded

_LIVE_NEEDS = Q(live=False)

#: What a note of these tiers says or reaches is never lost, narrowed or lowered by one person (AZ5).
SERIOUS = (Tier.GET_HELP, Tier.DO_NOT)

#: What a note says, field by field.
_SAID = (
    *("kind", "urgency", "text", "what_to_do", "action_code", "polarity", "moment", "concerns_step", "expire_at"),
    *("in_short", "family_sign", "only_with_condition", "concerns"),
)


def loses_something() -> str:
    """What to do instead of taking a serious warning away alone."""
    return gettext(
        "Readers would be warned of less than now, and that takes a second person. Submit the change for review, "
        "or ask a safety officer to withdraw the note."
    )


class SafetyNoteQuerySet(models.QuerySet["SafetyNote"]):
    """Questions about notes."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refused for all when one of them is serious and in force."""
        for note in self:
            note.refuse_to_lose()
        return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # Django's way to keep it off the manager


class SafetyNote(
    FromLibrary,
    WorkflowMixin,
    NoteFactsMixin,
    ShortSignMixin,
    GatedMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """One thing a reader must know before, or must not do. Only live notes count.

    Its translations are versions of the same note and share its ``content_key``.
    """

    base_form_class = SafetyNoteForm

    kind = models.CharField(max_length=20, choices=NoteKind.choices)
    tier = models.PositiveSmallIntegerField(
        choices=Tier.choices,
        help_text=_("May be more serious than the kind asks for (a lower number), never milder."),
    )
    urgency = models.CharField(
        max_length=20, choices=Urgency.choices, blank=True, help_text=_("For tier 1 only: how fast help is needed.")
    )
    text = models.TextField(
        max_length=2000,
        help_text=_(
            "Readers see it under a fixed label. Complete it: red flag “… if you have new numbness between your legs”; "
            "contraindication “Do not do this if …”; stop sign “Stop if …”; do not “Do not …”. "
            "Every other kind is a whole sentence. At most 60 words."
        ),
    )
    what_to_do = models.TextField(
        max_length=2000, blank=True, help_text=_("What to do about it, in whole sentences. May stay empty.")
    )
    # Not "action": a form's field of that name hides the form's own address from the editor's scripts.
    action_code = models.SlugField(
        _("action"),
        max_length=60,
        blank=True,
        help_text=_(
            "The action it is about, in one word such as “stretch-after-rising”; notes on one action may not disagree."
        ),
    )
    polarity = models.CharField(
        max_length=10,
        choices=Polarity.choices,
        blank=True,
        help_text=_("Whether it asks for the action or forbids it."),
    )
    moment = models.CharField(
        max_length=20,
        choices=Moment.choices,
        blank=True,
        help_text=_("If it only holds at one time of day or occasion."),
    )
    concerns_step = models.CharField(
        max_length=20,
        choices=StepKind.choices,
        blank=True,
        help_text=_("If it belongs to one part of an exercise, it is repeated beside that step."),
    )
    source = models.CharField(
        max_length=255, help_text=_("Where it comes from: a guideline, a study, your own judgement.")
    )
    reviewed_on = models.DateField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True, help_text=_("At most three years after the review."))

    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.SearchField("what_to_do"),
        index.FilterField("kind"),
        index.FilterField("tier"),
    ]

    objects = SafetyNoteQuerySet.as_manager()

    class Meta(TranslatableMixin.Meta):
        ordering = ["tier", "kind", "text"]
        permissions = [("set_tier", "Can set the tier of a safety note")]
        verbose_name = _("safety note")
        verbose_name_plural = _("safety notes")
        constraints = [
            once("clinical_note", "locale"),
            dose_is_complete(),
            models.CheckConstraint(name="clinical_note_worded", condition=_LIVE_NEEDS | is_worded("text")),
            models.CheckConstraint(name="clinical_note_sourced", condition=_LIVE_NEEDS | is_worded("source")),
            models.CheckConstraint(name="clinical_note_tier", condition=Q(tier__gte=1, tier__lte=4)),
            models.CheckConstraint(
                name="clinical_note_tier_fits_kind",
                condition=_LIVE_NEEDS | tier_fits_kind(),
            ),
            models.CheckConstraint(
                name="clinical_note_urgency",
                condition=_LIVE_NEEDS | Q(tier=1, urgency__in=Urgency.values) | (Q(tier__gt=1) & Q(urgency="")),
            ),
            models.CheckConstraint(
                name="clinical_note_reviewed_before_due",
                condition=Q(reviewed_on__isnull=True) | Q(review_due__isnull=True) | Q(review_due__gt=F("reviewed_on")),
                violation_error_message=_("The next review must come after the last."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {Truncator(self.text).words(14)}"

    @property
    def content_key(self) -> UUID:  # type: ignore[override]  # a page has a column of it, a note has it already
        """The identity shared by all language versions; withdrawals name it."""
        return self.translation_key

    def clean(self) -> None:
        """Trim what was typed, so that a blank is a blank."""
        super().clean()
        self.text, self.what_to_do = self.text.strip(), self.what_to_do.strip()

    def clinical_refusal(self) -> Refusal:
        """What keeps this note from being in force."""
        refusal: Refusal = {}
        if not self.text.strip():
            refusal["text"] = [_("Say what the patient should watch for.")]
        if self.kind in TIER_OF_KIND and self.tier and self.tier > TIER_OF_KIND[NoteKind(self.kind)]:
            mildest = int(TIER_OF_KIND[NoteKind(self.kind)])
            refusal["tier"] = [_("Choose tier %d or a more serious one (a lower number) for this kind.") % mildest]
        if self.tier == Tier.GET_HELP and not self.urgency:
            refusal["urgency"] = [_("Say how fast help is needed: emergency, or today.")]
        if self.tier != Tier.GET_HELP and self.urgency:
            refusal["urgency"] = [_("Leave empty: only tier 1 has an urgency.")]
        if bool(self.action_code) != bool(self.polarity):
            refusal["polarity"] = [_("Give both or neither: the action, and whether to do it.")]
        if self.reviewed_on and self.review_due and (self.review_due - self.reviewed_on).days > 3 * 366:
            refusal["review_due"] = [_("Choose a day within three years of the review.")]
        refusal |= self.short_sign_refusal() | self.contradiction_refusal()
        if not self.targets.all():
            refusal["targets"] = [_("Say where this note applies: add at least one place.")]
        return refusal

    def follow_the_kind(self) -> None:
        """Give it the tier its kind asks for; one that was raised on purpose stays raised."""
        mildest = TIER_OF_KIND.get(NoteKind(self.kind), Tier.GOOD_TO_KNOW) if self.kind else Tier.GOOD_TO_KNOW
        self.tier = min(self.tier or mildest, mildest)

    def stamp(self, approval: Approval) -> None:
        """Remember when it was approved, and until when that holds."""
        self.reviewed_on, self.review_due = approval.reviewed_on, approval.review_due

    def in_force(self) -> SafetyNote | None:
        """The note as readers see it now, if it is live."""
        return SafetyNote.objects.filter(pk=self.pk, live=True).first() if self.pk else None

    def loses_something_of(self, live: SafetyNote) -> bool:
        """Whether readers would be warned of less: other words, a milder tier, fewer places, a fact taken back.

        Whether other words say less is for a person to judge, so any other word counts.
        """
        if live.tier not in SERIOUS:
            return False
        words = any(getattr(self, name) != getattr(live, name) for name in _SAID)
        milder = self.tier > live.tier or self.takes_back_a_fact_of(live)
        return words or milder or self._companions() != live._companions() or not self._places() >= live._places()

    def _places(self) -> set[tuple[Any, ...]]:
        words = ("everywhere", "region", "position", "equipment", "exercise_kind", "condition_id", "page_id")
        return {tuple(getattr(target, name) for name in words) for target in self.targets.all()}

    def approval_refusal(self) -> Refusal:
        """Nothing serious is lost on the word of a library: that takes a second person."""
        refusal = super().approval_refusal()
        live = self.in_force()
        if live is not None and live.tier != self.tier:
            self._tier_before = live.tier
        loses = live is not None and self.loses_something_of(live)
        if refusal or not (loses or self.speaks_anew_for_others(live)):
            return refusal
        return second_person_refusal(self, loses_something())

    def remember_going_live(self) -> None:
        """Put on record that it went live, and that its tier is another than before."""
        super().remember_going_live()
        before = self.__dict__.pop("_tier_before", None)
        if before is not None:
            record(AuditAction.TIER_CHANGED, self, before=int(before), after=int(self.tier))

    def question_to_approver(self) -> str:
        """Whether a sign that is new, or whose text is, catches everybody the text is meant for."""
        return question() if signs_to_judge(self) else ""

    def taking_off_refusal(self) -> Refusal:
        """A serious note in force is withdrawn, or runs out on the day a colleague approved; nothing else ends it."""
        live = self.in_force()
        if live is None or live.tier not in SERIOUS or live.is_withdrawn():
            return {}
        if live.expire_at is not None and live.expire_at <= timezone.now() and not live.approval_refusal():
            return {}
        return {NON_FIELD_ERRORS: [loses_something()]}

    def is_withdrawn(self) -> bool:
        """Whether a safety officer has withdrawn it."""
        return Withdrawal.objects.open().filter(content_key=self.content_key).exists()

    def refuse_to_lose(self) -> None:
        """Raise ``PublishRefused`` when deleting this note would take a serious warning from readers."""
        if refusal := self.taking_off_refusal():
            raise PublishRefused(str(self), refusal, self.content_key)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete what is not in force; a serious note that is, is withdrawn instead."""
        self.refuse_to_lose()
        return super().delete(*args, **kwargs)

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """The note as readers see it, in its callout."""
        return "clinical/safety_note_preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """A board with the default notes and this note alone, even where it is still incomplete."""
        language = self.locale.language_code if self.locale_id else settings.LANGUAGE_CODE
        return {"cards": cards_of(self), "note": self, "page_language": language}
