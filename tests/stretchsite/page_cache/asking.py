"""Asks the page cache as a server would, with Django behind it, within the transaction of a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from unittest.mock import patch

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import RequestFactory
from django.utils import timezone

from stretchsite.models import Generation
from stretchsite.page_cache.front import PageCache


class OfThisTest:
    """The generation as the test's own transaction sees it."""

    settled_seconds = 0.0

    def current(self) -> str:
        """It, now. On PostgreSQL it moves once in each transaction; here each change is to be seen by itself."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('stretchsite.moved_in', '', true)")
        return str(Generation.objects.values_list("value", flat=True).get())

    at_once = current


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> str:
        """The page."""
        return self.body.decode()


@dataclass
class Clock:
    """The clock on the wall, as the site and its cache see it."""

    now: datetime = field(default_factory=timezone.now)

    def __call__(self) -> float:
        return self.now.timestamp()

    def at(self, moment: datetime) -> AbstractContextManager[Any]:
        """It is this moment."""
        self.now = moment
        return patch("django.utils.timezone.now", return_value=moment)


@cache
def django() -> Any:
    """The site without the cache."""
    return WSGIHandler()


def in_front(application: Callable[..., Any] | None = None, **more: Any) -> PageCache:
    """An empty cache."""
    return PageCache(application or django(), OfThisTest(), **more)


def asked(application: Any, address: str, method: str = "GET", **headers: str) -> Answer:
    """One request and its answer."""
    environ = {**getattr(RequestFactory(), method.lower())(address).environ, **headers}
    told: list[Any] = []
    with _connection_kept():
        given = application(environ, lambda status, headers, _error=None: told.extend((status, headers)))
        body = b"".join(given)
        if hasattr(given, "close"):
            given.close()
    return Answer(int(told[0].split()[0]), dict(told[1]), body)


@contextmanager
def _connection_kept() -> Iterator[None]:
    """As Django's own test client does it: a request in the midst of a test's transaction closes no connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
