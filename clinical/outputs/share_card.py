"""The card that stands beside a link in a message: its picture and its words, which never hold a step (H17).

Pure. The picture is typeset when a page is published and kept under a digest of what is on it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from clinical.outputs.file_cache import Made
from clinical.outputs.typesetting import lacking, typeset_png
from clinical.safety.parts import alone

TEMPLATE = Path(__file__).with_name("share_card.typ")
#: Raised whenever the same card would give another picture.
TEMPLATE_VERSION = 1
WIDTH, HEIGHT = 1200, 630
#: A long title is set smaller: letters at most, and points.
TITLE_SIZES = ((28, 72), (55, 58), (110, 44))
SMALLEST_TITLE, MOST_LETTERS = 32, 200
#: Figures beside the words.
MOST_DRAWINGS = 2


@dataclass(frozen=True, kw_only=True)
class ShareCard:
    """What is on the picture. ``fingerprints`` name the drawings."""

    kind: str
    title: str
    facts: str
    site_name: str
    language: str
    fingerprints: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What tells this picture from every other."""
        content = json.dumps([TEMPLATE_VERSION, asdict(self)], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:20]


@dataclass(frozen=True, kw_only=True)
class LinkPreview:
    """What a message program is told about a page. Addresses are whole, with their host."""

    title: str
    description: str
    address: str
    image: str
    site_name: str
    locale: str
    width: int = WIDTH
    height: int = HEIGHT


def card_png(card: ShareCard, drawing_of: Callable[[str], str]) -> Made:
    """The picture. ``drawing_of`` gives the SVG that belongs to a drawing's fingerprint, or nothing."""
    names = card.fingerprints[:MOST_DRAWINGS]
    asked = {name: alone(f"drawing {name}", partial(drawing_of, name), "") for name in names}
    missing = tuple(f"drawing {name}" for name, found in asked.items() if not found)
    title = card.title if len(card.title) <= MOST_LETTERS else card.title[:MOST_LETTERS] + "…"
    points = next((size for letters, size in TITLE_SIZES if len(title) <= letters), SMALLEST_TITLE)
    data = {
        "lang": card.language.partition("-")[0] or "en",
        "kind": card.kind,
        "title": title,
        "title-points": points,
        "facts": card.facts,
        "safety": safety_first(),
        "site_name": card.site_name,
        "drawings": [found for found in asked.values() if found],
    }
    return Made(typeset_png(TEMPLATE, data), missing + lacking())


def link_preview(card: ShareCard, purpose: str, address: str, image: str) -> LinkPreview:
    """The words beside the picture: what it is for, and that its notes come first."""
    return LinkPreview(
        title=card.title,
        description=" ".join(part for part in (purpose, safety_first()) if part),
        address=address,
        image=image,
        site_name=card.site_name,
        locale=to_locale(card.language),
    )


def safety_first() -> str:
    """What every card says."""
    return _("Read its safety notes first.")
