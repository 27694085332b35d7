"""One mail sent step by step, to find out why none goes: each step is said, and why the one fails that does."""

from __future__ import annotations

import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr

from django.conf import settings
from django.utils.functional import Promise

Say = Callable[[str], object]
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class MailFails(Exception):
    """A step failed; says in words why and what to do. It never holds the password."""


def send_one(receiver: str, subject: str | Promise, body: str | Promise, say: Say) -> None:
    """Send a mail at once, as the worker would, and say each step. Raises :class:`MailFails`."""
    if settings.MAIL_SERVER_BACKEND != SMTP_BACKEND:
        raise MailFails(f"No mail leaves this site: EMAIL_URL says so ({settings.MAIL_SERVER_BACKEND}).")
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    _find(settings.EMAIL_HOST, settings.EMAIL_PORT, say)
    server = _reached(say)
    try:
        _encrypt(server, say)
        _sign_in(server, say)
        _hand_over(server, sender, receiver, _letter(sender, receiver, str(subject), str(body)), say)
    except (OSError, smtplib.SMTPException) as error:
        raise MailFails(f"The server broke off: {_told(error)}") from None
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _find(host: str, port: int, say: Say) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise MailFails(f"The name {host} is not found ({error.strerror}): is it spelt right?") from None
    say(f"{host} is {found[0][4][0]}")


def _reached(say: Say) -> smtplib.SMTP:
    where = f"{settings.EMAIL_HOST}, port {settings.EMAIL_PORT}"
    with _explained(where):
        if settings.EMAIL_USE_SSL:
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT, context=context
            )
            say(f"{where} answers, encrypted")
        else:
            server = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.EMAIL_TIMEOUT)
            say(f"{where} answers")
    return server


@contextmanager
def _explained(where: str) -> Iterator[None]:
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


def _encrypt(server: smtplib.SMTP, say: Say) -> None:
    server.ehlo()
    if not settings.EMAIL_USE_TLS:
        return
    if not server.has_extn("starttls"):
        raise MailFails("The server offers no encryption (STARTTLS). With port 465 write smtps://.")
    with _explained(settings.EMAIL_HOST):
        server.starttls(context=ssl.create_default_context())
    server.ehlo()
    say("The talk is encrypted")


def _sign_in(server: smtplib.SMTP, say: Say) -> None:
    if not settings.EMAIL_HOST_USER or not settings.EMAIL_HOST_PASSWORD:
        say("No user is named: not signing in")
        return
    try:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except smtplib.SMTPNotSupportedError:
        raise MailFails("The server takes no user and password here: leave them out, or use its other port.") from None
    except smtplib.SMTPAuthenticationError as error:
        raise MailFails(f"The server refuses user {settings.EMAIL_HOST_USER} or the password: {_told(error)}") from None
    say(f"Signed in as {settings.EMAIL_HOST_USER}")


def _hand_over(server: smtplib.SMTP, sender: str, receiver: str, letter: EmailMessage, say: Say) -> None:
    try:
        server.send_message(letter, sender, [receiver])
    except smtplib.SMTPSenderRefused as error:
        raise MailFails(f"The server refuses {sender} as the sender (DEFAULT_FROM_EMAIL): {_told(error)}") from None
    except smtplib.SMTPRecipientsRefused as error:
        (code, said), *_others = error.recipients.values()
        raise MailFails(f"The server refuses {receiver} as the receiver: {code} {_text(said)}") from None
    except smtplib.SMTPDataError as error:
        raise MailFails(f"The server refuses the mail itself: {_told(error)}") from None
    say(f"Handed over, from {sender} to {receiver}")


def _letter(sender: str, receiver: str, subject: str, body: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.DEFAULT_FROM_EMAIL, receiver, subject
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    letter.set_content(body)
    return letter


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
