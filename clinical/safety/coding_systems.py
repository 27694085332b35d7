"""What a condition is called in coding systems, for other programs. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Code:
    """What a condition is called in one edition of a coding system, such as ICD-10-CM."""

    system: str
    edition: str
    code: str
