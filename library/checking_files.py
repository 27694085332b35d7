"""Checking what a library says of pictures, redirects and tags: that what is named is there, and named once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from library.faults import Fault
from library.reading import Library

#: What a folder's records are called in a fault.
_SORTS = {
    "exercises": "exercise",
    "routines": "routine",
    "conditions": "condition page",
    "information": "information page",
}


def mentions_of_files(library: Library) -> Iterator[tuple[str, str, str, str]]:
    """Every mention of a picture, and of a page by a redirect: where, what sort, which."""
    for file, exercise in _records(library, "exercises"):
        if exercise.photo:
            yield file, "photo", "picture", exercise.photo
        for number, step in enumerate(exercise.steps, start=1):
            if step.picture:
                yield file, f"steps[{number}].picture", "picture", step.picture
    for file, redirect in _records(library, "redirects"):
        folder, identifier = redirect.page()
        if folder:
            field = "information" if folder == "information" else folder[:-1]
            yield file, field, _SORTS[folder], identifier


def named_twice(library: Library, known: Any) -> Iterator[Fault]:
    """A condition that is a tag and a page at once, and an address that leads to two places."""
    pages = {record.id: file for file, record in _records(library, "conditions")}
    for file, tag in _records(library, "tags"):
        if tag.id in pages:
            yield Fault(file, "id", f"is that of {pages[tag.id]} too, which names the condition; take this file out")
    seen: dict[str, str] = {}
    for file, redirect in _records(library, "redirects"):
        address = redirect.address.rstrip("/").lower()
        if address in seen:
            yield Fault(file, "address", f"leads somewhere in {seen[address]} already; take one of the two out")
        seen.setdefault(address, file)


def _records(library: Library, folder: str) -> Iterable[tuple[str, Any]]:
    return library.get(folder, {}).items()
