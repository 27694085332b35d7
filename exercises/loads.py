"""What an exercise must need for the load it is done with: a band for the one, something with a weight for the other.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection

from clinical.words.exercising import Equipment
from exercises.dosage import Dosage
from exercises.dosage_fields import DosageError

#: What holds a weight.
WEIGHTS = (Equipment.DUMBBELL, Equipment.WATER_BOTTLE)


def check_load_is_there(dosage: Dosage, equipment: Collection[str]) -> None:
    """Raise ``DosageError`` where the dosage asks for a load that is not among what the exercise needs."""
    if dosage.band and Equipment.BAND not in equipment:
        raise DosageError("band", "add the stretch band to what the exercise needs, or leave this empty.")
    if dosage.load_grams is not None and not set(WEIGHTS) & set(equipment):
        raise DosageError(
            "load_grams", "add a dumbbell or a water bottle to what the exercise needs, or leave this empty."
        )
