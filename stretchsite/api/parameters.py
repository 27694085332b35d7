"""What may be asked of the API, and reading it: whatever cannot be understood is refused by name, never passed over.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

#: What numbers of pages and of results may be.
MOST_PAGES, MOST_A_PAGE, USUAL_A_PAGE = 10_000, 100, 24
#: A longer list of words to choose from is not written out in a refusal.
_MOST_NAMED = 20


class Refused(ValueError):
    """Asked wrongly: by field what to write there."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{field}: {message}" for field, message in self.problems))


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One thing that may be asked. With ``options`` several may be given; ``schema`` is what OpenAPI says of it."""

    name: str
    description: str
    options: tuple[str, ...] = ()
    is_needed: bool = False

    def read(self, values: list[str]) -> Any:
        """What was asked. Raises ``Refused``."""
        unknown = [value for value in values if value not in self.options]
        if unknown:
            raise Refused([(self.name, _one_of(self.options))])
        return tuple(dict.fromkeys(values))

    @property
    def schema(self) -> dict[str, Any]:
        """What may be written."""
        return {"type": "array", "items": {"type": "string", "enum": list(self.options)}}


@dataclass(frozen=True, kw_only=True)
class _Once(Parameter):
    """A parameter that is given once at most."""

    def read(self, values: list[str]) -> Any:
        """What was asked, or what holds where nothing was. Raises ``Refused``."""
        if len(values) > 1:
            raise Refused([(self.name, _("write it once."))])
        if not values and self.is_needed:
            raise Refused([(self.name, _("say it; nothing can be answered without it."))])
        return self.understood(values[0]) if values else self.usual

    @property
    def usual(self) -> Any:
        """What holds where it is not given."""
        return None

    def understood(self, value: str) -> Any:
        """What the words mean. Raises ``Refused``."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Number(_Once):
    """A whole number from 1 to ``most``."""

    most: int
    default: int

    @property
    def usual(self) -> int:
        """The number that holds where none is given."""
        return self.default

    def understood(self, value: str) -> int:
        """The number."""
        if not (value.isascii() and value.isdigit() and len(value) <= len(str(self.most))):
            raise Refused([(self.name, self._bounds)])
        if not 1 <= int(value) <= self.most:
            raise Refused([(self.name, self._bounds)])
        return int(value)

    @property
    def _bounds(self) -> str:
        return _("write a whole number from 1 to %d.") % self.most

    @property
    def schema(self) -> dict[str, Any]:
        """What may be written."""
        return {"type": "integer", "minimum": 1, "maximum": self.most, "default": self.default}


@dataclass(frozen=True, kw_only=True)
class Words(_Once):
    """Some words, or one of the ``options`` where there are any."""

    longest: int = 200

    @property
    def usual(self) -> str:
        """Nothing."""
        return ""

    def understood(self, value: str) -> str:
        """The words as they are."""
        if self.options and value not in self.options:
            raise Refused([(self.name, _one_of(self.options))])
        if len(value) > self.longest:
            raise Refused([(self.name, _("write at most %d characters.") % self.longest)])
        if not value.strip() and self.is_needed:
            raise Refused([(self.name, _("write a word at least."))])
        return value

    @property
    def schema(self) -> dict[str, Any]:
        """What may be written."""
        if self.options:
            return {"type": "string", "enum": list(self.options)}
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True, kw_only=True)
class Moment(_Once):
    """A day and time with its time zone, as ISO 8601 writes it."""

    def understood(self, value: str) -> datetime:
        """The moment. A plus sign that an address has turned into a space is read as one."""
        try:
            moment = datetime.fromisoformat(value.replace(" ", "+") if "T" in value else value)
            return moment.astimezone(UTC) if moment.tzinfo else self._refuse()
        except (ValueError, OverflowError) as error:
            if isinstance(error, Refused):
                raise
            return self._refuse()

    def _refuse(self) -> datetime:
        raise Refused([(self.name, _("write a day, a time and its time zone, such as 2026-11-30T08:00:00Z."))])

    @property
    def schema(self) -> dict[str, Any]:
        """What may be written."""
        return {"type": "string", "format": "date-time"}


def read(parameters: Iterable[Parameter], query: QueryDict) -> Mapping[str, Any]:
    """All that was asked, by name. Raises ``Refused`` with everything that cannot be understood."""
    known = {parameter.name: parameter for parameter in parameters}
    found: dict[str, Any] = {}
    problems = list(_unknown(query, known))
    for name, parameter in known.items():
        try:
            found[name] = parameter.read(query.getlist(name))
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return found


def _unknown(query: QueryDict, known: Mapping[str, Parameter]) -> Iterator[tuple[str, str]]:
    for name in query:
        if name not in known:
            there_are = ", ".join(known) or _("none")
            yield name[:40], _("nothing is asked by this name. There are: %s.") % there_are


def _one_of(options: tuple[str, ...]) -> str:
    if len(options) > _MOST_NAMED:
        return _("write one that there is; the description of this API names all %d.") % len(options)
    return _("write one of: %s.") % ", ".join(options)


PAGE = Number(name="page", description="Which page of the list.", most=MOST_PAGES, default=1)
PER_PAGE = Number(name="per_page", description="How many there are on a page.", most=MOST_A_PAGE, default=USUAL_A_PAGE)
