"""Webhooks: what the feed lists is sent once to each address, signed, tried again, and to no private network."""

from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from clinical.background import queue
from clinical.models import NoteTarget, SafetyNote
from clinical.withdrawal.withdrawing import withdraw
from exercises.models import ExercisePage
from stretchsite.models import ToldChange
from stretchsite.settings.environment import webhook_key
from stretchsite.webhooks import posting
from stretchsite.webhooks.posting import NotSent, post
from stretchsite.webhooks.sending_changes import digest_of, send_change, tell_changes
from stretchsite.webhooks.signing import signed_headers
from testing import factories
from tests.stretchsite.webhooks.receiving import OTHER, SECRET, Receiver, is_signed, told


def test_a_withdrawal_is_sent_at_once_and_signed(exercise: ExercisePage, receiver: Receiver, committed: Any):
    factories.publish(exercise)
    with committed():
        withdraw(exercise, by=factories.UserFactory.create(), reason="Two people fell.")
    (message,) = told(receiver)
    assert (message["type"], message["data"]["text"]) == ("page.withdrawn", "Two people fell.")
    assert message["data"]["key"] == str(exercise.content_key)
    assert message["data"]["url"].endswith(f"/{exercise.slug}/")
    path, headers, body = receiver.sent[0]
    assert path == "/hook?key=very-secret"
    assert is_signed(headers, body, SECRET)
    assert not is_signed(headers, body + b" ", SECRET)
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60


def test_a_new_warning_and_a_changed_one_are_sent_once_each(home_page: Any, receiver: Receiver, committed: Any):
    with committed():
        note = factories.note_at(NoteTarget(everywhere=True), text="you feel ill")
        factories.publish(note)
    with committed():
        note = SafetyNote.objects.get(pk=note.pk)
        note.text = "you feel very ill"
        factories.publish(note)
    since = timezone.now().isoformat()
    tell_changes.enqueue(about="Again", since=since)
    assert [message["type"] for message in told(receiver)] == ["warning.new", "warning.changed"]
    assert "very ill" in told(receiver)[1]["data"]["text"]
    assert ToldChange.objects.count() == 2


def test_what_was_so_before_anybody_was_to_be_told_is_not_sent(
    exercise: ExercisePage, receiver: Receiver, settings: Any, committed: Any, monkeypatch: pytest.MonkeyPatch
):
    settings.WEBHOOK_ADDRESSES, addresses = [], settings.WEBHOOK_ADDRESSES
    factories.publish(exercise)
    with committed():
        withdraw(exercise, by=factories.UserFactory.create(), reason="Two people fell.")
    assert not ToldChange.objects.exists()
    settings.WEBHOOK_ADDRESSES = addresses
    later = timezone.now() + timedelta(hours=1)
    tell_changes.call(about="Later", since=later.isoformat())
    assert receiver.sent == []


def test_it_is_signed_with_every_secret_and_each_message_keeps_its_name():
    headers = signed_headers("a:1", 1_700_000_000, b"{}", [SECRET, OTHER])
    assert headers["webhook-id"] == "a:1"
    assert is_signed(headers, b"{}", SECRET)
    assert is_signed(headers, b"{}", OTHER)


def test_known_example_of_the_scheme():
    """The one its authors publish."""
    headers = signed_headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("status", [500, 410, 302])
def test_what_is_not_taken_fails_the_task_and_leads_nowhere_else(db: None, receiver: Receiver, status: int):
    receiver.status = status
    with pytest.raises(NotSent) as refused:
        post(receiver.address, b"{}", {}, may_be_private=True)
    assert str(refused.value) == f"127.0.0.1 answered {status}."
    assert len(receiver.sent) == 1


def test_nothing_secret_stands_in_a_task_or_an_error(exercise: ExercisePage, receiver: Receiver, committed: Any):
    asked: list[Any] = []
    factories.publish(exercise)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(send_change), "enqueue", lambda task, *args, **kwargs: asked.append((args, kwargs)))
        withdraw(exercise, by=factories.UserFactory.create(), reason="Two people fell.")
        patch.undo()
    assert asked
    assert "very-secret" not in str(asked)
    assert SECRET not in str(asked)


def test_an_address_that_is_no_longer_set_is_not_written_to(db: None, receiver: Receiver, settings: Any):
    to, settings.WEBHOOK_ADDRESSES = digest_of(receiver.address), []
    send_change.call(about="x", to=to, name="a:1", message={})
    assert receiver.sent == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("224.0.0.1", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "2002:0a00:0001::1", "64:ff9b::10.0.0.1"),
        *("fec0::1", "64:ff9b:1::a00:1"),
    ],
)
def test_no_private_network_is_written_to_unless_it_is_allowed(address: str, monkeypatch: pytest.MonkeyPatch):
    public = (2, 1, 6, "", ("93.184.216.34", 443))
    found = [public, (2, 1, 6, "", (address, 443))]
    monkeypatch.setattr(posting.socket, "getaddrinfo", lambda *asked, **more: found)
    monkeypatch.setattr(posting.socket, "socket", lambda *told: pytest.fail("It connected."))
    with pytest.raises(NotSent, match=r"hooks\.example lies in a private network"):
        post("https://hooks.example/x", b"{}", {}, may_be_private=False)


def test_connection_goes_to_what_was_looked_at(receiver: Receiver, monkeypatch: pytest.MonkeyPatch):
    """The name means something else at the second look: there is none."""
    looks: list[str] = []
    here = (2, 1, 6, "", ("127.0.0.1", receiver.server_port))

    def look_up(host: str, *asked: Any, **more: Any) -> Any:
        looks.append(host)
        return [here]

    monkeypatch.setattr(posting.socket, "getaddrinfo", look_up)
    post(f"http://hooks.example:{receiver.server_port}/x", b"{}", {}, may_be_private=True)
    assert looks == ["hooks.example"]
    assert receiver.sent[0][1]["Host"] == f"hooks.example:{receiver.server_port}"


def test_a_name_nobody_knows_is_said(monkeypatch: pytest.MonkeyPatch):
    def unknown(*asked: Any, **more: Any) -> None:
        raise OSError

    monkeypatch.setattr(posting.socket, "getaddrinfo", unknown)
    with pytest.raises(NotSent, match=r"hooks\.example is not known"):
        post("https://hooks.example/x", b"{}", {}, may_be_private=False)


def test_a_task_names_the_host_and_what_is_told(
    exercise: ExercisePage, receiver: Receiver, settings: Any, committed: Any
):
    settings.TASKS = {**settings.TASKS, "later": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    factories.publish(exercise)
    withdraw(exercise, by=factories.UserFactory.create(), reason="Two people fell.")
    waiting = [queue.about(task) for task in queue.unfinished()]
    assert "Look what is to be told by webhook" in waiting
    tell_changes.call(about="x", since=timezone.now().isoformat())
    waiting = [queue.about(task) for task in queue.unfinished()]
    assert f"Webhook to 127.0.0.1: Withdrawn: {exercise.title}" in waiting


def read_afresh(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> dict[str, Any]:
    """The settings this environment makes."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(Path(site_settings.BASE_DIR) / "stretchsite" / "settings" / "observing.py"))


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"WEBHOOK_ADDRESSES": "https://hooks.example/x"}, "WEBHOOK_SECRETS is missing"),
        ({"WEBHOOK_ADDRESSES": "http://hooks.example/x", "WEBHOOK_SECRETS": SECRET}, "each is an address such as"),
        ({"WEBHOOK_ADDRESSES": "https://a:b@hooks.example/", "WEBHOOK_SECRETS": SECRET}, "each is an address such as"),
        ({"WEBHOOK_SECRETS": "secret"}, "a secret begins with whsec_"),
        ({"WEBHOOK_SECRETS": "whsec_c2hvcnQ="}, "a secret has 24 to 64 bytes"),
        ({"WEBHOOK_SECRETS": "whsec_%"}, "no base64"),
    ],
)
def test_settings_that_would_tell_nobody_or_everybody_are_refused(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], said: str
):
    with pytest.raises(ImproperlyConfigured) as refused:
        read_afresh(monkeypatch, environment)
    assert said in str(refused.value)
    assert SECRET not in str(refused.value)


def test_settings_take_several_of_both(monkeypatch: pytest.MonkeyPatch):
    both = {"WEBHOOK_ADDRESSES": "https://a.example/, https://b.example/x", "WEBHOOK_SECRETS": f"{SECRET},{OTHER}"}
    found = read_afresh(monkeypatch, both)
    assert found["WEBHOOK_ADDRESSES"] == ["https://a.example/", "https://b.example/x"]
    assert [len(webhook_key(secret)) for secret in found["WEBHOOK_SECRETS"]] == [32, 32]


def test_each_address_of_a_name_is_tried_in_turn(receiver: Receiver, monkeypatch: pytest.MonkeyPatch):
    """Such as one of version 6 that this machine has no way to."""
    closed, here = ((2, 1, 6, "", ("127.0.0.1", port)) for port in (1, receiver.server_port))
    away = (10, 1, 6, "", ("100::1", 443, 0, 0))
    monkeypatch.setattr(posting.socket, "getaddrinfo", lambda *asked, **more: [away, closed, here])
    post("http://hooks.example/x", b"{}", {}, may_be_private=True)
    assert len(receiver.sent) == 1
    monkeypatch.setattr(posting.socket, "getaddrinfo", lambda *asked, **more: [closed, closed])
    with pytest.raises(NotSent, match=r"hooks\.example did not take it: ConnectionRefusedError"):
        post("http://hooks.example/x", b"{}", {}, may_be_private=True)
