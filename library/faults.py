"""What is wrong with a library, said so that its author can mend it: which file, which field, what to write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. ``field`` is empty when the whole file is at fault."""

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        """One line; a character that could act on a terminal is written out."""
        line = ": ".join(part for part in (self.file, self.field, self.message) if part)
        return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line)


class LibraryFaults(Exception):
    """Raised when a library cannot be loaded; nothing of it has been written. ``faults`` is never empty."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))
