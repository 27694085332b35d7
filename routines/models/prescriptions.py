"""What a routine item prescribes, and the one query that reads a routine's items with their exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinical.models import is_withdrawn
from clinical.pages.visible import is_shown
from exercises.choices import Side, usual_side
from exercises.dosage import FIELDS, Dosage
from exercises.models.dosages import DosageFieldsMixin
from exercises.models.ingredients import COLUMNS, Ingredient
from exercises.overriding import overridden
from routines.item_weeks import WEEKS
from routines.models.weeks_fields import WeeksFieldsMixin

_OWN_COLUMNS = ("is_withdrawn_now", "phase", "side", "cue", *WEEKS, *FIELDS)


class FollowableMixin:
    """Says whether the exercise of a row may be done, whoever prescribed it."""

    if TYPE_CHECKING:
        exercise: Any

    @property
    def is_followable(self) -> bool:
        """Whether its exercise may be done: live and not withdrawn. No query where that was fetched along."""
        known: bool | None = self.__dict__.get("is_withdrawn_now")
        return is_shown(self.exercise) and not (self.exercise.is_withdrawn() if known is None else known)


class PrescribingMixin(FollowableMixin):
    """Which side and how much: the same of an item in the editor and of one that was read for a sheet."""

    if TYPE_CHECKING:
        side: str

        def figures(self) -> dict[str, Any]:
            """The figures written here."""

    @property
    def chosen_side(self) -> Side:
        """The side prescribed, or the usual one for the exercise."""
        return Side(self.side) if self.side else usual_side(self.exercise.laterality)

    def dosage(self) -> Dosage:
        """The exercise's dosage with this item's figures on top. Raises ``DosageError`` when they contradict.

        How often the exercise is done on its own says nothing here: the routine is done as often as the routine says.
        """
        return overridden(self.exercise.default_dosage().without_frequency(), self.figures())


class Prescription(PrescribingMixin):
    """A routine item as a sheet reads it: its columns, and its exercise's."""

    figures: Any = DosageFieldsMixin.figures
    item_weeks: Any = WeeksFieldsMixin.item_weeks

    def __init__(self, values: tuple[Any, ...]) -> None:
        self.__dict__.update(zip(_OWN_COLUMNS, values, strict=False))
        self.exercise = Ingredient(values[len(_OWN_COLUMNS) :])


class Prescriptions:
    """The question for a routine's items. Half its cost is to name sixty columns, so that is done once."""

    def __init__(self, model: type[Any]) -> None:
        names = (*_OWN_COLUMNS, *(f"exercise__{name}" for name in COLUMNS))
        items = model._default_manager.annotate(is_withdrawn_now=is_withdrawn("exercise__content_key"))
        self.question = items.order_by("sort_order").values_list(*names)

    def of(self, routine_id: int) -> list[Prescription]:
        """The items of a saved routine in their order, each with its exercise, in one query."""
        return [Prescription(row) for row in self.question.filter(page=routine_id)]
