"""Mail goes later: asking for it writes a row, and a mail server that is away undoes nothing and keeps nobody waiting.

It is the site's ``EMAIL_BACKEND``, so that the platform's own mails take this road too. A mail with a secret in it is
no message that waits: its task says for whom it is, and the secret is made when it is sent (``people.inviting``).
"""

from __future__ import annotations

from contextlib import suppress
from email.utils import parseaddr
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError
from django_tasks import TaskContext, task

from clinical.background.queue import LATER

_FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "content_subtype")


class MailLater(BaseEmailBackend):
    """Asks for each message to be sent. What is asked for in a transaction that is undone was never asked for."""

    def send_messages(self, email_messages: Any) -> int:
        """How many will be sent. Raises ``ValueError`` for an attachment: none of the site's mails has one."""
        waiting = [message for message in email_messages if message.recipients()]
        try:
            for message in waiting:
                about = f"{message.subject} → {', '.join(message.recipients())}"
                send_message.enqueue(about=about, message=as_data(message))
        except DatabaseError:
            if not self.fail_silently:
                raise
            return 0
        return len(waiting)


@task(backend=LATER, takes_context=True)
def send_message(context: TaskContext, about: str, message: dict[str, Any]) -> None:
    """Send a message that was asked for."""
    deliver(from_data(message), context)


def deliver(message: EmailMessage, context: TaskContext) -> None:
    """Hand a message to the mail server. It bears the task's number, so that a second attempt is the same message.

    What the server says after it has taken the message is of no interest: it would be sent again for it.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message.extra_headers.setdefault("Message-ID", f"<{context.task_result.id}@{domain}>")
    connection = get_connection(settings.MAIL_SERVER_BACKEND)
    try:
        connection.open()
        connection.send_messages([message])
    finally:
        with suppress(OSError, SMTPException):
            connection.close()


def as_data(message: EmailMessage) -> dict[str, Any]:
    """A message as a task can be given it."""
    if message.attachments:
        raise ValueError("A mail that goes later has no attachments.")
    data = {name: getattr(message, name) for name in _FIELDS}
    alternatives = [[str(content), mimetype] for content, mimetype in getattr(message, "alternatives", [])]
    return {
        **data,
        "subject": str(message.subject),
        "body": str(message.body),
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "alternatives": alternatives,
    }


def from_data(data: dict[str, Any]) -> EmailMessage:
    """The message again."""
    given = dict(data)
    subtype = given.pop("content_subtype")
    given["alternatives"] = [tuple(each) for each in given["alternatives"]]
    message = EmailMultiAlternatives(**given)
    message.content_subtype = subtype
    return message
