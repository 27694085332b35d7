"""What a change down here would do further up: a registry that the upper floors fill when the application starts.

A lower floor knows nothing of the upper ones; what it must ask them before it changes, it asks through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

#: Given a page as it is about to go live, what would break on pages that use it, in words that say what to do.
Objector = Callable[[Any], Iterable[str]]

_objectors: list[Objector] = []


def register_objector(objector: Objector) -> None:
    """Ask this function whenever a clinical page is about to go live. Called from ``AppConfig.ready()``."""
    if objector not in _objectors:
        _objectors.append(objector)


def objections(page: Any) -> list[str]:
    """What would break elsewhere if this page went live as it is; empty when nothing would."""
    return [objection for objector in _objectors for objection in objector(page)]
