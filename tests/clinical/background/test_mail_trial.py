"""Why no mail goes is said in words, step by step, and the password never."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.core.management import CommandError, call_command

from tests import mail_server

SMTP = "django.core.mail.backends.smtp.EmailBackend"
PASSWORD = "open-sesame"
TAKES_USERS = {"EHLO": "250-here\r\n250 AUTH PLAIN"}


@pytest.fixture(scope="module")
def server() -> Iterator[mail_server.MailServer]:
    with mail_server.mail_server() as answering:
        yield answering


@pytest.fixture
def here(server: mail_server.MailServer, settings: Any) -> mail_server.MailServer:
    """A server of this machine, spoken to in the open."""
    server.does, server.taken, server.answers = mail_server.WELL, [], {}
    settings.MAIL_SERVER_BACKEND, settings.EMAIL_TIMEOUT = SMTP, 0.2
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "Stretching <noreply@stretch.example>"
    return server


def tried(address: str = "somebody@stretch.example") -> str:
    said = StringIO()
    call_command("check_email", address, stdout=said)
    return said.getvalue()


def test_a_mail_that_is_taken_is_said_step_by_step(here: mail_server.MailServer, settings: Any):
    here.answers = {**TAKES_USERS, "AUTH": "235 welcome"}
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "site", PASSWORD
    said = tried()
    assert "127.0.0.1 is 127.0.0.1" in said
    assert "Signed in as site" in said
    assert "Handed over, from noreply@stretch.example to somebody@stretch.example" in said
    assert len(here.taken) == 1
    assert PASSWORD not in said


def test_it_goes_the_road_of_every_mail(here: mail_server.MailServer, monkeypatch: pytest.MonkeyPatch):
    """Whatever Django's connection does, such as showing a certificate of its own, is tried with it."""
    opened: list[str] = []
    own = EmailBackend.open
    monkeypatch.setattr(EmailBackend, "open", lambda self: (opened.append(self.host), own(self))[1])
    tried()
    assert set(opened) == {"127.0.0.1"}
    (letter,) = here.taken
    assert "From: Stretching <noreply@stretch.example>" in letter
    assert "To: somebody@stretch.example" in letter


@pytest.mark.parametrize(
    ("answers", "changed", "told"),
    [
        ({}, {"EMAIL_USE_TLS": True}, "offers no encryption (STARTTLS)"),
        ({}, {"EMAIL_USE_SSL": True}, "does not encrypt from the first byte"),
        ({}, {"EMAIL_HOST_USER": "site"}, "takes no user and password here"),
        (
            {**TAKES_USERS, "AUTH": f"535 no {PASSWORD}"},
            {"EMAIL_HOST_USER": "site"},
            "refuses user site or the password: 535 no …",
        ),
        (
            {"MAIL": "550 not you"},
            {},
            "refuses noreply@stretch.example as the sender (DEFAULT_FROM_EMAIL)",
        ),
        ({"RCPT": "550 nobody"}, {}, "refuses somebody@stretch.example as the receiver: 550 nobody"),
        ({}, {"EMAIL_PORT": None}, "Nobody listens at 127.0.0.1"),
        ({}, {"MAIL_SERVER_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}, "No mail leaves this site"),
    ],
)
def test_the_step_that_fails_says_why(
    here: mail_server.MailServer, settings: Any, answers: dict[str, str], changed: dict[str, Any], told: str
):
    here.answers = answers
    settings.EMAIL_HOST_PASSWORD = PASSWORD
    for name, value in changed.items():
        setattr(settings, name, free_port() if value is None else value)
    with pytest.raises(CommandError) as refused:
        tried()
    assert told in str(refused.value)
    assert PASSWORD not in str(refused.value)
    assert not here.taken


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_name_that_is_not_found_and_a_server_that_hangs_are_said(
    here: mail_server.MailServer, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    here.does = mail_server.HANGS
    with pytest.raises(CommandError, match=r"does not answer within 0\.2 seconds"):
        tried()

    def not_found(*_asked: Any, **_options: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    with pytest.raises(CommandError, match=r"The name 127\.0\.0\.1 is not found"):
        tried()
    with pytest.raises(CommandError, match="is no e-mail address"):
        tried("somebody")
