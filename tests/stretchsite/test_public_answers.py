"""What every answer to a reader carries: what may keep it, what a browser may load for it, and the way to help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import MagicMock

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client, RequestFactory

from clinical.addresses import whole_address
from exercises.models import ExercisePage
from stretchsite import __version__, readiness, views
from testing import factories
from tests.clinical.publishing.roads import chief
from tests.stretchsite import small_site

PAGES = {
    "home": "/",
    "conditions": "/conditions/",
    "hub": "/conditions/tight-calves/",
    "exercises": "/exercises/",
    "filtered": "/exercises/?region=hip&position=standing&page=2",
    "exercise": "/exercises/wall-calf-stretch/",
    "routines": "/routines/",
    "routine": "/routines/calves/",
    "routine to take along": "/routines/calves/share/",
    "search": "/search/?q=calf",
    "no question": "/search/",
    "information": "/privacy/",
}
#: XS5 of the security requirements, word for word.
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "media-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
every_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """One page of every kind, at its address."""
    with small_site.standing(django_db_blocker):
        yield


def policy(response: Any) -> dict[str, str]:
    """The content security policy of an answer, by directive."""
    directives = response.headers["Content-Security-Policy"].split(";")
    return {name: " ".join(sources) for name, *sources in (directive.split() for directive in directives)}


def varies_by(response: Any) -> set[str]:
    """What an answer varies by."""
    return {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name.strip()}


@every_page
def test_reader_is_given_no_cookie_and_nothing_varies_by_one(everything: None, db: None, client: Client, address: str):
    for headers in ({}, {"accept-language": "de"}, {"cookie": "theme=dark; django_language=de"}):
        response = client.get(address, headers=headers)
        assert response.status_code == 200
        assert not response.cookies
        assert varies_by(response) <= {"accept-encoding"}
        assert response.headers["Cache-Control"] == "no-cache"


@every_page
def test_unchanged_page_is_not_sent_again(everything: None, db: None, client: Client, address: str):
    for headers in ({}, {"accept-encoding": "gzip"}):
        tag = client.get(address, headers=headers).headers["ETag"]
        again = client.get(address, headers={**headers, "if-none-match": tag})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["Cache-Control"] == "no-cache"
        assert not again.cookies
    assert client.get(address, headers={"if-none-match": '"something else"'}).status_code == 200


def test_changed_page_is_sent_again(everything: None, db: None, client: Client):
    tag = client.get(PAGES["exercise"]).headers["ETag"]
    exercise = ExercisePage.objects.get()
    exercise.purpose = "Another purpose."
    factories.publish(exercise)
    assert client.get(PAGES["exercise"], headers={"if-none-match": tag}).status_code == 200


@every_page
def test_answer_to_somebody_with_a_session_is_kept_nowhere(everything: None, db: None, client: Client, address: str):
    client.force_login(chief())
    response = client.get(address)
    assert response.status_code == 200
    assert "private" in response.headers["Cache-Control"]
    assert "no-store" in response.headers["Cache-Control"]


def test_answer_to_a_forged_session_is_kept_nowhere(everything: None, db: None, client: Client):
    response = client.get("/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}=forged"})
    assert "no-store" in response.headers["Cache-Control"]


@every_page
def test_browser_may_load_only_what_is_ours(everything: None, db: None, client: Client, address: str):
    response = client.get(address)
    assert policy(response) == STRICT
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


@every_page
def test_page_holds_no_inline_script_style_or_foreign_address(everything: None, db: None, client: Client, address: str):
    words = client.get(address).content.decode()
    assert "<style" not in words
    assert "<script>" not in words
    assert ' style="' not in words
    assert " onclick" not in words
    assert "csrfmiddlewaretoken" not in words
    assert 'src="http' not in words


@every_page
def test_page_carries_the_emergency_line(everything: None, db: None, client: Client, address: str):
    words = client.get(address).content.decode()
    assert 'href="tel:999"' in words
    assert "Emergency: call" in words


@every_page
def test_page_is_only_read(everything: None, db: None, address: str):
    careful = Client(enforce_csrf_checks=True)
    for client in (Client(), careful):
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(address).status_code == 405
    assert careful.head(address).status_code == 200
    assert careful.head(address).content == b""


def error(client: Client, status: int, monkeypatch: Any) -> Any:
    """An answer of each sort that is no page."""
    client.raise_request_exception = False
    if status == 400:
        return client.get("/", headers={"host": "elsewhere.example"})
    if status == 403:
        return Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    if status == 404:
        return client.get("/exercises/nothing/")

    def broken(*_: Any) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(views, "search_everything", broken)
    return client.get("/search/?q=calf")


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_says_when_to_stop_and_whom_to_call(
    everything: None, db: None, client: Client, status: int, monkeypatch: Any
):
    response = error(client, status, monkeypatch)
    words = response.content.decode()
    assert response.status_code == status
    assert 'href="tel:999"' in words
    assert "you feel pain, numbness, weakness or dizziness" in words
    assert "Traceback" not in words
    assert "broken on purpose" not in words


@pytest.mark.parametrize("status", [400, 404, 500])
def test_error_is_as_strict_as_a_page(everything: None, db: None, client: Client, status: int, monkeypatch: Any):
    response = error(client, status, monkeypatch)
    assert policy(response) == STRICT
    assert not response.cookies
    assert "cookie" not in varies_by(response)
    assert "max-age" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("view", [views.bad_request, views.permission_denied])
def test_error_page_asks_nothing_of_the_database(view: Any, django_assert_num_queries: Any, db: None):
    with django_assert_num_queries(0):
        assert "tel:999" in view(RequestFactory().get("/"), Exception()).content.decode()
        assert "tel:999" in views.server_error(RequestFactory().get("/")).content.decode()


def test_database_that_is_down_is_told_with_the_emergency_line(
    everything: None, db: None, client: Client, monkeypatch: Any
):
    def down(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    client.raise_request_exception = False
    monkeypatch.setattr("stretchsite.routing._root_of", down)
    response = client.get("/exercises/wall-calf-stretch/")
    assert response.status_code == 503
    assert "tel:999" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/exercises/?region=tail&region=%00&position=&condition=%27%22&colour=red",
        "/exercises/?page=9999",
        "/routines/?page=-1&moment=never",
        "/routines/?page=" + "9" * 500,
        "/exercises/?region=" + "x" * 5000,
        "/search/?q=calf&page=9999",
        "/exercises/?" + "&".join(f"region=hip{n}" for n in range(900)),
        "/?utm_source=x",
    ],
)
def test_old_or_odd_link_never_breaks(everything: None, db: None, client: Client, address: str):
    assert client.get(address).status_code == 200


def test_too_many_filters_are_refused_and_no_fault(everything: None, db: None, client: Client):
    response = client.get("/exercises/?" + "&".join(f"region=hip{n}" for n in range(5000)))
    assert response.status_code in {200, 400}


def test_health_is_told_without_a_page(db: None, client: Client, django_assert_num_queries: Any):
    readiness.forget()
    with django_assert_num_queries(0):
        alive = client.get("/healthz")
    assert (alive.status_code, alive.json()) == (200, {"alive": True})
    ready = client.get("/readyz")
    told = {"ready": True, "version": __version__, "review_policy": "two_people"}
    assert (ready.status_code, ready.json()) == (200, told)
    assert alive.headers["Cache-Control"] == ready.headers["Cache-Control"] == "no-store"


def test_not_ready_says_why(db: None, client: Client, monkeypatch: Any):
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: ["one"])
    readiness.forget()
    response = client.get("/readyz")
    told = {"ready": False, "why": "migrations", "version": __version__}
    assert (response.status_code, response.json()) == (503, told)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ({"sqlite_errorcode": 8}, "read-only"),
        ({"sqlstate": "25006"}, "read-only"),
        ({"sqlite_errorcode": 13}, "full"),
        ({"sqlstate": "53100"}, "full"),
        ({"sqlite_errorcode": 14}, "database"),
        ({"sqlstate": None}, "database"),
        ({"sqlite_errorcode": 5}, ""),
    ],
    ids=str,
)
def test_not_ready_when_nothing_can_be_written(db: None, code: dict[str, Any], why: str, monkeypatch: Any):
    error = OperationalError("refused")
    error.__cause__ = type("DriversError", (Exception,), code)()
    monkeypatch.setattr(readiness, "_has_every_migration", lambda: True)
    monkeypatch.setattr(readiness, "connection", RefusesToWrite(error))
    readiness.forget()
    assert readiness.why_not_ready() == why
    readiness.forget()


class RefusesToWrite:
    """A connection on which every question ends in this error."""

    vendor = "sqlite"

    def __init__(self, error: Exception) -> None:
        self.error = error

    def cursor(self) -> Any:
        cursor = MagicMock()
        cursor.__enter__.return_value.execute.side_effect = self.error
        return cursor


def test_crawlers_are_told_what_there_is(everything: None, db: None, client: Client):
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in robots
    assert "/sitemap.xml" in robots
    places = client.get("/sitemap.xml").content.decode()
    for address in ("/exercises/wall-calf-stretch/", "/routines/calves/", "/conditions/tight-calves/"):
        assert f"{address}</loc>" in places
    assert "/admin/" not in places


def test_editor_sees_the_user_bar_and_readers_never_do(everything: None, db: None, client: Client):
    assert "wagtail-userbar" not in client.get(PAGES["exercise"]).content.decode()
    client.force_login(chief())
    assert "wagtail-userbar" in client.get(PAGES["exercise"]).content.decode()


def test_admin_has_a_policy_of_its_own(db: None, client: Client):
    client.force_login(chief())
    admin = policy(client.get("/admin/"))
    assert admin["frame-ancestors"] == "'self'"
    assert admin["default-src"] == "'none'"
    assert "http" not in " ".join(admin.values())


@pytest.fixture
def own_host(settings: Any) -> None:
    """The site calls ``stretch.example`` its own, and is asked by another name as well."""
    settings.CANONICAL_HOST, settings.WAGTAILADMIN_BASE_URL = "stretch.example", "https://stretch.example"
    settings.ALLOWED_HOSTS = ["stretch.example", "testserver"]


@pytest.mark.parametrize(
    ("own", "asked", "leads_to"),
    [
        ("stretch.example:8443", "stretch.example:8443", ""),
        ("stretch.example:8443", "stretch.example:443", "https://stretch.example:8443/"),
        ("stretch.example:8443", "stretch.example:9000", "https://stretch.example:8443/"),
        ("stretch.example:8443", "other.example:8443", "https://stretch.example:8443/"),
        ("stretch.example:8443", "stretch.example", ""),  # a proxy may hand on no port: it would go round for ever
        ("stretch.example", "stretch.example:443", ""),
        ("stretch.example", "Stretch.Example", ""),
        ("stretch.example", "stretch.example:8443", "https://stretch.example/"),
    ],
)
@pytest.mark.usefixtures("everything", "db")
def test_port_is_part_of_the_sites_own_host(settings: Any, own: str, asked: str, leads_to: str):
    settings.CANONICAL_HOST, settings.WAGTAILADMIN_BASE_URL = own, f"https://{own}"
    settings.ALLOWED_HOSTS = ["stretch.example", "other.example"]
    answer = Client(headers={"host": asked}).get("/")
    assert (answer["Location"] if answer.status_code == 301 else "") == leads_to


@pytest.mark.parametrize(
    ("method", "address", "leads_to"),
    [
        ("get", "/exercises/?region=hip", "https://stretch.example/exercises/?region=hip"),
        ("head", "/", "https://stretch.example/"),
        ("get", "/admin/login/", "https://stretch.example/admin/login/"),
        ("get", "/s/abc/", ""),
        ("get", "/de/s/abc/", ""),
        ("get", "/code/", ""),
        ("get", "/admin/password_reset/confirm/MQ/abc-def/", ""),
        ("get", f"/figures/{'0' * 20}.svg", ""),
        ("get", f"/clinic/{'0' * 20}.css", ""),
        ("get", "/manifest.webmanifest", ""),
        ("get", "/sw.js", ""),
        ("get", "/healthz", ""),
        ("post", "/search/", ""),
    ],
)
@pytest.mark.usefixtures("everything", "db", "own_host")
def test_other_hosts_lead_to_the_sites_own_but_for_links_and_what_is_sent(method: str, address: str, leads_to: str):
    answer = getattr(Client(), method)(address)
    assert (answer["Location"] if answer.status_code == 301 else "") == leads_to
    assert not leads_to or "max-age=3600" in answer["Cache-Control"], "nobody is led for good"


@pytest.mark.usefixtures("everything", "db", "own_host")
def test_every_address_that_is_handed_on_is_at_the_sites_own_host():
    asked = Client(headers={"host": "stretch.example"})
    assert '<link rel="canonical" href="https://stretch.example/exercises/wall-calf-stretch/">' in (
        asked.get("/exercises/wall-calf-stretch/").text
    )
    site_map = asked.get("/sitemap.xml").text
    assert site_map.count("<loc>https://stretch.example/") == site_map.count("<loc>")
    asked_elsewhere = RequestFactory().get("/s/abc/")
    assert whole_address(asked_elsewhere, "./") == "https://stretch.example/s/abc/"
    assert whole_address(asked_elsewhere, "/code/") == "https://stretch.example/code/"
