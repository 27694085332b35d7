"""X17: guesses are limited without costing anything, owners get in, and nobody learns who has an account."""

from __future__ import annotations

import re
import sqlite3
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from clinical.models import AuditEntry, User
from clinical.people import attempts
from clinical.people.known_devices import COOKIE
from clinical.serving import rate_limits
from clinical.words.choices import AuditAction
from exercises.models import ExercisePage
from testing import factories

pytestmark = pytest.mark.django_db

PASSWORD = "slow-green-river-stones"
SIGN_IN = "/admin/login/"
RESET = "/admin/password_reset/"
ACCOUNT = "/admin/account/"
MOST = attempts.OF_ACCOUNT.most


@pytest.fixture
def owner() -> User:
    """Somebody who may sign in, and do everything there."""
    person = factories.UserFactory.create(username="owner", email="owner@example.org", first_name="O", last_name="W")
    person.set_password(PASSWORD)
    person.is_superuser = True
    person.save()
    return person


def use_up(limit: rate_limits.Limit, whose: str, but: int = 0) -> None:
    """Count all tries there are, but for so many."""
    for _turn in range(limit.most - but):
        assert rate_limits.take((limit, whose)) == 0


def sign_in(client: Client, name: str = "owner", password: str = PASSWORD, network: int = 1, **more: Any) -> Any:
    return client.post(SIGN_IN, {"username": name, "password": password}, REMOTE_ADDR=f"192.0.{network}.7", **more)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def guess_until_refused(name: str = "owner") -> Any:
    """Strangers guess, from many networks, so that none of them is what is limited."""
    use_up(attempts.OF_ACCOUNT, name)
    return sign_in(Client(), name, "wrong", network=1)


@pytest.mark.parametrize("name", ["owner", "nobody"])
def test_guess_too_many_looks_at_no_password_and_says_what_helps(owner: User, name: str):
    with (
        patch.object(User, "check_password", return_value=False) as check,
        patch.object(User, "set_password") as for_nobody,
    ):
        answers = [sign_in(Client(), name, f"guess-{turn}", network=turn) for turn in range(MOST + 5)]
    assert [answer.status_code for answer in answers] == [200] * MOST + [429] * 5
    assert check.call_count + for_nobody.call_count == MOST
    refused = answers[-1]
    assert 0 < int(refused["Retry-After"]) <= attempts.HOUR_SECONDS
    assert "by a link for a new password" in refused.text
    assert RESET in refused.text
    assert name not in refused.text
    assert sign_in(Client(), name, PASSWORD, network=99).status_code == 429


def test_right_password_counts_nothing(owner: User):
    use_up(attempts.OF_NETWORK, "192.0.1.0/24", but=1)
    use_up(attempts.OF_ACCOUNT, "owner", but=1)
    assert [sign_in(Client(), network=1).status_code for _turn in range(3)] == [302] * 3


def test_however_a_name_is_written_it_is_one_account(owner: User):
    guess_until_refused("owner")
    assert [sign_in(Client(), name).status_code for name in ("OWNER", " owner", "ｏｗｎｅｒ")] == [429] * 3


def test_network_that_tries_one_account_after_another_is_refused(owner: User):
    use_up(attempts.OF_NETWORK, "192.0.1.0/24", but=1)
    assert sign_in(Client(), "somebody", "wrong", network=1).status_code == 200
    assert sign_in(Client(), "owner", network=1).status_code == 429
    use_up(attempts.OF_ACCOUNT, "owner", but=1)  # what was refused has counted nothing
    assert sign_in(Client(), "owner", network=2).status_code == 302


def test_everybody_together_cannot_keep_the_processors_busy(owner: User):
    known = Client()
    sign_in(known)
    use_up(attempts.OF_EVERYBODY, "")
    assert sign_in(Client(), network=5).status_code == 429
    assert sign_in(known, network=5).status_code == 302


def test_every_road_to_a_password_is_counted(owner: User):
    guess_until_refused()
    with pytest.raises(attempts.TooManyAttempts):
        authenticate(username="owner", password=PASSWORD)
    assert Client().post("/_util/login/", {"username": "owner", "password": PASSWORD}).status_code == 429
    asked_as_data = sign_in(Client(), network=98, headers={"accept": "application/json"})
    assert asked_as_data.status_code == 429
    assert "Too many wrong passwords" in asked_as_data.json()["problem"]


def test_owner_gets_in_from_a_known_browser_while_strangers_guess(owner: User):
    known = Client()
    sign_in(known)
    cookie = known.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
    known.post(reverse("wagtailadmin_logout"))
    assert guess_until_refused().status_code == 429
    assert sign_in(known, network=1).status_code == 302
    assert is_in(known)


def test_known_browser_may_guess_no_more_than_others(owner: User):
    known = Client()
    sign_in(known)
    answers = [sign_in(known, password="wrong").status_code for _turn in range(attempts.OF_KNOWN_DEVICE.most + 1)]
    assert answers == [200] * attempts.OF_KNOWN_DEVICE.most + [429]
    assert sign_in(Client(), network=3).status_code == 302


@pytest.mark.parametrize("change", ["forged", "another account's", "old password"])
def test_browser_is_known_only_for_whom_it_was_signed(owner: User, change: str):
    known = Client()
    sign_in(known)
    name = "owner"
    if change == "forged":
        known.cookies[COOKIE] = known.cookies[COOKIE].value[:-1] + "-"
    elif change == "old password":
        owner.set_password("another-" + PASSWORD)
        owner.save()
    else:
        name = "nobody"
    guess_until_refused(name)
    assert sign_in(known, name).status_code == 429


def test_readers_get_no_cookie(owner: User, exercise: ExercisePage):
    known = Client()
    sign_in(known)
    assert not Client().get(exercise.get_url()).cookies
    assert not known.get(exercise.get_url()).cookies
    assert not Client().get(SIGN_IN).cookies.get(COOKIE)


def test_link_from_the_mailbox_gets_the_owner_in_while_strangers_guess(
    owner: User, django_capture_on_commit_callbacks: Any
):
    guess_until_refused()
    client = Client()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(RESET, {"email": "owner@example.org"})
    (letter,) = mail.outbox
    form = client.get(re.search(r"https?://[^/]+(/admin/\S+)", letter.body).group(1)).headers["Location"]
    new = "new-" + PASSWORD
    assert client.post(form, {"new_password1": new, "new_password2": new}).status_code == 302
    assert sign_in(client, password=new).status_code == 302


def test_known_and_unknown_addresses_are_asked_the_same(owner: User):
    answers, asked = [], []
    for address in ("owner@example.org", "nobody@example.org"):
        with patch("clinical.people.inviting.find_accounts") as task, CaptureQueriesContext(connection) as queries:
            answers.append(Client().post(RESET, {"email": address}))
        task.enqueue.assert_called_once_with(about=f"New password → {address}", address=address)
        asked.append(len(queries))
    # Where the counts of attempts are rows of the database they are asked for; accounts are not.
    assert asked[0] == asked[1] <= 4
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, f"{RESET}done/")] * 2


def test_resets_are_limited_for_each_address_and_network(owner: User, django_capture_on_commit_callbacks: Any):
    def ask(address: str, network: int) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return Client().post(RESET, {"email": address}, REMOTE_ADDR=f"192.0.{network}.7").status_code

    most = attempts.RESETS_OF_ADDRESS.most
    for address in ("owner@example.org", "nobody@example.org"):
        assert [ask(address, turn) for turn in range(most + 1)] == [302] * most + [429]
    assert len(mail.outbox) == most
    use_up(attempts.RESETS_OF_NETWORK, "192.0.50.0/24", but=1)
    assert [ask(f"{turn}@example.org", 50) for turn in range(2)] == [302, 429]


def test_mail_server_that_fails_is_no_error_of_the_page(owner: User):
    with patch("clinical.people.inviting.deliver", side_effect=OSError):
        assert Client().post(RESET, {"email": "owner@example.org"}).status_code == 302


@pytest.mark.parametrize("password", ["123456789012", "password1234", "short", "owner@example.org"])
def test_weak_password_is_refused(owner: User, password: str):
    client = Client()
    sign_in(client)
    words = {"password-old_password": PASSWORD, "password-new_password1": password, "password-new_password2": password}
    assert client.post(ACCOUNT, own_details(**words)).status_code == 200
    owner.refresh_from_db()
    assert owner.check_password(PASSWORD)


def own_details(**changed: str) -> dict[str, str]:
    details = {"name_email-first_name": "O", "name_email-last_name": "W", "name_email-email": "owner@example.org"}
    return {**details, "theme-theme": "system", "theme-contrast": "system", "theme-density": "default", **changed}


@pytest.mark.parametrize(("given", "changes"), [(None, False), ("wrong", False), (PASSWORD, True)])
def test_own_address_changes_only_with_the_password(owner: User, given: str | None, changes: bool):
    client = Client()
    sign_in(client)
    words = {"name_email-email": "new@example.org"} | ({"name_email-current_password": given} if given else {})
    answer = client.post(ACCOUNT, own_details(**words))
    owner.refresh_from_db()
    assert owner.email == ("new@example.org" if changes else "owner@example.org")
    assert answer.status_code == (302 if changes else 200)
    if not changes:
        assert "Write it here to change your e-mail address." in answer.text


@pytest.mark.parametrize("screen", ["own", "another's"])
def test_nobody_takes_the_address_of_a_colleague(owner: User, screen: str):
    factories.UserFactory.create(username="colleague", email="Colleague@example.org")
    owner.is_superuser = True
    owner.save()
    sign_in(client := Client())
    taken = "colleague@example.org"
    if screen == "own":
        words = {"name_email-email": taken, "name_email-current_password": PASSWORD}
        answer = client.post(ACCOUNT, own_details(**words))
    else:
        another = factories.UserFactory.create(username="another", email="another@example.org", last_name="A")
        details = {"username": "another", "first_name": "A", "last_name": "A", "is_active": "on", "email": taken}
        answer = client.post(reverse("wagtailusers_users:edit", args=[another.pk]), details)
    assert answer.status_code == 200
    assert "Somebody else has an account with this address." in answer.text
    assert User.objects.filter(email__iexact=taken).count() == 1


def test_own_name_changes_without_the_password(owner: User):
    client = Client()
    sign_in(client)
    assert client.post(ACCOUNT, own_details(**{"name_email-first_name": "New"})).status_code == 302
    owner.refresh_from_db()
    assert owner.first_name == "New"


@pytest.mark.parametrize("field", ["name_email-current_password", "password-old_password"])
def test_own_password_is_not_to_be_guessed_either(owner: User, field: str):
    client = Client()
    sign_in(client)
    words = {"name_email-email": "new@example.org"} if "email-" in field else {}
    words |= {"password-new_password1": "x" * 20, "password-new_password2": "x" * 20} if "old" in field else {}
    use_up(attempts.OF_OWN_PASSWORD, str(owner.pk), but=2)
    answers = [client.post(ACCOUNT, own_details(**words, **{field: "wrong"})).status_code for _turn in range(3)]
    assert answers == [200, 200, 429]
    assert client.post(ACCOUNT, own_details(**words, **{field: PASSWORD})).status_code == 429


def test_those_who_change_accounts_cannot_change_their_own_past_the_password(owner: User):
    owner.is_superuser = True
    owner.save()
    client = Client()
    sign_in(client)
    address = reverse("wagtailusers_users:edit", args=[owner.pk])
    details = {"username": "owner", "first_name": "O", "last_name": "W", "is_active": "on", "is_superuser": "on"}
    for change in ({"email": "new@example.org"}, {"email": owner.email, "password1": "x" * 20, "password2": "x" * 20}):
        assert client.post(address, {**details, **change}).headers["Location"] == ACCOUNT
    owner.refresh_from_db()
    assert owner.email == "owner@example.org"
    assert owner.check_password(PASSWORD)
    assert client.post(address, {**details, "email": owner.email, "last_name": "New"}).status_code == 302
    owner.refresh_from_db()
    assert owner.last_name == "New"


def test_new_password_ends_other_sessions_and_forgets_other_browsers(owner: User):
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)
    new = "new-" + PASSWORD
    words = {"password-old_password": PASSWORD, "password-new_password1": new, "password-new_password2": new}
    assert here.post(ACCOUNT, own_details(**words)).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    guess_until_refused()
    assert sign_in(elsewhere, password=new).status_code == 429
    assert sign_in(here, password=new).status_code == 302


def test_manager_lets_somebody_try_again(owner: User):
    person = factories.UserFactory.create(username="locked-out", email="locked@example.org")
    person.set_password(PASSWORD)
    person.save()
    assert guess_until_refused("locked-out").status_code == 429
    manager = Client()
    sign_in(manager, network=77)
    assert "Let them try again" in manager.get(reverse("clinical_people")).text
    manager.post(reverse("clinical_person", args=[person.pk]), {"decision": "let_in", "reason": "rang me"})
    assert "Let them try again" not in manager.get(reverse("clinical_people")).text
    assert sign_in(Client(), "locked-out", network=78).status_code == 302
    entry = AuditEntry.objects.get(action=AuditAction.LET_IN)
    assert (entry.by, entry.title, entry.reason) == (owner, "locked-out", "rang me")


def test_list_of_people_asks_no_more_for_more_people(owner: User, django_assert_max_num_queries: Any):
    for number in range(30):
        factories.UserFactory.create(username=f"person-{number}")
    manager = Client()
    sign_in(manager)
    manager.get(reverse("clinical_people"))
    with django_assert_max_num_queries(25):
        manager.get(reverse("clinical_people"))


def test_password_of_a_page_is_not_to_be_guessed(exercise: ExercisePage):
    restriction = PageViewRestriction.objects.create(
        page=exercise, restriction_type=PageViewRestriction.PASSWORD, password="kept by a program"
    )
    address = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, exercise.pk])
    use_up(attempts.PAGES_OF_NETWORK, "127.0.0.0/24", but=1)
    sent = {"password": "wrong", "return_url": "/"}
    assert [Client().post(address, sent).status_code for _turn in range(2)] == [200, 429]


def test_counts_that_cannot_be_kept_keep_nobody_out(owner: User, caplog: pytest.LogCaptureFixture):
    with patch("clinical.serving.rate_limits._counts", side_effect=sqlite3.OperationalError("disk full")):
        assert sign_in(Client()).status_code == 302
        assert sign_in(Client(), password="wrong").status_code == 200
    assert "could not be counted" in caplog.text
