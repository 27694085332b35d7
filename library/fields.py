"""What may be written in the fields of a library's records: identifiers, lines, texts, links; plain, whole, visible."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
)

from clinical.safety.short_signs import LETTERS_OF_A_SIGN, MOST_WORDS, is_too_wordy
from clinical.words.characters import first_unseen, says_something
from clinical.words.choices import StartingPosition
from exercises.substitutes import MOST_LETTERS


def unseen_in(words: str, *, lines: bool = True) -> str:
    """What is wrong with words in which there is a character nobody sees; nothing where there is none."""
    found = first_unseen(words, lines=lines)
    if not found:
        return ""
    place = f"after “{found.before}”" if found.before else "at the beginning"
    return f"holds the invisible character {found.name()} {place}; type the text again there"


def _readable(words: str) -> str:
    """Words that say something, in characters that can be seen. Raises ``ValueError`` for any others."""
    if fault := unseen_in(words):
        raise ValueError(fault)
    if not says_something(words):
        raise ValueError("is empty; write something, or leave the field out where it may be left out")
    return words


def _one_line(words: str) -> str:
    """The same for words that stand in one line."""
    if fault := unseen_in(words, lines=False):
        raise ValueError(fault)
    return _readable(words)


def _short(words: str) -> str:
    """A sign that is read at a glance."""
    if is_too_wordy(words):
        raise ValueError(f"has {len(words.split())} words; say it in at most {MOST_WORDS}")
    return words


def _up_to(most: int) -> StringConstraints:
    """Text of at most so many characters, without the space around it; nothing else is turned into text."""
    return StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=most)


Identifier = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, _up_to(255), AfterValidator(_one_line)]
#: As long as a text, for what was one before there were lines.
LongLine = Annotated[str, _up_to(2000), AfterValidator(_one_line)]
ShortSign = Annotated[str, _up_to(LETTERS_OF_A_SIGN), AfterValidator(_one_line), AfterValidator(_short)]
Text = Annotated[str, _up_to(2000), AfterValidator(_readable)]
Prose = Annotated[str, _up_to(20_000), AfterValidator(_readable)]


def _name_or_figure(value: Any) -> Any:
    """Only the outer shape: what a figure must hold is said when the library is checked, by limb and number."""
    if not isinstance(value, str | dict):
        raise ValueError("write the name of a pose, such as wall-calf-stretch, or the figure itself as fields")
    return value


#: A pose of the site's own library by its name, or a figure itself (``docs/figure-format``).
FigureReference = Annotated[
    Any,
    AfterValidator(_name_or_figure),
    WithJsonSchema({"anyOf": [{"type": "string", "maxLength": 60}, {"type": "object"}]}),
]
#: What may be taken instead of a thing.
Instead = Annotated[str, _up_to(MOST_LETTERS), AfterValidator(_one_line)]
Link = Annotated[str, StringConstraints(strict=True, pattern=r"^https?://[^\s<>\"]+$", max_length=500)]


def _how_many(written: Any) -> str:
    return _SEVERAL if isinstance(written, list) else _ONE


#: One position, or a list of those it may be done in; the first is the one it is shown in.
_ONE, _SEVERAL = "(one)", "(several)"
Positions = Annotated[
    Annotated[StartingPosition, Tag(_ONE)] | Annotated[list[StartingPosition], Field(min_length=1), Tag(_SEVERAL)],
    Discriminator(_how_many),
]


def _as_lines(written: Any) -> Any:
    """Lines as they are; a text from before there were lines is as many as it has."""
    return [line for line in written.splitlines() if line.strip()] if isinstance(written, str) else written


Lines = Annotated[list[LongLine], BeforeValidator(_as_lines)]


class Record(BaseModel):
    """What every record has in common: unknown fields are faults, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_enum_values=False)
