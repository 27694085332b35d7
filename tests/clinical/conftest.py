"""A small house for the tests of the publish gate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Page, Site

from clinical.publishing import approvals
from stretchsite import routing
from testing import factories
from tests.built_once import make_site
from tests.clinical.publishing.page_faults import KINDS


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Once for the module: a tree with one live exercise and a good draft of each kind."""
    with django_db_blocker.unblock(), transaction.atomic():
        approvals.forget_locales()
        routing.forget_roots()
        make_site("house", _build_house)
        yield
        transaction.set_rollback(True)


def _build_house() -> None:
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    root.get_children().delete()
    home = factories.HomePageFactory(parent=Page.objects.get(depth=1))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    exercises = factories.ExerciseIndexPageFactory(parent=home)
    factories.RoutineIndexPageFactory(parent=home)
    factories.ConditionIndexPageFactory(parent=home)
    factories.ConditionFactory(name="Tight calves", slug="tight-calves")
    exercises.add_child(instance=factories.draft_exercise(title="Wall calf stretch", slug="wall-calf-stretch"))
    for kind in KINDS.values():
        kind.index.objects.get().add_child(instance=kind.draft()).save_revision()
