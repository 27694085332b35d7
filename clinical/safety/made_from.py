"""Whose words something was made from, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Whose words something was made from, and under which licence they are given on."""

    source: str
    address: str = ""
    author: str = ""
    licence: str = ""
    licence_address: str = ""
