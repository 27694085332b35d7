"""How many queries a page costs, warm, whatever its size: a routine at most 10, any other public page at most 12."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from clinical.models import Condition, NoteTarget
from clinical.publishing import approvals
from clinical.publishing.gate import GatedMixin
from clinical.words.choices import BodyRegion
from exercises.choices import VariationKind
from exercises.models import ExerciseCondition, ExercisePage, Variation
from routines.models import RoutineCondition, RoutineItem, RoutinePage
from stretchsite import routing
from stretchsite.models import ConditionPage, InformationPage
from stretchsite.sitemaps import ShownPagesSitemap
from testing import factories
from tests.outputs import ON_PAGES, Place, each_of

# So that one worker builds the large site, and not each.
pytestmark = pytest.mark.xdist_group("large site")

ROUTINE_MOST, PAGE_MOST, COLD_MOST = 10, 12, 16
SIZES = (4, 10, 40)


@pytest.fixture(scope="module")
def large_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Once for the module: 200 exercises, 53 routines, 12 conditions, 30 notes, every one live.

    The gate, the index of usage and that of the search have tests of their own; without them it is built in seconds.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        approvals.forget_locales()
        routing.forget_roots()
        Page.objects.get(depth=1).get_children().delete()
        Site.objects.all().delete()
        with (
            patch.object(GatedMixin, "refuse_or_pass"),
            patch("wagtail.models.ReferenceIndex.create_or_update_for_object"),
            patch("clinical.publishing.gated_pages.insert_or_update_object"),
        ):
            _build()
        yield
        transaction.set_rollback(True)


def _build() -> None:
    home = factories.HomePageFactory(parent=Page.objects.get(depth=1))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    for number in range(4):
        factories.InformationPageFactory(parent=home, title=f"About {number}", slug=f"about-{number}")
    conditions = [factories.ConditionFactory.create(name=f"Ache {n}", slug=f"ache-{n}") for n in range(12)]
    hubs = factories.ConditionIndexPageFactory(parent=home)
    for condition in conditions:
        hubs.add_child(instance=factories.draft_hub(condition, title=condition.name, slug=condition.slug))
    exercises = _build_exercises(factories.ExerciseIndexPageFactory(parent=home))
    _build_routines(factories.RoutineIndexPageFactory(parent=home), exercises, conditions)
    _tag_and_vary(exercises, conditions)
    for number, region in enumerate(BodyRegion.values):
        factories.note_at(NoteTarget(region=region), text=f"you feel {number}")
        factories.note_at(NoteTarget(condition=conditions[number % 12]), text=f"you see {number}")


def _build_exercises(index: Any) -> list[ExercisePage]:
    regions = BodyRegion.values
    person, another = factories.UserFactory.create(), factories.UserFactory.create()
    return [
        index.add_child(
            instance=factories.ExercisePageFactory.build(
                title=f"Stretch {number:03}",
                slug=f"stretch-{number}",
                body_regions=(regions[number % len(regions)],),
                author=person,
                reviewer=another,
            )
        )
        for number in range(200)
    ]


def _build_routines(index: Any, exercises: list[ExercisePage], conditions: list[Condition]) -> None:
    for size in SIZES:
        words = {"title": f"Of {size}", "slug": f"of-{size}"}
        index.add_child(instance=factories.draft_routine(exercises[:size], conditions[:2], **words))
    for number in range(50):
        words = {"title": f"Routine {number:02}", "slug": f"routine-{number}"}
        index.add_child(instance=factories.draft_routine(exercises[number : number + 3], conditions[:1], **words))


def _tag_and_vary(exercises: list[ExercisePage], conditions: list[Condition]) -> None:
    """The first exercise has 12 conditions and 12 variations, the second one of each, forty more a condition."""
    others = exercises[2:]
    for exercise, number in zip(exercises, (12, 1), strict=False):
        page = ExercisePage.objects.get(pk=exercise.pk)
        page.condition_uses = [factories.use_of(ExerciseCondition, condition) for condition in conditions[:number]]
        page.variations = [
            Variation(kind=VariationKind.REGRESSION, exercise=other, sort_order=n)
            for n, other in enumerate(others[:number])
        ]
        page.save()
    for exercise in others[:40]:
        page = ExercisePage.objects.get(pk=exercise.pk)
        page.condition_uses = [factories.use_of(ExerciseCondition, conditions[0])]
        page.save()


def queries(client: Client, address: str, status: int = 200) -> list[str]:
    """What a page asks the database when the process has answered it before."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == status
    return [query["sql"] for query in asked.captured_queries]


def cold_queries(client: Client, address: str) -> list[str]:
    """What a page asks the database when the process has just been started."""
    approvals.forget_locales()
    caches["process"].clear()
    caches["default"].clear()
    Site.clear_site_root_paths_cache()
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in asked.captured_queries]


def told(asked: list[str]) -> str:
    """The queries, for a failure's message."""
    return "\n".join([f"{len(asked)} queries:", *asked])


def test_routine_costs_the_same_for_any_number_of_exercises(large_site: None, db: None, client: Client):
    asked = {size: queries(client, f"/routines/of-{size}/") for size in SIZES}
    counts = {size: len(found) for size, found in asked.items()}
    assert len(set(counts.values())) == 1, counts
    assert counts[10] <= ROUTINE_MOST, told(asked[10])


@each_of([place for place in ON_PAGES if place.owner == "routine"])
def test_output_of_a_routine_costs_the_same_for_any_number_of_exercises(
    large_site: None, db: None, client: Client, place: Place
):
    few, many = (queries(client, f"/routines/of-{size}/{place.output.path}") for size in SIZES[:2])
    assert len(few) == len(many) <= PAGE_MOST, told(many)


@each_of([place for place in ON_PAGES if place.owner == "exercise"])
def test_output_of_an_exercise_costs_the_same_for_one_condition_and_twelve(
    large_site: None, db: None, client: Client, place: Place
):
    many, few = (queries(client, f"/exercises/stretch-{number}/{place.output.path}") for number in range(2))
    assert len(few) == len(many) <= PAGE_MOST, told(many)


#: Some of every sort of filter.
MANY_FILTERS = "region=hip&condition=ache-0&kind=mobility&equipment=wall&minutes=5&floor=off&without=falls"
#: And so many that nothing fits: the list offers which to take off.
TOO_MANY_FILTERS = f"{MANY_FILTERS}&region=jaw&position=side_lying&without=pregnancy&minutes=1"


@pytest.mark.parametrize(
    "address",
    [
        *("/exercises/", f"/exercises/?{MANY_FILTERS}", f"/exercises/?{TOO_MANY_FILTERS}"),
        *("/exercises/?region=hip&condition=ache-0", "/exercises/?page=2"),
    ],
)
def test_catalogue_of_exercises_costs_the_same_for_twenty_and_two_hundred(
    large_site: None, db: None, client: Client, address: str
):
    many = queries(client, address)
    ExercisePage.objects.filter(pk__in=ExercisePage.objects.order_by("pk").values("pk")[20:]).update(live=False)
    few = queries(client, address)
    assert len(few) == len(many) <= PAGE_MOST, told(many)


@pytest.mark.parametrize(
    "address",
    ["/routines/", f"/routines/?{MANY_FILTERS}", "/routines/?region=hip&condition=ache-0", "/routines/?page=2"],
)
def test_catalogue_of_routines_costs_the_same_for_any_number(large_site: None, db: None, client: Client, address: str):
    many = queries(client, address)
    RoutinePage.objects.filter(pk__in=RoutinePage.objects.order_by("pk").values("pk")[5:]).update(live=False)
    few = queries(client, address)
    assert len(few) == len(many) <= PAGE_MOST, told(many)
    unread = [f'"exercises_exercisepage"."{name}"' for name in ExercisePage.NOT_ON_CARDS]
    assert not any(column in sql for sql in many for column in unread), "no card shows these"


def test_routine_of_forty_costs_the_catalogue_no_more(large_site: None, db: None, client: Client):
    with_it = queries(client, "/routines/")
    RoutinePage.objects.filter(slug="of-40").update(live=False)
    RoutineItem.objects.filter(page__slug="of-40").delete()
    assert len(queries(client, "/routines/")) == len(with_it)


def test_hub_costs_the_same_for_five_routines_and_fifty(large_site: None, db: None, client: Client):
    many = queries(client, "/conditions/ache-0/")
    kept = RoutineCondition.objects.filter(tag__slug="ache-0").order_by("pk").values_list("pk", flat=True)[:5]
    RoutineCondition.objects.exclude(pk__in=list(kept)).delete()
    ExerciseCondition.objects.filter(tag__slug="ache-0").delete()
    ExerciseCondition.objects.create(
        content_object=ExercisePage.objects.first(), tag=Condition.objects.get(slug="ache-0"), statement="Said."
    )
    few = queries(client, "/conditions/ache-0/")
    assert len(few) == len(many) <= PAGE_MOST, told(many)


def test_exercise_costs_the_same_for_one_condition_and_variation_and_twelve(large_site: None, db: None, client: Client):
    many, few = queries(client, "/exercises/stretch-0/"), queries(client, "/exercises/stretch-1/")
    assert len(few) == len(many) <= PAGE_MOST, told(many)


def test_notes_cost_one_query_however_many(large_site: None, db: None, client: Client):
    before = {address: len(queries(client, address)) for address in ("/exercises/stretch-0/", "/routines/of-10/")}
    for number in range(40):
        factories.note_at(NoteTarget(everywhere=True), text=f"you hear {number}")
    assert {address: len(queries(client, address)) for address in before} == before


@pytest.mark.parametrize("address", ["/", "/conditions/", "/about-1/"])
def test_other_pages_cost_the_same_for_few_and_many(large_site: None, db: None, client: Client, address: str):
    many = queries(client, address)
    RoutinePage.objects.filter(pk__in=RoutinePage.objects.order_by("pk").values("pk")[3:]).update(live=False)
    ConditionPage.objects.filter(pk__in=ConditionPage.objects.order_by("pk").values("pk")[2:]).update(live=False)
    InformationPage.objects.filter(pk__in=InformationPage.objects.order_by("pk").values("pk")[2:]).update(live=False)
    few = queries(client, address)
    assert len(few) == len(many) <= PAGE_MOST, told(many)


@pytest.mark.parametrize("words", ["stretch", "ache", "routine", "nothing", "gentle"])
def test_search_costs_the_same_for_any_question(large_site: None, db: None, client: Client, words: str):
    asked = queries(client, f"/search/?q={words}")
    assert len(asked) <= PAGE_MOST, told(asked)


@pytest.mark.parametrize("address", ["/nothing/", "/exercises/nothing/", "/routines/nothing/", "/a/b/c/d/"])
def test_page_that_is_not_there_costs_little(large_site: None, db: None, client: Client, address: str):
    asked = queries(client, address, status=404)
    assert len(asked) <= PAGE_MOST, told(asked)


def test_map_of_the_site_costs_the_same_for_any_number_of_pages(large_site: None, db: None, client: Client):
    many = queries(client, "/sitemap.xml")
    ExercisePage.objects.filter(pk__in=ExercisePage.objects.order_by("pk").values("pk")[20:]).update(live=False)
    few = queries(client, "/sitemap.xml")
    assert len(few) == len(many), told(many)


def test_map_of_a_large_site_comes_in_parts_that_cost_the_same(
    large_site: None, db: None, client: Client, monkeypatch: pytest.MonkeyPatch
):
    place = re.compile(r"<loc>http://testserver(/[^<]*)</loc>")
    whole = place.findall(client.get("/sitemap.xml").content.decode())
    costs = set()
    for size in (40, 100):
        monkeypatch.setattr(ShownPagesSitemap, "limit", size)
        index = client.get("/sitemap.xml").content.decode()
        parts = re.findall(r"<sitemap><loc>http://testserver(/[^<]+)</loc>", index)
        assert len(parts) == -(-len(whole) // size)
        assert [each for part in parts for each in place.findall(client.get(part).content.decode())] == whole
        # The middle ones hold exercises and nothing else.
        costs.add(len(queries(client, parts[1])))
    assert len(costs) == 1
    assert client.get(f"/sitemap-pages.xml?p={len(parts) + 1}").status_code == 404
    assert client.get("/sitemap-others.xml").status_code == 404


@pytest.mark.parametrize(
    "address", ["/", "/exercises/", "/exercises/stretch-0/", "/routines/of-10/", "/conditions/ache-0/"]
)
def test_first_answer_of_a_process_costs_little_more(large_site: None, db: None, client: Client, address: str):
    asked = cold_queries(client, address)
    assert len(asked) <= COLD_MOST, told(asked)


@pytest.mark.parametrize(
    "address", ["/", "/exercises/stretch-0/", "/routines/of-40/", "/conditions/ache-0/", "/search/?q=ache"]
)
def test_reading_writes_nothing(large_site: None, db: None, client: Client, address: str):
    assert all(sql.lstrip().upper().startswith("SELECT") for sql in queries(client, address))
