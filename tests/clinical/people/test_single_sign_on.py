"""AU2: the clinic's provider signs in whom it has verified, into an active account there is, and nobody else."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from requests import ConnectionError as NoConnection

from clinical.models import User
from clinical.people.accounts import is_same_address
from clinical.people.attempts import SINGLE_SIGN_ONS_OF_NETWORK
from clinical.people.inviting import ask_for_reset, send_invitation
from clinical.people.single_sign_on import OurAccountsOnly
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
        self.discovery: Any = None
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
        found = {**known, "issuer": ISSUER, "jwks_uri": ISSUER} if self.discovery is None else self.discovery
        return self._answer(self.person if url.endswith("userinfo") else found)

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
    assert is_same_address("mike@clinic.example", address) == is_theirs


@pytest.mark.parametrize(
    ("issuer", "said", "is_let_in"),
    [
        ("https://login.microsoftonline.com/7/v2.0", {"xms_edov": True}, True),
        ("https://login.microsoftonline.com/7/v2.0", {"xms_edov": "1"}, True),
        ("https://login.microsoftonline.com/7/v2.0", {"xms_edov": False}, False),
        ("https://login.microsoftonline.com/7/v2.0", {}, False),
        (ISSUER, {"xms_edov": True}, False),
    ],
)
def test_entra_id_vouches_by_the_domain_of_an_address(
    provider: Provider, owner: User, settings: Any, issuer: str, said: dict[str, Any], is_let_in: bool
):
    del provider.person["email_verified"]
    provider.person.update(said)
    settings.OIDC_ISSUER = issuer
    come_back(client := Client())
    assert is_in(client) is is_let_in


def test_a_password_signs_in_superusers_alone_where_the_provider_is_the_only_way(
    provider: Provider, owner: User, settings: Any, django_capture_on_commit_callbacks: Any
):
    settings.OIDC_ONLY = True
    colleague = factories.UserFactory.create(username="colleague", email="colleague@example.org")
    for person, code in ((owner, 302), (colleague, 200)):
        person.set_password("slow-green-river")
        person.save()
        client = Client()
        assert "A password signs in only those who look after the site." in client.get(SIGN_IN).text
        answer = client.post(SIGN_IN, {"username": person.username, "password": "slow-green-river"})
        assert (answer.status_code, is_in(client)) == (code, code == 302)
        with django_capture_on_commit_callbacks(execute=True):
            ask_for_reset(person.email)
    with django_capture_on_commit_callbacks(execute=True):
        send_invitation.enqueue(about="", account=colleague.pk)
    assert [letter.to for letter in mail.outbox] == [[owner.email], [colleague.email]]
    assert "Sign in here with Our clinic" in mail.outbox[1].body
    assert f"/admin/login/{chr(10)}" in mail.outbox[1].body


def test_second_factor_is_asked_for_where_the_account_has_one(provider: Provider, owner: User):
    Authenticator.objects.create(user=owner, type="totp", data={})
    client = Client()
    assert come_back(client).headers["Location"] == "/admin/login/code/"
    assert not is_in(client)


def test_provider_that_does_not_answer_leaves_the_password(provider: Provider):
    provider.is_away = True
    assert "Our clinic does not answer" in Client().get(BEGIN, follow=True).text


@pytest.mark.parametrize("discovery", [[], "words", 7, {"authorization_endpoint": 7}], ids=str)
def test_discovery_of_another_kind_leaves_the_password(provider: Provider, discovery: Any):
    provider.discovery = discovery
    assert "Our clinic does not answer" in Client().get(BEGIN, follow=True).text


@pytest.mark.parametrize(
    ("person", "said"),
    [({"sub": "7" * 300}, "does not answer"), ({"email": ["owner@example.org"]}, "Nobody here has the address")],
    ids=["long", "list"],
)
def test_answer_of_another_kind_leaves_the_password(provider: Provider, owner: User, person: dict[str, Any], said: str):
    provider.person.update(person)
    client = Client()
    assert come_back(client).headers["Location"] == SIGN_IN
    assert said in client.get(SIGN_IN).text
    assert not is_in(client)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("the address is not verified", "Our clinic has not verified your address"),
        ("no account has the address", "Nobody here has the address Our clinic gave for you"),
        ("is not active", "Nobody here has the address Our clinic gave for you"),
        ("have the same address", "Nobody here has the address Our clinic gave for you"),
    ],
)
def test_refusal_is_logged_with_its_reason_and_without_the_address(
    provider: Provider, owner: User, why: str, said: str, caplog: pytest.LogCaptureFixture
):
    provider.person["email_verified"] = why != "the address is not verified"
    if why == "no account has the address":
        provider.person["email"] = "stranger@example.org"
    elif why == "is not active":
        User.objects.update(is_active=False)
    elif why == "have the same address":
        factories.UserFactory.create(username="another", email="owner@example.org")
    client = Client()
    come_back(client)
    assert said in client.get(SIGN_IN).text
    assert why in caplog.text
    assert "example.org" not in caplog.text


def test_steps_are_limited_for_each_network(provider: Provider):
    for _turn in range(SINGLE_SIGN_ONS_OF_NETWORK.most):
        assert rate_limits.take((SINGLE_SIGN_ONS_OF_NETWORK, "127.0.0.0/24")) == 0
    assert [Client().get(path).status_code for path in (BEGIN, BEGIN + "clinic/")] == [429, 429]


def test_without_a_provider_there_is_no_address_and_no_button(db: None):
    client = Client()
    assert client.get(BEGIN).status_code == 404
    assert client.get(BEGIN + "clinic/").status_code == 404
    assert "Sign in with" not in client.get(SIGN_IN).text
