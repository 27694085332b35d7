"""The default notes: the two that stand on every sheet, whatever anybody writes, withdraws or deletes.

They are code, not content, so that no editor, import, revert or empty database can take them away (E1, E3.10).
Their wording is for a clinician to confirm, like everything in the starter library.

The stop sign is worded by the pain that what is shown allows (``clinical.safety.pain``).
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from clinical.safety.pain import NO_PAIN, PainLimit, stop_words, stop_words_in_short
from clinical.safety.reach import Place
from clinical.safety.rules import EffectiveNote, NoteVersion, Placement, reading_order
from clinical.words.choices import NoteKind, PlaceKind, Tier, Urgency

STOP_KEY = UUID("5f0e2f0a-6c1d-5d0e-8a58-000000000001")
EMERGENCY_KEY = UUID("5f0e2f0a-6c1d-5d0e-8a58-000000000002")

#: Without these two no sheet can be made.
DEFAULT_KEYS = frozenset({STOP_KEY, EMERGENCY_KEY})


def stop_note(language: str = "", pain: PainLimit = NO_PAIN, usual: str = "") -> NoteVersion:
    """The default stop sign in the active language: at which pain, at what is never scoped, and what is no reason.

    ``usual`` is what two people added for a complaint that is itself a sensation. It follows the sign and takes nothing
    away from it.
    """
    said = f". {usual.strip().rstrip('.')}" if usual.strip() else ""
    short = stop_words_in_short(pain)
    return NoteVersion(
        key=STOP_KEY,
        kind=NoteKind.STOP,
        tier=Tier.DO_NOT,
        text=stop_words(pain) + said,
        in_short=short and short + said,
        language=language,
    )


def default_placements(language: str = "", pain: PainLimit = NO_PAIN, usual: str = "") -> tuple[Placement, ...]:
    """The default notes in the active language, ready to be merged with what the database holds."""
    everything = Place(PlaceKind.EVERYTHING)
    emergency = NoteVersion(
        key=EMERGENCY_KEY,
        kind=NoteKind.RED_FLAG,
        tier=Tier.GET_HELP,
        urgency=Urgency.EMERGENCY.value,
        text=_("you have chest pain, cannot get your breath, or collapse"),
        in_short=_("chest pain, cannot get your breath, or collapse"),
        language=language,
    )
    return (Placement(stop_note(language, pain, usual), everything), Placement(emergency, everything))


def with_stop_note(notes: tuple[EffectiveNote, ...], stop: NoteVersion) -> tuple[EffectiveNote, ...]:
    """The same notes in reading order, with the default stop sign in these words."""
    if any(item.note == stop for item in notes):
        return notes
    worded = (EffectiveNote(stop, item.reasons) if item.key == STOP_KEY else item for item in notes)
    return tuple(sorted(worded, key=reading_order))


def holds_the_default_notes(notes: tuple[EffectiveNote, ...]) -> bool:
    """Whether both default notes are among these."""
    return {item.key for item in notes} >= DEFAULT_KEYS
