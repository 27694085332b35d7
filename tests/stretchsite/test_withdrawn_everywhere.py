"""A withdrawal is in force on the very next request, on every output, whatever is tried afterwards (H04, H07)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from clinical.models import Condition, PublishRefused, User, Withdrawal
from clinical.publishing.gate import GatedMixin
from clinical.withdrawal.withdrawing import withdraw
from exercises.choices import VariationKind
from exercises.models import ExerciseCondition, ExercisePage, Variation
from routines.models import RoutineIndexPage, RoutinePage
from stretchsite.models import ConditionPage
from testing import factories
from tests.built_once import built_once
from tests.stretchsite import small_site

TITLE = "Wall calf stretch"
REASON = "It can tear a tendon that is still healing."
ADDRESS = "/exercises/wall-calf-stretch/"
#: Every list that shows the exercise before.
LISTS = ("/exercises/", "/exercises/?region=lower_leg", "/search/?q=wall", "/conditions/restless-legs/", "/sitemap.xml")


@pytest.fixture(scope="module")
def standing_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture
@built_once
def officer(standing_site: None, db: None) -> User:
    """Somebody who withdraws."""
    return factories.UserFactory.create()


@pytest.fixture
def exercise(standing_site: None, db: None) -> ExercisePage:
    """The exercise everything here is about."""
    return ExercisePage.objects.get(slug="wall-calf-stretch")


@pytest.fixture
@built_once
def three_routines(exercise: ExercisePage) -> list[RoutinePage]:
    """Three routines that use it, each with another exercise as well."""
    index, condition = RoutineIndexPage.objects.get(), Condition.objects.get(slug="tight-calves")
    other = exercise.get_parent().add_child(instance=factories.draft_exercise(title="Ankle circles"))
    return [
        index.add_child(
            instance=factories.draft_routine([exercise, other], [condition], title=f"Plan {n}", slug=f"plan-{n}")
        )
        for n in range(3)
    ]


def text(client: Client, address: str, status: int = 200) -> str:
    """What a page says."""
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def row_only(exercise: ExercisePage, by: User) -> None:
    """An open withdrawal of something that is live all the same, as after a publish that overtook it."""
    words = {"content_key": exercise.content_key, "title": exercise.title, "reason": REASON, "withdrawn_by": by}
    Withdrawal.objects.create(**words)


def properly(exercise: ExercisePage, by: User) -> None:
    """As the site does it."""
    withdraw(exercise, by=by, reason=REASON)


WAYS = pytest.mark.parametrize("way", [properly, row_only])
Way = Callable[[ExercisePage, User], None]


@WAYS
def test_exercise_of_three_routines_is_gone_from_every_output_on_the_next_request(
    client: Client, officer: User, exercise: ExercisePage, three_routines: list[RoutinePage], way: Way
):
    for address in LISTS:
        assert "wall-calf-stretch" in text(client, address), address
    before = {routine.slug: text(client, f"/routines/{routine.slug}/") for routine in three_routines}
    way(exercise, officer)
    for address in LISTS:
        assert "wall-calf-stretch" not in text(client, address), address
    for slug, was in before.items():
        now = text(client, f"/routines/{slug}/")
        assert "taken out for safety" in now
        assert "taken out for safety" not in was
        assert was.count("Ankle circles") <= now.count("Ankle circles") + 1
        assert ADDRESS in was
        assert ADDRESS not in now
    assert "2 exercises" not in text(client, "/routines/?condition=tight-calves").replace("2 exercises left", "")


@WAYS
def test_withdrawn_page_says_why_and_what_to_do_instead(
    client: Client, officer: User, exercise: ExercisePage, way: Way
):
    way(exercise, officer)
    response = client.get(ADDRESS)
    said = response.content.decode()
    assert response.status_code == 410
    assert REASON in said
    assert "999" in said
    assert '<meta name="robots" content="noindex' in said
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "no-store"
    assert "Lean forward" not in said
    assert not response.cookies


def test_withdrawn_page_leads_to_its_replacement(client: Client, officer: User, exercise: ExercisePage):
    other = exercise.get_parent().add_child(instance=factories.draft_exercise(title="Ankle circles", slug="ankle"))
    withdraw(exercise, by=officer, reason=REASON, replaced_by=other.page_ptr)
    assert 'href="/exercises/ankle/">Ankle circles</a>' in text(client, ADDRESS, 410)
    withdraw(other, by=officer, reason="That too.")
    said = text(client, ADDRESS, 410)
    assert "Ankle circles" not in said
    assert "nothing in its place yet" in said


def test_withdrawn_routine_and_hub_are_gone_too(client: Client, officer: User, standing_site: None, db: None):
    for page, lists in (
        (RoutinePage.objects.get(slug="calves"), ("/", "/routines/", "/conditions/tight-calves/", "/search/?q=calves")),
        (ConditionPage.objects.get(slug="tight-calves"), ("/", "/conditions/", "/exercises/", "/sitemap.xml")),
    ):
        address = page.get_url()
        assert any(f"{address}" in text(client, listing) for listing in lists)
        withdraw(page, by=officer, reason=REASON)
        assert REASON in text(client, address, 410)
        for listing in lists:
            response = client.get(listing)
            assert f'href="{address}"' not in response.content.decode(), listing


@WAYS
def test_withdrawn_exercise_is_no_longer_offered_as_an_easier_way(
    client: Client, officer: User, exercise: ExercisePage, way: Way
):
    other = factories.draft_exercise(title="Harder one", slug="harder")
    other.variations = [Variation(kind=VariationKind.REGRESSION, exercise=exercise, sort_order=0)]
    exercise.get_parent().add_child(instance=factories.approve(other))
    assert ADDRESS in text(client, "/exercises/harder/")
    way(exercise, officer)
    assert ADDRESS not in text(client, "/exercises/harder/")


def _revert(page: ExercisePage) -> None:
    page.revisions.order_by("created_at").first().publish()


def _schedule(page: ExercisePage) -> None:
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")


def _copy(page: ExercisePage) -> None:
    page.live = True
    page.copy(update_attrs={"slug": "a-copy", "title": "A copy"}, keep_live=True)


def _alias(page: ExercisePage) -> None:
    page.live = True
    page.create_alias(update_slug="an-alias")


def _translate(page: ExercisePage) -> None:
    other = page.copy_for_translation(Locale.objects.create(language_code="cy"), copy_parents=True)
    factories.publish(other)


def _shell(page: ExercisePage) -> None:
    page.live = True
    page.save()


@pytest.mark.parametrize("road", [_revert, _schedule, _copy, _alias, _translate, _shell])
def test_no_road_brings_something_withdrawn_back(
    client: Client, officer: User, exercise: ExercisePage, road: Callable[[ExercisePage], None]
):
    exercise.save_revision()
    withdraw(exercise, by=officer, reason=REASON)
    with pytest.raises((PublishRefused, CommandError)):
        road(ExercisePage.objects.get(slug="wall-calf-stretch"))
    assert not ExercisePage.objects.filter(content_key=exercise.content_key, live=True).exists()
    assert REASON in text(client, ADDRESS, 410)
    assert "Wall calf" not in text(client, "/search/?q=wall")


def test_withdrawal_wins_over_a_publish_that_had_passed_the_gate(client: Client, officer: User, exercise: ExercisePage):
    """R-F20: the gate has let the publish through when the withdrawal comes; the publish then finishes."""
    passed = GatedMixin.refuse_or_pass
    overtaken: list[int] = []

    def and_then_it_is_withdrawn(page: Any, update_fields: Any) -> None:
        passed(page, update_fields)
        if page.live and (update_fields is None or "live" in update_fields) and not overtaken:
            overtaken.append(page.pk)
            withdraw(ExercisePage.objects.get(pk=page.pk), by=officer, reason=REASON)

    revision = exercise.save_revision()
    with patch.object(GatedMixin, "refuse_or_pass", and_then_it_is_withdrawn):
        revision.publish()
    assert ExercisePage.objects.get(pk=exercise.pk).live
    assert REASON in text(client, ADDRESS, 410)
    for address in LISTS:
        assert "wall-calf-stretch" not in text(client, address), address
    assert "taken out for safety" in text(client, "/routines/calves/")


@pytest.mark.parametrize("address", [*LISTS, "/routines/plan-0/", "/", ADDRESS])
def test_withdrawals_cost_the_same_queries_however_many(
    client: Client, officer: User, exercise: ExercisePage, three_routines: list[RoutinePage], address: str
):
    def asked() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    others = [
        exercise.get_parent().add_child(instance=factories.draft_exercise(title=f"Stretch {number}"))
        for number in range(6)
    ]
    for other in others:
        condition = Condition.objects.get(slug="restless-legs")
        other.condition_uses = [factories.use_of(ExerciseCondition, condition)]
    row_only(others[0], officer)
    one = asked()
    for other in others[1:]:
        row_only(other, officer)
    assert asked() == one
