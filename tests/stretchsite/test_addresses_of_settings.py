"""An address of a database or a mail server may hold whatever a password or a folder's name holds."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from stretchsite.settings.databases import configured
from stretchsite.settings.mail_servers import CONSOLE, NOBODY, SMTP, MailServer, mail_server


@pytest.mark.parametrize(
    ("address", "name", "password"),
    [
        ("sqlite:////srv/a #1/Übung 100%/db.sqlite3", "/srv/a #1/Übung 100%/db.sqlite3", ""),
        ("sqlite:////srv/a%20%23b/db.sqlite3", "/srv/a #b/db.sqlite3", ""),
        ("postgres://site:a#b/c?d@e%f@db.example:5432/site", "site", "a#b/c?d@e%f"),
        ("postgres://site:a%23b@db.example/site", "site", "a#b"),
        ("postgres:///site", "site", ""),
    ],
)
def test_a_database_is_found_whatever_is_in_its_password_or_folder(address: str, name: str, password: str):
    found = configured(address)
    assert (found["NAME"], found.get("PASSWORD", "")) == (name, password)


@pytest.mark.parametrize("address", ["db.sqlite3", "postgres://site:secret-word@db.example:port/site", "oracel://x"])
def test_what_is_no_address_of_a_database_is_refused_without_its_password(address: str):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is no address") as refused:
        configured(address)
    assert "secret-word" not in str(refused.value)


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp+tls://mail.example", MailServer(host="mail.example")),
        ("smtp+tls://a:p%40%23%25s#@b@mail.example:25", MailServer(SMTP, "mail.example", 25, "a", "p@#%s#@b")),
        ("smtps://a@b.example:x@mail.example", MailServer(SMTP, "mail.example", 465, "a@b.example", "x", False, True)),
        ("smtp://localhost", MailServer(port=25, use_tls=False)),
        ("consolemail://", MailServer(backend=CONSOLE)),
        ("none", MailServer(backend=NOBODY)),
    ],
)
def test_one_address_says_how_mail_goes(address: str, server: MailServer):
    assert mail_server({"EMAIL_URL": address}) == server


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"EMAIL_URL": "smtp://mail.example"}, "for this machine alone"),
        ({"EMAIL_URL": "mail.example"}, "begins with none of"),
        ({"EMAIL_URL": "smtp+tls://a@mail.example"}, "a user without a password"),
        ({"EMAIL_URL": "smtp+tls://a:secret-word@mail.example:smtp"}, "the port is no number"),
        ({"EMAIL_URL": "smtp+tls://mail.example/x"}, "and nothing more"),
        ({"EMAIL_URL": "none", "EMAIL_HOST": "mail.example"}, "EMAIL_URL and EMAIL_HOST are both set"),
        ({"EMAIL_PORT": "smtp"}, "write its number"),
    ],
)
def test_what_nobody_could_send_by_is_refused_without_the_password(environment: dict[str, str], told: str):
    with pytest.raises(ImproperlyConfigured) as refused:
        mail_server(environment)
    assert told in str(refused.value)
    assert "secret-word" not in str(refused.value)


def test_the_settings_from_before_count_as_they_did():
    assert mail_server({}) == MailServer()
    given = {"EMAIL_HOST": "mail.example", "EMAIL_PORT": "465", "EMAIL_HOST_USER": "a", "EMAIL_HOST_PASSWORD": " b "}
    assert mail_server(given) == MailServer(SMTP, "mail.example", 465, "a", " b ", False, True)
