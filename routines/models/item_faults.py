"""What keeps one item of a routine from being followed, in words that say what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from clinical.pages.visible import is_shown
from clinical.publishing.pain_read import Allowed
from clinical.safety.pain import strictest
from clinical.words.pain_faults import OF_ROUTINE, pain_in_words_fault
from exercises.choices import Side
from exercises.dosage import Dosage
from exercises.dosage_fields import DosageError
from exercises.dosage_words import fault_in_words, name_in_words
from exercises.frequency import Frequency
from exercises.loads import check_load_is_there
from exercises.session_length import check_session_length
from routines.models.weeks_fields import MOST_WEEKS


def late(row: Any, last_week: int) -> list[str]:
    """Where it begins only after the last week of all."""
    if row.from_week is None or row.from_week <= last_week:
        return []
    words = _("“%(exercise)s” begins after the last week; write a week up to %(last)d.")
    return [words % {"exercise": row.exercise.title, "last": last_week}]


def contradicts(row: Any, often: Frequency) -> list[str]:
    """Where it says days of its own in a routine that is done as needed, on no set day."""
    own = Frequency.of(row)
    if not often.as_needed or not own.is_known or own.as_needed:
        return []
    words = _("“%(exercise)s” says how often, but the routine is done as needed; leave how often empty here.")
    return [words % {"exercise": row.exercise.title}]


def pain_allowed_in_words(routine: Any) -> Allowed:
    """A routine's own words may allow as much as its strictest exercise, which words the stop sign on its card."""
    items = list(routine.items.all())
    prefetch_related_objects(items, "exercise")
    limit = strictest(item.exercise.pain_limit() for item in items if item.exercise_id)
    return Allowed(limit.most, OF_ROUTINE)


class ItemFaultsMixin:
    """What an item of a routine asks of itself before the routine goes live."""

    #: What it says of pain is judged by its own exercise, not with the routine's words.
    pain_not_read: ClassVar[frozenset[str]] = frozenset({"cue", "intensity_cue"})

    if TYPE_CHECKING:
        exercise: Any
        exercise_id: int | None
        side: str
        cue: str
        intensity_cue: str
        from_week: int | None
        chosen_side: Side

        def dosage(self) -> Dosage:
            """The dosage prescribed."""

    def faults(self, last_week: int = MOST_WEEKS) -> list[str]:
        """What keeps this item of a routine of so many weeks from being followed, in words that say what to write."""
        if not self.exercise_id:
            return [str(_("Choose an exercise."))]
        if told := late(self, last_week):
            return told
        if is_shown(self.exercise):
            return self.misfits()
        unpublished = _("“%(exercise)s” is not published yet; publish it first.") % {"exercise": self.exercise.title}
        return [unpublished, *self.misfits()]

    @property
    def has_a_side_there_is(self) -> bool:
        """Whether its time can be told: its side is one there is, or is left to the exercise."""
        return not self.side or self.side in Side.values

    def words_judged_here(self) -> str:
        """What it says beside the exercise, which may allow as much pain as that does."""
        return f"{self.cue}\n{self.intensity_cue}"

    def misfits(self) -> list[str]:
        """Where what is prescribed here does not go together with the exercise."""
        fault = pain_in_words_fault(self.words_judged_here(), self.exercise.pain_most)
        return [*([f"“{self.exercise.title}”: {fault}"] if fault else ()), *self.dose_misfits()]

    def dose_misfits(self) -> list[str]:
        """The same of its side and its figures: what cannot be followed, whatever words stand beside it."""
        name = {"exercise": self.exercise.title}
        faults = []
        if self.side in Side.values and Side(self.side).fits != self.exercise.laterality:
            faults.append(_("“%(exercise)s” does not work that side; choose another side, or leave it empty.") % name)
        try:
            check_load_is_there(self.dosage(), self.exercise.equipment)
            if self.has_a_side_there_is:
                check_session_length(self.dosage(), self.chosen_side)
        except DosageError as error:
            told = {"field": name_in_words(error.field), "fault": fault_in_words(error)}
            faults.append(_("“%(exercise)s”: %(field)s: %(fault)s") % {**name, **told})
        return faults
