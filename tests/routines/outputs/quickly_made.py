"""A site's kept outputs made in no time: what is typeset is told apart by its data, and nothing is drawn twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from clinical.outputs import share_card
from exercises import drawings
from exercises.models import ExercisePage, redrawing
from routines.outputs import handout
from tests.exercises.illustrated import names_in

HANDOUT = "/routines/calves/handout.pdf"
CARDS = ["/routines/calves/card.png", "/exercises/wall-calf-stretch/card.png"]
_drawn: dict[str, Any] = {}


def typeset(_template: Path, data: Mapping[str, Any]) -> bytes:
    """Quick, and tells every content from every other."""
    words = json.dumps(data, sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest().encode() * 1000


def remembered(draw: Callable[..., Any]) -> Callable[..., Any]:
    """The same drawing from memory the second time; drawing takes long, and here it is asked for again and again."""

    def from_memory(*args: Any, uid: str) -> Any:
        if uid not in _drawn:
            _drawn[uid] = draw(*args, uid=uid)
        return _drawn[uid]

    return from_memory


def quickly_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on outputs are made so, by a process that knows nothing yet."""
    monkeypatch.setattr(handout, "typeset_pdf", typeset)
    monkeypatch.setattr(share_card, "typeset_png", typeset)
    monkeypatch.setattr(drawings.render, "draw", remembered(drawings.render.draw))
    monkeypatch.setattr(drawings.strip, "strip_svg", remembered(drawings.strip.strip_svg))
    monkeypatch.setattr(redrawing, "_owners", {})
    monkeypatch.setattr(redrawing, "_known_until", 0.0)


def drawn() -> list[str]:
    """The addresses of every drawing readers are shown."""
    return sorted(f"/figures/{name}.svg" for name in names_in(ExercisePage.objects.get().figure_ready))


def answers(client: Client) -> dict[str, bytes]:
    """What readers get, each with a plain yes."""
    found = {address: client.get(address) for address in [HANDOUT, *CARDS, *drawn()]}
    assert {answer.status_code for answer in found.values()} == {200}
    return {address: answer.content for address, answer in found.items()}
