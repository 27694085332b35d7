"""The settings: production refuses to start without its secrets, and the databases are told what measurement showed."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from stretchsite.group_permissions import MANAGERS, PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS
from stretchsite.settings.environment import faults_in

KEY = "".join(chr(code) for code in range(ord("!"), ord("~")) if chr(code) not in "%,")[:80]
COMPLETE = {
    "SECRET_KEY": KEY,
    "SHARE_LINK_KEYS": KEY[::-1].replace(",", ""),
    "ALLOWED_HOSTS": "stretch.example, www.stretch.example",
    "BASE_URL": "https://stretch.example",
    "DATABASE_URL": "sqlite://:memory:",
}
START = ["-c", "import django; django.setup()"]
CHECK = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
SHOW = """
import json, django
django.setup()
from django.conf import settings
from django.db import connection
names = ["DEBUG", "ALLOWED_HOSTS", "DEVELOPMENT_ACCOUNTS_ALLOWED", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "WAGTAILADMIN_BASE_URL"]
shown = {name: getattr(settings, name) for name in names}
print(json.dumps({**shown, "proxy": getattr(settings, "SECURE_PROXY_SSL_HEADER", None), "vendor": connection.vendor,
    "driver": connection.Database.__name__, "version": getattr(connection.Database, "__version__", "")}))
"""


def production(arguments: list[str], **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Run Python under the production settings and this environment alone; ``None`` leaves a variable out."""
    given = {name: value for name, value in {**COMPLETE, **environment}.items() if value is not None}
    return subprocess.run(
        [sys.executable, *arguments],
        env={"DJANGO_SETTINGS_MODULE": "stretchsite.settings.production", "PATH": os.environ["PATH"], **given},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
    )


def base(monkeypatch: pytest.MonkeyPatch, database: str | None = None) -> dict[str, Any]:
    """The settings every environment shares, read afresh with this database address."""
    if database is None:
        monkeypatch.delenv("DATABASE_URL", raising=False)
    else:
        monkeypatch.setenv("DATABASE_URL", database)
    return runpy.run_path(str(Path(settings.BASE_DIR) / "stretchsite" / "settings" / "base.py"))


def refusal(monkeypatch: pytest.MonkeyPatch, **environment: str | None) -> str:
    """What the production settings say against this environment, with the lines that led there, as a start ends."""
    with pytest.raises(ImproperlyConfigured) as refused:
        settled(monkeypatch, **environment)
    return "".join(traceback.format_exception(refused.value))


def settled(monkeypatch: pytest.MonkeyPatch, **environment: str | None) -> dict[str, Any]:
    """The production settings in this environment, read afresh; nothing is started with them."""
    for name, value in {**COMPLETE, **environment}.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    for part in ("base", "sign_in"):
        monkeypatch.delitem(sys.modules, f"stretchsite.settings.{part}", raising=False)
    return runpy.run_module("stretchsite.settings.production")


def test_what_the_settings_refuse_does_not_start():
    started = production(START, SECRET_KEY=None)
    assert started.returncode != 0
    assert "ImproperlyConfigured: Set SECRET_KEY in the environment" in started.stderr


@pytest.mark.parametrize("missing", COMPLETE)
@pytest.mark.parametrize("value", [None, ""], ids=["left out", "empty"])
def test_production_does_not_start_without(monkeypatch: pytest.MonkeyPatch, missing: str, value: str | None):
    assert f"ImproperlyConfigured: Set {missing} in the environment" in refusal(monkeypatch, **{missing: value})


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("SECRET_KEY", KEY[:49], "SECRET_KEY is too weak"),
        ("SECRET_KEY", "for-development-only-and-refused-by-the-production-settings", "SECRET_KEY is too weak"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY is too weak"),
        ("SECRET_KEY_FALLBACKS", f"{KEY[::-1]},short", "SECRET_KEY_FALLBACKS: one is too weak"),
        ("SECRET_KEY_FALLBACKS", KEY, "SECRET_KEY_FALLBACKS holds the SECRET_KEY itself"),
        ("SHARE_LINK_KEYS", "a-long-and-secret-key-of-share-links,short", "SHARE_LINK_KEYS: each key has"),
        ("SHARE_LINK_KEYS", KEY, "SHARE_LINK_KEYS: each key has"),
        ("ALLOWED_HOSTS", "*", "a wildcard is refused"),
        ("ALLOWED_HOSTS", "stretch.example, *.example", "a wildcard is refused"),
        ("ALLOWED_HOSTS", ".example", "a wildcard is refused"),
        ("BASE_URL", "https://stretch.example/site", "the address of the site alone"),
        ("BASE_URL", "https://stretch.example?x", "the address of the site alone"),
        ("BASE_URL", "https://other.example", "its host other.example is none of ALLOWED_HOSTS"),
        ("EMAIL_PORT", "smtp", "EMAIL_PORT is “smtp”: write its number"),
        ("BEHIND_PROXY", "nginx", "BEHIND_PROXY is “nginx”: write 1 or 0"),
        ("EMERGENCY_NUMBERS", "112", "EMERGENCY_NUMBERS: write each language with its number"),
        ("URGENT_NUMBERS", "en-gb=", "URGENT_NUMBERS: write each language with its number"),
        ("OIDC_ISSUER", "https://id.example", "Set OIDC_CLIENT_ID as well"),
        ("OIDC_ONLY", "1", "set OIDC_ISSUER"),
        ("OIDC_ONLY", "please", "write 1 or 0"),
        ("TIME_ZONE", "Europe/Ecclefechan", "TIME_ZONE is “Europe/Ecclefechan”, which there is not"),
    ],
)
def test_production_does_not_start_with_something_weak(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
):
    said = refusal(monkeypatch, **{variable: value})
    assert told in said
    assert value not in said or variable != "SECRET_KEY"


def test_all_that_is_missing_or_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch):
    said = refusal(
        monkeypatch,
        SECRET_KEY=None,
        SHARE_LINK_KEYS="short",
        BASE_URL="http://stretch.example",
        TIME_ZONE="Europe/Ecclefechan",
        EMAIL_PORT="smtp",
        LANGUAGES="tlh",
        OIDC_ONLY="please",
    )
    told = ("SECRET_KEY in the", "SHARE_LINK_KEYS: each", "begin with https", "TIME_ZONE is", "OIDC_ONLY is")
    assert [part for part in told if part not in said] == []
    said = refusal(monkeypatch, DATABASE_URL=None, EMAIL_PORT="smtp", LANGUAGES="tlh", BEHIND_PROXY="x", OIDC_ONLY="")
    told = ("DATABASE_URL in the", "EMAIL_PORT is", "not translated into “tlh”", "BEHIND_PROXY is")
    assert [part for part in told if part not in said] == []


def test_what_is_told_before_anything_is_made_is_what_the_settings_say(monkeypatch: pytest.MonkeyPatch):
    """By Python alone: nothing is installed yet where ``release.sh`` asks."""
    wrong = {**COMPLETE, "SECRET_KEY": "short-and-secret", "BASE_URL": "https://[", "BEHIND_PROXY": "x"}
    program = Path(settings.BASE_DIR) / "stretchsite/settings/environment.py"
    asked = [sys.executable, "-I", "-S", str(program)]
    told = subprocess.run(asked, env={**wrong, "PATH": ""}, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "short-and-secret" not in told.stderr
    assert told.stderr.splitlines() == faults_in(wrong)
    assert len(told.stderr.splitlines()) == 3
    assert all(fault in refusal(monkeypatch, **wrong) for fault in faults_in(wrong))
    assert not subprocess.run(asked, env=COMPLETE, capture_output=True, check=True).stderr


def test_port_of_the_address_is_kept_wherever_somebody_is_led(monkeypatch: pytest.MonkeyPatch):
    usual = settled(monkeypatch, BASE_URL="https://stretch.example:443")
    assert usual["CANONICAL_HOST"] == "stretch.example"
    assert "SECURE_SSL_HOST" not in usual
    other = settled(monkeypatch, BASE_URL="https://Stretch.example:8443/")
    assert other["CANONICAL_HOST"] == other["SECURE_SSL_HOST"] == "stretch.example:8443"
    assert other["CSRF_TRUSTED_ORIGINS"] == ["https://stretch.example:8443"]


def test_keys_from_before_still_read(monkeypatch: pytest.MonkeyPatch):
    older, oldest = KEY[1:] + "x", KEY[2:] + "xy"
    assert settled(monkeypatch, SECRET_KEY_FALLBACKS=f"{older}, {oldest}")["SECRET_KEY_FALLBACKS"] == [older, oldest]
    assert settled(monkeypatch, SECRET_KEY_FALLBACKS="")["SECRET_KEY_FALLBACKS"] == []


def test_nothing_starts_with_a_policy_there_is_not(monkeypatch: pytest.MonkeyPatch):
    assert "REVIEW_POLICY is “oneperson”, which there is not" in refusal(monkeypatch, REVIEW_POLICY="oneperson")


def test_nothing_starts_with_a_second_factor_for_a_role_there_is_not(monkeypatch: pytest.MonkeyPatch):
    said = refusal(monkeypatch, SECOND_FACTOR_REQUIRED_FOR="managers,officers")
    assert "SECOND_FACTOR_REQUIRED_FOR names “officers”, which there is not" in said


def test_roles_with_a_second_factor_are_the_groups_there_are(monkeypatch: pytest.MonkeyPatch):
    words = "practitioners, reviewers,safety-officers,Managers,superusers,"
    asked = settled(monkeypatch, SECOND_FACTOR_REQUIRED_FOR=words)["SECOND_FACTOR_REQUIRED_FOR"]
    assert asked == {PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS, MANAGERS, "superusers"}


def test_production_with_all_it_needs_passes_the_check_for_deployment():
    checked = production(CHECK, JOURNAL_FILE="journal.jsonl")
    assert checked.returncode == 0, checked.stderr
    assert "System check identified no issues" in checked.stdout


def test_production_is_closed_and_uses_psycopg_for_postgresql():
    shown = json.loads(production(["-c", SHOW], DATABASE_URL="postgres://site@db.example:5432/site").stdout)
    assert shown["version"].startswith("3.")
    del shown["version"]
    assert shown == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["stretch.example", "www.stretch.example"],
        "DEVELOPMENT_ACCOUNTS_ALLOWED": False,
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "WAGTAILADMIN_BASE_URL": "https://stretch.example",
        "proxy": None,
        "vendor": "postgresql",
        "driver": "psycopg",
    }


def test_folder_of_uploads_is_a_path_wherever_it_was_said():
    show = "from pathlib import Path; from django.conf import settings; root = settings.MEDIA_ROOT; "
    told = production(["-c", show + "print(isinstance(root, Path), root)"], MEDIA_ROOT="/srv/uploads")
    assert told.stdout.strip().endswith("True /srv/uploads"), told.stderr


def test_production_makes_no_development_accounts():
    refused = production(["manage.py", "development_accounts"])
    assert refused.returncode != 0
    assert "only for the development settings" in refused.stderr


@pytest.mark.parametrize("said", ["1", "true", " On "])
def test_forwarded_protocol_is_believed_behind_a_proxy(monkeypatch: pytest.MonkeyPatch, said: str):
    proxied = settled(monkeypatch, BEHIND_PROXY=said)
    assert (proxied["SECURE_PROXY_SSL_HEADER"], proxied["TRUST_FORWARDED_FOR"]) == (
        ("HTTP_X_FORWARDED_PROTO", "https"),
        True,
    )


@pytest.mark.parametrize("said", [None, "", "0", "false"])
def test_forwarded_protocol_is_believed_nowhere_else(monkeypatch: pytest.MonkeyPatch, said: str | None):
    assert "SECURE_PROXY_SSL_HEADER" not in settled(monkeypatch, BEHIND_PROXY=said)


def test_what_is_set_to_nothing_counts_as_not_set(monkeypatch: pytest.MonkeyPatch):
    names = ("EMAIL_HOST", "EMAIL_PORT", "DEFAULT_FROM_EMAIL", "MEDIA_ROOT", "TIME_ZONE")
    empty = settled(monkeypatch, SITE_NAME="", **dict.fromkeys(names, ""))
    assert empty["WAGTAIL_SITE_NAME"] == "Stretchsite"
    assert {name: empty[name] for name in names} == {
        "EMAIL_HOST": "localhost",
        "EMAIL_PORT": 587,
        "DEFAULT_FROM_EMAIL": "noreply@stretch.example",
        "MEDIA_ROOT": Path(settings.BASE_DIR) / "media",
        "TIME_ZONE": "Europe/London",
    }


def test_clinic_says_whom_to_call_in_each_language(monkeypatch: pytest.MonkeyPatch):
    found = settled(monkeypatch, EMERGENCY_NUMBERS="en-gb=112, de = 112,", URGENT_NUMBERS="de=116117")
    assert found["EMERGENCY_NUMBERS"] == {"en-gb": "112", "de": "112"}
    assert found["URGENT_NUMBERS"] == {"en-gb": "111", "de": "116117"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"LANGUAGES": "en-gb,tlh"}, "not translated into “tlh”, only en-gb"),
        ({"ADMINS": "ops@clinic.example, nobody"}, "ADMINS: “nobody” is no e-mail address"),
        ({"SECURE_HSTS_SECONDS": "a year"}, "write a number of seconds"),
        ({"SECURE_HSTS_INCLUDE_SUBDOMAINS": "some"}, "write 1 or 0"),
        ({"SECURE_HSTS_SECONDS": "3600", "SECURE_HSTS_PRELOAD": "1"}, "needs a year"),
        ({"SECURE_HSTS_INCLUDE_SUBDOMAINS": "0", "SECURE_HSTS_PRELOAD": "1"}, "and the subdomains"),
        ({"CSP_PICTURE_HOST": "https://a.example; script-src *"}, "the address of one host"),
        ({"CSP_PICTURE_HOST": "http://a.example"}, "the address of one host"),
    ],
)
def test_what_a_clinic_cannot_have_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], said: str
):
    assert said in refusal(monkeypatch, **given)


def test_clinic_goes_to_https_in_steps_and_loads_pictures_from_one_host_more(monkeypatch: pytest.MonkeyPatch):
    found = settled(
        monkeypatch,
        LANGUAGES="en-gb",
        ADMINS="ops@clinic.example",
        SECURE_HSTS_SECONDS="3600",
        SECURE_HSTS_INCLUDE_SUBDOMAINS="0",
        CSP_PICTURE_HOST="https://pictures.example/",
    )
    assert [code for code, _name in found["LANGUAGES"]] == ["en-gb"]
    assert found["ADMINS"] == [("ops@clinic.example", "ops@clinic.example")]
    steps = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    assert [found[name] for name in steps] == [3600, False, False]
    pictures = found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"]
    assert pictures == ["'self'", "data:", "https://pictures.example"]
    assert settled(monkeypatch, **dict.fromkeys(steps))["SECURE_HSTS_PRELOAD"]


def test_number_that_cannot_be_dialled_stops_the_start():
    checked = production(CHECK, EMERGENCY_NUMBERS="en-gb=none")
    assert checked.returncode != 0
    assert "No emergency number that can be dialled for the language “en-gb”" in checked.stderr


def test_address_of_the_site_is_the_same_with_a_slash_behind_it(monkeypatch: pytest.MonkeyPatch):
    found = settled(
        monkeypatch, BASE_URL="https://stretch.example/", TIME_ZONE="Europe/Berlin", SITE_NAME="St. Elsewhere"
    )
    assert found["WAGTAIL_SITE_NAME"] == "St. Elsewhere"
    assert found["WAGTAILADMIN_BASE_URL"] == "https://stretch.example"
    assert found["TIME_ZONE"] == "Europe/Berlin"


def caching(monkeypatch: pytest.MonkeyPatch, said: str | None) -> dict[str, Any]:
    """What the settings say of it, read afresh."""
    if said is None:
        monkeypatch.delenv("PAGE_CACHE", raising=False)
    else:
        monkeypatch.setenv("PAGE_CACHE", said)
    return runpy.run_path(str(Path(settings.BASE_DIR) / "stretchsite" / "settings" / "caching.py"))


@pytest.mark.parametrize(("said", "is_on"), [(None, True), ("", True), ("1", True), ("0", False), (" 0 ", False)])
def test_page_cache_is_switched_off_by_0(monkeypatch, said: str | None, is_on: bool):
    assert caching(monkeypatch, said)["PAGE_CACHE"] is is_on


@pytest.mark.parametrize("said", ["off", "false", "no", "00"])
def test_whoever_would_switch_the_page_cache_off_in_other_words_is_told(monkeypatch, said: str):
    with pytest.raises(ImproperlyConfigured, match=f"PAGE_CACHE is “{said}”: write 0"):
        caching(monkeypatch, said)


# The databases


def test_database_is_a_file_when_nobody_says_otherwise(monkeypatch):
    shared = base(monkeypatch)
    default = shared["DATABASES"]["default"]
    assert default["ENGINE"] == "clinical.databases.sqlite3"
    assert Path(default["NAME"]) == shared["BASE_DIR"] / "db.sqlite3"


def test_database_url_selects_postgresql(monkeypatch):
    default = base(monkeypatch, "postgres://site:word@db.example:5433/stretch")["DATABASES"]["default"]
    assert default["ENGINE"] == "clinical.databases.postgresql"
    assert (default["HOST"], default["PORT"], default["NAME"]) == ("db.example", 5433, "stretch")
    assert default["CONN_HEALTH_CHECKS"] is True
    assert "init_command" not in default.get("OPTIONS", {})


@pytest.mark.parametrize("address", [None, "postgres://site@db.example/stretch"], ids=["sqlite", "postgresql"])
def test_no_request_is_one_transaction(monkeypatch, address: str | None):
    assert base(monkeypatch, address)["DATABASES"]["default"].get("ATOMIC_REQUESTS", False) is False


@pytest.fixture
def sqlite(monkeypatch, tmp_path: Path, django_db_blocker: Any):
    """Opens connections to a SQLite file as the settings say; each is one writer."""
    opened = []

    def connect() -> Any:
        databases = base(monkeypatch, f"sqlite:///{tmp_path / 'stretch.sqlite3'}")["DATABASES"]
        opened.append(ConnectionHandler(databases)["default"])
        return opened[-1]

    with django_db_blocker.unblock():
        yield connect
        for connection in opened:
            connection.close()


def test_sqlite_writes_ahead_waits_and_holds_foreign_keys(sqlite):
    with sqlite().cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}


def test_sqlite_takes_the_lock_at_the_beginning_of_a_transaction(sqlite):
    first, second = sqlite(), sqlite()
    second.cursor().execute("PRAGMA busy_timeout=0")
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with pytest.raises(OperationalError, match="locked"):
        second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    first.rollback()
    first.set_autocommit(True)
    second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    second.rollback()
