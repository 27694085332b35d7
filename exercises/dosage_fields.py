"""What a field of a dosage is: a figure within bounds, a switch, one of a vocabulary, or a line of words.

Pure. ``Dosage`` and ``Frequency`` declare their fields with the functions below, and nowhere else are they described:
columns, their constraints, panels, forms, the library's records and the data of a sheet are made from what is said
there.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from exercises.choices import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from django.db.models import TextChoices
    from django.utils.functional import _StrOrPromise as Words

_ABOUT = "about"


class DosageError(ValueError):
    """A dosage that cannot be followed. ``field`` names the number at fault; the message says what to write.

    What it says of other fields stands in braces and is given by name, so that a file is told of its own fields and a
    person of what they are called.
    """

    def __init__(self, field: str, message: str, **others: str) -> None:
        self.field = field
        self.message = message.format(**others) if others else message
        self._said, self._others = message, others
        super().__init__(f"{field}: {self.message}")

    def naming(self, called: Callable[[str], str]) -> str:
        """The message with every other field as people call it."""
        others = {key: called(name) for key, name in self._others.items()}
        return self._said.format(**others) if others else self._said


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A whole number from ``least`` to ``most``, both included.

    ``measures`` are those that are counted with it; none means that it goes with every measure. ``upper_end_of`` names
    the figure that it turns into a range. ``label_when_sharing`` is what it is called on the screen where a routine is
    shared, where its name among its neighbours would not say enough there.
    """

    least: int
    most: int
    help_text: Words
    verbose_name: Words | None = None
    measures: tuple[Measure, ...] = ()
    upper_end_of: str = ""
    label_when_sharing: Words | None = None
    empty: ClassVar[None] = None


@dataclass(frozen=True, kw_only=True)
class Switch:
    """Something that holds or does not; not said, it does not."""

    help_text: Words
    verbose_name: Words | None = None
    measures: tuple[Measure, ...] = ()
    label_when_sharing: Words | None = None
    empty: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of a closed vocabulary, or nothing."""

    vocabulary: type[TextChoices]
    help_text: Words
    verbose_name: Words | None = None
    measures: tuple[Measure, ...] = ()
    label_when_sharing: Words | None = None
    empty: ClassVar[str] = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of words; empty when nothing is said.

    It is never asked for when a routine is shared: what is typed there could say who the patient is (PD2).
    """

    help_text: Words
    verbose_name: Words | None = None
    measures: tuple[Measure, ...] = ()
    most_letters: int = 255
    empty: ClassVar[str] = ""


#: What any field of a dosage is.
About: TypeAlias = Figure | Switch | Choice | Line


def figure(bounds: tuple[int, int], help_text: Words, *, default: int | None = None, **more: Any) -> Any:
    """Declare a figure. One that has a default is always given; any other may be left out."""
    least, most = bounds
    return field(default=default, metadata={_ABOUT: Figure(least=least, most=most, help_text=help_text, **more)})


def switch(help_text: Words, **more: Any) -> Any:
    """Declare something that holds or does not."""
    return field(default=False, metadata={_ABOUT: Switch(help_text=help_text, **more)})


def choice(vocabulary: type[TextChoices], help_text: Words, **more: Any) -> Any:
    """Declare one of a vocabulary."""
    return field(default="", metadata={_ABOUT: Choice(vocabulary=vocabulary, help_text=help_text, **more)})


def line(help_text: Words, **more: Any) -> Any:
    """Declare a line of words."""
    return field(default="", metadata={_ABOUT: Line(help_text=help_text, **more)})


def described(declared: Iterable[Field[Any]]) -> dict[str, About]:
    """What each field is, by name, in order. Raises ``TypeError`` for a field that does not say it."""
    for each in declared:
        if _ABOUT not in each.metadata:
            raise TypeError(f"The field {each.name} of a dosage is not described: declare it with figure() or line().")
    return {each.name: each.metadata[_ABOUT] for each in declared}


def figures_among(described_fields: Mapping[str, About]) -> dict[str, Figure]:
    """Those that are figures, by name."""
    return {name: about for name, about in described_fields.items() if isinstance(about, Figure)}


def ranges_among(figures: Mapping[str, Figure]) -> dict[str, str]:
    """The figure that makes a range of another, by that other."""
    return {about.upper_end_of: name for name, about in figures.items() if about.upper_end_of}


def is_said(value: Any) -> bool:
    """Whether a field says something: 0 does; nothing, no words and a switch that is off do not."""
    return value is not None and value != "" and value is not False


def said_among(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is said, by field."""
    return {name: value for name, value in values.items() if is_said(value)}
