"""A drawing by its fingerprint, whether or not its file is there: a lost or torn one is drawn from its exercise."""

from __future__ import annotations

import threading
import time
from typing import Any

from django.apps import apps

from exercises import drawings
from figures.engine.palette import Theme, resolved

#: What is known of all drawings holds so long. Learning it reads every exercise's figures, so names that were never
#: given make the site do so at most this often, and keep nobody's lost drawing from being found.
SECONDS_KNOWN = 10.0

#: Whose each drawing is: the exercise's key by the drawing's name.
_owners: dict[str, int] = {}
_known_until = 0.0
_learning = threading.Lock()


def drawing(name: str, theme: Theme = "themed") -> str:
    """The drawing in the colours asked for; empty where no exercise has one of that name."""
    text = drawings.stored(name) or _from_its_exercise(name)
    return resolved(text, theme) if text else ""


def on_paper(name: str) -> str:
    """The same in the colours of paper."""
    return drawing(name, "print")


def _from_its_exercise(name: str) -> str:
    owner = _exercises().filter(pk=_owner(name)).only("figure", "laterality").first()
    return drawings.drawn_again(owner.figure, owner.laterality, name) if owner else ""


def _exercises() -> Any:
    """Asked for by name: an exercise's own page knows this module."""
    return apps.get_model("exercises", "ExercisePage").objects


def _owner(name: str) -> int | None:
    """The key of the exercise a drawing belongs to; one query when what is known is too old, whoever asks meanwhile."""
    global _owners, _known_until  # noqa: PLW0603 (one memory for the process: what it limits is the process's work)
    if time.monotonic() >= _known_until:
        with _learning:
            if time.monotonic() >= _known_until:  # nobody has just learnt it
                _owners = _all_owners()
                _known_until = time.monotonic() + SECONDS_KNOWN
    return _owners.get(name)


def _all_owners() -> dict[str, int]:
    rows = _exercises().exclude(figure_ready={}).values_list("pk", "figure_ready")
    return {each: pk for pk, ready in rows.iterator() for each in drawings.names(ready)}
