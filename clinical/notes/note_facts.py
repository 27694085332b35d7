"""A safety note as the rules see it: what it says besides its words, and what that can contradict."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clinical.publishing.refusals import Refusal
from clinical.safety.conflicts import NoteFacts, contradict, places_meet
from clinical.safety.rules import TIER_OF_KIND, NoteVersion
from clinical.safety.short_signs import COMPLETES_IF
from clinical.words.choices import DoseFigure, NoteKind, StepKind, Tier
from clinical.words.pain_lexicon import DO_NOT, SEE_SOMEONE_IF, STOP_IF

#: What a note says besides its words and its action, and how it is written where it says none of it.
_FACTS = ("rules_out_id", "dose_figure", "dose_least", "dose_most", "needs_warm_up")
_NOTHING = ("", None, False)


def dose_is_complete() -> models.CheckConstraint:
    """A limit of a dose names its figure, its least and its most, or is none."""
    return models.CheckConstraint(
        name="clinical_note_dose_complete",
        condition=Q(dose_figure="", dose_least__isnull=True, dose_most__isnull=True)
        | (~Q(dose_figure="") & Q(dose_least__isnull=False, dose_most__gte=F("dose_least"))),
        violation_error_message=_("Give all three or none: the figure, the least and the most of it."),
    )


def tier_fits_kind() -> Q:
    """No note is milder than its kind allows, whoever wrote the row."""
    fits = Q()
    for kind, mildest in TIER_OF_KIND.items():
        fits |= Q(kind=kind.value, tier__lte=int(mildest))
    return fits


#: What a note's text completes where it is no sentence, so that a warning is not read as what it warns of.
_LEADS: dict[str, str] = {
    NoteKind.DONT: DO_NOT,
    **dict.fromkeys((NoteKind.CHECK_FIRST, NoteKind.POPULATION), SEE_SOMEONE_IF),
    **dict.fromkeys(COMPLETES_IF, STOP_IF),
}


class NoteFactsMixin(models.Model):
    """Abstract: the part of a note that the rules of conflicts ask about, and what its words complete."""

    #: What others wrote is named as it is called, whatever that says of pain.
    pain_not_read = frozenset({"source"})

    rules_out = models.ForeignKey(
        "clinical.Condition",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("If the exercises it applies to are not for people with a certain condition."),
    )
    dose_figure = models.CharField(
        max_length=20, choices=DoseFigure.choices, blank=True, help_text=_("If it limits how much: which figure …")
    )
    dose_least = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("… from, included …"))
    dose_most = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("… to, included."))
    needs_warm_up = models.BooleanField(
        default=False, help_text=_("If a routine it applies to has to begin with a warm-up.")
    )

    class Meta:
        abstract = True

    def takes_back_a_fact_of(self, live: NoteFactsMixin) -> bool:
        """Whether it no longer rules out, limits or asks for what the other did; saying something more is no loss."""
        said = ((getattr(live, name), getattr(self, name)) for name in _FACTS)
        return any(before not in _NOTHING and before != now for before, now in said)

    def facts(self: Any) -> NoteFacts:
        """The note as the rules of conflicts see it."""
        has_range = self.dose_least is not None and self.dose_most is not None
        is_set_up = self.kind == NoteKind.PREPARATION and self.concerns_step == StepKind.SET_UP
        return NoteFacts(
            key=self.translation_key,
            words=self.text,
            action=self.action_code,
            polarity=self.polarity,
            moment=self.moment,
            rules_out=str(self.rules_out_id or ""),
            dose_figure=self.dose_figure,
            dose_range=(self.dose_least, self.dose_most) if has_range else None,
            needs_warm_up=self.needs_warm_up,
            needs_step=self.concerns_step if is_set_up else "",
        )

    def as_version(self: Any, language: str) -> NoteVersion:
        """The note as the rules of boards see it, complete or not: what is missing is read as its kind has it."""
        kind = NoteKind(self.kind) if self.kind in NoteKind.values else NoteKind.CAVEAT
        return NoteVersion(
            key=self.translation_key,
            kind=kind,
            tier=Tier(self.tier) if self.tier in Tier.values else TIER_OF_KIND[kind],
            text=self.text,
            urgency=self.urgency,
            what_to_do=self.what_to_do,
            language=language,
            concerns_step=self.concerns_step,
            in_short=self.in_short,
            concerns=tuple(self.concerns),
            only_with_condition=self.only_with_condition,
        )

    def contradicted_by(self: Any) -> list[Any]:
        """Notes in force that forbid what this one asks for, or the other way round, at a place both hang on.

        Where notes meet only on some page, that page's own gate and the nightly audit find it: a new warning is never
        kept off the site by a page it does not fit.
        """
        if not self.action_code:
            return []
        others = type(self).objects.filter(action_code=self.action_code, live=True)
        others = others.exclude(translation_key=self.translation_key).prefetch_related("targets")
        facts, places = self.facts(), {target.place() for target in self.targets.all()}
        opposed = [other for other in others if contradict(facts, other.facts())]
        return [other for other in opposed if places_meet(places, (target.place() for target in other.targets.all()))]

    def contradiction_refusal(self) -> Refusal:
        """What keeps it from being in force beside the notes that are."""
        words = _("It contradicts the note “%s”; give one of them a moment or another place, or retire one.")
        contradicted = [words % note.text for note in self.contradicted_by()]
        return {"action_code": contradicted} if contradicted else {}

    @property
    def pain_leads(self) -> dict[str, str]:
        """What its words complete, by field."""
        lead = _LEADS.get(getattr(self, "kind", ""), "")
        return dict.fromkeys(("text", "in_short", "family_sign"), lead)
