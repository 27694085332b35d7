"""Metrics of the process, for a Prometheus that knows ``METRICS_TOKEN``. Loaded only where that is set.

A label holds the name of an address, the method and the status; never an address, a token, a title or who asked.
Several processes of one server write to a folder they share (``PROMETHEUS_MULTIPROC_DIR``, made by
``gunicorn.conf.py``), so that whichever is asked answers for all of them.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from clinical.background import queue
from clinical.background.heartbeats import to_look_at
from clinical.serving.waiting import waiting_less
from stretchsite import __version__
from stretchsite.observing.seen import ROUTE

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

#: What is asked with another method is counted together: whoever asks may make up as many as they like.
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
#: What no view has answered: a static file, or an address that leads nowhere.
STATIC, OTHER = "static", "other"
#: How long the database may take to say how the tasks stand, in seconds.
QUEUE_SECONDS = 1.0

REQUESTS = Counter(
    "stretchsite_requests", "Requests answered, those from the page cache too", ["route", "method", "status"]
)
SECONDS = Histogram(
    "stretchsite_request_seconds",
    "Seconds until an answer began",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, float("inf")),
)


class Measures:
    """The application with measuring round it, outside the page cache."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._has_said = False

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer, and count what was answered."""
        begun = time.perf_counter()
        status = "500"

        def listen(said: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            nonlocal status
            status = said[:3]
            return start_response(said, headers, *error)

        try:
            return self._application(environ, listen)
        finally:
            self._measure(environ, status, time.perf_counter() - begun)

    def _measure(self, environ: Environ, status: str, seconds: float) -> None:
        """Whatever goes wrong with that, the page is answered. It is said once: each request would say it again."""
        route, method = _route_of(environ), environ.get("REQUEST_METHOD", "")
        try:
            REQUESTS.labels(route, method if method in METHODS else OTHER, status).inc()
            SECONDS.labels(route).observe(seconds)
        except Exception:
            if not self._has_said:
                logger.exception(
                    "A request was not counted: the folder of the metrics is gone, or cannot be written in."
                )
            self._has_said = True


def _route_of(environ: Environ) -> str:
    is_static = environ.get("PATH_INFO", "").startswith(settings.STATIC_URL)
    return str(environ.get(ROUTE) or (STATIC if is_static else OTHER))


class NamesRoute:
    """A middleware: says by which name the address is known that a view answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """The name of the address; of one without a name, nothing."""
        asked = request.resolver_match
        request.META[ROUTE] = asked.view_name if asked and asked.url_name else OTHER


class OfTheSite(Collector):
    """What is asked when somebody looks: which version this is, and how the background tasks stand."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Where the database does not answer soon, that is said instead."""
        version = GaugeMetricFamily("stretchsite_info", "Which version answers", labels=["version"])
        version.add_metric([__version__], 1)
        yield version
        tasks = GaugeMetricFamily("stretchsite_tasks", "Background tasks, by how they stand", labels=["state"])
        late = GaugeMetricFamily("stretchsite_commands_late", "Regular commands that are late or ended badly")
        answers = GaugeMetricFamily("stretchsite_database_answers", "Whether the database answered at once")
        try:
            with waiting_less(QUEUE_SECONDS):
                state, commands = queue.state(), to_look_at()
        except Error:
            answers.add_metric([], 0)
        else:
            for name in ("waiting", "late", "failed"):
                tasks.add_metric([name], getattr(state, name))
            late.add_metric([], len(commands))
            answers.add_metric([], 1)
            yield from (tasks, late)
        yield answers


def as_text() -> HttpResponse:
    """All of it, as Prometheus reads it."""
    of_site, of_requests = CollectorRegistry(), REGISTRY
    of_site.register(OfTheSite())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        of_requests = CollectorRegistry()
        MultiProcessCollector(of_requests)
    told = generate_latest(of_requests) + generate_latest(of_site)
    return HttpResponse(told, content_type=CONTENT_TYPE_LATEST)
