"""Which live pages a note's limit of a dose does not allow: asked of a note before approval, and once it is loaded.

A new warning is never kept off the site by a page it does not fit: it goes live at once, and whoever publishes it is
told which pages are to be mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder

from clinical.notes.board import languages_for
from clinical.notes.targets import placements_with_limits
from clinical.safety.conflicts import Dosed, PageFacts, dose_conflicts, limits_of
from clinical.safety.rules import DoseLimit, EffectiveNote, Placement, effective_notes


@dataclass(frozen=True)
class Outside:
    """One live page that a limit does not allow as it is: what it is, where it is mended, and why, a line for each."""

    sort: str
    title: str
    edit_url: str
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        remedy = _("Until it is changed it cannot be published or shared, and links leave that exercise out.")
        return f"{self.sort} “{self.title}”: {' '.join(self.sentences)} {remedy}"


def pages_outside(notes: Iterable[Any]) -> list[Outside]:
    """The live pages whose doses these notes, as they are in memory, do not allow beside the limits in force.

    The number of queries grows with the sorts of page and with nothing else.
    """
    limiting = [note for note in notes if note.dose_figure and note.dose_least is not None]
    if not limiting:
        return []
    keys = {note.translation_key for note in limiting}
    placements = _limits_with(limiting, keys)
    finder = AdminURLFinder()
    return [
        Outside(str(model._meta.verbose_name), page.title, finder.get_edit_url(page) or "", sentences)
        for model in _sorts_of_page()
        for page in model.listed()
        if (sentences := tuple(dict.fromkeys(_against(page, placements(page.language), keys))))
    ]


def _sorts_of_page() -> list[Any]:
    """Every sort of page on which something is done in an amount: it has ``dosed()``, which says how much."""
    return [model for model in apps.get_models() if hasattr(model, "dosed")]


def _limits_with(limiting: list[Any], keys: set[UUID]) -> Any:
    """What limits a dose in a language: these notes, and all others in force. One query a language."""
    said = [placement for note in limiting for placement in _placements_of(note)]

    @cache
    def placements(language: str) -> list[Placement]:
        others = placements_with_limits(languages_for(language))
        return [*said, *(each for each in others if each.note.key not in keys)]

    return placements


def _placements_of(note: Any) -> Iterator[Placement]:
    limit = DoseLimit(note.dose_figure, note.dose_least, note.dose_most)
    version = replace(note.as_version(note.locale.language_code), limits=frozenset([limit]))
    return (Placement(version, target.place()) for target in note.targets.all())


def _against(page: Any, placements: list[Placement], keys: set[UUID]) -> Iterator[str]:
    """What of it these notes do not allow, in words; what other notes alone object to was known before."""
    notes = effective_notes(placements, page.listed_subjects())
    limits = limits_of(notes)
    for dosed in page.dosed() if keys & {note.key for note in notes} else ():
        concerning = _concerning(dosed, notes, {str(page.content_key), str(dosed.key)})
        figures = {limit.dose_figure for limit in limits if limit.key in concerning & keys}
        about = tuple(limit for limit in limits if limit.dose_figure in figures)
        for conflict in dose_conflicts(PageFacts(about, (replace(dosed, notes=concerning),))):
            yield conflict.words


def _concerning(dosed: Dosed, notes: Iterable[EffectiveNote], subjects: set[str]) -> frozenset[UUID]:
    return frozenset(note.key for note in notes if any(reason.subject_key in subjects for reason in note.reasons))
