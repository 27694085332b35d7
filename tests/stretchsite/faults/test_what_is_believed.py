"""R-F3, R-F13, R-F21, R-F24: which servers, keys and headers the site depends on, and for how long a cache may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from routines.models import RoutinePage
from testing import factories
from tests.clinical.publishing.roads import chief
from tests.outputs import PLACES, Place, each_of
from tests.stretchsite import small_site
from tests.stretchsite.test_settings import settled

SLUGS = {"exercise": "wall-calf-stretch", "routine": "calves"}
FOREIGN = "elsewhere.example"
FORGED = {"x-forwarded-host": FOREIGN, "x-forwarded-proto": "https", "forwarded": f"host={FOREIGN};proto=https"}
NEW_KEY = "another key of the site, which nobody could guess, 2031"
_site: dict[str, str] = {}


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind, and a share link."""
    with small_site.standing(django_db_blocker):
        _link, _site["token"] = factories.link_to(RoutinePage.objects.get())
        yield


@pytest.fixture
def site(standing: None, db: None) -> None:
    """The same, each change of which is taken back."""


# A server that remembers (R-F3)


def test_no_setting_names_a_server_that_remembers(monkeypatch: pytest.MonkeyPatch):
    """What is remembered is in the process; sessions and whatever counts guesses are where the data is."""
    gone = "redis://127.0.0.1:1/0"
    found = settled(monkeypatch, REDIS_URL=gone, CACHE_URL=gone, CACHES=gone, MEMCACHED_URL=gone, BROKER_URL=gone)
    assert {each["BACKEND"] for each in found["CACHES"].values()} == {"django.core.cache.backends.locmem.LocMemCache"}
    assert "SESSION_ENGINE" not in found  # Django's own: in the database
    assert found["TASKS"]["later"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
    assert gone not in repr({name: value for name, value in found.items() if name.isupper()})


# A cache in front that does not forget (R-F13)


@each_of(PLACES)
def test_no_cache_may_keep_an_answer_unasked_for_longer_than_a_minute(site: None, client: Client, place: Place):
    kwargs = {"token": _site["token"]} if place.owner == "shared" else {"slug": SLUGS[place.owner]}
    answer = client.get(reverse(str(place), kwargs=kwargs))
    said = answer["Cache-Control"]
    assert answer.status_code == 200
    assert "no-cache" in said or "no-store" in said or int(re.search(r"max-age=(\d+)", said)[1]) <= 60
    assert place.owner != "shared" or "no-store" in said


# Keys that are changed (R-F21)


def test_new_key_beside_the_old_one_signs_nobody_out(site: None, client: Client, settings: Any):
    client.force_login(chief())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, [settings.SECRET_KEY]
    assert client.get("/admin/").status_code == 200
    assert Client().get(f"/s/{_site['token']}/").status_code == 200


def test_new_key_alone_signs_everybody_out_and_breaks_nothing(site: None, client: Client, settings: Any):
    client.force_login(chief())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, []
    answer = client.get("/admin/")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/admin/login/")
    assert client.get("/admin/login/").status_code == 200
    assert client.get("/exercises/").status_code == 200
    assert Client().get(f"/s/{_site['token']}/").status_code == 200, "links hang on a key of their own"


def test_link_to_choose_a_password_from_before_a_new_key_is_refused_in_words(site: None, client: Client, settings: Any):
    person = chief()
    uid, token = urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator.make_token(person)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, []
    assert client.get(reverse("wagtailadmin_password_reset_confirm", args=[uid, token])).status_code == 200


# Hosts, and a proxy that is none (R-F24)


@pytest.fixture
def as_in_production(settings: Any) -> None:
    """The site's own name, and what says that everything goes by https."""
    settings.ALLOWED_HOSTS, settings.CANONICAL_HOST = ["stretch.example"], "stretch.example"
    settings.WAGTAILADMIN_BASE_URL = "https://stretch.example"
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"


@pytest.mark.usefixtures("as_in_production")
@pytest.mark.parametrize("address", ["/", "/admin/login/", "/exercises/wall-calf-stretch/"])
def test_without_https_nothing_is_set_or_shown_whatever_a_header_says(site: None, address: str):
    answer = Client(headers={"host": "stretch.example", **FORGED}).get(address)
    assert (answer.status_code, answer["Location"]) == (301, f"https://stretch.example{address}")
    assert not answer.cookies
    assert answer.content == b""


@pytest.mark.usefixtures("as_in_production")
@pytest.mark.parametrize("is_secure", [True, False])
def test_name_that_is_not_the_sites_is_refused_and_not_repeated(site: None, is_secure: bool):
    answer = Client(headers={"host": FOREIGN}).get("/admin/login/", secure=is_secure)
    assert answer.status_code == 400
    assert "999" in answer.text
    assert not answer.cookies
    assert FOREIGN not in f"{answer.text}{answer.headers}"


@pytest.mark.usefixtures("as_in_production")
def test_every_cookie_is_for_https_and_this_host_alone(site: None):
    answer = Client(headers={"host": "stretch.example"}).get("/admin/login/", secure=True)
    assert answer.status_code == 200
    assert set(answer.cookies) == {"__Host-csrf"}
    assert all(each["secure"] and each["path"] == "/" and not each["domain"] for each in answer.cookies.values())


@pytest.mark.usefixtures("as_in_production")
def test_no_link_on_a_page_or_in_a_letter_has_a_host_somebody_forged(
    site: None, django_capture_on_commit_callbacks: Any
):
    asking = Client(headers={"host": "stretch.example", **FORGED})
    for address in (
        "/",
        "/exercises/wall-calf-stretch/",
        "/routines/calves/share/",
        f"/s/{_site['token']}/",
        "/sitemap.xml",
    ):
        answer = asking.get(address, secure=True)
        assert answer.status_code == 200
        assert FOREIGN not in f"{answer.text}{answer.headers}"
    person = factories.UserFactory.create(email="ruth@clinic.example")
    person.set_password("a-password-of-some-length")
    person.save()
    with django_capture_on_commit_callbacks(execute=True):
        asking.post("/admin/password_reset/", {"email": person.email}, secure=True)
    assert [FOREIGN in letter.body for letter in mail.outbox] == [False]
    assert "https://stretch.example/" in mail.outbox[0].body
