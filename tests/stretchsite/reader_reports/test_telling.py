"""PD7: a reader tells by choosing that something hurt or was unclear; nothing is kept of who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinical.serving import rate_limits
from clinical.withdrawal.withdrawing import withdraw
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.middleware import HEADERS
from stretchsite.models import Generation, ReaderReport
from stretchsite.reader_reports.choices import ReaderWord
from stretchsite.reader_reports.keeping_reports import OF_EVERYBODY, OF_NETWORK
from stretchsite.reader_reports.places_told_of import MOST_OF_A_STEP, beginning_of
from testing import factories
from testing.programmes import as_programme
from tests.sharing.share_links import address, every_table, found_pieces
from tests.stretchsite import small_site
from tests.stretchsite.page_cache.asking import asked, in_front

EXERCISE, ROUTINE = "/exercises/wall-calf-stretch/", "/routines/calves/"
UNCLEAR = {"what": "unclear", "where": "all"}
HURT = {"what": "hurt", "where": "all"}


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture
def site(standing: None, db: None) -> None:
    """The same, each change of which is taken back."""


def kept() -> list[tuple[str, str, int]]:
    """What is kept of each report, but for the day."""
    return [(row.page.slug, row.what, row.step) for row in ReaderReport.objects.order_by("pk")]


def tell(client: Client, page: str = EXERCISE, **sent: str) -> Any:
    """The answer to a report of this page."""
    return client.post(f"{page}tell/", sent)


def token() -> str:
    """A link to the routine, opened by one patient."""
    return factories.link_to(RoutinePage.objects.get()).token


@pytest.mark.parametrize("page", [EXERCISE, ROUTINE, "/s/"])
def test_every_page_leads_to_the_form_after_all_there_is_to_do(site: None, client: Client, page: str):
    where = address(token()) if page == "/s/" else page
    for path, leads in (("", "tell/"), ("follow/", "../tell/")):
        said = client.get(where + path).text
        assert said.count(f'href="{leads}"') == 1
        assert said.index(f'href="{leads}"') > said.index("About this page")
    form = client.get(f"{where}tell/")
    assert form.status_code == 200
    assert not form.cookies
    assert "csrfmiddlewaretoken" not in form.text
    assert "<textarea" not in form.text
    assert 'type="text"' not in form.text
    assert all(f'value="{word}"' in form.text for word in ReaderWord.values)


def test_a_report_is_kept_with_its_step_and_day_and_leads_to_thanks(site: None, client: Client):
    answer = tell(client, what="unclear", where="1")
    assert (answer.status_code, answer["Location"]) == (303, "./?sent=unclear")
    assert answer["Cache-Control"] == "no-store"
    row = ReaderReport.objects.get()
    assert (row.page.slug, row.what, row.step, row.day) == ("wall-calf-stretch", "unclear", 1, timezone.localdate())
    assert row.step_words
    fields = {field.name for field in ReaderReport._meta.get_fields()}
    assert fields == {
        *("id", "page", "what", "step", "step_words", "told_on", "routine", "day"),
        "dealt_by",
        "dealt_on",
    }
    thanks = client.get(f"{EXERCISE}tell/?sent=unclear")
    assert "<h1>Thank you</h1>" in thanks.text
    assert "has been sent" not in thanks.text, "whoever opens this address may have sent nothing"
    assert not client.cookies


def test_of_a_routine_each_exercise_and_step_can_be_told_of_and_reaches_its_own_page(site: None, client: Client):
    for where in ("all", "1", "1.1"):
        assert tell(client, ROUTINE, what="differs", where=where).status_code == 303
    assert kept() == [
        ("calves", "differs", 0),
        ("wall-calf-stretch", "differs", 0),
        ("wall-calf-stretch", "differs", 1),
    ]
    routine = RoutinePage.objects.get().pk
    told_on = list(ReaderReport.objects.order_by("pk").values_list("told_on", "routine"))
    assert told_on == [("page", None), ("routine", routine), ("routine", routine)]


def test_what_is_kept_of_a_long_step_ends_with_a_word():
    assert beginning_of("Lean in.\n" * 2) == "Lean in. Lean in."
    assert beginning_of("Keep the heel down. " * 9).endswith(" down.…")
    assert len(beginning_of("脚" * 99)) == MOST_OF_A_STEP


def test_who_was_hurt_is_first_told_when_to_stop_and_that_nobody_reads_it_at_once(site: None, client: Client):
    answer = tell(client, **HURT)
    assert (answer.status_code, answer["Cache-Control"]) == (303, "no-store")
    assert kept() == []
    assert answer["Location"] == "./?what=hurt&where=all"
    first = client.get(f"{EXERCISE}tell/{answer['Location'].removeprefix('./')}")
    said = first.text
    for words in ("Stop if", "numbness", 'href="tel:999"', 'href="tel:111"', "Nobody reads this at once"):
        assert words in said, words
    assert said.index("Stop if") < said.index('type="submit"')
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', said))
    assert tell(client, **again).status_code == 303
    assert kept() == [("wall-calf-stretch", "hurt", 0)]
    assert 'href="tel:999"' in client.get(f"{EXERCISE}tell/?sent=hurt").text.partition("</main>")[0]


@pytest.mark.parametrize("asked_for", ["what=hurt&where=99", "what=knee&where=all", "sent=knee", "what=hurt"])
def test_an_address_that_names_nothing_on_the_page_gives_the_form(site: None, client: Client, asked_for: str):
    said = client.get(f"{EXERCISE}tell/?{asked_for}").text
    assert "<h1>Tell what hurt or was unclear</h1>" in said
    assert "knee" not in said.partition("<main")[2].partition("<form")[0]
    assert kept() == []


def test_on_a_link_every_step_says_that_whoever_gave_it_is_not_told(site: None, client: Client):
    given = address(token())
    stops, thanks = "tell/?what=hurt&where=1.1", "tell/?sent=unclear"
    for path in ("", "follow/", "tell/", stops, thanks, "tell/?sent=hurt"):
        said = client.get(given + path).text
        assert "The person who gave you this is not told. Tell them yourself." in said, path
        assert "hoever looks after" not in said, path
    for path in ("", "follow/", "tell/", stops.replace("1.1", "all"), thanks):
        assert "The person who gave you this" not in client.get(EXERCISE + path).text, path


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"what": "unclear"},
        {"what": "unclear", "where": "99"},
        {"what": "my knee", "where": "all"},
        {"what": "", "where": "all"},
        {"where": "all", "words": "It hurts my knee"},
    ],
)
def test_what_is_on_no_list_is_asked_for_again_and_never_kept(site: None, client: Client, sent: dict[str, str]):
    answer = tell(client, **sent)
    assert answer.status_code == 400
    assert 'id="tell-problem-' in answer.text
    assert "<title>Error:" in answer.text
    assert "knee" not in answer.text
    assert kept() == []


def test_what_another_site_sends_is_not_taken(site: None, client: Client):
    answer = client.post(f"{EXERCISE}tell/", UNCLEAR, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 400
    assert kept() == []
    assert client.post(f"{EXERCISE}tell/", UNCLEAR, headers={"sec-fetch-site": "same-origin"}).status_code == 303


def test_one_network_and_everybody_together_tell_only_so_much(
    site: None, client: Client, monkeypatch: pytest.MonkeyPatch
):
    for _number in range(OF_NETWORK.most):
        assert tell(client, **UNCLEAR).status_code == 303
    answer = tell(client, **UNCLEAR)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert 'href="tel:999"' in answer.text
    assert len(kept()) == OF_NETWORK.most
    assert client.post(f"{EXERCISE}tell/", UNCLEAR, REMOTE_ADDR="203.0.113.9").status_code == 303
    assert OF_EVERYBODY.most >= 5 * OF_NETWORK.most


def test_from_a_link_nothing_of_the_link_is_kept(site: None, client: Client):
    secret = token()
    where = address(secret)
    form = client.get(f"{where}tell/")
    assert {name: form[name] for name in HEADERS} == HEADERS
    for leads in ('href="/search/', 'href="/changes/', 'href="/privacy/'):
        assert leads not in form.text
    answer = tell(client, where, what="unclear", where="1")
    assert answer.status_code == 303
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert kept() == [("wall-calf-stretch", "unclear", 0)]
    row = ReaderReport.objects.get()
    assert (row.told_on, row.routine) == ("link", None)
    assert not client.cookies
    assert not found_pieces(every_table(), [secret])


def test_of_what_was_put_together_for_one_patient_only_its_exercises_can_be_told_of(site: None, client: Client):
    where = address(factories.link_to(as_programme(RoutinePage.objects.get())).token)
    assert 'value="all"' not in client.get(f"{where}tell/").text
    assert tell(client, where, **UNCLEAR).status_code == 400
    assert tell(client, where, what="unclear", where="1.1").status_code == 303
    assert kept() == [("wall-calf-stretch", "unclear", 1)]


def test_an_ended_link_and_a_page_off_the_site_take_nothing(site: None, client: Client):
    issued = factories.link_to(RoutinePage.objects.get())
    issued.link.revoke()
    assert tell(client, address(issued.token), **UNCLEAR).status_code == 410
    withdraw(ExercisePage.objects.get(), by=factories.UserFactory.create(), reason="It hurt somebody.")
    answer = client.get(f"{EXERCISE}tell/")
    assert (answer.status_code, answer["Location"]) == (302, "../")
    assert tell(client, "/exercises/nothing/", **UNCLEAR).status_code == 404
    assert kept() == []


def test_a_report_empties_no_page_cache_and_its_answer_is_never_kept(site: None):
    cache = in_front()
    generation = Generation.objects.get().value
    asked(cache, EXERCISE)
    form = asked(cache, f"{EXERCISE}tell/")
    assert asked(cache, f"{EXERCISE}tell/").body == form.body
    ReaderReport.objects.create(page=ExercisePage.objects.get(), what=ReaderWord.HURT)
    ReaderReport.objects.all().delete()
    assert Generation.objects.get().value == generation
    before = cache.answered
    asked(cache, EXERCISE)
    asked(cache, f"{EXERCISE}tell/")
    asked(cache, f"{EXERCISE}tell/", "POST")
    assert cache.answered == before + 1, "of these three only the page itself is answered from memory"


def test_a_report_costs_few_queries_whatever_was_told_before(site: None, client: Client):
    costs = []
    tell(client, **UNCLEAR)
    for number in (0, 40):
        ReaderReport.objects.bulk_create(
            ReaderReport(page=ExercisePage.objects.get(), what=ReaderWord.HURT) for _each in range(number)
        )
        with CaptureQueriesContext(connection) as told:
            assert tell(client, **UNCLEAR).status_code == 303
        costs.append(len(told))
    assert costs[0] == costs[1] <= 24  # on PostgreSQL the limits are questions too


def test_reports_are_removed_by_age(site: None):
    page, today = ExercisePage.objects.get(), timezone.localdate()
    for days in (399, 400):
        ReaderReport.objects.create(page=page, what=ReaderWord.HURT, day=today - timedelta(days=days))
    call_command("purge_share_links", stdout=StringIO())
    assert [today - row.day for row in ReaderReport.objects.all()] == [timedelta(days=399)]


def test_no_cookie_reaches_a_reader_who_tells_and_no_address_is_kept(site: None, client: Client):
    client.post(f"{EXERCISE}tell/", UNCLEAR, REMOTE_ADDR="203.0.113.77")
    assert settings.CSRF_COOKIE_NAME not in client.cookies
    assert "203.0.113" not in every_table()


def test_a_page_that_changed_since_the_form_was_opened_is_asked_about_again(site: None, client: Client):
    """Else a report would stand beside a step its reader never saw."""
    seen = re.search(r'name="seen" value="(\w+)"', client.get(f"{EXERCISE}tell/").content.decode()).group(1)
    assert tell(client, seen=seen, **UNCLEAR).status_code == 303
    again = tell(client, seen="0" * 12, **UNCLEAR)
    assert again.status_code == 400
    assert "has changed since you opened it" in again.content.decode()
    assert len(kept()) == 1


def test_what_was_never_on_the_site_is_not_known_to_have_been_written(site: None, client: Client):
    ExercisePage.objects.filter(slug="wall-calf-stretch").update(live=False, first_published_at=None)
    assert client.get(f"{EXERCISE}tell/").status_code == 404


@pytest.mark.parametrize(
    ("origin", "status"), [("https://evil.example", 400), ("null", 303), ("http://testserver", 303)]
)
def test_an_older_browser_is_asked_which_site_its_form_stood_on(site: None, client: Client, origin: str, status: int):
    assert client.post(f"{EXERCISE}tell/", UNCLEAR, headers={"origin": origin}).status_code == status


def test_what_hurt_is_taken_though_all_else_is_used_up(site: None, client: Client):
    for _time in range(OF_EVERYBODY.most):
        rate_limits.take((OF_EVERYBODY, ""))
    assert tell(client, **UNCLEAR).status_code == 429
    assert tell(client, read="signs", **HURT).status_code == 303


def test_a_step_is_kept_within_its_column_in_every_writing():
    assert len(beginning_of("שָׁלוֹם" * 60)) <= MOST_OF_A_STEP
    assert len(beginning_of("นั่งตัวตรง" * 60)) <= MOST_OF_A_STEP
