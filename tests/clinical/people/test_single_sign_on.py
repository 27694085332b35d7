"""AU2: the clinic's provider signs in whom it has verified, into an active account there is, and nobody else."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from requests import ConnectionError as NoConnection

from clinical.models import User
from clinical.people.attempts import SINGLE_SIGN_ONS_OF_NETWORK
from clinical.people.single_sign_on import OurAccountsOnly, is_the_same
from clinical.serving import rate_limits
from testing import factories

ISSUER, BEGIN = "https://id.example", "/admin/login/single-sign-on/"
SIGN_IN = "/admin/login/"


class Provider:
    """A provider, as far as it is asked over the network."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {"sub": "7", "email": "owner@example.org", "email_verified": True}
        self.token: dict[str, Any] = {"iss": ISSUER, "aud": "site", "exp": time.time() + 60}
        self.is_away = False
        self.sent: dict[str, Any] = {}

    def __enter__(self) -> Provider:
        return self

    def __exit__(self, *args: object) -> None:
        pass

    def get(self, url: str, headers: Any = None) -> Any:
        if self.is_away:
            raise NoConnection
        assert url.startswith(ISSUER)
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        known = {f"{name}_endpoint": f"{ISSUER}/{path}" for name, path in names.items()}
        return self._answer(
            self.person if url.endswith("userinfo") else {**known, "issuer": ISSUER, "jwks_uri": ISSUER}
        )

    def request(self, method: str, url: str, data: Any = None, **kwargs: Any) -> Any:
        self.sent = data
        token = jwt.encode({**self.token, **self.person}, "a-key-of-thirty-two-characters-..", algorithm="HS256")
        return self._answer({"access_token": "x", "id_token": token})

    def _answer(self, said: Any) -> Any:
        headers = {"content-type": "application/json"}
        return SimpleNamespace(status_code=200, headers=headers, json=lambda: said, raise_for_status=lambda: None)


@pytest.fixture
def provider(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Provider:
    settings.OIDC_ISSUER, settings.OIDC_NAME = ISSUER, "Our clinic"
    app = {"provider_id": "clinic", "name": "Our clinic", "client_id": "site", "secret": "s"}
    apps = [{**app, "settings": {"server_url": ISSUER}}]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps, "OAUTH_PKCE_ENABLED": True}}
    made = Provider()
    monkeypatch.setattr(OurAccountsOnly, "get_requests_session", lambda self: made)
    return made


@pytest.fixture
def owner(db: None) -> User:
    return factories.UserFactory.create(username="owner", email="Owner@example.org", is_superuser=True)


def come_back(client: Client, **changed: str) -> Any:
    asked = client.get(BEGIN, {"next": "/admin/account/"})
    sent = parse_qs(urlsplit(asked.headers["Location"]).query)
    assert sent["code_challenge_method"] == ["S256"]
    answer = {"state": sent["state"][0], "code": "c", **changed}
    return client.get(urlsplit(sent["redirect_uri"][0]).path, answer)


def is_in(client: Client) -> bool:
    return client.get("/admin/who-is-signed-in/").status_code == 200


def test_who_has_an_account_is_signed_in_to_it_and_goes_where_they_were_going(provider: Provider, owner: User):
    client = Client()
    assert "Sign in with Our clinic" in client.get(SIGN_IN).text
    assert come_back(client).headers["Location"] == "/admin/account/"
    assert is_in(client)
    assert provider.sent["code_verifier"]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ("person", {"email_verified": False}),
        ("person", {"email": "stranger@example.org"}),
        ("person", {"email": ""}),
        ("token", {"iss": "https://another.example"}),
        ("token", {"aud": "another site"}),
        ("token", {"exp": 1}),
        ("account", {"is_active": False}),
        ("answer", {"state": "forged"}),
        ("answer", {"error": "access_denied"}),
        ("two", {}),
    ],
)
def test_nobody_else_is_signed_in_and_no_account_is_made(
    provider: Provider, owner: User, who: str, what: dict[str, Any]
):
    if who in {"person", "token"}:
        getattr(provider, who).update(what)
    elif who == "account":
        owner.is_active = False
        owner.save()
    elif who == "two":
        factories.UserFactory.create(username="another", email="owner@example.org")
    many, client = User.objects.count(), Client()
    answer = come_back(client, **(what if who == "answer" else {}))
    assert (answer.status_code, answer.headers["Location"]) == (302, SIGN_IN)
    assert not is_in(client)
    assert User.objects.count() == many


@pytest.mark.parametrize(
    ("address", "is_theirs"),
    [("MIKE@Clinic.example", True), ("mıke@clinic.example", False), ("mi\u212ae@clinic.example", False)],
)
def test_letter_of_another_script_is_another_though_a_database_takes_it_for_ours(address: str, is_theirs: bool):
    assert is_the_same("mike@clinic.example", address) == is_theirs


def test_second_factor_is_asked_for_where_the_account_has_one(provider: Provider, owner: User):
    Authenticator.objects.create(user=owner, type="totp", data={})
    client = Client()
    assert come_back(client).headers["Location"] == "/admin/login/code/"
    assert not is_in(client)


def test_provider_that_does_not_answer_leaves_the_password(provider: Provider):
    provider.is_away = True
    assert "Our clinic does not answer" in Client().get(BEGIN, follow=True).text


def test_steps_are_limited_for_each_network(provider: Provider):
    for _turn in range(SINGLE_SIGN_ONS_OF_NETWORK.most):
        assert rate_limits.take((SINGLE_SIGN_ONS_OF_NETWORK, "127.0.0.0/24")) == 0
    assert [Client().get(path).status_code for path in (BEGIN, BEGIN + "clinic/")] == [429, 429]


def test_without_a_provider_there_is_no_address_and_no_button(db: None):
    client = Client()
    assert client.get(BEGIN).status_code == 404
    assert client.get(BEGIN + "clinic/").status_code == 404
    assert "Sign in with" not in client.get(SIGN_IN).text
