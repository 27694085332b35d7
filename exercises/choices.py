"""The closed vocabularies of exercises. Each is in an order chosen on purpose."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExerciseKind(models.TextChoices):
    """What an exercise does for the body, in the order a session uses them.

    A dynamic stretch moves and belongs before activity; a static stretch is held and belongs after it.
    """

    WARM_UP = "warm_up", _("Warm-up")
    SELF_MASSAGE = "self_massage", _("Self-massage")
    DYNAMIC_STRETCH = "dynamic_stretch", _("Dynamic stretch")
    MOBILITY = "mobility", _("Mobility")
    STRENGTHENING = "strengthening", _("Strengthening")
    STATIC_STRETCH = "static_stretch", _("Static stretch")
    RELAXATION = "relaxation", _("Relaxation")


class Laterality(models.TextChoices):
    """Whether an exercise works one side at a time or both at once. A routine item's side must fit it."""

    UNILATERAL = "unilateral", _("One side at a time")
    BILATERAL = "bilateral", _("Both sides at once")


class Side(models.TextChoices):
    """Which side a routine asks for. "Each side" is one after the other and takes twice the time."""

    EACH = "each", _("Each side")
    LEFT = "left", _("Left side")
    RIGHT = "right", _("Right side")
    BOTH = "both", _("Both sides together")

    @property
    def fits(self) -> Laterality:
        """The only laterality this side makes sense with."""
        return Laterality.BILATERAL if self is Side.BOTH else Laterality.UNILATERAL

    @property
    def times(self) -> int:
        """How often the measure is done for it: 2 for each side, else 1."""
        return 2 if self is Side.EACH else 1


def usual_side(laterality: str) -> Side:
    """The side when nobody has chosen one: each side for a one-sided exercise, so that none is forgotten (H13)."""
    return Side.BOTH if laterality == Laterality.BILATERAL else Side.EACH


class Equipment(models.TextChoices):
    """What is needed, commonest first. What a home may have instead is said by each exercise."""

    WALL = "wall", _("Wall")
    CHAIR = "chair", _("Chair")
    MAT = "mat", _("Mat")
    TOWEL = "towel", _("Towel")
    SUPPORT = "support", _("Fixed support")
    RAISED_SURFACE = "raised_surface", _("Raised surface")
    SMALL_BALL = "small_ball", _("Small ball")
    CUSHION = "cushion", _("Cushion")
    BAND = "band", _("Stretch band")


class Lead(models.TextChoices):
    """Which of the two stands on the stage of an exercise that has both a figure and a photo."""

    FIGURE = "figure", _("Figure")
    PHOTO = "photo", _("Photo")


class VariationKind(models.TextChoices):
    """How a variation differs from the exercise it belongs to: easier first, since that is what people look for."""

    REGRESSION = "regression", _("Easier")
    PROGRESSION = "progression", _("Harder")
    ALTERNATIVE = "alternative", _("Instead")


class Measure(models.TextChoices):
    """The one thing a dosage counts."""

    HOLD = "hold", _("Hold")
    REPETITIONS = "repetitions", _("Repetitions")
    MOVING = "moving", _("Moving time")


class IntervalKind(models.TextChoices):
    """What a timer counts down, in the order of an exercise. "Get ready" is counted once for each exercise.

    A change of sides belongs to one set; a rest stands between two sets.
    """

    GET_READY = "get_ready", _("Get ready")
    HOLD = "hold", _("Hold")
    REPETITIONS = "repetitions", _("Repetitions")
    MOVING = "moving", _("Keep going")
    CHANGE_SIDES = "change_sides", _("Change sides")
    REST = "rest", _("Rest")
