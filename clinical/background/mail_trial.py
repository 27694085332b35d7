"""One mail sent step by step, to find out why none goes: each step is said, and why the one fails that does.

It goes the road of every mail, Django's own connection, so that what is said here holds for them too.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr
from typing import cast

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.functional import Promise

Say = Callable[[str], object]
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class MailFails(Exception):
    """A step failed; says in words why and what to do. It never holds the password."""


def send_one(receiver: str, subject: str | Promise, body: str | Promise, say: Say) -> None:
    """Send a mail at once, as the worker would, and say each step. Raises :class:`MailFails`."""
    if settings.MAIL_SERVER_BACKEND != SMTP_BACKEND:
        raise MailFails(f"No mail leaves this site: EMAIL_URL says so ({settings.MAIL_SERVER_BACKEND}).")
    connection = cast(EmailBackend, get_connection(settings.MAIL_SERVER_BACKEND))
    letter = EmailMessage(str(subject), str(body), settings.DEFAULT_FROM_EMAIL, [receiver], connection=connection)
    _find(connection.host, connection.port, say)
    try:
        _open(connection, say)
        _hand_over(letter, say)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()


def _find(host: str, port: int, say: Say) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise MailFails(f"The name {host} is not found ({error.strerror}): is it spelt right?") from None
    say(f"{host} is {found[0][4][0]}")


def _open(connection: EmailBackend, say: Say) -> None:
    """Reach the server, encrypt the talk and sign in: all that stands before a mail."""
    where = f"{connection.host}, port {connection.port}"
    with _talked_to(where), _signed_in(connection):
        connection.open()
    say(f"{where} answers, encrypted" if connection.use_ssl else f"{where} answers")
    if connection.use_tls:
        say("The talk is encrypted")
    is_known = connection.username and connection.password
    say(f"Signed in as {connection.username}" if is_known else "No user is named: not signing in")


@contextmanager
def _signed_in(connection: EmailBackend) -> Iterator[None]:
    """What a server says that answers and lets nobody in, in words."""
    try:
        yield
    except smtplib.SMTPNotSupportedError as error:
        if "STARTTLS" in str(error):
            raise MailFails("The server offers no encryption (STARTTLS). With port 465 write smtps://.") from None
        raise MailFails("The server takes no user and password here: leave them out, or use its other port.") from None
    except smtplib.SMTPAuthenticationError as error:
        raise MailFails(f"The server refuses user {connection.username} or the password: {_told(error)}") from None


@contextmanager
def _talked_to(where: str) -> Iterator[None]:
    """What goes wrong before there is a talk, in words."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise MailFails(
            f"The certificate of {where} is not good: {error.verify_message}. Use the name that stands in it."
        ) from None
    except ssl.SSLError:
        raise MailFails(f"{where} does not encrypt from the first byte: with port 587 write smtp+tls://.") from None
    except ConnectionRefusedError:
        raise MailFails(f"Nobody listens at {where}: is the port right, and is the server running?") from None
    except (OSError, smtplib.SMTPException) as error:
        if "timed out" not in str(error):
            raise MailFails(f"{where} cannot be talked to: {_told(error)}") from None
        raise MailFails(
            f"{where} does not answer within {settings.EMAIL_TIMEOUT} seconds: a firewall may be between, or the "
            "server waits for encryption from the first byte (smtps://)."
        ) from None


def _hand_over(letter: EmailMessage, say: Say) -> None:
    sender, (receiver,) = parseaddr(letter.from_email)[1], letter.recipients()
    try:
        letter.send()
    except smtplib.SMTPSenderRefused as error:
        raise MailFails(f"The server refuses {sender} as the sender (DEFAULT_FROM_EMAIL): {_told(error)}") from None
    except smtplib.SMTPRecipientsRefused as error:
        (code, said), *_others = error.recipients.values()
        raise MailFails(f"The server refuses {receiver} as the receiver: {code} {_text(said)}") from None
    except smtplib.SMTPDataError as error:
        raise MailFails(f"The server refuses the mail itself: {_told(error)}") from None
    except (OSError, smtplib.SMTPException) as error:
        raise MailFails(f"The server broke off: {_told(error)}") from None
    say(f"Handed over, from {sender} to {receiver}")


def _told(error: Exception) -> str:
    """What the server said, or the system; a server that repeats the password is not repeated."""
    code, said = getattr(error, "smtp_code", ""), getattr(error, "smtp_error", "")
    return f"{code} {_text(said)}" if code else _text(str(error))


def _text(said: bytes | str) -> str:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    user, secret = settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD
    in_base64 = [b64encode(each.encode()).decode() for each in (secret, f"\0{user}\0{secret}")]
    for hidden in (secret, *in_base64) if secret else ():
        words = words.replace(hidden, "…")
    return words[:300]
