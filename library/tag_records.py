"""The records of conditions as tags: a name, other names, and codes."""

from __future__ import annotations

from library.fields import Identifier, Line, Record


class CodeRecord(Record):
    """A code for a condition in one edition of a coding system."""

    system: Line
    edition: Line
    code: Line


class TagRecord(Record):
    """A condition that has no page: the tag alone."""

    id: Identifier
    name: Line
    aliases: list[Line] = []
    codes: list[CodeRecord] = []
