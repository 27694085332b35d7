"""What every sort of clinical page must have before the site starts: asked of the classes by ``clinical.checks``.

A page that forgets one of these would answer readers without its safety notes, or stay where it was after a withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from clinical.pages.always_shown import always_shown
from clinical.pages.clinical_pages import ClinicalPage

#: What a concrete class says itself, and what for.
METHODS = {
    "subjects": "its safety notes hang on them",
    "listed_subjects": "lists ask for the notes of all their pages at once",
    "board": "its notes in force are asked for by it",
    "opening": "its author is told when the card is too long to be read",
    "card": "the search and every list show it",
}
#: What shows every note in force: the card with each serious sign in short, and the notes in full after the steps. And
#: what says that nobody has confirmed the page, or that its review is long overdue.
PARTS = {
    "components/signs.html": ("does not show the card of its safety signs", "above all there is to do"),
    "components/all_notes.html": ("does not show its safety notes in full", "after what there is to do"),
    "components/example_banner.html": ("does not say that it is an example", "above its heading"),
    "components/overdue_banner.html": ("does not say that its review is overdue", "above its heading"),
}


def lacks_of(model: type[ClinicalPage]) -> Iterator[tuple[str, str]]:
    """What a sort of page lacks, each with what to write."""
    for name, why in METHODS.items():
        if getattr(model, name) is getattr(ClinicalPage, name):
            yield f"does not say its {name}()", f"Write {name}(): {why}."
    if not hasattr(model, "sources"):
        yield "has no sources", 'Add rows of a SourceReference with related_name="sources": readers are told them.'
    yield from _lacks_of_template(model)


def _in_django(name: str) -> Any:
    found: Any = get_template(name)
    return found.template


def _lacks_of_template(model: type[ClinicalPage]) -> Iterator[tuple[str, str]]:
    try:
        template = _in_django(model.template)
    except TemplateDoesNotExist:
        yield f"has no template {model.template}", "Write it; it extends base.html and shows the card above the rest."
        return
    included = always_shown(template)
    for part, (lack, where) in PARTS.items():
        if part not in included:
            yield lack, f'Include "{part}" in {model.template}, {where}; under no condition and in no fold.'
