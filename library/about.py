"""The file that says whose a library is: ``library.yaml``, at the top of its folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import StringConstraints

from library.fields import Identifier, Line, Link, Record

#: The name of the file, and under which name a library that was read holds what it says.
FILE, KIND = "library.yaml", "library"

Language = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z]{2,3}(-[a-zA-Z0-9]{2,8})*$", max_length=35)]
Version = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=60)]


class LibraryRecord(Record):
    """Whose a library is. Ids of records live within it: no other library ever changes them."""

    id: Identifier
    title: Line
    publisher: Line
    licence: Line
    licence_address: Link | None = None
    version: Version
    language: Language
    address: Link | None = None


def about(library: Mapping[str, Mapping[str, Any]]) -> LibraryRecord | None:
    """What a library says about itself; ``None`` for a folder without a name."""
    return next(iter(library.get(KIND, {}).values()), None)


def name_of(library: Mapping[str, Mapping[str, Any]]) -> str:
    """The id of a library; empty for a folder without a name."""
    known = about(library)
    return known.id if known else ""


def in_words(name: str) -> str:
    """A library as it is called in a fault."""
    return f"the library “{name}”" if name else f"a folder without {FILE}"
