"""The search finds things by every name they have, and takes any question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineCondition, RoutinePage
from stretchsite.finding.question import LONGEST_READ
from stretchsite.search import LONGEST_QUERY, readable, search_everything
from testing import factories
from tests.stretchsite import small_site


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """One page of every kind, at its address."""
    with small_site.standing(django_db_blocker):
        yield


def asked(**fields: str) -> QueryDict:
    """A query string, as it arrives."""
    query = QueryDict(mutable=True)
    query.update(fields)
    return query


def found(words: str) -> list[str]:
    """The titles that answer a question."""
    return [card.title for card in search_everything(asked(q=words)).catalogue.cards]


@pytest.mark.parametrize(
    "words",
    [
        *("Wall calf stretch", "wall", "WALL", "Wall lean", "heel cord", "standing gastrocnemius", "gentle stretch"),
        *("RLS", "rls", "Willis-Ekbom", "restless legs"),
    ],
)
def test_exercise_is_found_by_every_name_and_by_what_it_is_for(everything: None, db: None, words: str):
    assert "Wall calf stretch" in found(words)


@pytest.mark.parametrize("words", ["RLS", "Willis-Ekbom disease", "Restless legs"])
def test_condition_is_found_by_every_name_and_comes_first(everything: None, db: None, words: str):
    assert found(words)[0] == "Restless legs"


def test_routine_is_found_by_a_condition_added_in_the_same_publish(everything: None, db: None):
    condition = factories.ConditionFactory.create(name="Foot cramp", slug="foot-cramp", aliases="Charley horse")
    assert found("charley horse") == []
    edited = RoutinePage.objects.get()
    edited.condition_uses = [
        *edited.condition_uses.all(),
        factories.use_of(type(edited.condition_uses.get()), condition),
    ]
    factories.publish(edited)
    assert found("charley horse") == ["Calves"]


def test_routine_is_no_longer_found_by_a_condition_it_dropped(everything: None, db: None):
    other = factories.ConditionFactory.create(name="Foot cramp", slug="foot-cramp")
    routine = RoutinePage.objects.get()
    routine.condition_uses = [factories.use_of(RoutineCondition, other)]
    factories.publish(routine)
    assert "Calves" not in found("tight calves")


def test_information_page_is_found_by_its_words(everything: None, db: None):
    assert found("privacy") == ["Privacy"]


def test_card_of_an_information_page_speaks_of_no_notes(everything: None, db: None, client: Client):
    assert "Safety notes first" not in client.get("/search/?q=privacy").content.decode()
    assert "Safety notes first" in client.get("/search/?q=calf").content.decode()


def test_draft_and_unpublished_pages_are_not_found(everything: None, db: None):
    zebra = factories.draft_exercise(title="Zebra stretch", slug="zebra", live=False)
    ExerciseIndexPage.objects.get().add_child(instance=zebra)
    assert found("zebra") == []
    ExercisePage.objects.get(live=True).unpublish()
    assert found("gastrocnemius") == []


@pytest.mark.parametrize(
    ("slug", "words"), [("wall-calf-stretch", "wall"), ("restless-legs", "rls"), ("privacy", "privacy")]
)
def test_restricted_page_is_not_found(everything: None, db: None, slug: str, words: str):
    page = Page.objects.get(slug=slug)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert page.title not in found(words)


def test_result_carries_no_instructions(everything: None, db: None, client: Client):
    words = client.get("/search/", {"q": "wall"}).content.decode()
    assert "Wall calf stretch" in words
    assert "Stand tall." not in words


def test_quote_does_not_hide_what_is_there(everything: None, db: None):
    for words in ('"wall', 'wall "calf"', "wall\x00calf"):
        assert "Wall calf stretch" in [card.title for card in search_everything(asked(q=words)).catalogue.cards]


@pytest.mark.parametrize("words", ["", "   ", "\t\r\n", "\u00a0\u2003", "\x00\x01"])
def test_no_question_is_answered_with_an_empty_form(everything: None, db: None, client: Client, words: str):
    response = client.get("/search/", {"q": words})
    assert response.status_code == 200
    assert response.context["query"] == ""
    assert 'id="results"' not in response.content.decode()


def test_question_is_kept_in_the_form(everything: None, db: None, client: Client):
    assert 'value="wall"' in client.get("/search/", {"q": "wall"}).content.decode()


@pytest.mark.parametrize("letters", [LONGEST_QUERY, LONGEST_READ])
def test_question_that_is_long_is_read_for_danger_to_its_end_and_says_it_was_cut(
    everything: None, db: None, client: Client, letters: int
):
    story = "wall calf " + "it was so long ago that they came " * 70
    end = " and now i have bad chest pain"
    asked_for = story[: letters - len(end) + 5] + end
    response = client.get("/search/", {"q": asked_for})
    said = response.content.decode().partition("<main")[2]
    assert said.index("sign of something serious") < said.index("tel:999") < said.index("<form")
    assert "searched for" in said if letters == LONGEST_QUERY else "That is too long to search for" in said
    assert response.status_code == (200 if letters == LONGEST_QUERY else 400)
    assert f'maxlength="{LONGEST_READ}"' in said


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2060", "\u034f"])
def test_what_shows_nothing_hides_no_sign(everything: None, db: None, unseen: str):
    assert search_everything(asked(q=f"ch{unseen}est pa{unseen}in")).needs_help


@pytest.mark.parametrize("word", ["a", " ", '"', "a ", "\x00"])
def test_question_of_a_megabyte_is_not_looked_for(
    everything: None, db: None, word: str, django_assert_num_queries: Any
):
    query = asked(q=word * (1_000_000 // len(word)))
    with django_assert_num_queries(0):
        answer = search_everything(query)
        assert answer.catalogue.count == 0
    assert len(answer.query) <= LONGEST_QUERY


@pytest.mark.parametrize("page", ["2", "9999", "-1", "x", ""])
def test_page_of_results_that_is_not_there_is_the_nearest(everything: None, db: None, client: Client, page: str):
    response = client.get("/search/", {"q": "wall", "page": page})
    assert response.status_code == 200
    assert len(response.context["catalogue"].cards) == 1


def test_many_results_have_pages(everything: None, db: None, client: Client):
    index = ExerciseIndexPage.objects.get()
    for number in range(30):
        index.add_child(instance=factories.draft_exercise(title=f"Toe curl {number}", slug=f"toe-{number}"))
    first = client.get("/search/", {"q": "toe"}).context["catalogue"]
    second = client.get("/search/", {"q": "toe", "page": "2"}).context["catalogue"]
    assert (first.count, len(first.cards), len(second.cards)) == (30, 24, 6)
    assert first.next_url == "?q=toe&page=2"
    assert second.previous_url == "?q=toe&page=1"
    assert not {card.url for card in first.cards} & {card.url for card in second.cards}


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("  calf  stretch ", "calf stretch"),
        ('"calf"', "calf"),
        ("calf\x00\nstretch", "calf stretch"),
        ("", ""),
        ("ﬀ", "ﬀ"),
    ],
)
def test_question_is_made_readable(words: str, plain: str):
    assert readable(words) == plain


@pytest.mark.parametrize(("asked", "told"), [("chest pain", "sign of something serious"), ("suicide", "not be alone")])
def test_help_and_whom_to_call_stand_above_every_answer_to_words_of_something_serious(
    everything: None, db: None, client: Client, asked: str, told: str
):
    words = client.get("/search/", {"q": asked}).content.decode()
    main = words[words.index("<main") :]
    answers = main.index('<ul role="list"') if '<ul role="list"' in main else main.index("</section>")
    assert main.index(told) < main.index('href="tel:999"') < main.index('href="tel:111"') < answers
    assert ("Try a plainer" in words) is False or asked != "suicide"


def test_search_only_answers_to_reading(everything: None, db: None, client: Client):
    assert client.post("/search/", {"q": "wall"}).status_code == 405
    assert client.head("/search/?q=wall").status_code == 200


def test_search_is_not_for_crawlers(everything: None, db: None, client: Client):
    assert '<meta name="robots" content="noindex">' in client.get("/search/").content.decode()
