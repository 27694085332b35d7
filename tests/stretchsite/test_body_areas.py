"""The body areas of the front page: each leads to its exercises and has its drawing, so that no tile is blank."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.test import Client

from clinical.words.choices import BodyRegion
from stretchsite.models import HomePage
from stretchsite.models.home import BODY_AREAS

DRAWINGS = Path(settings.BASE_DIR) / "stretchsite" / "static" / "stretchsite" / "regions.svg"


def drawn() -> dict[str, str]:
    """What stands in each symbol, by the symbol's name."""
    return dict(re.findall(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', DRAWINGS.read_text("utf-8"), re.DOTALL))


def test_every_body_region_has_a_drawing_with_its_region_marked():
    assert list(drawn()) == BodyRegion.values, f"draw a symbol for each in {DRAWINGS.name}, in this order"
    unmarked = [name for name, shapes in drawn().items() if "--mark" not in shapes]
    assert unmarked == []


def test_every_tile_has_its_drawing_and_leads_to_its_exercises(client: Client, home_page: HomePage):
    page = client.get("/").content.decode()
    tiles = re.findall(r'<a class="tile" href="([^"]+)">.*?regions\.svg#([^"]+)"', page)
    assert tiles == [(f"/exercises/?region={area}", area) for area in BODY_AREAS]
    assert {area for _address, area in tiles} <= set(drawn())
