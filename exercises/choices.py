"""The closed vocabularies of exercises. Each is in an order chosen on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Laterality(models.TextChoices):
    """Whether an exercise works one side at a time, both at once or one after the other, as in marching.

    A routine item's side must fit it.
    """

    UNILATERAL = "unilateral", _("One side at a time")
    BILATERAL = "bilateral", _("Both sides at once")
    ALTERNATING = "alternating", _("Left and right in turn")


class Side(models.TextChoices):
    """Which side a routine asks for. "Each side" is one after the other and takes twice the time.

    In turn is left, right, left, right: as often with each side, without a pause to change over.
    """

    EACH = "each", _("Each side")
    LEFT = "left", _("Left side")
    RIGHT = "right", _("Right side")
    BOTH = "both", _("Both sides together")
    IN_TURN = "in_turn", _("Left and right in turn")

    @property
    def fits(self) -> Laterality:
        """The only laterality this side makes sense with."""
        return _FITTING.get(self, Laterality.UNILATERAL)

    @property
    def times(self) -> int:
        """How often the measure is done for it: 2 for each side and for both in turn, else 1."""
        return 2 if self in {Side.EACH, Side.IN_TURN} else 1


_FITTING = {Side.BOTH: Laterality.BILATERAL, Side.IN_TURN: Laterality.ALTERNATING}
_USUAL = {fitting.value: side for side, fitting in _FITTING.items()}


def usual_side(laterality: str) -> Side:
    """The side when nobody has chosen one: each side for a one-sided exercise, so that none is forgotten (H13)."""
    return _USUAL.get(laterality, Side.EACH)


class Band(models.TextChoices):
    """How strong a stretch band is: in words, then in the colours most makers use, each stronger than the one before.

    Colours differ between makers; whoever gives the band knows which is meant.
    """

    LIGHT = "light", _("light")
    MEDIUM = "medium", _("medium")
    STRONG = "strong", _("strong")
    YELLOW = "yellow", _("yellow")
    RED = "red", _("red")
    GREEN = "green", _("green")
    BLUE = "blue", _("blue")
    BLACK = "black", _("black")
    SILVER = "silver", _("silver")
    GOLD = "gold", _("gold")


#: The positions that ask nobody to get down to the floor.
OFF_THE_FLOOR = frozenset({"in_bed", "sitting", "wheelchair", "leaning", "standing"})

_POSITION_ICONS = {
    "in_bed": "bed",
    "sitting": "chair",
    "wheelchair": "wheelchair",
    "leaning": "standing",
    "standing": "standing",
}


def position_icon(position: str) -> str:
    """The icon beside a starting position; on the floor it is a mat."""
    return _POSITION_ICONS.get(position, "mat")


def either(labels: Sequence[str]) -> str:
    """Things to choose from: "On hands and knees, sitting on a chair or standing"."""
    first, *others = [label if number == 0 else _lowered(label) for number, label in enumerate(labels)]
    if not others:
        return first
    return gettext("%(some)s or %(last)s") % {"some": ", ".join([first, *others[:-1]]), "last": others[-1]}


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


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
    CONTRACT_RELAX = "contract_relax", _("Tense, let go, stretch")


class StepsUp(models.TextChoices):
    """Which figure of a dosage steps up as it becomes easy."""

    HOLD_SECONDS = "hold_seconds", _("Seconds of the hold")
    REPETITIONS = "repetitions", _("Repetitions")
    SETS = "sets", _("Sets")
    MOVING_SECONDS = "moving_seconds", _("Seconds of moving")
    LOAD_GRAMS = "load_grams", _("Weight in grams")


class IntervalKind(models.TextChoices):
    """What a timer counts down, in the order of an exercise. "Get ready" is counted once for each exercise.

    A change of sides belongs to one set; a rest stands between two sets.
    """

    GET_READY = "get_ready", _("Get ready")
    HOLD = "hold", _("Hold")
    REPETITIONS = "repetitions", _("Repetitions")
    MOVING = "moving", _("Keep going")
    CONTRACT = "contract", _("Tense")
    RELAX = "relax", _("Let go")
    STRETCH = "stretch", _("Stretch")
    CHANGE_SIDES = "change_sides", _("Change sides")
    REST = "rest", _("Rest")
