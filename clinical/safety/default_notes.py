"""The default notes: the two that stand on every sheet, whatever anybody writes, withdraws or deletes.

They are code, not content, so that no editor, import, revert or empty database can take them away (E1, E3.10).
Their wording is for a clinician to confirm, like everything in the starter library.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from clinical.safety.reach import Place
from clinical.safety.rules import EffectiveNote, NoteVersion, Placement
from clinical.words.choices import NoteKind, PlaceKind, Tier, Urgency

STOP_KEY = UUID("5f0e2f0a-6c1d-5d0e-8a58-000000000001")
EMERGENCY_KEY = UUID("5f0e2f0a-6c1d-5d0e-8a58-000000000002")

#: Without these two no sheet can be made.
DEFAULT_KEYS = frozenset({STOP_KEY, EMERGENCY_KEY})


def default_placements(language: str = "") -> tuple[Placement, ...]:
    """The default notes in the active language, ready to be merged with what the database holds."""
    everything = Place(PlaceKind.EVERYTHING)
    stop = NoteVersion(
        key=STOP_KEY,
        kind=NoteKind.STOP,
        tier=Tier.DO_NOT,
        text=_("you feel pain, numbness, weakness or dizziness"),
        language=language,
    )
    emergency = NoteVersion(
        key=EMERGENCY_KEY,
        kind=NoteKind.RED_FLAG,
        tier=Tier.GET_HELP,
        urgency=Urgency.EMERGENCY.value,
        text=_("you have chest pain, cannot get your breath, or collapse"),
        language=language,
    )
    return (Placement(stop, everything), Placement(emergency, everything))


def holds_the_default_notes(notes: tuple[EffectiveNote, ...]) -> bool:
    """Whether both default notes are among these."""
    return {item.key for item in notes} >= DEFAULT_KEYS
