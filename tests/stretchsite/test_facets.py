"""The filters of the catalogues: each count is what counting by hand gives, and whatever is left out has its reason."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from clinical.pages.catalogues import Narrowing
from exercises.models import ExercisePage
from exercises.models import concerned as of_exercises
from exercises.models import facets as exercise_facets
from routines.models import RoutinePage, routine_facets
from tests.stretchsite import facet_site

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("facets")]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Forty exercises and twenty-five routines, once for the module."""
    with facet_site.standing(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def entries(site: None, django_db_blocker: Any) -> dict[str, dict[int, dict[str, set[str]]]]:
    """What each exercise and routine is, read by hand, once for the module."""
    with django_db_blocker.unblock():
        exercises, routines = by_hand()
    return {"exercises": exercises, "routines": routines}


def by_hand() -> tuple[dict[int, dict[str, set[str]]], dict[int, dict[str, set[str]]]]:
    exercises = {each.pk: facet_site.traits(each) for each in ExercisePage.objects.all()}
    routines = {each.pk: facet_site.traits_of_routine(each, exercises) for each in RoutinePage.objects.all()}
    return exercises, routines


def asked_at_random(chance: Random, narrowing: Narrowing) -> dict[str, list[str]]:
    """None to three values of some of the groups."""
    groups = {rule.name: [value for value, _label in rule.options] for rule in narrowing.rules}
    groups["without"] = [value for value, _label in narrowing.leaving_out.options]
    return {
        name: chance.sample(values, min(len(values), chance.randint(1, 3)))
        for name, values in groups.items()
        if chance.random() < (0.5 if name == "without" else 0.25)
    }


def narrowing(of: str, query: QueryDict) -> Narrowing:
    if of == "exercises":
        shown, rules, read_by = ExercisePage.objects.shown(), exercise_facets.facet_rules(), exercise_facets.READ_BY
        return Narrowing(shown, query, tuple(rules), read_by, of_exercises.leaving_out(query))
    shown, rules, read_by = RoutinePage.listed(), routine_facets.facet_rules(), routine_facets.READ_BY
    return Narrowing(shown, query, tuple(rules), read_by, routine_facets.leaving_out(query))


def keys(narrowed: Narrowing) -> set[int]:
    return set(narrowed.keys().tolist())


@pytest.mark.parametrize("of", ["exercises", "routines"])
def test_every_list_and_count_is_what_counting_by_hand_gives(
    entries: dict[str, dict[int, dict[str, set[str]]]], is_whole: bool, of: str
):
    of_this = entries[of]
    chance = Random(of)
    for _number in range(250 if is_whole else 20):
        asked = asked_at_random(chance, narrowing(of, QueryDict("")))
        query = QueryDict(urlencode(asked, doseq=True))
        found = narrowing(of, query)
        expected = {key for key, what in of_this.items() if facet_site.fits(what, asked)}
        assert keys(found) == expected, asked
        for rule in found.rules:
            counts = {option.value: option.count for option in found.facet(rule).options}
            assert counts == counted_by_hand(of_this, asked, rule.name, list(counts)), (asked, rule.name)
        assert_reasons(found, query, of_this, asked)


def counted_by_hand(
    entries: dict[int, dict[str, set[str]]], asked: dict[str, list[str]], name: str, values: list[str]
) -> dict[str, int]:
    """How long the list would be with each value: by itself, but for things, which are had besides those ticked."""
    before = asked.get(name, []) if name == "equipment" else []
    return {
        value: sum(facet_site.fits(what, {**asked, name: [*before, value]}) for what in entries.values())
        for value in values
    }


def assert_reasons(
    found: Narrowing, query: QueryDict, entries: dict[int, dict[str, set[str]]], asked: dict[str, list[str]]
) -> None:
    """Each reason says how many it leaves out, and shows these and no others."""
    rest = {key: what for key, what in entries.items() if facet_site.fits(what, asked, but_for="without")}
    if not asked.get("without"):
        return
    said_of_each = found.leaving_out.said(found.by_filters(), found.reasons, query)
    for value, said in zip(found.leaving_out.chosen, said_of_each, strict=True):
        expected = {key for key, what in rest.items() if value in what["without"]}
        assert said.count == len(expected), (asked, value)
        if expected:
            shown = narrowing("exercises" if "level" in found.chosen else "routines", QueryDict(said.url[1:]))
            assert keys(shown) == expected, (asked, value)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_whatever_is_left_out_is_said_with_its_reason_and_shown(site: None, client: Client):
    words = page(client, "/exercises/?without=thin_bones&without=pregnancy")
    for said in (
        "What is left has not been checked for you.",
        "Ask a physiotherapist or doctor first if you are pregnant or you have thin bones.",
        "left out because of thin bones.",
        "Remove filter:",
    ):
        assert said in words
    left_out = client.get("/exercises/?without=thin_bones").context["catalogue"].left_out[0]
    shown = client.get(f"/exercises/{left_out.url}").context["catalogue"]
    assert 0 < shown.count == left_out.count
    assert shown.back_url == "?without=thin_bones"


def test_list_that_is_left_empty_says_why(site: None, client: Client):
    every = "&".join(f"without={value}" for value, _label in of_exercises.reasons())
    words = page(client, f"/exercises/?{every}&region=hip")
    assert "Nothing is left. Look at what was left out and why" in words
    address = "/exercises/?without=kidney_disease&region=jaw&region=elbow&position=prone&kind=mobility&minutes=1"
    words = page(client, address)
    assert "Nothing here is left out because of kidney disease." in words
    assert "Nothing fits all of these filters." in words


@pytest.mark.parametrize("of", ["exercises", "routines"])
def test_falls_leave_out_what_asks_about_poor_balance_or_falls(site: None, of: str):
    left = [keys(narrowing(of, QueryDict(f"without={each}"))) for each in ("falls", "poor_balance")]
    assert left[0] == left[1]
    assert left[0] < keys(narrowing(of, QueryDict("")))


@pytest.mark.parametrize(
    "address",
    [
        "/exercises/?kind=breathing&without=kidney_disease&without=holding",
        "/routines/?condition=ache-0&floor=off&floor=on&kind=isometric&kind=balance&without=kidney_disease&without=kneeling",
    ],
)
def test_ways_out_of_an_empty_list_lead_to_as_many_as_they_say(site: None, client: Client, address: str):
    answer = client.get(address)
    catalogue, words = answer.context["catalogue"], answer.content.decode()
    assert not catalogue.count
    assert len(catalogue.take_off) > 1
    for way in catalogue.take_off:
        assert f"Take off “{way.label}”" in words
        there = client.get(f"{address.partition('?')[0]}{way.url}").context["catalogue"]
        assert there.count == way.count > 0
        assert len(there.chosen) < len(catalogue.chosen)


def test_every_reason_to_leave_out_is_found_under_one_heading(site: None, client: Client):
    assert sorted(of_exercises.parts_of_reasons()) == sorted(value for value, _label in of_exercises.reasons())
    for index in ("exercises", "routines"):
        facet = client.get(f"/{index}/?without=falls").context["catalogue"].facets[-1]
        headings = [heading for heading, _options in groupby(facet.options, key=lambda option: option.part)]
        assert len(headings) == len(set(headings)) > 3
        assert "" not in headings


def test_nothing_is_left_out_by_itself(site: None, client: Client):
    words = page(client, "/exercises/")
    assert " checked>" not in words
    assert "left out because" not in words


ODD = ["without=osteoporosis", "region=hip%00", "without='--", "floor=off&floor=up", "without=falls&show=%3Cscript%3E"]


@pytest.mark.parametrize("query", ODD)
def test_what_is_no_filter_is_left_aside_and_said(site: None, client: Client, query: str):
    for catalogue in ("exercises", "routines"):
        words = page(client, f"/{catalogue}/?{query}")
        assert "<script>" not in words
        assert ("Part of this address is no filter here." in words) == ("show" not in query)


def test_filtered_lists_are_in_no_search_engine_and_what_is_left_out_in_no_cache(site: None, client: Client):
    for catalogue in ("exercises", "routines"):
        assert "noindex" not in page(client, f"/{catalogue}/?page=1")
        assert 'content="noindex"' in page(client, f"/{catalogue}/?region=hip")
        response = client.get(f"/{catalogue}/?without=falls")
        assert response.headers["Cache-Control"] == "private, no-store"
        assert not response.cookies


def test_option_with_nothing_is_not_offered_and_a_chosen_one_can_be_taken_off(site: None, client: Client):
    response = client.get("/exercises/?kind=aerobic&position=prone&region=jaw&floor=off")
    words = response.content.decode()
    regions = {option.value: option for option in response.context["catalogue"].region_facet.options}
    assert regions["hip"].count == 0
    assert 'value="hip" disabled' in words
    assert regions["jaw"].is_offered
    assert 'value="jaw" checked' in words


def test_map_of_the_body_has_every_area_as_a_link_with_its_words(site: None, client: Client):
    words = page(client, "/exercises/?kind=mobility&region=hip")
    facet = client.get("/exercises/?kind=mobility&region=hip").context["catalogue"].region_facet
    drawn = words[words.index('<details class="body-map"') : words.index('id="results"')]
    for option in facet.options:
        if option.is_offered:
            address = option.url.replace("&", "&amp;")
            assert f'<a href="{address}" rel="nofollow" aria-label="{option.label} ({option.count})"' in drawn
            assert drawn.count(f'href="{address}"') >= 2, option.label
            assert ("region=hip" in option.url) == (option.value != "hip")
