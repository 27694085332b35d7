"""The short sign of a note, and families of notes that are read as one.

Pure. A short sign is what stands on the card before the first step: the sign alone, completing the label that the
note's whole text completes. It may say more than the text, never less; the whole text stays on the page. Where there is
none, the whole text stands in its place, so that nothing can be lost.

A family is one sign for several notes. One of them, its lead, says whom it speaks for and in what words each was read
when two people approved that. It stands only while all of them are in force and say just that; otherwise each note's
own sign stands. So a member that is withdrawn, or says something new, leaves the joint sign at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from clinical.words.choices import NoteKind

#: What a sign has room for on the card, so that it is read at a glance.
LETTERS_OF_A_SIGN = 60
MOST_WORDS = 10
#: Kinds that complete "… if".
COMPLETES_IF = frozenset({NoteKind.RED_FLAG, NoteKind.CONTRAINDICATION, NoteKind.STOP})
#: How the labels on the card begin which a sign completes.
LABELS = (_("Call "), _("Get help"), _("Stop if"), _("Leave it out if"), _("Ask first if"), _("Check first"))


def words_digest(text: str) -> str:
    """A note's text as sixteen letters that change with it; blanks round it say nothing."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def words_in(text: str) -> int:
    """How many words it has, as a reader counts them."""
    return len(text.split())


def is_too_wordy(sign: str) -> bool:
    """Whether it has more words than are read at a glance."""
    return words_in(sign) > MOST_WORDS


def has_room_for(text: str) -> bool:
    """Whether the card has room for it as it is."""
    return len(text) <= LETTERS_OF_A_SIGN and not is_too_wordy(text)


def repeats_a_label(sign: str) -> bool:
    """Whether it begins with a label it is to complete, or ends like a sentence: "Call 999 if your leg swells."."""
    begun = sign.casefold().strip()
    return begun.endswith((".", "!", "…")) or any(begun.startswith(str(label).casefold()) for label in LABELS)


@dataclass(frozen=True)
class Family:
    """One sign for several notes: their keys, each with the digest of the text it was approved beside."""

    sign: str
    members: tuple[tuple[UUID, str], ...]

    def stands_among(self, texts: Mapping[UUID, str]) -> bool:
        """Whether all it speaks for are among these, in the words it was approved beside."""
        said = ((texts.get(key), digest) for key, digest in self.members)
        return bool(self.sign) and all(text is not None and words_digest(text) == digest for text, digest in said)
