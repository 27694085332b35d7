"""Advice that contradicts itself on one page: the rules E3.9 of the safety model, as data and small functions.

Pure: no database, no settings. What a page is made of comes in as :class:`PageFacts`; what is wrong with it goes out as
:class:`Conflict`. Which rule may be overridden by two people is said by ``MAY_BE_OVERRIDDEN``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from uuid import UUID

from django.utils.translation import gettext as _

from clinical.safety.reach import Place
from clinical.safety.rules import EffectiveNote
from clinical.words.choices import ConflictRule, DoseFigure, Moment, PlaceKind, StepKind

#: Everything else is mended by scoping, correcting or retiring a note, never by overruling it.
MAY_BE_OVERRIDDEN = frozenset({ConflictRule.RULED_OUT})
#: The kinds of step in which something is already being done; preparing comes before them.
_DOING = (StepKind.MOVE.value, StepKind.HOLD.value, StepKind.CONTRACT.value, StepKind.RELAX.value)

Range = tuple[int, int]


@dataclass(frozen=True)
class NoteFacts:
    """A safety note as far as it can contradict something. Empty means that it says nothing about that."""

    key: UUID
    words: str
    action: str = ""
    polarity: str = ""
    moment: str = ""
    rules_out: str = ""
    dose_figure: str = ""
    dose_range: Range | None = None
    needs_warm_up: bool = False
    needs_step: str = ""


@dataclass(frozen=True)
class Dosed:
    """Something done in a certain amount: an exercise as it is prescribed here, or the routine's own frequency.

    ``notes`` are those that concern it; ``doses`` are its figures, each as least and most. ``steps`` is empty where
    the steps are judged elsewhere.
    """

    key: UUID
    title: str
    notes: frozenset[UUID] = frozenset()
    doses: Mapping[str, Range] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    is_exercise: bool = True


@dataclass(frozen=True)
class PageFacts:
    """A page as far as advice on it can contradict itself. ``conditions`` and ``bare`` are numbers with names."""

    notes: tuple[NoteFacts, ...]
    dosed: tuple[Dosed, ...] = ()
    conditions: Mapping[str, str] = field(default_factory=dict)
    bare: tuple[str, ...] = ()
    is_routine: bool = False
    warms_up_first: bool = False


@dataclass(frozen=True)
class Conflict:
    """One contradiction: which rule, what is the matter, what to do, and between which note and what else.

    ``other`` is another note or an exercise.
    """

    rule: ConflictRule
    finding: str
    remedy: str
    note: UUID | None = None
    other: UUID | None = None

    @property
    def words(self) -> str:
        """What is the matter and what to do about it."""
        return f"{self.finding} {self.remedy}"

    @property
    def may_be_overridden(self) -> bool:
        """Whether two people may decide to go on all the same."""
        return self.rule in MAY_BE_OVERRIDDEN


def conflicts_of(page: PageFacts) -> tuple[Conflict, ...]:
    """Everything on the page that contradicts something else on it (E3.9 a to e)."""
    rules = (ruled_out, contradictions, dose_conflicts, preparations_missing, without_red_flag)
    return tuple(conflict for rule in rules for conflict in rule(page))


def ruled_out(page: PageFacts) -> Iterator[Conflict]:
    """(a) An exercise that a note rules out for a condition the page is for."""
    by_key = {note.key: note for note in page.notes if note.rules_out in page.conditions}
    for dosed in page.dosed:
        for key in sorted(dosed.notes & by_key.keys()) if dosed.is_exercise else ():
            note = by_key[key]
            named = {"exercise": dosed.title, "condition": page.conditions[note.rules_out], "note": note.words}
            finding = _("“%(exercise)s” is ruled out for %(condition)s by the note “%(note)s”.") % named
            yield Conflict(ConflictRule.RULED_OUT, finding, _("Choose another exercise."), key, dosed.key)


def contradictions(page: PageFacts) -> Iterator[Conflict]:
    """(b) Two notes on one action, one asking for it and one forbidding it, at moments that can meet."""
    for one, other in combinations(sorted(page.notes, key=lambda note: str(note.key)), 2):
        if contradict(one, other):
            named = {"one": one.words, "other": other.words}
            finding = _("The notes “%(one)s” and “%(other)s” contradict each other.") % named
            remedy = _("Give one of them a moment or another place, or retire one.")
            yield Conflict(ConflictRule.CONTRADICTION, finding, remedy, one.key, other.key)


def contradict(one: NoteFacts, other: NoteFacts) -> bool:
    """Whether two notes, read side by side, ask for and forbid the same."""
    same_action = one.action != "" and one.action == other.action
    return same_action and one.polarity != other.polarity and moments_meet(one.moment, other.moment)


def moments_meet(one: str, other: str) -> bool:
    """Whether two notes can hold at the same moment; a note without one always holds."""
    always = {"", Moment.ANY_TIME.value}
    return one in always or other in always or one == other


def places_meet(some: Iterable[Place], others: Iterable[Place]) -> bool:
    """Whether two notes hang on the same place, or one of them everywhere."""
    some, others = set(some), set(others)
    everything = Place(PlaceKind.EVERYTHING)
    return bool(some & others) or everything in some | others


def dose_conflicts(page: PageFacts) -> Iterator[Conflict]:
    """(c) Ranges of a dose that leave nothing in common, and doses outside what they have in common."""
    limits = [note for note in page.notes if note.dose_figure and note.dose_range]
    for dosed in page.dosed:
        for figure in DoseFigure:
            concerning = [note for note in limits if note.key in dosed.notes and note.dose_figure == figure.value]
            yield from _dose_conflicts(dosed, figure, concerning)


def limits_of(notes: Iterable[EffectiveNote]) -> tuple[NoteFacts, ...]:
    """How much the notes allow, one fact for each limit: those of every language a note is written in."""
    return tuple(
        NoteFacts(key=item.key, words=item.words, dose_figure=limit.figure, dose_range=(limit.least, limit.most))
        for item in notes
        for limit in item.note.limits
    )


def _dose_conflicts(dosed: Dosed, figure: DoseFigure, limits: list[NoteFacts]) -> Iterator[Conflict]:
    ranges = [note.dose_range for note in limits if note.dose_range]
    if not ranges:
        return
    named = {"title": dosed.title, "figure": figure.label.lower(), "note": limits[0].words}
    common = in_common(ranges)
    if common is None:
        finding = _("“%(title)s”: the notes on it leave no %(figure)s in common.") % named
        yield Conflict(ConflictRule.DOSE, finding, _("Correct or scope one."), limits[0].key, limits[-1].key)
        return
    dose = dosed.doses.get(figure.value)
    if dose and not (common[0] <= dose[0] and dose[1] <= common[1]):
        finding = _("“%(title)s”: its %(figure)s are not those of the note “%(note)s”.") % named
        remedy = _("Choose from %(least)d to %(most)d.") % {"least": common[0], "most": common[1]}
        yield Conflict(ConflictRule.DOSE, finding, remedy, limits[0].key, dosed.key)


def in_common(ranges: Iterable[Range]) -> Range | None:
    """What all ranges allow, ends included; nothing when they leave a gap."""
    ranges = list(ranges)
    least, most = max(each[0] for each in ranges), min(each[1] for each in ranges)
    return (least, most) if least <= most else None


def preparations_missing(page: PageFacts) -> Iterator[Conflict]:
    """(d) A preparation that a note requires and that is absent, or comes after something is already done."""
    for note in page.notes:
        if note.needs_warm_up and page.is_routine and not page.warms_up_first:
            finding = _("The note “%s” requires a warm-up, and the routine does not begin with one.") % note.words
            yield Conflict(ConflictRule.PREPARATION, finding, _("Put a warm-up first."), note.key)
        for dosed in page.dosed if note.needs_step else ():
            if note.key in dosed.notes and dosed.steps and not prepares_first(dosed.steps, note.needs_step):
                step = StepKind(note.needs_step).label
                finding = _("The note “%s” requires a preparation that is missing or too late.") % note.words
                remedy = _("Begin the steps with “%s”.") % step
                yield Conflict(ConflictRule.PREPARATION, finding, remedy, note.key, dosed.key)


def prepares_first(steps: tuple[str, ...], needed: str) -> bool:
    """Whether the needed kind of step comes before anything is done."""
    doing = [number for number, step in enumerate(steps) if step in _DOING and step != needed]
    return needed in steps and steps.index(needed) < min(doing, default=len(steps))


def without_red_flag(page: PageFacts) -> Iterator[Conflict]:
    """(e) A condition that no note of tier 1 hangs on."""
    for name in page.bare:
        finding = _("“%s” has no red flag of its own, and that has to stand on every page for it.") % name
        yield Conflict(ConflictRule.NO_RED_FLAG, finding, _("Publish a note of tier 1 for it first."))
