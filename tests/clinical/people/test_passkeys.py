"""AU2: a passkey takes the place of a code, for whom it was made and once for each challenge."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from clinical.models import AuditEntry, User
from clinical.people import attempts, second_factor
from clinical.people.passkeys import passkeys_of
from clinical.words.choices import AuditAction
from testing import factories
from tests.clinical.people.soft_passkey import Passkey
from tests.clinical.people.test_second_factor import (  # noqa: F401  (fixtures)
    CODE,
    NOW,
    OWN,
    PASSWORD,
    code_of,
    give_code,
    give_password,
    guarded,
    is_in,
    owner,
)

ADD = OWN + "passkey/"


def asked(answer: Any) -> dict[str, Any]:
    """What the page asks the browser."""
    found = re.search(r'<script id="passkey-options" type="application/json">(.+?)</script>', answer.text)
    options: dict[str, Any] = json.loads(found[1])["publicKey"]
    return options


#: What is no authenticator's, and what is no answer of a browser's.
MADE_UP: dict[str, str | bytes] = {
    "key cut short": bytes(32) + b"\x41" + bytes(22),
    "extensions cut short": bytes(32) + b"\x81" + bytes(4),
    "lists of lists": bytes(32) + b"\x81" + bytes(4) + b"\x81" * 9_000,
    "brackets": "[" * 9_000,
    "far too many brackets": "[" * 50_000,
}


def session_of(person: User) -> str:
    """Somebody signed in elsewhere."""
    held = SessionStore()
    held.update({SESSION_KEY: str(person.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0]})
    held[HASH_SESSION_KEY] = person.get_session_auth_hash()
    held.save()
    return str(held.session_key)


def with_passkey(person: User) -> Passkey:
    client, elsewhere, passkey = Client(), Client(), Passkey()
    elsewhere.cookies["sessionid"] = session_of(person)
    give_password(client)
    give_code(client, code_of(-1))
    made = passkey.made(asked(client.get(ADD)))
    sent = {"name": "My phone", "current_password": PASSWORD, "code": code_of(), "passkey": made}
    assert client.post(ADD, {**sent, "code": "1"}).status_code == 200, "it takes a code"
    made = passkey.made(asked(client.get(ADD)))
    assert is_in(elsewhere)
    assert client.post(ADD, {**sent, "passkey": made}).headers["Location"] == OWN
    assert not is_in(elsewhere)
    assert "My phone" in client.get(OWN).text
    assert AuditEntry.objects.get(action=AuditAction.FACTOR_SET_UP).details == {"passkey": "My phone"}
    return passkey


def test_passkey_signs_in_after_the_password_once_for_each_challenge(guarded: User):  # noqa: F811  (a fixture)
    passkey = with_passkey(guarded)
    client = Client()
    give_password(client, next="/admin/signed-in-again/")
    shown = {"passkey": passkey.shown(asked(client.get(CODE)))}
    assert client.post(CODE, shown).headers["Location"] == "/admin/signed-in-again/"
    assert is_in(client)
    give_password(another := Client())
    assert client.post(CODE, shown).headers["Location"] == "/admin/login/", "no password was given"
    another.get(CODE)
    assert another.post(CODE, shown).headers["Location"] == CODE
    assert not is_in(another)


@pytest.mark.parametrize(
    "wrong",
    ["another key", "another site's", "", "[]", "null", '{"id": 1}', "{}", *MADE_UP],
)
def test_what_is_no_passkey_of_theirs_opens_nothing_and_is_counted(guarded: User, wrong: str):  # noqa: F811  (a fixture)
    passkey = with_passkey(guarded)
    client = Client()
    give_password(client)
    options = asked(client.get(CODE))
    if wrong == "another key":
        wrong = Passkey().shown(options)
    elif wrong == "another site's":
        passkey.host = "fake.example"
        wrong = passkey.shown(options)
    elif wrong in MADE_UP:
        said = MADE_UP[wrong]
        wrong = said if isinstance(said, str) else passkey.shown(options, said)
    assert client.post(CODE, {"passkey": wrong}).headers["Location"] == CODE
    assert not is_in(client)
    answers = [client.post(CODE, {"passkey": ""}).status_code for _turn in range(attempts.OF_ACCOUNT.most)]
    assert answers == [302] * (attempts.OF_ACCOUNT.most - 1) + [429]


@pytest.mark.parametrize("wrong", ["nothing", "no end", "no key", "a letter that cannot be kept"])
def test_what_is_no_passkey_is_not_kept(guarded: User, wrong: str):  # noqa: F811  (a fixture)
    client, passkey = Client(), Passkey()
    give_password(client)
    give_code(client, code_of(-1))
    options = asked(client.get(ADD))
    attestation = {"nothing": b"", "no end": b"\x81" * 9000}.get(wrong)
    made = passkey.made(options, attestation, 0x01 if wrong == "no key" else 0x41)
    if wrong == "a letter that cannot be kept":
        made = made.replace('{"id"', '{"x": "\\u0000", "id"', 1)
    answer = client.post(ADD, {"name": "x", "current_password": PASSWORD, "code": code_of(), "passkey": made})
    assert answer.status_code == 200
    assert "Your browser made no passkey" in answer.text
    assert not AuditEntry.objects.filter(action=AuditAction.FACTOR_SET_UP).exists()


def test_one_passkey_is_removed_with_a_code_and_the_others_stay(
    guarded: User,  # noqa: F811  (a fixture)
    monkeypatch: pytest.MonkeyPatch,
):
    with_passkey(guarded)
    monkeypatch.setattr(second_factor, "yield_hotp_counters_from_time", lambda: iter(range(NOW, NOW + 5)))
    other = Authenticator.objects.create(user=guarded, type=Authenticator.Type.WEBAUTHN, data={"name": "Old key"})
    strange = Authenticator.objects.create(
        user=factories.UserFactory.create(), type=Authenticator.Type.WEBAUTHN, data={"name": "Hers"}
    )
    client = Client()
    give_password(client)
    give_code(client, code_of(1))
    assert 'Remove this passkey<span class="w-sr-only">: Old key</span>' in client.get(OWN).text
    for key, code in ((other.pk, "1"), (strange.pk, code_of(2)), (other.pk, code_of(3))):
        client.post(OWN, {"current_password": PASSWORD, "code": code, "decision": f"remove_passkey {key}"})
    assert [each.name for each in passkeys_of(guarded)] == ["My phone"]
    assert Authenticator.objects.filter(pk=strange.pk).exists()
    assert AuditEntry.objects.get(action=AuditAction.FACTOR_REMOVED).details == {"passkey": "Old key"}


def test_who_has_no_app_adds_no_passkey_and_who_has_no_passkey_is_asked_for_none(guarded: User):  # noqa: F811  (a fixture)
    client = Client()
    give_password(client)
    assert "passkey" not in client.get(CODE).text
    give_code(client, code_of())
    client.post(OWN, {"current_password": PASSWORD, "code": code_of(1), "decision": "remove"})
    assert client.get(ADD).headers["Location"] == OWN
