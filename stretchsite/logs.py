"""What is written about requests: never the token of a share link (SL13), never a whole address of a reader (PD4).

Records are cleaned where they are put into words, last of all, so that whatever reached a message, its arguments, a
traceback or a mail on the way there is cleaned with it.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter
from gunicorn.glogging import Logger

from clinical.networks import network_of
from routines.tokens import redacted

#: Headers in which a proxy passes on where a reader is.
_ADDRESS_HEADERS = ("{x-forwarded-for}i", "{x-real-ip}i", "{forwarded}i")


class RedactingFormatter(logging.Formatter):
    """Writes a record as it was asked to, and takes every token out."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished line, with its traceback, cleaned."""
        return redacted(super().format(record))


class RedactingReporter(ExceptionReporter):
    """Describes an error with its local variables, without any token among them."""

    def get_traceback_text(self) -> str:
        """For mails and logs."""
        return redacted(super().get_traceback_text())

    def get_traceback_html(self) -> str:
        """For the page a developer sees."""
        return redacted(super().get_traceback_html())


class RedactingMail(AdminEmailHandler):
    """Mails errors to the people who run the site; the subject names the address that failed, cleaned."""

    def emit(self, record: logging.LogRecord) -> None:
        """Nothing is even described when there is nobody to mail it to: describing reads the request again."""
        if settings.ADMINS:
            super().emit(record)

    def send_mail(self, subject: str, message: str, *args: Any, **kwargs: Any) -> None:
        """Send it without any token."""
        if kwargs.get("html_message"):
            kwargs["html_message"] = redacted(kwargs["html_message"])
        super().send_mail(redacted(subject), redacted(message), *args, **kwargs)


class RedactingLogger(Logger):
    """The server's own log, of requests and of errors."""

    def setup(self, cfg: Any) -> None:
        """As it is configured, and then every handler cleans what it writes."""
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            written = handler.formatter
            handler.setFormatter(
                RedactingFormatter(written._fmt if written else None, written.datefmt if written else None)
            )

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """What a line of the access log may be made of; of addresses, only the network."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        for name in ("h", *_ADDRESS_HEADERS):
            if name in atoms:
                atoms[name] = network_of(str(atoms[name]).rpartition(",")[2])
        return atoms
