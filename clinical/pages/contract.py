"""What every sort of clinical page must have before the site starts: asked of the classes by ``clinical.checks``.

A page that forgets one of these would answer readers without its safety notes, or stay where it was after a withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode

from clinical.pages.clinical_pages import ClinicalPage

#: What a concrete class says itself, and what for.
METHODS = {
    "subjects": "its safety notes hang on them",
    "listed_subjects": "lists ask for the notes of all their pages at once",
    "board": "its notes in force are asked for by it",
    "card": "the search and every list show it",
}
#: The component that shows every note in force.
NOTES = "components/safety_notes.html"


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
        yield f"has no template {model.template}", "Write it; it extends base.html and shows the notes above the rest."
        return
    included = {getattr(node.template, "var", None) for node in template.nodelist.get_nodes_by_type(IncludeNode)}
    if NOTES not in included:
        yield "does not show its safety notes", f'Include "{NOTES}" with the board in {model.template}, above the rest.'
