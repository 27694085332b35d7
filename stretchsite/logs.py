"""What is written about requests: never the token of a share link (SL13), never a whole address of a reader (PD4).

Nor what was asked for behind the question mark of an address: a search, or what somebody leaves out because of their
body (PD8).

Records are cleaned where they are put into words, last of all, so that whatever reached a message, its arguments, a
traceback or a mail on the way there is cleaned with it.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from contextlib import suppress
from queue import Full, Queue
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.log import AdminEmailHandler
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter
from django_guid.log_filters import CorrelationId
from gunicorn.glogging import Logger
from pythonjsonlogger.json import JsonFormatter

from clinical.serving.networks import network_of
from sharing.tokens import redacted

logger = logging.getLogger(__name__)

#: Where the server would write what was asked for: the address of the request, and that of the page before.
_ADDRESSES = ("r", "f", "{referer}i", "{http_referer}e", "{raw_uri}e", "{request_uri}e")
_QUERIES = ("q", "{query_string}e")
_QUERY = re.compile(r"\?[^\s\"]*")

#: Headers in which a proxy passes on where a reader is.
_ADDRESS_HEADERS = ("{x-forwarded-for}i", "{x-real-ip}i", "{forwarded}i")


#: What was sent here was sent by somebody who works here; elsewhere by a reader.
_WORK = "/admin/"
#: What is told of a request. Nothing else: each proxy passes on where a reader is under a name of its own.
_TOLD_OF_REQUEST = (
    *("REQUEST_METHOD", "PATH_INFO", "SCRIPT_NAME", "SERVER_PROTOCOL", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme"),
    *("CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_REFERER", "HTTP_USER_AGENT"),
    *("HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"),
    *("HTTP_ORIGIN", "HTTP_RANGE", "HTTP_SEC_FETCH_SITE", "HTTP_SEC_FETCH_MODE", "HTTP_X_REQUESTED_WITH"),
)


class RedactingFormatter(logging.Formatter):
    """Writes a record as it was asked to, and takes every token out."""

    def format(self, record: logging.LogRecord) -> str:
        """The finished line, with its traceback, cleaned."""
        return redacted(super().format(record))


class RedactingJson(JsonFormatter):
    """The same as an object: time, level, logger, request_id, message and traceback."""

    #: What is told, by its name in a record; nothing else, such as the request Django hangs on to one.
    NAMES = {
        "asctime": "time",
        "levelname": "level",
        "name": "logger",
        "request_id": "request_id",
        "message": "message",
        "exc_info": "traceback",
    }

    def __init__(self) -> None:
        super().__init__(list(self.NAMES), rename_fields=self.NAMES, json_ensure_ascii=False)

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        """Only those, where there is something to tell; each is cleaned as it is, before its signs are escaped."""
        super().add_fields(log_data, record, message_dict)
        told = {name: said for name, said in log_data.items() if said is not None and name in self.NAMES.values()}
        log_data.clear()
        log_data.update({name: redacted(str(said)) for name, said in told.items()})


class OfRequest(CorrelationId):
    """Says of which request a record is; of none, as in a command, by a dash."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put it on the record."""
        super().filter(record)
        record.request_id = getattr(record, "request_id", None) or "-"
        return True


class RedactingFilter(SafeExceptionReporterFilter):
    """Hides what the platform hides, and the addresses of webhooks: each may hold a secret."""

    hidden_settings = re.compile(
        f"{SafeExceptionReporterFilter.hidden_settings.pattern}|WEBHOOK|DATABASE_URL|EMAIL_URL", re.IGNORECASE
    )


class RedactingReporter(ExceptionReporter):
    """Describes an error with its local variables, without any token among them.

    Nor what the reader asked for, sent, or where they are.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filter = RedactingFilter()

    def get_traceback_data(self) -> dict[str, Any]:
        """What there is to tell; of the address only what stands before the question mark."""
        told: dict[str, Any] = super().get_traceback_data()
        told["request_GET_items"] = ()
        told["request_insecure_uri"] = without_query(str(told.get("request_insecure_uri", "")))
        if self.request is not None and not self.request.path.startswith(_WORK):
            told["filtered_POST_items"] = ()
        meta = dict(told.get("request_meta") or {})
        told["request_meta"] = {name: without_query(str(meta[name])) for name in _TOLD_OF_REQUEST if name in meta}
        return told

    def get_traceback_text(self) -> SafeString:
        """For mails and logs."""
        return mark_safe(redacted(super().get_traceback_text()))  # noqa: S308  (as safe as it was)

    def get_traceback_html(self) -> SafeString:
        """For the page a developer sees."""
        return mark_safe(redacted(super().get_traceback_html()))  # noqa: S308  (as safe as it was)


#: So many errors may wait to be asked for, and so many mails to be sent: a thousand more would say nothing new.
MOST_ERRORS_WAITING = 20
MOST_MAILS_WAITING = 200


class RedactingMail(AdminEmailHandler):
    """Mails errors to the people who run the site; the subject names the address that failed, cleaned.

    Asking for a mail writes to the database, which may be what has failed. So a thread of its own does it: an answer
    that goes wrong never waits for it, and an error while it is told of is not told of.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: Queue[tuple[Any, ...]] = Queue(MOST_ERRORS_WAITING)
        self._teller: threading.Thread | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Nothing is even described when there is nobody to mail it to: describing reads the request again."""
        if settings.ADMINS:
            super().emit(record)

    def send_mail(self, subject: Any, message: Any, *args: Any, **kwargs: Any) -> None:
        """Have it sent without any token; when too many wait already, it stands in the log only."""
        if kwargs.get("html_message"):
            kwargs["html_message"] = redacted(kwargs["html_message"])
        with suppress(Full):
            self._told.put_nowait((redacted(subject), redacted(message), args, kwargs))
            self._start()

    def _start(self) -> None:
        # After a fork the thread is not there any more, whatever its object says of the process before.
        if self._teller is None or not self._teller.is_alive():
            self._teller = threading.Thread(target=self._tell, name="error mails", daemon=True)
            self._teller.start()

    def _tell(self) -> None:
        while True:
            self._tell_next()
            connection.close()

    def _tell_next(self) -> None:
        from clinical.background import queue

        subject, message, args, kwargs = self._told.get()
        try:
            if queue.state().waiting < MOST_MAILS_WAITING:
                super().send_mail(subject, message, *args, **kwargs)
        except Exception as error:  # the error itself is in the log; this one must not be told of by mail
            logger.warning("An error could not be told of by mail: %s", error)


class RedactingLogger(Logger):
    """The server's own log, of requests and of errors."""

    def setup(self, cfg: Any) -> None:
        """As it is configured, and then every handler cleans what it writes."""
        super().setup(cfg)
        is_json = os.environ.get("LOG_FORMAT", "").strip().lower() == "json"
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            written = handler.formatter
            plain = RedactingFormatter(written._fmt if written else None, written.datefmt if written else None)
            handler.setFormatter(RedactingJson() if is_json else plain)

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> dict[str, Any]:
        """What a line of the access log may be made of; of addresses, only the network."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        for name in ("h", *_ADDRESS_HEADERS):
            if name in atoms:
                atoms[name] = network_of(str(atoms[name]).rpartition(",")[2])
        for name in _ADDRESSES:
            if name in atoms:
                atoms[name] = without_query(str(atoms[name]))
        for name in _QUERIES:
            if name in atoms:
                atoms[name] = ""
        return atoms


def without_query(text: str) -> str:
    """Addresses in a text without what stands behind their question mark."""
    return _QUERY.sub("", text)
