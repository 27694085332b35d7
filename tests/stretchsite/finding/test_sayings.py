"""Reviewers add what people say: it holds with the next search, and takes no sign of something serious away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from clinical.admin.listings import found_by
from exercises.models import ExercisePage
from stretchsite.finding import help_first
from stretchsite.finding.ranked_pages import RankedPages
from stretchsite.finding.red_flags import RED_FLAGS
from stretchsite.group_permissions import PRACTITIONERS, REVIEWERS
from stretchsite.models import Saying
from testing.editor import filled_in
from tests.stretchsite import small_site
from tests.stretchsite.test_desk import member, signed_in

ADD = "wagtailsnippets_stretchsite_saying:add"


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """One page of every kind, at its address."""
    with small_site.standing(django_db_blocker):
        yield


def titles(text: str, **more: Any) -> list[str]:
    return [page.title for page in RankedPages(text, **more)[:24]]


def added(saying: str, meaning: str) -> Saying:
    row = Saying(saying=saying, meaning=meaning)
    row.full_clean()
    row.save()
    return row


def test_what_is_added_holds_with_the_next_search_everywhere_and_only_so_long(everything: None, db: None):
    exercise = ExercisePage.objects.get(live=True)
    assert "Wall calf stretch" not in titles("Twinge-o-matic")
    row = added("Twinge-o-matic", "Gastrocnemius")
    assert (row.saying, row.meaning) == ("twinge o matic", "gastrocnemius")
    assert "Wall calf stretch" in titles("my twinge-o-matic")
    assert "Wall calf stretch" in titles("twinge o matic", is_typing=True)
    assert found_by("twinge o matic", ExercisePage) == {exercise.pk}
    Saying.objects.filter(pk=row.pk).update(meaning="privacy")
    assert titles("twinge o matic") == ["Privacy"]
    row.delete()
    assert "Privacy" not in titles("twinge o matic")


def test_typing_error_in_it_is_read_as_it(everything: None, db: None):
    added("leggybit", "gastrocnemius")
    assert RankedPages("legyybit").read_as == "leggybit"
    assert "Wall calf stretch" in titles("legyybit")


@pytest.mark.parametrize("flag", ["dvt", "numb", "chest pain", "thrombossis", "numbn"])
def test_sign_of_something_serious_is_never_taken_away(everything: None, db: None, flag: str):
    Saying.objects.create(saying=flag, meaning="calf")
    assert RankedPages(flag, is_typing=True).needs_help
    assert RankedPages(f"calf {flag}", is_typing=True).needs_help


@pytest.mark.parametrize(
    ("saying", "meaning", "text"),
    [("pian", "calf", "pian in chest"), ("strettcy", "calf", "strettcy chest"), ("ribby", "chest pain", "ribby")],
)
def test_saying_hides_no_sign_that_the_words_have_without_it_or_by_it(
    everything: None,
    db: None,
    monkeypatch: Any,
    django_assert_max_num_queries: Any,
    saying: str,
    meaning: str,
    text: str,
):
    monkeypatch.setattr(help_first, "RED_FLAGS", (*RED_FLAGS, "stretch chest"))
    added(saying, meaning)
    with django_assert_max_num_queries(14):
        assert RankedPages(text).needs_help


def test_blanks_round_a_stroke_are_left_out(db: None):
    row = Saying(saying="new", meaning="low / lumbar back")
    row.full_clean()
    assert row.meaning == "low/lumbar back"


@pytest.mark.parametrize(
    ("saying", "meaning", "field"),
    [
        *(("", "calf", "saying"), ("?!", "calf", "saying"), ("my leg", "calf", "saying"), ("x" * 61, "calf", "saying")),
        *(("v w x y z", "calf", "saying"), ("bum", "calf", "saying"), ("known", "calf", "saying")),
        # Spelt out each is longer than its column.
        *((" ".join(["ß" * 19] * 3), "calf", "saying"), ("new", " ".join(["ß" * 19] * 6), "meaning")),
        *(("chest pain", "calf", "saying"), ("suicidal", "calf", "saying")),
        *(("new", "", "meaning"), ("new", "calf /", "meaning"), ("new", "the calf", "meaning")),
    ],
)
def test_what_would_never_be_found_is_refused_at_its_field(db: None, saying: str, meaning: str, field: str):
    Saying.objects.create(saying="known", meaning="calf")
    with pytest.raises(ValidationError) as refused:
        Saying(saying=saying, meaning=meaning).full_clean()
    assert list(refused.value.message_dict) == [field]


def test_row_that_was_written_past_the_form_is_left_out(everything: None, db: None):
    Saying.objects.create(saying="Ébène!", meaning="")
    assert "Wall calf stretch" in titles("gastrocnemius")


def test_reviewers_add_words_on_record_and_practitioners_do_not(set_up_site: None, db: None, client: Client):
    signed_in(client, member(PRACTITIONERS))
    assert client.get(reverse(ADD)).status_code == 302
    reviewer = member(REVIEWERS, "reviewer")
    signed_in(client, reviewer)
    typed = {**filled_in(client.get(reverse(ADD)).context["form"]), "saying": "Bum", "meaning": "glute"}
    refused = client.post(reverse(ADD), typed)
    assert "own lexicon says already" in " ".join(refused.context["form"].errors["saying"])
    assert client.post(reverse(ADD), {**typed, "saying": "Wobbly bit"}).status_code == 302
    row = Saying.objects.get()
    entry = ModelLogEntry.objects.for_instance(row).get()
    assert (str(row), entry.action, entry.user) == ("wobbly bit: glute", "wagtail.create", reviewer)
