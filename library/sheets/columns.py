"""What a column of a spreadsheet is: which field of a record it holds, what it is called, and how its cells read.

The headings are plain words and never translated: a sheet that was begun in one language is read in every other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import override

from exercises.dosage import FIELDS
from exercises.dosage_fields import Choice, Figure, Switch
from exercises.frequency import FREQUENCY


class Sort(Enum):
    """How the text of a cell is read: one value, or one on each of its lines."""

    TEXT = "text"
    LINES = "one on each line"
    WORD = "one word of a list"
    WORDS = "words of a list, one on each line"
    NUMBER = "a whole number"
    YES_NO = "yes or no"
    PARTS = "one on each line, its parts with | between them"
    PROSE = "one piece on each line: heading, paragraph or points, then | and its words"
    PLACES = "one place on each line: what it is, then | and which"
    PAIRS = "one on each line: the thing, then | and what may be taken instead"
    FIGURE = "the name of a pose"


@dataclass(frozen=True)
class Part:
    """One part of a line: a field of the record that the line is."""

    field: str
    words: type[TextChoices] | None = None


@dataclass(frozen=True)
class Column:
    """One column. ``field`` is a field of the record, or one of a record within it: "dosage.hold_seconds"."""

    field: str
    heading: str
    about: str = ""
    sort: Sort = Sort.TEXT
    words: type[TextChoices] | None = None
    parts: tuple[Part, ...] = ()

    @property
    def explanation(self) -> str:
        """What stands under the heading in every sheet that is written here."""
        how = "" if self.sort is Sort.TEXT else f"{self.sort.value[:1].upper()}{self.sort.value[1:]}"
        order = f"{how}: {' | '.join(part.field for part in self.parts)}" if self.parts else how
        return ". ".join(said.rstrip(".") for said in (self.about, order) if said) + "."


def dosage_columns(within: str = "") -> tuple[Column, ...]:
    """A column for each field of a dosage, with the words it is explained by elsewhere."""
    return tuple(_of_dosage(name, within) for name in FIELDS)


def frequency_columns() -> tuple[Column, ...]:
    """A column for each field that says how often."""
    return tuple(_of_dosage(name, "") for name in FREQUENCY)


def _of_dosage(name: str, within: str) -> Column:
    about = FIELDS[name]
    with override("en"):
        made = Column(f"{within}{name}", plain_heading(name), str(about.help_text))
    if isinstance(about, Figure):
        return replace(made, sort=Sort.NUMBER)
    if isinstance(about, Switch):
        return replace(made, sort=Sort.YES_NO)
    return replace(made, sort=Sort.WORD, words=about.vocabulary) if isinstance(about, Choice) else made


def plain_heading(name: str) -> str:
    """A field's name as a heading: "Hold seconds, at most"."""
    words = name.removesuffix("_most").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}{', at most' if name.endswith('_most') else ''}"


def as_column_letters(number: int) -> str:
    """The letters over a column, counted from 1, as every spreadsheet names it: 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = f"{chr(65 + rest)}{letters}"
    return letters


def by_heading(columns: Iterable[Column]) -> dict[str, Column]:
    """Columns by their headings as they are compared: in small letters, with single spaces."""
    return {as_compared(column.heading): column for column in columns}


def as_compared(heading: str) -> str:
    """A heading as it is compared with ours."""
    return " ".join(heading.casefold().split())
