"""An exercise as a routine reads it: the columns its sheet is made of, and nothing of the page round them.

A page is dear to make, and a routine of forty exercises would make forty. The columns are read live with the routine's
items, in their one query, so nothing here can be out of date.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from clinical.publishing.approvals import language_of
from clinical.words.fields import lines
from exercises.dosage import FIELDS, Dosage
from exercises.models.dosages import DosageFieldsMixin
from exercises.models.pain_limits import PAIN_COLUMNS, pain_limit

#: What ``exercises.assembly`` asks of an exercise, beside its dosage. A column that is missing here is an
#: ``AttributeError`` there, never an empty place on a sheet.
COLUMNS = (
    *("live", "go_live_at", "expire_at", "title", "slug", "locale_id", "content_key", "origins"),
    *("condition_ids", "kind", "starting_position", "other_positions", "laterality", "body_regions"),
    *("equipment", "substitutes", "steps", "purpose"),
    *("feel", "not_feel", "clinical_name", "other_names", "target_muscles", "common_mistakes", "dos", "donts"),
    *("pictures_ready", "videos_ready", "figure_ready", "leads", "review_state", "reviewed_on", "review_due"),
    *("check_first_concerns", "check_first_if"),
    *PAIN_COLUMNS,
    *FIELDS,
)

#: What ``exercises.assembly`` makes a card of; the dosage for the minutes, the rest for what its notes hang on.
CARD_COLUMNS = (
    *("content_key", "origins", "condition_ids", "locale_id"),
    *("title", "slug", "purpose", "starting_position", "other_positions", "body_regions", "equipment", "kind"),
    *("laterality", "review_state", "figure_ready"),
    *PAIN_COLUMNS,
    *FIELDS,
)


class Ingredient:
    """The columns as attributes, with what an exercise's page answers to an assembly."""

    figures: Any = DosageFieldsMixin.figures
    pain_limit: Any = pain_limit

    if TYPE_CHECKING:

        def __getattr__(self, column: str) -> Any:
            """A column; which there are is said above."""

    def __init__(self, values: Any) -> None:
        self.__dict__.update(zip(COLUMNS, values, strict=True))

    def default_dosage(self) -> Dosage:
        """The dosage used wherever a routine does not say otherwise."""
        return self._default_dosage

    @cached_property
    def _default_dosage(self) -> Dosage:
        return Dosage(**self.figures())

    @property
    def language(self) -> str:
        """The exercise's language, from its locale."""
        return language_of(self.locale_id)

    @property
    def do_list(self) -> tuple[str, ...]:
        """The do's, one by one."""
        return lines(self.dos)

    @property
    def dont_list(self) -> tuple[str, ...]:
        """The don'ts, one by one."""
        return lines(self.donts)
