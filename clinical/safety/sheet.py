"""What every sheet carries, whatever it is a sheet of: its safety notes, and who stands behind it.

Pure values. A ``SafetyBoard`` cannot be made without the default notes, and no sheet without a board.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinical.safety.coding_systems import Code
from clinical.safety.default_notes import holds_the_default_notes
from clinical.safety.made_from import Origin
from clinical.safety.rules import EffectiveNote
from clinical.words.choices import SPEAKS_AGAINST, EvidenceLevel, NoteKind, ReviewState, Tier, Urgency
from clinical.words.concerns import said_together

#: So many days after the review was due, a page says so above everything else, and no new link to it is made.
LONG_OVERDUE_DAYS = 90


def is_long_overdue(review_due: date | None, today: date) -> bool:
    """Whether a review should have happened so long ago that readers are told above everything else."""
    return review_due is not None and (today - review_due).days > LONG_OVERDUE_DAYS


class MissingSafety(ValueError):
    """Raised when a sheet would be made without the safety notes it must carry: refuse the page, never show it."""


@dataclass(frozen=True)
class EmergencyNumber:
    """The number to call in the reader's country, held per locale in the settings (H25): now, or today."""

    number: str

    @property
    def tel(self) -> str:
        """The address of a telephone link."""
        return "tel:" + "".join(character for character in self.number if character.isdigit() or character == "+")


@dataclass(frozen=True)
class AskFirst:
    """Something a page asks of its reader before they begin, or only whom it concerns: it completes "Ask first if"."""

    text: str = ""
    concerns: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Its own words, then whom it concerns, as on the card; a word that is not on the list names nobody."""
        return "; ".join(filter(None, (self.text, *(words for words, _each in said_together(self.concerns)))))


@dataclass(frozen=True)
class SafetyBoard:
    """The notes in force on one sheet, in reading order, sorted into the callouts of the four tiers.

    ``urgent_number`` is whom to call where help is needed today. Raises ``MissingSafety`` when a default note is not
    among the notes.
    """

    notes: tuple[EffectiveNote, ...]
    emergency_number: EmergencyNumber
    language: str = ""
    urgent_number: EmergencyNumber | None = None

    def __post_init__(self) -> None:
        if not holds_the_default_notes(self.notes):
            raise MissingSafety("A sheet cannot be made without the notes that stand on every sheet.")
        if not self.emergency_number.number.strip():
            raise MissingSafety("A sheet cannot be made without an emergency number.")

    def __iter__(self) -> Iterator[EffectiveNote]:
        return iter(self.notes)

    @cached_property
    def keys(self) -> frozenset[UUID]:
        """The identities of all notes in force: equal in every output of one sheet."""
        return frozenset(item.key for item in self.notes)

    @cached_property
    def _by_tier(self) -> dict[Tier, list[EffectiveNote]]:
        sorted_out: dict[Tier, list[EffectiveNote]] = {}
        for item in self.notes:
            sorted_out.setdefault(item.note.tier, []).append(item)
        return sorted_out

    def _of(self, tier: Tier, *kinds: NoteKind) -> tuple[EffectiveNote, ...]:
        return tuple(item for item in self._by_tier.get(tier, ()) if not kinds or item.note.kind in kinds)

    def _urgent(self, urgency: Urgency) -> tuple[EffectiveNote, ...]:
        return tuple(item for item in self._of(Tier.GET_HELP) if item.urgency == urgency.value)

    @cached_property
    def emergency(self) -> tuple[EffectiveNote, ...]:
        """Tier 1: call now."""
        return self._urgent(Urgency.EMERGENCY)

    @cached_property
    def same_day(self) -> tuple[EffectiveNote, ...]:
        """Tier 1: get help today."""
        return self._urgent(Urgency.SAME_DAY)

    @cached_property
    def stop_if(self) -> tuple[EffectiveNote, ...]:
        """Tier 2: signs to stop at."""
        return self._of(Tier.DO_NOT, NoteKind.STOP)

    @cached_property
    def never(self) -> tuple[EffectiveNote, ...]:
        """Tier 2: things not to do at all."""
        return self._of(Tier.DO_NOT, NoteKind.DONT)

    @cached_property
    def do_not_if(self) -> tuple[EffectiveNote, ...]:
        """Tier 2: who must not do it. Every other kind an author raised to tier 2 stands here too, so none is lost."""
        return self._of(Tier.DO_NOT, *(set(NoteKind) - {NoteKind.STOP, NoteKind.DONT}))

    @cached_property
    def check_first(self) -> tuple[EffectiveNote, ...]:
        """Tier 3."""
        return self._of(Tier.CHECK_FIRST)

    @cached_property
    def preparation(self) -> tuple[EffectiveNote, ...]:
        """Tier 4, never folded away: what to do before starting."""
        return self._of(Tier.GOOD_TO_KNOW, NoteKind.PREPARATION)

    @cached_property
    def to_prepare(self) -> tuple[EffectiveNote, ...]:
        """Everything to do before starting, of whatever tier: a raised preparation stands on the card besides."""
        return tuple(item for item in self.notes if item.note.kind is NoteKind.PREPARATION)

    @cached_property
    def dos(self) -> tuple[EffectiveNote, ...]:
        """Tier 4: things worth doing."""
        return self._of(Tier.GOOD_TO_KNOW, NoteKind.DO)

    @cached_property
    def donts(self) -> tuple[EffectiveNote, ...]:
        """Tier 4: things better left."""
        return self._of(Tier.GOOD_TO_KNOW, NoteKind.DONT)

    @cached_property
    def good_to_know(self) -> tuple[EffectiveNote, ...]:
        """Tier 4: the rest, such as limits of the evidence."""
        others = set(NoteKind) - {NoteKind.PREPARATION, NoteKind.DO, NoteKind.DONT}
        return self._of(Tier.GOOD_TO_KNOW, *others)

    def beside(self, step: str) -> tuple[EffectiveNote, ...]:
        """The notes that name this kind of step: repeated beside it, besides standing with all others."""
        return tuple(item for item in self.notes if step and item.note.concerns_step == step)


@dataclass(frozen=True)
class Source:
    """Where a statement comes from. ``url`` is empty when there is no address to give."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class Freshness:
    """What readers are told of a missed review: a line at the foot from the next day on, later a banner above all."""

    is_overdue: bool = False
    banner: str = ""


@dataclass(frozen=True)
class Provenance:
    """Who wrote and who checked a page, when, and on what grounds. Names are empty where no profile is public.

    ``is_of_parts``: only what it is made of was checked, and nobody checked the whole. ``has_parts_of_one``: a part was
    checked only by somebody who wrote it; that names no reviewer. ``is_by_several``: somebody else wrote it too.
    """

    review_state: ReviewState
    author: str = ""
    author_role: str = ""
    reviewer: str = ""
    reviewer_role: str = ""
    reviewed_on: date | None = None
    review_due: date | None = None
    evidence_summary: str = ""
    who_it_is_for: str = ""
    check_first: tuple[AskFirst, ...] = ()
    sources: tuple[Source, ...] = ()
    published_on: date | None = None
    is_of_parts: bool = False
    has_parts_of_one: bool = False
    is_by_several: bool = False
    origin: Origin | None = None

    @property
    def is_example(self) -> bool:
        """No clinician has confirmed it; every output carries the banner."""
        return self.review_state == ReviewState.UNREVIEWED

    @property
    def banner(self) -> str:
        """What every output says where nobody but its writer, or nobody at all, has checked it; nothing else."""
        if self.is_example:
            return example_banner()
        if self.review_state == ReviewState.SAME_PERSON:
            return self.review_words
        return _("Some of the exercises: checked by one of those who wrote them") if self.has_parts_of_one else ""

    @property
    def review_words(self) -> str:
        """Who checked it, in the words of every output. Of its parts nobody knows here how many wrote each."""
        if self.review_state == ReviewState.SAME_PERSON and (self.is_by_several or self.is_of_parts):
            return _("Checked by one of those who wrote it")
        return str(self.review_state.label)

    def as_fresh_as(self, parts: Iterable[Provenance]) -> Provenance:
        """The same, with the dates of the oldest of its parts: a routine is no fresher than its exercises."""
        all_parts = [self, *parts]
        of_one = any(part.review_state == ReviewState.SAME_PERSON for part in all_parts)
        reviewed = [part.reviewed_on for part in all_parts if part.reviewed_on]
        due = [part.review_due for part in all_parts if part.review_due]
        first, next_due = min(reviewed, default=None), min(due, default=None)
        return replace(self, has_parts_of_one=of_one, reviewed_on=first, review_due=next_due)

    def is_overdue(self, today: date) -> bool:
        """Whether the next review should already have happened."""
        return self.review_due is not None and self.review_due < today

    def freshness(self, today: date) -> Freshness:
        """What readers are told today of a review that was missed; the same words in every output."""
        if self.review_due is None or not is_long_overdue(self.review_due, today):
            return Freshness(self.is_overdue(today))
        words = _(
            "This page should have been checked by %(day)s and was not. It may be out of date: "
            "ask a physiotherapist or doctor before you follow it."
        )
        return Freshness(True, words % {"day": date_format(self.review_due, "j F Y")})


@dataclass(frozen=True)
class ConditionLink:
    """A condition something is used for, with how well that use is supported, said aloud."""

    name: str
    slug: str
    url: str = ""
    evidence: EvidenceLevel | None = None
    statement: str = ""
    codes: tuple[Code, ...] = ()

    @property
    def speaks_against(self) -> bool:
        """Whether what is known is no reason to do it for this."""
        return self.evidence in SPEAKS_AGAINST


@dataclass(frozen=True)
class SheetPicture:
    """A picture ready to be shown: made when the page was published, never in a reader's request.

    Without an address it could not be made, and its alternative text stands in its place.
    """

    url: str
    width: int
    height: int
    alt: str = ""
    credit: str = ""
    smaller: str = ""


@dataclass(frozen=True)
class Labelled:
    """A member of a closed vocabulary as readers see it: its value, for addresses and icons, and its words."""

    value: str
    label: str
    substitute: str = field(default="", compare=False)


@dataclass(frozen=True)
class ProseBlock:
    """A piece of prose: ``kind`` is the block's name, ``html`` its expanded, cleaned text."""

    kind: str
    html: str


def example_banner() -> str:
    """The words every output of an unreviewed page carries."""
    return _("Example content, not yet confirmed by a clinician")
