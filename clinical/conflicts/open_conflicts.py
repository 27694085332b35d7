"""From pages to the facts the conflict rules ask about, and from conflicts to what the publish gate says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from clinical.conflicts.overrides import overrides_in_force
from clinical.notes.board import languages_for
from clinical.notes.conditions import Condition, conditions_named_by
from clinical.notes.note import SafetyNote
from clinical.notes.targets import placements_reaching, without_red_flag
from clinical.safety.conflicts import Conflict, Dosed, NoteFacts, PageFacts, conflicts_of, limits_of
from clinical.safety.reach import Subject
from clinical.safety.rules import EffectiveNote, effective_notes


def page_facts(page: Any, dosed: Iterable[Dosed] = (), **more: Any) -> PageFacts:
    """A page's facts: the notes in force on it, and what is done on it in which amounts. Seven queries, any size.

    Notes that concern the whole page concern everything done on it. Raises ``ImproperlyConfigured`` where its kind does
    not ask for the notes of the conditions it is used for.
    """
    subjects: list[Subject] = page.subjects()
    placements = placements_reaching(subjects, languages_for(page.language))
    notes = effective_notes(placements, subjects)
    whole = str(page.content_key)
    numbers = {int(pk) for subject in subjects if str(subject.key) == whole for pk in subject.conditions}
    if conditions_named_by(page) - numbers:
        raise ImproperlyConfigured(f"{type(page).__name__}.subjects() leaves out conditions that the page is used for.")
    return PageFacts(
        notes=tuple(facts_of_notes(notes)),
        dosed=tuple(with_notes(each, notes, {whole, str(each.key)}) for each in dosed),
        conditions={str(pk): name for pk, name in Condition.objects.filter(pk__in=numbers).values_list("pk", "name")},
        bare=tuple(without_red_flag(numbers)),
        **more,
    )


def open_conflicts(page: Any) -> list[Conflict]:
    """What on this page, as it is in memory, contradicts something else on it and was not overridden by two people."""
    found = conflicts_of(page.facts())
    if not any(conflict.may_be_overridden for conflict in found):
        return list(found)
    decided = overrides_in_force(page)
    return [conflict for conflict in found if not any(override.is_about(conflict) for override in decided)]


def with_notes(dosed: Dosed, notes: Iterable[EffectiveNote], keys: set[str]) -> Dosed:
    """With those of the notes that are there because of anything of these keys."""
    concerning = {note.key for note in notes if any(reason.subject_key in keys for reason in note.reasons)}
    return Dosed(dosed.key, dosed.title, frozenset(concerning), dosed.doses, dosed.steps, dosed.is_exercise)


def facts_by_key(keys: Iterable[UUID]) -> dict[UUID, NoteFacts]:
    """What the live notes of these keys say besides their words; a note's languages are one note. One query."""
    by_key: dict[UUID, NoteFacts] = {}
    for note in SafetyNote.objects.filter(translation_key__in=set(keys), live=True).order_by("pk"):
        by_key.setdefault(note.translation_key, note.facts())
    return by_key


def facts_of_notes(notes: Iterable[EffectiveNote], known: Mapping[UUID, NoteFacts] | None = None) -> list[NoteFacts]:
    """What the notes on a page say besides their words. One query, or none where it is ``known`` of more notes."""
    keys = {note.key for note in notes}
    by_key = facts_by_key(keys) if known is None else known
    facts = [each for key, each in by_key.items() if key in keys]
    said = {(each.key, each.dose_figure, each.dose_range) for each in facts}
    # A limit that stands in one language only is kept by every page, as readers of every language read it (E3.7).
    return facts + [each for each in limits_of(notes) if (each.key, each.dose_figure, each.dose_range) not in said]
