"""How long one session may take at most: each figure of a dose may be fine, and all of them together beyond any day.

Pure.
"""

from __future__ import annotations

from exercises.choices import Side
from exercises.dosage import Dosage
from exercises.dosage_checks import TOLD_BY
from exercises.dosage_fields import DosageError

#: Four hours: more than anybody is asked for, and less than a slip of the keys.
MOST_MINUTES = 240


def check_session_length(dosage: Dosage, side: Side) -> None:
    """Raise ``DosageError`` where one session, on the upper end of every range, takes longer than is ever meant."""
    minutes = dosage.seconds_most(side) // 60
    if minutes > MOST_MINUTES:
        field = next(name for name in TOLD_BY[dosage.measure] if getattr(dosage, name) is not None)
        said = f"one session would take {minutes} minutes; write less here, or fewer sets or rests"
        raise DosageError(field, f"{said}, so that it takes at most {MOST_MINUTES}.")
