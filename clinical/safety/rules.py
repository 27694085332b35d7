"""Which safety notes a reader must see, merged, ordered and explained: the rules a clinician would argue about.

Pure: no database, no settings. The numbers E3.1–E3.7 are those of the safety model in ``docs/architecture.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from clinical.safety.reach import Place, Subject, reaches
from clinical.safety.short_signs import Family
from clinical.words.choices import NoteKind, PlaceKind, Tier, Urgency

#: The mildest tier each kind may carry. An author may raise a note above it, never lower it below.
TIER_OF_KIND: dict[NoteKind, Tier] = {
    NoteKind.RED_FLAG: Tier.GET_HELP,
    NoteKind.CONTRAINDICATION: Tier.DO_NOT,
    NoteKind.STOP: Tier.DO_NOT,
    NoteKind.CHECK_FIRST: Tier.CHECK_FIRST,
    NoteKind.POPULATION: Tier.CHECK_FIRST,
    NoteKind.PREPARATION: Tier.GOOD_TO_KNOW,
    NoteKind.DO: Tier.GOOD_TO_KNOW,
    NoteKind.DONT: Tier.GOOD_TO_KNOW,
    NoteKind.CAVEAT: Tier.GOOD_TO_KNOW,
}

_KIND_ORDER = {kind.value: index for index, kind in enumerate(NoteKind)}
_PLACE_ORDER = {kind.value: index for index, kind in enumerate(PlaceKind)}
_URGENCY_ORDER = {Urgency.EMERGENCY.value: 0, Urgency.SAME_DAY.value: 1, "": 2}


@dataclass(frozen=True)
class DoseLimit:
    """How much a note allows: the least and the most of a ``DoseFigure``, both included, in the figure's own unit."""

    figure: str
    least: int
    most: int


@dataclass(frozen=True)
class NoteVersion:
    """One language version of a live safety note.

    ``language_rank`` is 0 for the reader's own language, 1 for the site's, 2 for any other; the lowest is read.
    ``limits`` are those of every version merged into it: no language lifts what another sets. ``in_short`` is its short
    sign, ``family`` the notes it speaks for besides itself, ``concerns`` whom it is about. ``only_with_condition`` is
    whether it stays with its condition and out of routines for another.
    """

    key: UUID
    kind: NoteKind
    tier: Tier
    text: str
    urgency: str = ""
    what_to_do: str = ""
    language: str = ""
    language_rank: int = 0
    concerns_step: str = ""
    moment: str = ""
    source: str = ""
    limits: frozenset[DoseLimit] = frozenset()
    in_short: str = ""
    family: Family | None = None
    concerns: tuple[str, ...] = ()
    only_with_condition: bool = False

    @cached_property
    def order(self) -> tuple[tuple[int, int, int], tuple[str, str]]:
        """Its part of the reading order: what comes before the narrowest reason, and what comes after."""
        kind, urgency = _KIND_ORDER[self.kind.value], _URGENCY_ORDER[self.urgency]
        return (int(self.tier), urgency, kind), (self.text, str(self.key))


@dataclass(frozen=True)
class Placement:
    """A note's version together with one of the places it hangs on."""

    note: NoteVersion
    place: Place


@dataclass(frozen=True, order=True)
class Reason:
    """Why a note is on a sheet: what it hangs on, and the exercise or page that brought it along.

    ``name`` is that of the condition it hangs on.
    """

    order: int
    place: PlaceKind
    value: str
    brought_by: str
    subject_key: str = ""
    name: str = ""


@dataclass(frozen=True)
class EffectiveNote:
    """A note in force on a sheet, said once, with every reason it is there.

    A tier-1 note without an urgency is read as an emergency, from birth, so that no card can miss it; below tier 1
    urgency means nothing and is dropped.
    """

    note: NoteVersion
    reasons: frozenset[Reason]

    def __post_init__(self) -> None:
        hurries = self.note.tier == Tier.GET_HELP
        if hurries != bool(self.note.urgency):
            urgency = Urgency.EMERGENCY.value if hurries else ""
            object.__setattr__(self, "note", replace(self.note, urgency=urgency))

    @property
    def key(self) -> UUID:
        """The note's identity across languages, copies and reasons."""
        return self.note.key

    @property
    def tier(self) -> Tier:
        """The most cautious tier among the versions merged into it."""
        return self.note.tier

    @property
    def urgency(self) -> str:
        """How fast help is needed: always said for tier 1, empty for any other tier."""
        return self.note.urgency

    @property
    def words(self) -> str:
        """The note's text as it stands in a list."""
        return self.as_listed(self.note.text)

    @property
    def short_words(self) -> str:
        """The same in short, or the whole text where nobody has put it in short."""
        return self.as_listed(self.note.in_short or self.note.text)

    def as_listed(self, words: str) -> str:
        """Words of this note: a thing not to do says so itself, with or without its label (H35)."""
        forbids = words.casefold().startswith((f"{_('Do not')} ".casefold(), f"{_('Never')} ".casefold()))
        if self.note.kind is not NoteKind.DONT or forbids:
            return words
        return _("Do not %s") % words

    @property
    def sorted_reasons(self) -> tuple[Reason, ...]:
        """Narrowest place first."""
        return tuple(sorted(self.reasons))


def effective_notes(placements: Iterable[Placement], subjects: Iterable[Subject]) -> tuple[EffectiveNote, ...]:
    """Every note that concerns any of the subjects, merged by identity and in reading order.

    The union only ever grows: no subject, language or order of arguments removes a note or makes it milder (E3.5).
    """
    subjects = list(subjects)
    # Many notes hang on few places, so what a place reaches is worked out once for each tier.
    known: dict[tuple[Place, Tier, bool], frozenset[Reason]] = {}
    found: dict[UUID, tuple[NoteVersion, frozenset[Reason]]] = {}
    for note, place in _settled(list(placements)):
        where = (place, note.tier, note.only_with_condition)
        reasons = known.get(where)
        if reasons is None:
            reasons = known[where] = frozenset(_reason(place, each) for each in subjects if _reaches(*where, each))
        if reasons:
            before = found.get(note.key)
            found[note.key] = (note, before[1] | reasons if before else reasons)
    return tuple(sorted((EffectiveNote(*each) for each in found.values()), key=reading_order))


def _reaches(place: Place, tier: Tier, only_with_condition: bool, subject: Subject) -> bool:
    return reaches(place, tier, subject, only_with_condition=only_with_condition)


def concerning(notes: Iterable[EffectiveNote], subjects: Iterable[Subject]) -> list[tuple[EffectiveNote, ...]]:
    """Of a sheet's notes, for each of its subjects those that concern it, for the reasons that lie in it, in order.

    The same as merging each subject's notes anew, without doing it for every exercise of a routine.
    """
    found: dict[str, list[EffectiveNote]] = {}
    for item in notes:
        by_subject: dict[str, list[Reason]] = {}
        for reason in item.reasons:
            by_subject.setdefault(reason.subject_key, []).append(reason)
        for key, reasons in by_subject.items():
            found.setdefault(key, []).append(EffectiveNote(item.note, frozenset(reasons)))
    return [tuple(sorted(found.get(str(subject.key), ()), key=reading_order)) for subject in subjects]


def merge(notes: Iterable[EffectiveNote]) -> tuple[EffectiveNote, ...]:
    """Say each note once (E3.6): most cautious tier, most serious kind, fastest urgency, the reader's language.

    Merging is idempotent, commutative and associative, so it does not matter who merges what first.
    """
    by_key: dict[UUID, EffectiveNote] = {}
    for item in notes:
        known = by_key.get(item.key)
        by_key[item.key] = item if known is None else _join(known, item)
    return tuple(sorted(by_key.values(), key=reading_order))


def reading_order(item: EffectiveNote) -> tuple[tuple[int, int, int], int, tuple[str, str]]:
    """The one order in which notes are read everywhere: tier, urgency, kind, narrowest reason, then text."""
    before, after = item.note.order
    return (before, min([reason.order for reason in item.reasons], default=len(_PLACE_ORDER)), after)


def _settled(placements: list[Placement]) -> list[tuple[NoteVersion, Place]]:
    """The same places, with every language version of a note become the one note that is read."""
    versions: dict[UUID, dict[int, EffectiveNote]] = {}
    for item in placements:
        known = versions.setdefault(item.note.key, {})
        if id(item.note) not in known:
            known[id(item.note)] = EffectiveNote(item.note, frozenset())
    whole = {key: _merged(tuple(known.values())).note for key, known in versions.items()}
    return [(whole[item.note.key], item.place) for item in placements]


def _merged(versions: tuple[EffectiveNote, ...]) -> EffectiveNote:
    """Versions of one note as the one that is read; most notes have one."""
    return versions[0] if len(versions) == 1 else merge(versions)[0]


def _reason(place: Place, subject: Subject) -> Reason:
    order = _PLACE_ORDER[place.kind.value]
    return Reason(order, place.kind, place.value, subject.title, str(subject.key), place.name)


def _join(one: EffectiveNote, other: EffectiveNote) -> EffectiveNote:
    if one.note is other.note:
        return EffectiveNote(one.note, one.reasons | other.reasons)
    versions = (one.note, other.note)
    read = min(versions, key=_version_order)
    return EffectiveNote(
        replace(
            read,
            tier=min(version.tier for version in versions),
            kind=min((version.kind for version in versions), key=lambda kind: _KIND_ORDER[kind.value]),
            urgency=min((version.urgency for version in versions), key=_URGENCY_ORDER.__getitem__),
            limits=one.note.limits | other.note.limits,
            concerns=tuple(sorted({concern for version in versions for concern in version.concerns})),
            only_with_condition=all(version.only_with_condition for version in versions),
        ),
        one.reasons | other.reasons,
    )


def _version_order(note: NoteVersion) -> tuple[bool, int, *tuple[str, ...]]:
    # A translation that has no words yet never hides the words of another language (E3.7).
    return (
        not note.text.strip(),
        note.language_rank,
        note.language,
        note.text,
        note.what_to_do,
        note.concerns_step,
        note.moment,
        note.source,
        note.in_short,
        str(note.family or ""),
    )
