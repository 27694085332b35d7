"""A drawing by its fingerprint, whether or not its file is there: a lost or torn one is drawn from its exercise."""

from __future__ import annotations

import time

from django.db.models import TextField
from django.db.models.functions import Cast

from exercises import drawings
from exercises.figures.palette import Theme, resolved

#: Finding whose drawing it is reads every exercise's figures; whoever asks for names that were never given makes the
#: site do so once in so many seconds.
SECONDS_BETWEEN_VAIN_SEARCHES = 1.0

_vain_until = 0.0


def drawing(name: str, theme: Theme = "themed") -> str:
    """The drawing in the colours asked for; empty where no exercise has one of that name."""
    text = drawings.stored(name) or _from_its_exercise(name)
    return resolved(text, theme) if text else ""


def on_paper(name: str) -> str:
    """The same in the colours of paper."""
    return drawing(name, "print")


def _from_its_exercise(name: str) -> str:
    global _vain_until  # noqa: PLW0603 (one time for the process: what it limits is the process's work)
    from exercises.models.exercises import ExercisePage

    if time.monotonic() < _vain_until:
        return ""
    pages = ExercisePage.objects.annotate(made_of=Cast("figure_ready", TextField())).filter(made_of__contains=name)
    owner = pages.only("figure", "laterality").order_by("pk").first()
    found = drawings.drawn_again(owner.figure, owner.laterality, name) if owner else ""
    if not found:
        _vain_until = time.monotonic() + SECONDS_BETWEEN_VAIN_SEARCHES
    return found
