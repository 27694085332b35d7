"""Addresses of what a library brings: its id, or where another library has that address, the id with its own behind.

Nothing is numbered over in silence: where an address is another one than the id, that is said.
"""

from __future__ import annotations

from typing import Any

from clinical.models import Condition
from library.about import FILE, in_words
from library.faults import Fault, LibraryFaults
from library.loading import Loading

#: As long as a slug may be here.
MOST_LETTERS = 100


def free_address(identifier: str, parent: Any, loading: Loading) -> str:
    """The address of a new page below another one. Raises ``LibraryFaults`` where it has none."""
    children = parent.get_children()
    taken = children.filter(slug=identifier).first()
    if taken is None:
        return identifier
    _refuse_if_not_of_a_library(taken.specific, identifier, loading)
    other = _with_its_library(identifier, loading)
    if children.filter(slug=other).exists():
        message = f"the addresses “{identifier}” and “{other}” are taken; choose another id"
        raise LibraryFaults([Fault("", "id", message)])
    _say(identifier, other, taken.specific, loading)
    return other


def free_slug(identifier: str, loading: Loading) -> str:
    """The same for the tag of a condition, which is part of addresses too."""
    taken = Condition.objects.filter(slug=identifier).first()
    if taken is None or not taken.library_id:
        return identifier  # where somebody here has it, the condition itself says so
    _refuse_if_not_of_a_library(taken, identifier, loading)
    other = _with_its_library(identifier, loading)
    _say(identifier, other, taken, loading)
    return other


def _with_its_library(identifier: str, loading: Loading) -> str:
    return f"{identifier}-{loading.library}"[:MOST_LETTERS].rstrip("-")


def _say(identifier: str, other: str, taken: Any, loading: Loading) -> None:
    whose = f"“{identifier}” is that of “{taken}” of {in_words(taken.from_library)}"
    loading.remark("id", f"stands at the address “{other}”: {whose}")


def _refuse_if_not_of_a_library(taken: Any, address: str, loading: Loading) -> None:
    """Only libraries with names can have the same id beside each other. Raises ``LibraryFaults``."""
    if not getattr(taken, "library_id", ""):
        message = f"the address “{address}” is taken by a page written here; choose another id"
    elif not loading.library:
        whose = f"the address “{address}” is that of “{taken}” of {in_words(taken.from_library)}"
        message = f"{whose}, which this folder never changes; choose another id, or say in {FILE} whose this library is"
    elif not taken.from_library:
        whose = f"the address “{address}” is that of “{taken}”, loaded from {in_words('')}"
        message = f"{whose}; load it with --take-unnamed if that was this library, or choose another id"
    else:
        return
    raise LibraryFaults([Fault("", "id", message)])
