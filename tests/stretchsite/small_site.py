"""A site with one page of every kind, built once for a whole test module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from wagtail.models import Page, Site

from clinical.publishing import approvals
from exercises.models import ExerciseCondition
from stretchsite import routing
from testing import factories
from tests.built_once import make_site


@contextmanager
def standing(django_db_blocker: Any) -> Iterator[None]:
    """The small site, for as long as the block lasts; each test inside it takes back what it changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        approvals.forget_locales()
        routing.forget_roots()
        make_site("small_site", build)
        yield
        transaction.set_rollback(True)


def build() -> None:
    """Make it in an empty database."""
    Page.objects.get(depth=1).get_children().delete()
    Site.objects.all().delete()
    home = factories.HomePageFactory(parent=Page.objects.get(depth=1))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    tight = factories.ConditionFactory.create(name="Tight calves", slug="tight-calves")
    words = {"name": "Restless legs", "slug": "restless-legs", "aliases": "RLS\nWillis-Ekbom disease"}
    restless = factories.ConditionFactory.create(**words)
    hubs = factories.ConditionIndexPageFactory(parent=home)
    hubs.add_child(instance=factories.draft_hub(tight, title="Tight calves", slug="tight-calves"))
    hubs.add_child(instance=factories.draft_hub(restless, title="Restless legs", slug="restless-legs"))
    exercise = factories.draft_exercise(
        title="Wall calf stretch",
        slug="wall-calf-stretch",
        other_names="Wall lean\nHeel cord stretch",
        target_muscles="gastrocnemius",
    )
    factories.ExerciseIndexPageFactory(parent=home).add_child(instance=exercise)
    exercise = type(exercise).objects.get()
    exercise.condition_uses = [factories.use_of(ExerciseCondition, restless)]
    factories.publish(exercise)
    routine = factories.draft_routine([exercise], [tight], title="Calves", slug="calves")
    factories.RoutineIndexPageFactory(parent=home).add_child(instance=routine)
    factories.InformationPageFactory(parent=home, title="Privacy", slug="privacy", introduction="What is kept.")
