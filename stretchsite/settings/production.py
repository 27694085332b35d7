"""Settings for the real site. It refuses to start without its secrets, and says which one is missing.

| setting | from the environment | required |
|---|---|---|
| ``SECRET_KEY`` | at least 50 characters, random | yes |
| ``SECRET_KEY_FALLBACKS`` | those before it, separated by commas: what they signed or encrypted still opens | no |
| ``SHARE_LINK_KEYS`` | of share links: separated by commas, at least 32 characters each; the first signs | yes |
| ``SHARE_CODE_KEYS`` | of the codes to type in place of a link, in the same way; none: no codes | no |
| ``ALLOWED_HOSTS`` | host names, separated by commas; no wildcard | yes |
| ``BASE_URL`` | address of the site, ``https://…``; of all that is handed on; other hosts lead there | yes |
| ``DATABASE_URL`` | address of the database | yes |
| ``EMAIL_URL`` | the mail server: ``smtp+tls://user:password@host:587``; in place of the next four | no |
| ``EMAIL_HOST``, ``EMAIL_PORT`` | the mail server for invitations and new passwords; ``localhost``, 587 | no |
| ``EMAIL_HOST_USER``, ``EMAIL_HOST_PASSWORD`` | the account there, if it asks for one | no |
| ``DEFAULT_FROM_EMAIL`` | whom e-mails come from; ``noreply@`` the first host | no |
| ``JOURNAL_FILE`` | file outside the database that tells what was withdrawn, ended or closed | no: a warning |
| ``MEDIA_ROOT`` | folder for uploaded files | no |
| ``S3_BUCKET``, ``S3_ENDPOINT`` | a bucket in place of that folder, and the server it is on, ``https://…`` | no |
| ``S3_ACCESS_KEY``, ``S3_SECRET_KEY``, ``S3_REGION`` | the account there; the region, where it has one | with them |
| ``EMERGENCY_NUMBERS``, ``URGENT_NUMBERS`` | whom to call, by language: ``en-gb=999``, separated by commas | no |
| ``SITE_NAME`` | what the site is called, everywhere; ``Stretchsite`` | no |
| ``TIME_ZONE`` | by which days begin and end, such as ``Europe/Berlin``; ``Europe/London`` | no |
| ``LANGUAGES`` | languages of the site, separated by commas, of those it is translated into; ``en-gb`` | no |
| ``ADMINS`` | e-mail addresses that are told of errors, separated by commas | no |
| ``SECURE_HSTS_SECONDS`` | for how long browsers insist on HTTPS; a year | no |
| ``SECURE_HSTS_INCLUDE_SUBDOMAINS``, ``SECURE_HSTS_PRELOAD`` | ``0``: not on subdomains, not in browsers' lists | no |
| ``CSP_PICTURE_HOST`` | where pictures are loaded from besides the site, ``https://…`` | no |
| ``BEHIND_PROXY`` | ``1`` when a trusted proxy sets ``X-Forwarded-Proto`` and ``X-Forwarded-For`` | no |

What is set to nothing counts as not set.
"""

import os
import re
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language_info, to_locale

from stretchsite.settings.base import *  # noqa: F403  (Django's way of one settings file building on another)
from stretchsite.settings.base import CONTENT_SECURITY_POLICY, LANGUAGES, LOCALE_PATHS, MIDDLEWARE, STORAGES
from stretchsite.settings.buckets import bucket
from stretchsite.settings.mail_servers import mail_server


def _given(name: str, usual: str = "") -> str:
    """The environment's value, or the usual one."""
    return os.environ.get(name, "").strip() or usual


def _required(name: str, what: str) -> str:
    """The environment's value, or a refusal that says what to set."""
    if value := _given(name):
        return value
    raise ImproperlyConfigured(f"Set {name} in the environment: {what}.")


def _is_on(name: str, usual: str = "0") -> bool:
    """Whether it is switched on; a refusal where nobody could tell."""
    value = _given(name, usual).lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"{name} is “{value}”: write 1 or 0.")
    return value in {"1", "true", "yes", "on"}


def _by_language(name: str, usual: dict[str, str]) -> dict[str, str]:
    """The numbers of each language; those that are not named stay. Whether each can be dialled, a check asks."""
    said = [part.partition("=") for part in _given(name).split(",") if part.strip()]
    if not all(language.strip() and number.strip() for language, _sign, number in said):
        raise ImproperlyConfigured(f"{name}: write each language with its number, such as en-gb=999,de=112.")
    return {**usual, **{language.strip().lower(): number.strip() for language, _sign, number in said}}


def _languages(said: str, usual: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The languages that are named, the site's own among them. Each has a translation and both numbers."""
    known = dict(usual)
    for code in (part.strip().lower() for part in said.split(",") if part.strip()):
        if code not in known and not (LOCALE_PATHS[0] / to_locale(code) / "LC_MESSAGES" / "django.mo").exists():
            raise ImproperlyConfigured(f"LANGUAGES: the site is not translated into “{code}”, only {', '.join(known)}.")
        if not (EMERGENCY_NUMBERS.get(code) and URGENT_NUMBERS.get(code)):
            raise ImproperlyConfigured(f"LANGUAGES: say whom to call in “{code}”: EMERGENCY_NUMBERS, URGENT_NUMBERS.")
        known.setdefault(code, get_language_info(code)["name_local"])
    return list(known.items())


def _addresses(name: str) -> list[tuple[str, str]]:
    """People to write to, by their addresses."""
    said = [part.strip() for part in _given(name).split(",") if part.strip()]
    if wrong := [address for address in said if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address)]:
        raise ImproperlyConfigured(f"{name}: “{wrong[0]}” is no e-mail address.")
    return [(address, address) for address in said]


def _is_weak(key: str) -> bool:
    """Whether a secret key could be guessed."""
    return len(key) < 50 or len(set(key)) < 5 or "development" in key


DEBUG = False
SECRET_KEY = _required("SECRET_KEY", "at least 50 random characters")
SECRET_KEY_FALLBACKS = [key.strip() for key in _given("SECRET_KEY_FALLBACKS").split(",") if key.strip()]
if _is_weak(SECRET_KEY):
    raise ImproperlyConfigured("SECRET_KEY is too weak: use at least 50 random characters.")
if any(map(_is_weak, SECRET_KEY_FALLBACKS)):
    raise ImproperlyConfigured("SECRET_KEY_FALLBACKS: one is too weak, or was cut short; each was a SECRET_KEY.")
if SECRET_KEY in SECRET_KEY_FALLBACKS:
    raise ImproperlyConfigured("SECRET_KEY_FALLBACKS holds the SECRET_KEY itself: it is for those before it.")
SHARE_LINK_KEYS = [key.strip() for key in _required("SHARE_LINK_KEYS", "at least 32 random characters").split(",")]
if any(len(key) < 32 or key in {SECRET_KEY, *SECRET_KEY_FALLBACKS} for key in SHARE_LINK_KEYS):
    raise ImproperlyConfigured("SHARE_LINK_KEYS: each key has at least 32 characters, and none is the SECRET_KEY.")
SHARE_CODE_KEYS = [key.strip() for key in _given("SHARE_CODE_KEYS").split(",") if key.strip()]
if any(len(key) < 32 or key in {SECRET_KEY, *SECRET_KEY_FALLBACKS, *SHARE_LINK_KEYS} for key in SHARE_CODE_KEYS):
    raise ImproperlyConfigured("SHARE_CODE_KEYS: each key has at least 32 characters, and none is another's.")
ALLOWED_HOSTS = [host.strip() for host in _required("ALLOWED_HOSTS", "the site's host names").split(",")]
if any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name each host; a wildcard is refused.")
WAGTAILADMIN_BASE_URL = _required("BASE_URL", "the site's address, such as https://stretch.example").rstrip("/")
if not WAGTAILADMIN_BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("BASE_URL must begin with https://: patients read this site.")
if urlsplit(WAGTAILADMIN_BASE_URL)[2:] != ("", "", ""):
    raise ImproperlyConfigured("BASE_URL is the address of the site alone, such as https://stretch.example.")
if not re.fullmatch(r"https://[a-z0-9.-]+(:[0-9]+)?", WAGTAILADMIN_BASE_URL.lower()):
    raise ImproperlyConfigured("BASE_URL is a host's name in plain letters, such as https://xn--mnchen-3ya.example.")
CANONICAL_HOST = urlsplit(WAGTAILADMIN_BASE_URL).hostname or ""
if CANONICAL_HOST not in [host.lower() for host in ALLOWED_HOSTS]:
    raise ImproperlyConfigured(f"BASE_URL: its host {CANONICAL_HOST} is none of ALLOWED_HOSTS.")
_required("DATABASE_URL", "the address of the database")
JOURNAL_FILE = Path(_given("JOURNAL_FILE")) if _given("JOURNAL_FILE") else None
MEDIA_ROOT = Path(_given("MEDIA_ROOT", str(MEDIA_ROOT)))
WAGTAIL_SITE_NAME = _given("SITE_NAME", WAGTAIL_SITE_NAME)
EMERGENCY_NUMBERS = _by_language("EMERGENCY_NUMBERS", EMERGENCY_NUMBERS)
URGENT_NUMBERS = _by_language("URGENT_NUMBERS", URGENT_NUMBERS)
TIME_ZONE = _given("TIME_ZONE", TIME_ZONE)
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"TIME_ZONE is “{TIME_ZONE}”, which there is not: name one such as Europe/London.")
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = _languages(_given("LANGUAGES"), LANGUAGES)
ADMINS = _addresses("ADMINS")
if _picture_host := _given("CSP_PICTURE_HOST").rstrip("/"):
    # A semicolon would begin another directive; a path would not hold after a redirect.
    if not re.fullmatch(r"https://[a-z0-9.-]+(?::\d+)?", _picture_host):
        raise ImproperlyConfigured("CSP_PICTURE_HOST is the address of one host, such as https://pictures.example.")
    _allowed = CONTENT_SECURITY_POLICY["DIRECTIVES"]
    CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**_allowed, "img-src": [*_allowed["img-src"], _picture_host]}}

MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "stretchsite.static_files.HashedStaticFiles"},
}
BUCKET = bucket(os.environ)
if BUCKET:
    # Named and not imported: whoever has no bucket does without its client.
    STORAGES["default"] = {"BACKEND": "clinical.serving.bucket_files.BucketFiles"}

SECURE_SSL_REDIRECT = True
A_YEAR = 31_536_000
_seconds = _given("SECURE_HSTS_SECONDS", str(A_YEAR))
if not re.fullmatch(r"\d{1,9}", _seconds, re.ASCII):
    raise ImproperlyConfigured(f"SECURE_HSTS_SECONDS is “{_seconds}”: write a number of seconds, such as {A_YEAR}.")
SECURE_HSTS_SECONDS = int(_seconds)
SECURE_HSTS_INCLUDE_SUBDOMAINS = _is_on("SECURE_HSTS_INCLUDE_SUBDOMAINS", "1")
_may_be_listed = SECURE_HSTS_INCLUDE_SUBDOMAINS and SECURE_HSTS_SECONDS >= A_YEAR
SECURE_HSTS_PRELOAD = _is_on("SECURE_HSTS_PRELOAD", "1" if _may_be_listed else "0")
if SECURE_HSTS_PRELOAD and not _may_be_listed:
    raise ImproperlyConfigured("SECURE_HSTS_PRELOAD needs a year of SECURE_HSTS_SECONDS, and the subdomains.")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
PASSWORD_RESET_TIMEOUT = 60 * 60

MAIL_SERVER_BACKEND, EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = (
    mail_server(os.environ)
)
DEFAULT_FROM_EMAIL = _given("DEFAULT_FROM_EMAIL", f"noreply@{ALLOWED_HOSTS[0]}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if _is_on("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    TRUST_FORWARDED_FOR = True
