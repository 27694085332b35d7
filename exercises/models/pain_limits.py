"""How much pain an exercise allows: its columns, what they must be, and that a second person raises them."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.publishing.approvals import known_to_readers, second_person_refusal
from clinical.publishing.pain_read import Allowed
from clinical.publishing.refusals import Refusal
from clinical.safety.pain import MOST_PAIN, PainLimit
from clinical.words.choices import SettlesBy
from clinical.words.pain_faults import ON_EXERCISE
from clinical.words.pain_lexicon import DO_NOT, DO_NOT_FEEL, forbids_all_pain

#: The columns, wherever an exercise is read by its columns.
PAIN_COLUMNS = ("pain_most", "settles_by")
#: What its own words complete, by field, as readers take them.
PAIN_LEADS = {"common_mistakes": DO_NOT, "not_feel": DO_NOT_FEEL}


def pain_most_field() -> models.PositiveSmallIntegerField:
    """How strong pain may get."""
    return models.PositiveSmallIntegerField(
        gettext_lazy("pain allowed, out of 10"),
        default=0,
        validators=[MaxValueValidator(MOST_PAIN)],
        help_text=gettext_lazy(
            "0: readers stop at any pain. Up to 5 where graded pain is part of the care, as for tendons; it words the "
            "stop sign. Numbness, weakness and dizziness stay signs to stop at."
        ),
    )


def settles_by_field() -> models.CharField:
    """By when it must have settled."""
    return models.CharField(
        gettext_lazy("and it settles"),
        max_length=20,
        choices=SettlesBy.choices,
        default=SettlesBy.AT_ONCE,
        help_text=gettext_lazy("By when allowed pain must be gone; longer only where some pain is allowed."),
    )


def pain_constraints() -> list[models.CheckConstraint]:
    """What the database holds of it, whoever wrote the row."""
    return [
        models.CheckConstraint(
            name="%(app_label)s_%(class)s_pain_most", condition=Q(pain_most__gte=0, pain_most__lte=MOST_PAIN)
        ),
        models.CheckConstraint(
            name="%(app_label)s_%(class)s_settles_by",
            condition=Q(settles_by=SettlesBy.AT_ONCE) | Q(pain_most__gt=0, settles_by__in=SettlesBy.values),
            violation_error_message=gettext_lazy("Say how much pain is allowed before you say when it settles."),
        ),
    ]


def pain_limit(exercise: Any) -> PainLimit:
    """The columns as the limit they are; raises ``ValueError`` where they are none."""
    return PainLimit(exercise.pain_most, exercise.settles_by)


def pain_allowed_in_words(exercise: Any) -> Allowed:
    """Its words may allow as much as its field does, which words every stop sign (case B3)."""
    return Allowed(exercise.pain_most or 0, ON_EXERCISE)


def limit_refusal(exercise: Any) -> Refusal:
    """What keeps the limit from being live; its bounds and choices the fields themselves hold."""
    if not exercise.pain_most and exercise.settles_by != SettlesBy.AT_ONCE:
        return {"settles_by": [_("Leave it at once: where no pain is allowed there is none to settle later.")]}
    if exercise.pain_most and (said := forbids_all_pain(exercise.intensity_cue)):
        told = _("“%(words)s” allows no pain, the exercise pain of %(most)d out of 10. Make them say the same.")
        return {"intensity_cue": [told % {"words": said, "most": exercise.pain_most}]}
    return {}


def raised_pain_refusal(exercise: Any) -> Refusal:
    """Readers are allowed more pain than when it was last live only on the word of a second person.

    One that was taken off the site meanwhile still is what readers knew. Most exercises allow no pain, so nothing is
    asked of the tables for them.
    """
    limit = pain_limit(exercise)
    if not limit.most:
        return {}
    last = known_to_readers(exercise).values_list(*PAIN_COLUMNS).first()
    if last is None or not limit.allows_more_than(PainLimit(*last)):
        return {}
    why = _("Readers would be allowed more pain than now, and that takes a second person. Submit it for review.")
    return second_person_refusal(exercise, why)
