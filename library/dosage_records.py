"""The part of a library's records that says how much and how often.

A field for each of ``Dosage``, so that none can be missing; numbers are plain whole numbers in the unit their name ends
in ("30", never "30s").
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, create_model

from exercises.dosage import FIELDS
from exercises.dosage_fields import Choice, Figure, Switch
from library.fields import Line, Record


def _as_written(name: str) -> Any:
    """What may be written in a field of a dosage: a whole number within its bounds, true, a choice, or a line."""
    about = FIELDS[name]
    if isinstance(about, Figure):
        return Annotated[int, Field(strict=True, ge=about.least, le=about.most)]
    if isinstance(about, Switch):
        return Annotated[bool, Field(strict=True)]
    return about.vocabulary if isinstance(about, Choice) else Line


#: A field for each of ``Dosage``, in its order; each may be left out.
DOSAGE_FIELDS: dict[str, Any] = {name: (_as_written(name) | None, None) for name in FIELDS}
_DosageFields: Any = create_model("_DosageFields", __base__=Record, **DOSAGE_FIELDS)


class DosageRecord(_DosageFields):
    """A dosage, or (in a routine's item) the figures that differ from the exercise's own."""

    def figures(self) -> dict[str, Any]:
        """The fields that were given."""
        given: dict[str, Any] = self.model_dump(exclude_none=True)
        return given
