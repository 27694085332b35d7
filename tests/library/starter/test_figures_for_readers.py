"""Readers are sent finished drawings: none of their requests draws, and figures do not make pages heavy."""

from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client

from clinical.models import Condition
from exercises.models import ExercisePage
from routines.choices import Phase
from routines.models import RoutineIndexPage
from testing import factories
from tests.browser.page_kinds import PAGE_KINDS, STATUS
from tests.exercises.illustrated import forbid_drawing

#: Kilobytes of a routine of twelve exercises, packed.
MOST_OF_A_ROUTINE = 13

pytestmark = [pytest.mark.usefixtures("starter_site", "db"), pytest.mark.slow]


@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_no_request_of_a_reader_draws(client: Client, monkeypatch: pytest.MonkeyPatch, kind: str):
    forbid_drawing(monkeypatch)
    response = client.get(PAGE_KINDS[kind])
    assert response.status_code == STATUS.get(kind, 200)
    for address in set(re.findall(r"/figures/[0-9a-f]+\.svg", response.content.decode())):
        assert client.get(address).status_code == 200, address


def test_every_exercise_of_the_starter_library_shows_its_figure(client: Client):
    slugs = ExercisePage.objects.live().values_list("slug", flat=True)
    assert len(slugs) == 34
    for slug in slugs:
        assert client.get(f"/exercises/{slug}/").content.decode().count('role="img" aria-labelledby="pose-') == 2, slug


def test_routine_of_twelve_exercises_is_light(client: Client):
    exercises = list(ExercisePage.objects.live().order_by("title")[:12])
    draft = factories.draft_routine(exercises, [Condition.objects.first()], title="Twelve", slug="twelve")
    draft.items.all()[0].phase = Phase.WARM_UP
    factories.approve(draft)
    RoutineIndexPage.objects.get().add_child(instance=draft)
    page = client.get("/routines/twelve/").content
    assert page.count(b"row__stage") == 12
    packed = len(gzip.compress(page, 6)) / 1024
    assert packed <= MOST_OF_A_ROUTINE, f"{packed:.1f} KB"


def test_catalogues_are_light(client: Client):
    packed = {name: len(gzip.compress(client.get(f"/{name}/").content, 6)) / 1024 for name in ("exercises", "routines")}
    assert max(packed.values()) <= 12, packed
