"""One list over all sorts of page: narrowed by sort, in few questions to the database, offered while one types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from clinical.models import Withdrawal
from clinical.withdrawal.withdrawing import clinical_page_models
from exercises.models import ExerciseIndexPage, ExercisePage
from stretchsite import search
from stretchsite.finding.ranked_pages import MODELS, RankedPages
from stretchsite.models import HomePage
from testing import factories
from tests.stretchsite import small_site

MOST_QUERIES = 12


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """One page of every kind, at its address."""
    with small_site.standing(django_db_blocker):
        yield


def titles(text: str, **more: Any) -> list[str]:
    return [page.title for page in RankedPages(text, **more)[:24]]


def test_every_kind_of_clinical_page_is_searched_and_narrowed_to():
    missing = {model.__name__ for model in clinical_page_models()} - {model.__name__ for model in MODELS.values()}
    assert not missing, f"add to MODELS in stretchsite/finding/ranked_pages.py: {missing}"
    ranked: Any = SimpleNamespace(counts=dict.fromkeys(MODELS, 1), kind="")
    labels = {str(kind.label) for kind in search._kinds(ranked, QueryDict())}
    assert len(labels) == len(MODELS) + 1, "say in _kinds() of stretchsite/search.py what each is called"


def test_sorts_of_page_stand_in_one_list_and_each_by_itself(everything: None, db: None, client: Client):
    assert {"Restless legs", "Calves", "Wall calf stretch"} >= {*titles("restless legs")} > {"Restless legs"}
    counts = RankedPages("restless legs").counts
    assert sum(counts.values()) == RankedPages("restless legs").count()
    for kind, count in counts.items():
        assert len(titles("restless legs", kind=kind)) == count == RankedPages("restless legs", kind).count()
    page = client.get("/search/", {"q": "restless legs", "kind": "exercise", "page": "1"})
    assert [card.kind for card in page.context["catalogue"].cards] != ["condition"]
    assert titles("restless legs", kind="nothing of the sort") == titles("restless legs")


def test_typing_error_is_said_aloud(everything: None, db: None, client: Client):
    answer = client.get("/search/", {"q": "gastrocnemuis"})
    assert answer.context["read_as"] == "gastrocnemius"
    assert "Showing results for <strong>gastrocnemius</strong>" in answer.content.decode()
    assert "Wall calf stretch" in answer.content.decode()


def test_typing_error_is_never_read_as_a_word_of_a_draft(everything: None, db: None):
    draft = factories.draft_exercise(title="Zebrafinch stretch", slug="zebrafinch", live=False)
    ExerciseIndexPage.objects.get().add_child(instance=draft)
    assert RankedPages("zebrafnich").read_as == ""


def test_words_of_drafts_do_not_switch_off_what_readers_get(everything: None, db: None):
    before = [(RankedPages(text).read_as, titles(text)) for text in ("gastrocnemuis", "gastrocne", "lumbargo")]
    title = "Gastrocnemuis gastrocnezebra lumbago lumbargo"
    ExerciseIndexPage.objects.get().add_child(
        instance=factories.draft_exercise(title=title, slug="zebrafinch", live=False)
    )
    assert [(RankedPages(text).read_as, titles(text)) for text in ("gastrocnemuis", "gastrocne", "lumbargo")] == before
    assert before[0][0] == "gastrocnemius"


@pytest.mark.parametrize("how", ["draft", "not yet", "over", "withdrawn", "restricted"])
def test_what_readers_may_not_see_is_neither_found_nor_counted(everything: None, db: None, how: str):
    page = ExercisePage.objects.get()
    before = RankedPages("calf").counts["exercise"]
    now, this = timezone.now(), ExercisePage.objects.filter(pk=page.pk)
    if how == "withdrawn":  # and live all the same, as where a publish and a withdrawal met half-way
        by = factories.UserFactory.create()
        words = {"title": page.title, "reason": "It can tear a tendon.", "withdrawn_by": by, "in_force_at": now}
        Withdrawal.objects.create(content_key=page.content_key, **words)
    elif how == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    else:
        day = timedelta(days=1)
        change = {"draft": {"live": False}, "not yet": {"go_live_at": now + day}, "over": {"expire_at": now - day}}
        this.update(**change[how])
    assert RankedPages("calf").counts.get("exercise", 0) == before - 1
    assert page.title not in {*titles("calf"), *titles("wall ca", is_typing=True)}


def test_one_word_is_not_counted_and_of_several_the_rarest_is_looked_for_first(everything: None, db: None):
    """A common word is on thousands of pages; whoever types waits for every one of them that is looked at."""
    costs = {}
    for words in ("cal", "calf", "wall calf"):
        with CaptureQueriesContext(connection) as queries:
            RankedPages(words, is_typing=True)[:6]
        asked = [each["sql"] for each in queries.captured_queries if 'FROM "stretchsite_indexedword"' in each["sql"]]
        rarest_first = [sql for sql in asked if re.search(r'IN \(SELECT \w+\."object_id"', sql)]
        costs[words] = sum("COUNT(" in sql for sql in asked), len(rarest_first)
    assert costs == {"cal": (0, 0), "calf": (0, 0), "wall calf": (1, 1)}


def test_known_words_are_never_read_as_others(everything: None, db: None):
    index = ExerciseIndexPage.objects.get()
    index.add_child(instance=factories.draft_exercise(title="Soreness and light last", slug="soreness"))
    assert [RankedPages(text).read_as for text in ("shortness", "calf flight", "lost", "sornees")] == [
        *("", "", ""),
        "soreness",
    ]


def test_beginning_of_a_word_is_enough(everything: None, db: None):
    assert "Wall calf stretch" in titles("gastrocn")
    assert "Wall calf stretch" in titles("wall ca", is_typing=True)


def test_many_words_of_drafts_hide_no_word_of_a_page_while_one_types(everything: None, db: None):
    """They stand between two of pages in the alphabet, and there are more of them than are looked for."""
    index = ExerciseIndexPage.objects.get()
    index.add_child(instance=factories.draft_exercise(title="Walaboo", slug="walaboo"))
    draft = factories.draft_exercise(title="Draft", slug="draft", live=False)
    draft.other_names = "\n".join(f"walb{first}{second}" for first in "abcdefgh" for second in "abcdefgh")
    index.add_child(instance=draft)
    assert {"Walaboo", "Wall calf stretch"} <= set(titles("wal", is_typing=True))


def test_most_of_the_words_are_enough_where_nothing_has_all(everything: None, db: None):
    assert titles("wall calf stretch") == titles("wall calf stretch xylophone") == ["Wall calf stretch"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("wall calf stretch xylophone", "these have most of them"),
        ("calf xylophone", "these have some of them"),
        ("wall calf stretch", ""),
        ("xylophone", ""),
    ],
)
def test_what_has_not_all_of_the_words_is_said_aloud(everything: None, db: None, client: Client, asked: str, told: str):
    words = client.get("/search/", {"q": asked}).content.decode()
    assert ("No page has all of these words;" in words) is bool(told)
    assert told in words


def test_part_of_the_body_says_more_than_what_is_wrong_with_it_while_one_types_too(everything: None, db: None):
    index = ExerciseIndexPage.objects.get()
    for title in ("Shoulder circles", "Pain at night in a chair"):
        index.add_child(instance=factories.draft_exercise(title=title, slug=title.lower().replace(" ", "-")))
    for asked in ("shoulder pain at night", "night pain shoulder"):
        assert titles(asked) == ["Shoulder circles"]
        assert titles(asked, is_typing=True) == ["Shoulder circles"]
    assert titles("elbow pain at night") == ["Pain at night in a chair"]


def test_a_title_of_nothing_else_says_more_than_a_longer_one(everything: None, db: None):
    index = ExerciseIndexPage.objects.get()
    for title in ("Toe curl with a towel and a chair", "Toe curl"):
        index.add_child(instance=factories.draft_exercise(title=title, slug=title.lower().replace(" ", "-")))
    assert titles("toe curl")[0] == "Toe curl"


@pytest.mark.parametrize(
    "words",
    [
        "calf",
        "restless legs",
        "gastrocnemuis",
        "calf xylophone",
        "wall ca",
        "chest pain",
        "qxyz zjwv vkqq wqzx jxkv calf",
    ],
)
def test_answer_takes_few_questions_of_the_database(
    everything: None, db: None, client: Client, django_assert_max_num_queries: Any, words: str
):
    client.get("/search/", {"q": words})
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/search/", {"q": words})
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/search/suggestions/", {"q": words})


def test_pages_are_offered_by_title_while_one_types(everything: None, db: None, client: Client):
    words = client.get("/search/suggestions/", {"q": "wall ca"}).content.decode()
    assert 'data-url="/exercises/wall-calf-stretch/"' in words
    assert "Stand tall." not in words
    for none in ("wa", "a" * 201, "\x00", ""):
        assert "option" not in client.get("/search/suggestions/", {"q": none}).content.decode()


@pytest.mark.parametrize("words", ["numb le", "chest pa", "blood clo"])
def test_help_is_offered_first_before_a_red_flag_is_whole_on_the_front_page_too(
    everything: None, db: None, client: Client, words: str
):
    factories.InformationPageFactory(parent=HomePage.objects.get(), title="Is it safe for me?", slug="is-it-safe")
    address = client.get("/").content.decode().partition('data-suggestions="')[2].partition('"')[0]
    first, _li, others = client.get(address, {"q": words}).content.decode().partition("</li>")
    assert 'data-url="/is-it-safe/"' in first
    assert "Some of these words can be a sign of something serious." in first
    assert "sign of something serious" not in others
    assert "serious" not in client.get(address, {"q": "is it safe"}).content.decode()


@pytest.mark.parametrize("page", ["1", "2", "0", "-1", "x", "99999", "9" * 40, "²"])
def test_any_page_number_is_answered_with_what_there_is(everything: None, db: None, client: Client, page: str):
    answer = client.get("/search/", {"q": "calf", "page": page})
    assert answer.context["catalogue"].count == RankedPages("calf").count() == len(titles("calf"))
    assert len(answer.context["catalogue"].cards) == len(titles("calf"))
