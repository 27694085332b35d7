"""Settings for the real site. It refuses to start without its secrets, and says all that is missing or wrong.

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
| ``AWS_CA_BUNDLE`` | file of the authority that signed that server's certificate, where it is a clinic's own | no |
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
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language_info, to_locale

from stretchsite.settings import environment
from stretchsite.settings.buckets import Bucket, bucket
from stretchsite.settings.environment import A_YEAR
from stretchsite.settings.mail_servers import MailServer, mail_server

#: What is missing or wrong, a sentence each, told together.
_faults = environment.faults_in(os.environ)
try:
    from stretchsite.settings.base import *  # noqa: F403  (Django's way of one settings file building on another)
    from stretchsite.settings.base import CONTENT_SECURITY_POLICY, LANGUAGES, LOCALE_PATHS, MIDDLEWARE, STORAGES
except ImproperlyConfigured as refusal:
    raise ImproperlyConfigured("\n".join(dict.fromkeys([*_faults, *str(refusal).splitlines()]))) from None


def _given(name: str, usual: str = "") -> str:
    """The environment's value, or the usual one."""
    return environment.given(os.environ, name, usual)


def _is_on(name: str, usual: str = "0") -> bool:
    """Whether it is switched on."""
    return environment.is_on(os.environ, name, usual)


def _listed(name: str) -> list[str]:
    """A value that names several, separated by commas."""
    return environment.listed(os.environ, name)


def _by_language(name: str, usual: dict[str, str]) -> dict[str, str]:
    """The numbers of each language; those that are not named stay. Whether each can be dialled, a check asks."""
    said = [part.partition("=") for part in _listed(name)]
    if not all(language.strip() and number.strip() for language, _sign, number in said):
        _faults.append(f"{name}: write each language with its number, such as en-gb=999,de=112.")
    return {**usual, **{language.strip().lower(): number.strip() for language, _sign, number in said}}


def _languages(usual: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The languages that are named, the site's own among them. Each has a translation and both numbers."""
    known = dict(usual)
    for code in map(str.lower, _listed("LANGUAGES")):
        if code not in known and not (LOCALE_PATHS[0] / to_locale(code) / "LC_MESSAGES" / "django.mo").exists():
            _faults.append(f"LANGUAGES: the site is not translated into “{code}”, only {', '.join(known)}.")
        elif not (EMERGENCY_NUMBERS.get(code) and URGENT_NUMBERS.get(code)):
            _faults.append(f"LANGUAGES: say whom to call in “{code}”: EMERGENCY_NUMBERS, URGENT_NUMBERS.")
        else:
            known.setdefault(code, get_language_info(code)["name_local"])
    return list(known.items())


def _mail_server() -> MailServer:
    """How mail leaves the site."""
    try:
        return mail_server(os.environ)
    except ImproperlyConfigured as fault:
        _faults.append(str(fault))
        return MailServer()


def _bucket() -> Bucket | None:
    """Where files are kept that several machines share."""
    try:
        return bucket(os.environ)
    except ImproperlyConfigured:  # told above
        return None


EMERGENCY_NUMBERS = _by_language("EMERGENCY_NUMBERS", EMERGENCY_NUMBERS)
URGENT_NUMBERS = _by_language("URGENT_NUMBERS", URGENT_NUMBERS)
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = _languages(LANGUAGES)
MAIL_SERVER_BACKEND, EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = (
    _mail_server()
)
BUCKET = _bucket()
if _faults:
    raise ImproperlyConfigured("\n".join(_faults))

DEBUG = False
SECRET_KEY = _given("SECRET_KEY")
SECRET_KEY_FALLBACKS = _listed("SECRET_KEY_FALLBACKS")
SHARE_LINK_KEYS = _listed("SHARE_LINK_KEYS")
SHARE_CODE_KEYS = _listed("SHARE_CODE_KEYS")
ALLOWED_HOSTS = _listed("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = _given("BASE_URL").rstrip("/")
CANONICAL_HOST = urlsplit(WAGTAILADMIN_BASE_URL).netloc.lower().removesuffix(":443")
JOURNAL_FILE = Path(_given("JOURNAL_FILE")) if _given("JOURNAL_FILE") else None
MEDIA_ROOT = Path(_given("MEDIA_ROOT", str(MEDIA_ROOT)))
WAGTAIL_SITE_NAME = _given("SITE_NAME", WAGTAIL_SITE_NAME)
TIME_ZONE = _given("TIME_ZONE", TIME_ZONE)
ADMINS = [(address, address) for address in _listed("ADMINS")]
if _picture_host := _given("CSP_PICTURE_HOST").rstrip("/"):
    _allowed = CONTENT_SECURITY_POLICY["DIRECTIVES"]
    CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**_allowed, "img-src": [*_allowed["img-src"], _picture_host]}}

MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "stretchsite.static_files.HashedStaticFiles"},
}
if BUCKET:
    # Named and not imported: whoever has no bucket does without its client.
    STORAGES["default"] = {"BACKEND": "clinical.serving.bucket_files.BucketFiles"}

SECURE_SSL_REDIRECT = True
if ":" in CANONICAL_HOST:
    # The port is not known to who asked without encryption, nor to who is asked through a proxy.
    SECURE_SSL_HOST = CANONICAL_HOST
    CSRF_TRUSTED_ORIGINS = [f"https://{CANONICAL_HOST}"]
SECURE_HSTS_SECONDS = int(_given("SECURE_HSTS_SECONDS", str(A_YEAR)))
SECURE_HSTS_INCLUDE_SUBDOMAINS = _is_on("SECURE_HSTS_INCLUDE_SUBDOMAINS", "1")
_may_be_listed = SECURE_HSTS_INCLUDE_SUBDOMAINS and SECURE_HSTS_SECONDS >= A_YEAR
SECURE_HSTS_PRELOAD = _is_on("SECURE_HSTS_PRELOAD", "1" if _may_be_listed else "0")
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
PASSWORD_RESET_TIMEOUT = 60 * 60

DEFAULT_FROM_EMAIL = _given("DEFAULT_FROM_EMAIL", f"noreply@{ALLOWED_HOSTS[0]}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if _is_on("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    TRUST_FORWARDED_FOR = True
