"""AU2: where there is a second factor a password alone opens nothing, and no code opens twice."""

from __future__ import annotations

import re
import time
from base64 import b32encode
from typing import Any
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

from clinical.models import AuditEntry, FailedSignIn, User
from clinical.people import attempts, second_factor
from clinical.people.code_at_sign_in import SECONDS_TO_ANSWER
from clinical.people.factor_secrets import EncryptedSecrets
from clinical.people.second_factor import shown_by
from clinical.serving import rate_limits
from clinical.words.choices import AuditAction
from testing import factories

PASSWORD = "slow-green-river-stones"
SECRET = b32encode(b"12345678901234567890").decode()
SIGN_IN, CODE, OWN, SET_UP = "/admin/login/", "/admin/login/code/", "/admin/account/second-factor/", "set-up/"


#: The half minute in which all of it happens: on a slow machine the clock would go on between two requests.
NOW = 60_000_000


def code_of(steps_from_now: int = 0) -> str:
    return f"{hotp_value(SECRET, NOW + steps_from_now):06d}"


@pytest.fixture
def owner(db: None, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody with a password, who may do everything in the admin."""
    monkeypatch.setattr(second_factor, "yield_hotp_counters_from_time", lambda: iter((NOW - 1, NOW, NOW + 1)))
    person = factories.UserFactory.create(username="owner", email="owner@example.org")
    person.set_password(PASSWORD)
    person.is_superuser = True
    person.save()
    return person


@pytest.fixture
def guarded(owner: User) -> User:
    """The same with a second factor."""
    Authenticator.objects.create(user=owner, type="totp", data={"secret": EncryptedSecrets().encrypt(SECRET)})
    return owner


def give_password(client: Client, address: str = SIGN_IN, **more: str) -> Any:
    return client.post(address, {"username": "owner", "password": PASSWORD, **more})


def give_code(client: Client, code: str) -> Any:
    return client.post(CODE, {"code": code})


def is_in(client: Client) -> bool:
    return client.get("/admin/who-is-signed-in/").status_code == 200


def told() -> list[str]:
    return list(AuditEntry.objects.filter(action__contains="factor").values_list("action", flat=True))


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str):
    """RFC 6238, appendix B, by the arithmetic that is the package's own."""
    assert f"{hotp_value(SECRET, seconds // 30):06d}" == code


@pytest.mark.parametrize(
    "name",
    [
        *("account_login", "account_signup", "account_email", "account_reset_password", "account_change_password"),
        *("mfa_index", "mfa_authenticate", "mfa_activate_totp", "mfa_view_recovery_codes", "socialaccount_connections"),
    ],
)
def test_no_page_of_the_package_has_an_address(name: str):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("road", [SIGN_IN, "/_util/login/"])
def test_password_alone_signs_nobody_in(guarded: User, road: str):
    client = Client()
    answer = give_password(client, road, next="/admin/signed-in-again/")
    assert (answer.status_code, answer.headers["Location"]) == (302, CODE)
    assert not is_in(client)
    assert "known_device" not in client.cookies
    answer = give_code(client, code_of())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/signed-in-again/")
    assert is_in(client)
    assert "known_device" in client.cookies


def test_no_other_road_signs_in_past_the_code(guarded: User):
    client = Client()
    with pytest.raises(PermissionDenied):
        client.login(username="owner", password=PASSWORD)
    assert not is_in(client)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_clock_may_be_half_a_minute_off_and_no_code_counts_twice(guarded: User, steps: int):
    assert shown_by(guarded, code_of(steps))
    assert not shown_by(guarded, code_of(steps))
    assert not shown_by(guarded, code_of(steps - 1)), "an earlier one either"


@pytest.mark.parametrize("wrong", ["", "000000 ", "½²³", "123456789", "12345678901234567890"])
def test_wrong_code_opens_nothing(guarded: User, wrong: str):
    with patch("clinical.people.second_factor.hotp_value", return_value=1):
        client = Client()
        give_password(client)
        assert give_code(client, wrong).status_code == 200
        assert not is_in(client)


def test_codes_are_counted_like_passwords(guarded: User):
    client = Client()
    answers = []
    with patch("clinical.people.second_factor.hotp_value", return_value=1):
        for _turn in range(attempts.OF_ACCOUNT.most + 1):
            give_password(client)
            answers.append(give_code(client, "999999").status_code)
    assert answers == [200] * attempts.OF_ACCOUNT.most + [429]
    assert FailedSignIn.objects.get(account=guarded).count == attempts.OF_ACCOUNT.most
    refused = give_code(client, code_of())
    assert refused.status_code == 429, "the right one is not looked at"
    assert "somebody knows your password" in refused.text
    attempts.forget_attempts_on(guarded)
    assert give_code(client, code_of()).status_code == 302


def test_who_guesses_codes_elsewhere_shuts_nobody_out_of_a_known_browser(guarded: User):
    owner, stranger = Client(), Client()
    give_password(owner)
    give_code(owner, code_of(-1))
    owner.post("/admin/logout/")
    rate_limits.take(*[(attempts.OF_CODE, "owner")] * attempts.OF_CODE.most)
    give_password(stranger)
    assert give_code(stranger, code_of()).status_code == 429
    give_password(owner)
    assert give_code(owner, code_of()).status_code == 302
    assert is_in(owner)


def test_what_others_tried_from_the_same_network_says_nothing_of_the_password(guarded: User):
    client = Client()
    give_password(client)
    for _turn in range(attempts.OF_NETWORK.most):
        rate_limits.take((attempts.OF_NETWORK, "127.0.0.0/24"))
    refused = give_code(client, code_of())
    assert refused.status_code == 429
    assert "your code was not looked at" in refused.text
    assert "knows your password" not in refused.text


@pytest.mark.parametrize("change", ["too late", "another password", "deactivated", "removed"])
def test_right_password_holds_only_so_long(guarded: User, change: str):
    client = Client()
    give_password(client)
    later = time.time() + (SECONDS_TO_ANSWER + 1 if change == "too late" else 0)
    if change == "another password":
        guarded.set_password("another-" + PASSWORD)
    guarded.is_active = change != "deactivated"
    guarded.save()
    if change == "removed":
        Authenticator.objects.all().delete()
    with patch("clinical.people.code_at_sign_in.time.time", return_value=later):
        answer = give_code(client, code_of())
    assert (answer.status_code, answer.headers["Location"]) == (302, SIGN_IN)
    assert not is_in(client)


def test_setting_up_shows_the_secret_then_the_codes_and_keeps_neither_in_the_clear(owner: User):
    client = Client()
    give_password(client)
    shown = client.get(OWN + SET_UP)
    assert 'class="qr"' in shown.text
    secret = re.search(r'__secret">([A-Z2-7 ]+)<', shown.text)[1].replace(" ", "")
    code = f"{hotp_value(secret, NOW):06d}"
    for wrong in ({"code": code}, {"code": code, "current_password": "wrong"}, {"current_password": PASSWORD}):
        assert "second-factor__codes" not in client.post(OWN + SET_UP, wrong).text
    assert not told()
    done = client.post(OWN + SET_UP, {"code": code, "current_password": PASSWORD})
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", done.text)
    assert len(set(codes)) == 10
    assert told() == [AuditAction.FACTOR_SET_UP]
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code.replace(" ", "") in kept for code in codes)
    assert is_in(client)
    assert "no-store" in done.headers["Cache-Control"]

    another = Client()
    give_password(another)
    assert give_code(another, code).status_code == 200, "it was used to set up"
    assert give_code(another, codes[3]).status_code == 302
    assert AuditEntry.objects.get(action=AuditAction.CODE_USED).details == {"left": 9}
    give_password(another := Client())
    assert give_code(another, codes[3]).status_code == 200, "it was used"
    assert secret not in client.get(OWN + SET_UP, follow=True).text


def test_changing_it_takes_the_password_and_a_code(guarded: User):
    client = Client()
    give_password(client)
    give_code(client, code_of())
    for wrong in ({"code": code_of(1)}, {"current_password": PASSWORD, "code": code_of()}):
        client.post(OWN, {**wrong, "decision": "remove"})
    assert not told()
    both = {"current_password": PASSWORD, "code": code_of(1)}
    shown = client.post(OWN, {**both, "decision": "renew"}).text
    new = re.findall(r"<code>(\d{4} \d{4})</code>", shown)
    assert len(new) == 10
    assert re.search(r"<title>\s*Your recovery codes", shown)
    client.post(OWN, {"current_password": PASSWORD, "code": new[0], "decision": "remove"})
    assert not Authenticator.objects.exists()
    assert told() == [AuditAction.FACTOR_REMOVED]


@pytest.mark.parametrize("change", ["set up", "renew", "remove", "command"])
def test_change_ends_every_other_session_and_its_owner_is_told(
    owner: User, change: str, django_capture_on_commit_callbacks: Any
):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        give_password(client)
    if change != "set up":
        Authenticator.objects.create(user=owner, type="totp", data={"secret": EncryptedSecrets().encrypt(SECRET)})
    with django_capture_on_commit_callbacks(execute=True):
        if change == "command":
            call_command("remove_second_factor", "owner", reason="Lost her phone; she came by.", verbosity=0)
        elif change == "set up":
            secret = re.search(r'__secret">([A-Z2-7 ]+)<', here.get(OWN + SET_UP).text)[1].replace(" ", "")
            here.post(OWN + SET_UP, {"code": f"{hotp_value(secret, NOW):06d}", "current_password": PASSWORD})
        else:
            here.post(OWN, {"current_password": PASSWORD, "code": code_of(), "decision": change})
    assert (is_in(here), is_in(elsewhere)) == (change != "command", False)
    said = {"set up": "was set up", "renew": "were renewed"}.get(change, "was removed")
    assert [(letter.to, said in letter.body) for letter in mail.outbox] == [(["owner@example.org"], True)]


def test_with_another_key_no_code_is_right_and_nothing_breaks(guarded: User):
    with override_settings(SECRET_KEY="another"):
        assert not shown_by(guarded, code_of())
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["for-tests-only"]):
        assert shown_by(guarded, code_of())


def test_a_key_is_changed_and_nobody_sets_up_anything_again(guarded: User):
    with override_settings(SECRET_KEY="another"), pytest.raises(CommandError, match="cannot be read"):
        call_command("second_factors_to_new_key", verbosity=0)
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["for-tests-only"]):
        call_command("second_factors_to_new_key", verbosity=0)
    with override_settings(SECRET_KEY="another"):
        assert shown_by(guarded, code_of())


def test_whoever_runs_the_site_can_remove_it_and_says_why(guarded: User):
    call_command("remove_second_factor", "owner", reason="Lost her phone; she came by.", verbosity=0)
    assert AuditEntry.objects.get(action=AuditAction.FACTOR_REMOVED).reason == "Lost her phone; she came by."
    with pytest.raises(CommandError):
        call_command("remove_second_factor", "owner", reason="Again.")
