"""Whose words a record was made from, and under which licence they are given on."""

from __future__ import annotations

from library.fields import Line, Link, Record


class OriginRecord(Record):
    """Where the words of a record come from. What is given is kept, and readers see it under the page."""

    source: Line
    address: Link | None = None
    author: Line | None = None
    licence: Line | None = None
    licence_address: Link | None = None
