"""SL16: what is typed at ``/code/`` opens what the link opens, ends with it, and is guessed no faster than a link."""

from __future__ import annotations

import re
import sqlite3
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from clinical.serving import rate_limits
from routines.models import RoutinePage
from routines.outputs.registry import OUTPUTS
from sharing import codes
from sharing.guessing import MOST_MISSES
from sharing.middleware import HEADERS
from sharing.models import ShareLink, opened_by
from sharing.tokens import new_token
from testing import factories
from testing.code_guesser import Guesser, random_code
from tests.sharing.share_links import address, every_table
from tests.sharing.test_shared_page import end_in, withdraw

pytestmark = pytest.mark.django_db

FORM = "/code/"


def typed(client: Client, code: str) -> Any:
    return client.post(FORM, {"code": code})


def opened(client: Client, code: str) -> Any:
    """The answer where the form leads."""
    answer = typed(client, code)
    assert answer.status_code == 303
    assert {name: answer[name] for name in HEADERS} == HEADERS
    return client.get(answer["Location"])


def test_sl16_it_opens_the_page_however_it_is_written(client: Client, routine: RoutinePage):
    issued = factories.link_to(routine)
    for written in (issued.code, codes.in_groups(issued.code).lower(), issued.code.replace("0", "o")):
        assert typed(client, written)["Location"] == address(issued.code)
    assert opened(client, issued.code).content == client.get(address(issued.token)).content
    assert not client.cookies


def end_as(ending: str, link: ShareLink, routine: RoutinePage) -> None:
    match ending:
        case "expired":
            end_in(link, -1)
        case "revoked":
            link.revoke()
        case "replaced":
            link.replace(link.created_by)
        case "withdrawn":
            withdraw(routine)
        case "unpublished":
            routine.unpublish()
        case "removed":
            link.delete()


@pytest.mark.parametrize(
    "ending", ["live", "expired", "revoked", "replaced", "withdrawn", "unpublished", "removed", "never made"]
)
def test_sl16_every_state_is_answered_as_under_the_token(client: Client, routine: RoutinePage, ending: str):
    issued = factories.link_to(routine, note="Slowly.")
    end_as(ending, issued.link, routine)
    token, code = (new_token(), random_code()) if ending == "never made" else (issued.token, issued.code)
    outputs = (output.path for output in OUTPUTS if output.on_links and output.path)
    for number, path in enumerate(("", *outputs, "nothing/")):
        client.defaults["REMOTE_ADDR"] = f"203.0.{number}.7"  # so that nobody has to wait
        for ask in (client.get, client.head, client.post):
            by_token, by_code = ask(address(token) + path), ask(address(code) + path)
            assert by_code.status_code == by_token.status_code, path
            assert told(by_code, code) == told(by_token, token), path
            if not path:
                assert by_code.content == by_token.content
    through_the_form = typed(client, code)
    known = ending not in {"removed", "never made"}
    assert through_the_form.status_code == (303 if known else 404)
    if not known:
        assert through_the_form.content == client.get(address(token)).content


def told(answer: HttpResponse, secret: str) -> dict[str, str]:
    """The headers, without the length of what names its own address."""
    return {name: value.replace(secret, "") for name, value in answer.items() if name != "Content-Length"}


def test_sl16_a_slip_is_told_at_the_field_and_not_counted(client: Client, routine: RoutinePage):
    code = factories.link_to(routine).code
    wrong = code[:-1] + codes.ALPHABET[(codes.ALPHABET.index(code[-1]) + 1) % 32]
    for _number in range(MOST_MISSES + 5):
        answer = typed(client, f"{wrong}<b>")
        assert answer.status_code == 400
    answer = typed(client, wrong)
    text = answer.text
    assert re.search(r'<p class="problem" id="code-problem">.*?wrong, or two have changed places', text, re.DOTALL)
    assert f'value="{wrong}"' in text
    assert 'aria-describedby="code-problem code-hint" aria-invalid="true" autofocus' in text
    assert client.get(address(new_token())).status_code == 404


def test_sl16_misses_of_codes_and_of_links_are_counted_together(client: Client, routine: RoutinePage):
    issued = factories.link_to(routine)
    for number in range(MOST_MISSES):
        asked = typed(client, random_code()) if number % 2 else client.get(address(random_code()))
        assert asked.status_code == 404
    by_form, by_token = typed(client, random_code()), client.get(address(new_token()))
    assert (by_form.status_code, by_token.status_code) == (429, 429)
    assert by_form.content == by_token.content
    assert by_form["Retry-After"]
    assert opened(client, issued.code).status_code == 200
    slip = codes.ALPHABET[(codes.ALPHABET.index(issued.code[-1]) + 1) % 32]
    assert typed(client, f"{issued.code[:-1]}{slip}").status_code == 400


def test_sl16_a_guess_that_cannot_be_counted_is_not_let_by_and_a_right_code_opens(
    client: Client, routine: RoutinePage, monkeypatch: pytest.MonkeyPatch
):
    def too_busy(_work: Any) -> None:
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise error

    issued = factories.link_to(routine)
    monkeypatch.setattr(rate_limits, "_with_counts", too_busy)
    guessed = typed(client, random_code()), client.get(address(new_token()))
    assert [(answer.status_code, answer["Retry-After"]) for answer in guessed] == [(429, "30")] * 2
    assert opened(client, issued.code).status_code == 200
    assert client.get(address(issued.token)).status_code == 200


@pytest.mark.parametrize("at_once", [1, 50])
def test_sl16_of_many_guesses_few_are_looked_up_none_opens_and_the_right_one_does(
    routine: RoutinePage, at_once: int, monkeypatch: pytest.MonkeyPatch
):
    """A sample of ``python -m tools.guessing_codes``, where a busy machine is no fault."""
    monkeypatch.setattr(rate_limits, "SECONDS_FOR_THE_FILE", 60)
    guesser = Guesser(factories.link_to(routine).code)
    guesser.guess(200, at_once)
    assert guesser.opened == 0
    assert len(guesser.looked_up_at) <= 2
    assert guesser.answered == {404: MOST_MISSES, 429: 200 - MOST_MISSES}
    assert set(guesser.right) == {200}


def test_sl16_the_form_asks_nothing_of_the_database_and_a_code_one_question(client: Client, routine: RoutinePage):
    issued = factories.link_to(routine)
    client.get(FORM)
    questions = []
    for ask in (
        lambda: client.get(FORM),
        lambda: typed(client, "slip"),
        lambda: typed(client, issued.code),
        lambda: opened_by(issued.token),
        lambda: opened_by(issued.code),
        lambda: opened_by(random_code()),
    ):
        with CaptureQueriesContext(connection) as asked:
            ask()
        questions.append(len(asked))
    assert questions == [0, 0, 1, 1, 1, 0]


def test_sl16_the_form_can_be_sent_by_any_reader_and_by_nothing_else(routine: RoutinePage):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.get(FORM)
    assert {name: answer[name] for name in HEADERS} == HEADERS
    for words in ('autocomplete="off"', 'autocapitalize="characters"', 'spellcheck="false"', 'inputmode="text"'):
        assert words in answer.text
    assert typed(strict, factories.link_to(routine).code).status_code == 303
    assert strict.put(FORM).status_code == 405
    assert not strict.cookies
    assert f'<a href="{FORM}">I have a code</a>' in strict.get("/routines/").text


def test_sl16_without_a_key_there_are_no_codes(client: Client, routine: RoutinePage, settings: Any):
    with_code = factories.link_to(routine)
    code = with_code.code
    settings.SHARE_CODE_KEYS = []
    without = factories.link_to(routine)
    assert (without.code, without.link.code_digest) == ("", None)
    for answer in (client.get(FORM), typed(client, code), client.get(address(code))):
        assert answer.status_code == 404
        assert {name: answer[name] for name in HEADERS} == HEADERS
        assert FORM not in answer.text
    for token in (with_code.token, without.token):
        assert "Type the code" not in paper(client, token)
    settings.SHARE_CODE_KEYS = ["for-tests-only-as-well"]
    assert opened(client, code).status_code == 200
    assert "Type the code" not in paper(client, without.token)


def paper(client: Client, secret: str) -> str:
    """The words of a handout, with single spaces."""
    pages = PdfReader(BytesIO(client.get(f"{address(secret)}handout.pdf").content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_sl16_paper_carries_it_whether_opened_by_link_or_code(client: Client, routine: RoutinePage):
    issued = factories.link_to(routine)
    for secret in (issued.token, issued.code):
        words = paper(client, secret)
        assert codes.in_groups(issued.code) in words
        assert "No camera? Type the code under the square at testserver/code/." in words


def test_sl16_new_keys_leave_old_codes_as_they_are_and_a_key_taken_out_ends_them(
    client: Client, routine: RoutinePage, settings: Any
):
    old = factories.link_to(routine)
    old_code = old.code
    settings.SHARE_CODE_KEYS = ["a newer key of codes", *settings.SHARE_CODE_KEYS]
    settings.SHARE_LINK_KEYS = ["a newer key of links", *settings.SHARE_LINK_KEYS]
    newer = factories.link_to(routine)
    for issued, code in ((old, old_code), (newer, newer.code)):
        assert codes.in_groups(code) in paper(client, issued.token)
        assert opened(client, code).status_code == 200
    settings.SHARE_CODE_KEYS = settings.SHARE_CODE_KEYS[:1]
    assert typed(client, old_code).status_code == 404
    assert "Type the code" not in paper(client, old.token)
    assert opened(client, newer.code).status_code == 200


def test_sl16_with_the_key_of_its_link_a_code_ends_too(client: Client, routine: RoutinePage, settings: Any):
    issued = factories.link_to(routine)
    settings.SHARE_LINK_KEYS = ["another key of links"]
    assert client.get(address(issued.token)).status_code == 404
    assert typed(client, issued.code).status_code == 404
    assert client.get(address(issued.code)).status_code == 404


def test_sl16_a_link_from_before_there_were_codes_prints_none_and_opening_it_writes_nothing(
    client: Client, routine: RoutinePage
):
    issued = factories.link_to(routine)
    ShareLink.objects.update(code_digest=None)
    before = every_table()
    assert "Type the code" not in paper(client, issued.token)
    assert typed(client, issued.code).status_code == 404
    assert [row for row in every_table().splitlines() if row not in before and "RateCount" not in row] == []
