"""SL2, SL13, SL16: a link's token and code are shown once, and then in no table, cache, file, log or mail."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from routines.models import RoutinePage
from sharing import assembly as sharing
from sharing import codes
from sharing.models import ShareLink
from sharing.tokens import new_token
from sharing.views import code_form
from stretchsite.logs import RedactingFormatter, RedactingMail
from testing import factories
from testing.programmes import as_programme
from tests.sharing.share_links import address, every_file, every_table, found_pieces
from tests.sharing.test_basket import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(link: ShareLink) -> None:
        raise RuntimeError("The sheet cannot be made.")

    monkeypatch.setattr(sharing, "shared_sheet", fail)


def test_sl2_no_piece_of_a_token_is_kept_anywhere(client: Client, routine: RoutinePage, capfd: Any):
    giver = factories.UserFactory.create(is_superuser=True)
    client.force_login(giver)
    screen = reverse("sharing_make", args=[routine.pk])
    figures = {"is_given": "on", "hold_seconds": 30, "repetitions": 2, "sets": 1}
    answers = {f"exercise-1-{routine.items.get().exercise_id}-{name}": value for name, value in figures.items()}
    answers |= {"sessions_per_day": 1, "days_per_week": 7, "days": 90, "note": ""}
    tokens, typed_codes = [], []
    for _number in range(5):
        text = client.post(screen, answers).content.decode()
        typed_codes += re.findall(r'"handing__typed">([0-9A-Z-]{16})<', text)
        tokens += re.findall(r'value="http://testserver/s/([\w-]{43})/"', text)
    for _number in range(3):
        programme = as_programme(routine, giver)
        sent = typed(programme, link=1)
        text = client.post(reverse("sharing_programme", args=[programme.pk]), sent).text
        tokens += re.findall(r'value="http://testserver/s/([\w-]{43})/"', text)
    others = [factories.link_to(routine, by=giver) for _number in range(92)]
    tokens += [issued.token for issued in others]
    typed_codes += [codes.in_groups(issued.code) for issued in others]
    assert (len(tokens), len(typed_codes)) == (100, 97)
    reader = Client()
    for number, token in enumerate(tokens):
        assert reader.get(address(token)).status_code == 200
        client.get(address(token))
        reader.get(address(token[:-1] + ("A" if number % 2 else "B")))
    for code in typed_codes[:20]:
        assert reader.get(reader.post("/code/", {"code": code.lower()})["Location"]).status_code == 200
        slip = codes.ALPHABET[(codes.ALPHABET.index(code[-1]) + 1) % 32]
        assert reader.post("/code/", {"code": f"{code[:-1]}{slip}"}).status_code == 400
    assert reader.get(f"{address(codes.read(typed_codes[0]))}handout.pdf").status_code == 200
    ShareLink.objects.revoke()
    assert reader.get(address(tokens[0])).status_code == 410
    written = capfd.readouterr()
    kept = [every_table(), *every_file(), *(repr(vars(caches[name])["_cache"]) for name in ("default", "process"))]
    assert "sharing_sharelink" not in kept[0]
    link: Any = ShareLink.objects.first()
    assert link.digest in kept[0]
    assert link.code_digest in kept[0]
    secrets = [*tokens, *typed_codes, *map(codes.read, typed_codes)]
    assert found_pieces("\n".join([*kept, written.out, written.err, repr(client.session.items())]), secrets) == set()


def test_sl2_a_new_key_leaves_old_links_open(client: Client, routine: RoutinePage, settings: Any):
    _link, token = factories.link_to(routine)
    settings.SHARE_LINK_KEYS = ["a newer key", *settings.SHARE_LINK_KEYS]
    _newer, other = factories.link_to(routine)
    assert [client.get(address(each)).status_code for each in (token, other)] == [200, 200]
    settings.SHARE_LINK_KEYS = settings.SHARE_LINK_KEYS[:1]
    assert [client.get(address(each)).status_code for each in (token, other)] == [404, 200]


def test_sl13_a_token_is_in_no_log_mail_or_traceback(
    routine: RoutinePage, failing: None, settings: Any, capfd: Any, caplog: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.ADMINS = [("Somebody", "somebody@stretch.example")]
    monkeypatch.setattr(RedactingMail, "_start", RedactingMail._tell_next)  # here, not in a thread of its own
    client = Client(raise_request_exception=False)
    _link, token = factories.link_to(routine)
    other = new_token()
    console = logging.StreamHandler(io.StringIO())
    console.setFormatter(RedactingFormatter("%(message)s"))
    logging.getLogger("django.request").addHandler(console)
    try:
        assert client.get(address(token)).status_code == 500
        assert client.get(address(other)).status_code == 404
        ShareLink.objects.revoke()
        assert client.get(address(token)).status_code == 410
    finally:
        logging.getLogger("django.request").removeHandler(console)
    written = console.stream.getvalue()
    assert "Internal Server Error: /s/…/" in written
    assert "Not Found: /s/…/" in written
    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject.endswith("Internal Server Error: /s/…/")
    told = "\n".join([written, str(mail.outbox[0].subject), str(mail.outbox[0].body), *capfd.readouterr()])
    assert found_pieces(told, [token, other]) == set()


def test_sl16_a_code_is_in_no_log_mail_or_traceback(
    routine: RoutinePage, failing: None, settings: Any, capfd: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.ADMINS = [("Somebody", "somebody@stretch.example")]
    monkeypatch.setattr(RedactingMail, "_start", RedactingMail._tell_next)
    client = Client(raise_request_exception=False)
    code = factories.link_to(routine).code
    # Its last character is made of all others, so any other one there is a slip.
    slip = f"{code[:-1]}{'7' if code[-1] != '7' else '8'}"
    console = logging.StreamHandler(io.StringIO())
    console.setFormatter(RedactingFormatter("%(message)s"))
    logging.getLogger("django.request").addHandler(console)
    try:
        assert client.get(address(code)).status_code == 500
        assert client.get(f"/code/{code}/").status_code == 404
        assert client.get(f"/code/{slip}/").status_code == 404
        assert client.post("/code/", {"code": slip}).status_code == 400
        monkeypatch.setattr(code_form, "opened_by", lambda secret: 1 / 0)
        for written in (code, codes.in_groups(code), f" {code.lower()} "):
            assert client.post("/code/", {"code": written}).status_code == 500
    finally:
        logging.getLogger("django.request").removeHandler(console)
    written = console.stream.getvalue()
    assert "Not Found: /code/…/" in written
    assert len(mail.outbox) == 4
    told = "\n".join([written, *(f"{each.subject}{each.body}" for each in mail.outbox), *capfd.readouterr()])
    assert "/code/" in told
    secrets = [code, slip, codes.in_groups(code)]
    assert found_pieces(told.upper(), secrets) == set()
