"""Where safety notes apply, and the one query that finds every note a page needs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from clinical.notes.conditions import Condition
from clinical.notes.short_sign import family_of
from clinical.publishing.withdrawals import Withdrawal
from clinical.safety.reach import Place, Subject
from clinical.safety.rules import DoseLimit, NoteVersion, Placement
from clinical.words.choices import BodyRegion, NoteKind, PlaceKind, StartingPosition, Tier
from clinical.words.exercising import Equipment, ExerciseKind


def without_red_flag(conditions: Iterable[int], but_for: UUID | None = None) -> list[str]:
    """The names of those conditions that no note of tier 1 in force hangs on; ``but_for`` leaves one note out.

    Two queries at most, however many conditions.
    """
    asked = set(conditions)
    if not asked:
        return []
    serious = NoteTarget.objects.in_force().filter(condition__in=asked, note__tier=Tier.GET_HELP)
    if but_for:
        serious = serious.exclude(note__translation_key=but_for)
    bare = asked - set(serious.values_list("condition_id", flat=True))
    return list(Condition.objects.filter(pk__in=bare).values_list("name", flat=True)) if bare else []


class NoteTargetQuerySet(models.QuerySet["NoteTarget"]):
    """Questions about where notes apply."""

    def in_force(self) -> Self:
        """Targets of notes that are live and not withdrawn."""
        withdrawn = Withdrawal.objects.open().values("content_key")
        return self.filter(note__live=True).exclude(note__translation_key__in=withdrawn)


def placements_reaching(subjects: Iterable[Subject], languages: tuple[str, ...]) -> list[Placement]:
    """Where notes in force may concern any of the subjects, as values; ``safety.rules`` decides which do. One query.

    ``languages`` ranks what the reader would rather read. Most of the question is put together only once.
    """
    return _placements(_rows_in_force().filter(_reaching(list(subjects))), languages)


def placements_with_limits(languages: tuple[str, ...]) -> list[Placement]:
    """Where notes in force that limit a dose hang, whatever they reach. One query."""
    return _placements(_rows_in_force().exclude(note__dose_figure=""), languages)


def placements_naming(concerns: Iterable[str], languages: tuple[str, ...]) -> list[Placement]:
    """Where notes in force that name one of these concerns hang, in every language. One query."""
    naming = Q(pk__in=[])
    for concern in concerns:
        naming |= Q(note__concerns__contains=f"|{concern}|")
    keys = NoteTarget.objects.in_force().filter(naming).values("note__translation_key")
    return _placements(_rows_in_force().filter(note__translation_key__in=keys), languages)


def placements_to_get_help(languages: tuple[str, ...]) -> list[Placement]:
    """Where the notes in force hang that any language says to get help in, on whatever they hang. One query."""
    keys = NoteTarget.objects.in_force().filter(note__tier=Tier.GET_HELP).values("note__translation_key")
    return _placements(_rows_in_force().filter(note__translation_key__in=keys), languages)


@cache
def _rows_in_force() -> Any:
    """Only the question is remembered, never an answer."""
    family = Cast("note__family_ready", models.TextField())
    return NoteTarget.objects.in_force().annotate(family=family).values_list(*_COLUMNS, "family")


def _reaching(subjects: list[Subject]) -> Q:
    def at(kind: PlaceKind) -> set[str]:
        return {value for subject in subjects for value in subject.places[kind] if value}

    return (
        Q(everywhere=True)
        | Q(region__in=at(PlaceKind.REGION))
        | Q(position__in=at(PlaceKind.POSITION))
        | Q(equipment__in=at(PlaceKind.EQUIPMENT))
        | Q(exercise_kind__in=at(PlaceKind.KIND))
        | Q(condition__in={int(pk) for subject in subjects for pk in subject.conditions})
        | Q(content_key__in=at(PlaceKind.PAGE))
    )


def _placements(rows: Iterable[tuple[Any, ...]], languages: tuple[str, ...]) -> list[Placement]:
    versions: dict[int, NoteVersion] = {}
    found = []
    for note_id, *row in rows:
        place, words = row[:_PLACE_COLUMNS], row[_PLACE_COLUMNS:]
        version = versions.get(note_id)
        if version is None:
            version = versions[note_id] = _version_of(tuple(words), languages)
        found.append(Placement(version, _place_of(*place)))
    return found


_PLACE_NAMES = (
    *("everywhere", "region", "position", "equipment", "exercise_kind"),
    *("condition_id", "content_key", "condition__name"),
)
_PLACE_COLUMNS = len(_PLACE_NAMES)
_COLUMNS = (
    "note_id",
    *_PLACE_NAMES,
    "note__translation_key",
    "note__kind",
    "note__tier",
    "note__text",
    "note__urgency",
    "note__what_to_do",
    "note__locale__language_code",
    "note__concerns_step",
    "note__moment",
    "note__source",
    "note__dose_figure",
    "note__dose_least",
    "note__dose_most",
    "note__in_short",
    "note__concerns",
    "note__only_with_condition",
    "note__family_sign",
)


_NO_LIMITS: frozenset[DoseLimit] = frozenset()


@lru_cache(maxsize=5000)
def _version_of(words: tuple[Any, ...], languages: tuple[str, ...]) -> NoteVersion:
    """A row's words as a value. Equal words are the same value, so a note that changes is another one at once."""
    key, kind, tier, text, urgency, what_to_do, language, concerns_step, moment, source, *more = words
    *dose, in_short, concerns, only_with_condition, sign, ready = more
    rank = languages.index(language) if language in languages else len(languages)
    return NoteVersion(
        key=key,
        kind=NoteKind(kind),
        tier=Tier(tier),
        text=text,
        urgency=urgency,
        what_to_do=what_to_do,
        language=language,
        language_rank=rank,
        concerns_step=concerns_step,
        moment=moment,
        source=source,
        limits=frozenset([DoseLimit(*dose)]) if dose[0] else _NO_LIMITS,
        in_short=in_short,
        family=family_of(sign, json.loads(ready)) if sign else None,
        concerns=concerns,
        only_with_condition=only_with_condition,
    )


def _place_of(
    everywhere: bool,
    region: str,
    position: str,
    equipment: str,
    exercise_kind: str,
    condition_id: int | None,
    content_key: UUID | None,
    condition_name: str | None = None,
) -> Place:
    if everywhere:
        return Place(PlaceKind.EVERYTHING)
    for kind, value in zip(_WORDED, (region, position, equipment, exercise_kind), strict=True):
        if value:
            return Place(kind, value)
    if condition_id:
        return Place(PlaceKind.CONDITION, str(condition_id), condition_name or "")
    return Place(PlaceKind.PAGE, str(content_key))


#: The sorts of place that are a word of a vocabulary, and the columns they stand in.
_WORDED = (PlaceKind.REGION, PlaceKind.POSITION, PlaceKind.EQUIPMENT, PlaceKind.KIND)
_WORDED_COLUMNS = ("region", "position", "equipment", "exercise_kind")


def _exactly_one() -> Q:
    """Of everything, a word of one vocabulary, a condition and a page, one is given and all others are empty."""
    nothing: dict[str, Any] = dict.fromkeys(_WORDED_COLUMNS, "")
    nothing |= {"everywhere": False, "condition__isnull": True, "page__isnull": True}
    found = Q(**nothing | {"everywhere": True})
    for column in _WORDED_COLUMNS:
        others = {name: value for name, value in nothing.items() if name != column}
        found |= Q(**others) & ~Q(**{column: ""})
    return found | Q(**nothing | {"condition__isnull": False}) | Q(**nothing | {"page__isnull": False})


class NoteTarget(models.Model):
    """One place a note applies: exactly one of everything, a word of one vocabulary, a condition or a page.

    A child of the note, not of a page: text and reach share one draft, one review and one history, and reverting a
    page never loses a note. A page is remembered by its content key, so its copies, aliases and translations keep
    the note without anybody carrying it along.
    """

    note = ParentalKey("clinical.SafetyNote", on_delete=models.CASCADE, related_name="targets")
    everywhere = models.BooleanField(default=False, help_text=_("Every exercise, routine and condition."))
    region = models.CharField(max_length=20, choices=BodyRegion.choices, blank=True)
    position = models.CharField(max_length=20, choices=StartingPosition.choices, blank=True)
    equipment = models.CharField(max_length=20, choices=Equipment.choices, blank=True)
    exercise_kind = models.CharField(_("kind of exercise"), max_length=20, choices=ExerciseKind.choices, blank=True)
    condition = models.ForeignKey(Condition, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("An exercise, a routine or a condition’s page."),
    )
    content_key = models.UUIDField(null=True, blank=True, editable=False, db_index=True)

    objects = NoteTargetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clinical_note_target_exactly_one",
                condition=_exactly_one(),
                violation_error_message=_("Choose exactly one place in each row."),
            ),
            models.CheckConstraint(
                name="clinical_note_target_finds_its_page",
                condition=Q(page__isnull=True) | Q(content_key__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.words()

    def place(self) -> Place:
        """The place as the rules see it."""
        words = (self.region, self.position, self.equipment, self.exercise_kind)
        return _place_of(self.everywhere, *words, self.condition_id, self.content_key)

    def words(self) -> str:
        """The place as an author reads it."""
        if self.everywhere:
            return str(_("Everything"))
        for column in _WORDED_COLUMNS:
            if getattr(self, column):
                return str(getattr(self, f"get_{column}_display")())
        return str(self.condition or self.page or _("Nowhere"))

    def clean(self) -> None:
        """Refuse a page that carries no safety notes."""
        super().clean()
        if self.page_id and self.page and not hasattr(self.page.specific_class, "subjects"):
            raise ValidationError({"page": _("Choose an exercise, a routine or a condition’s page.")})
        self.content_key = self._key_of_page()

    def _key_of_page(self) -> UUID | None:
        return self.page.specific.content_key if self.page_id and self.page else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Remember the page by the key its copies share."""
        self.content_key = self._key_of_page()
        super().save(*args, **kwargs)
