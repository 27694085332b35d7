"""SharedSheet: what one patient was given, as one immutable value round the sheet of the routine.

Pure. The list and its dosages are as they were given; every word, figure, safety note and withdrawal is today's. Every
output of a routine takes ``sheet`` as it takes any other, and so loses nothing; what a link adds stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from routines.sheet import RoutineSheet


@dataclass(frozen=True, kw_only=True)
class SharedSheet:
    """The sheet, the practitioner's note as plain text, until when the link opens, and what has changed since.

    ``mark`` is the short label that patient and practitioner may call it by.
    """

    sheet: RoutineSheet
    given_on: date
    valid_until: date
    note: str = ""
    mark: str = ""
    changes: tuple[str, ...] = ()
