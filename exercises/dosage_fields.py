"""What a field of a dosage is: a figure within bounds or a line of words, and what it is called where it is typed in.

Pure. ``Dosage`` declares its fields with :func:`figure` and :func:`line`, and nowhere else are they described: columns,
their constraints, panels, forms, the library's records and the data of a sheet are made from what is said there.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field
from typing import TYPE_CHECKING, Any

from exercises.choices import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrOrPromise as Words

_ABOUT = "about"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A whole number from ``least`` to ``most``, both included.

    ``measures`` are those that are counted with it; none means that it goes with every measure. ``upper_end_of`` names
    the figure that it turns into a range. ``label_when_sharing`` is what it is called on the screen where a routine is
    shared; without one it is shared as the routine says.
    """

    least: int
    most: int
    help_text: Words
    verbose_name: Words | None = None
    measures: tuple[Measure, ...] = ()
    upper_end_of: str = ""
    label_when_sharing: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of words; empty when nothing is said.

    It is never asked for when a routine is shared: what is typed there could say who the patient is (PD2).
    """

    help_text: Words
    verbose_name: Words | None = None
    measures: tuple[Measure, ...] = ()
    most_letters: int = 255


def figure(bounds: tuple[int, int], help_text: Words, *, default: int | None = None, **more: Any) -> Any:
    """Declare a figure. One that has a default is always given; any other may be left out."""
    least, most = bounds
    return field(default=default, metadata={_ABOUT: Figure(least=least, most=most, help_text=help_text, **more)})


def line(help_text: Words, **more: Any) -> Any:
    """Declare a line of words."""
    return field(default="", metadata={_ABOUT: Line(help_text=help_text, **more)})


def described(declared: Iterable[Field[Any]]) -> dict[str, Figure | Line]:
    """What each field is, by name, in order. Raises ``TypeError`` for a field that does not say it."""
    for each in declared:
        if _ABOUT not in each.metadata:
            raise TypeError(f"The field {each.name} of a dosage is not described: declare it with figure() or line().")
    return {each.name: each.metadata[_ABOUT] for each in declared}
