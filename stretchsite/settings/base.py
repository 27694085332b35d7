"""Settings every environment shares: safe by default, and complete without a file of secrets for development.

| setting | from the environment | default |
|---|---|---|
| ``DATABASE_URL`` | database address (PostgreSQL by psycopg 3, or SQLite) | SQLite file ``db.sqlite3`` |
| ``PAGE_CACHE`` | ``0``: every page is made anew for every request | on |
| ``REVIEW_POLICY`` | ``two_people``, or ``one_person`` for a practice of one | ``two_people`` |
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from stretchsite.settings.buckets import Bucket
from stretchsite.settings.caching import *  # noqa: F403  (as below)
from stretchsite.settings.databases import configured
from stretchsite.settings.logging import *  # noqa: F403  (as above)
from stretchsite.settings.observing import *  # noqa: F403  (as above)
from stretchsite.settings.packs import *  # noqa: F403  (as above)
from stretchsite.settings.searching import *  # noqa: F403  (settings in a file of their own)
from stretchsite.settings.sign_in import *  # noqa: F403  (as above)

BASE_DIR = Path(__file__).resolve().parent.parent.parent

INSTALLED_APPS = [
    "library",
    "stretchsite",
    "sharing",
    "routines",
    "exercises",
    "figures",
    "clinical",
    "django_guid",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    # Without "allauth" itself: its templates and texts cannot be reached.
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]

# No LocaleMiddleware: it makes every public page vary by a request header and obeys a cookie. The address says the
# language (stretchsite.middleware.LanguageFromAddress).
MIDDLEWARE = [
    # The first one: whatever is written about a request says which it was.
    "django_guid.middleware.guid_middleware",
    "clinical.web.admission.BoundedWaits",
    "sharing.middleware.ShareLinkHeaders",
    "stretchsite.middleware.PublicCaching",
    "django.middleware.security.SecurityMiddleware",
    "stretchsite.middleware.CanonicalHost",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "stretchsite.middleware.ContentSecurityPolicy",
    "stretchsite.middleware.StrayCharacters",
    "stretchsite.middleware.LanguageFromAddress",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stretchsite.middleware.RenamedPages",
    "clinical.middleware.NothingWithoutSafety",
    "clinical.middleware.RefusalsAsMessages",
    "clinical.web.admission.AsksForRoom",
    "stretchsite.closed.ClosedUntilReplayed",
    "stretchsite.bounded_searches.BoundedSearches",
    "clinical.people.second_factor_duty.SecondFactorFirst",
    # The last one: it answers requests that write content itself.
    "clinical.middleware.WritesAreWhole",
]

if METRICS_TOKEN:
    MIDDLEWARE.insert(1, "stretchsite.observing.metrics.NamesRoute")

ROOT_URLCONF = "stretchsite.urls"
WSGI_APPLICATION = "stretchsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stretchsite.chrome.page_chrome",
            ],
            "builtins": [
                "clinical.templatetags.symbol_tags",
                "clinical.templatetags.note_tags",
                "clinical.templatetags.sign_tags",
                "clinical.templatetags.beside_tags",
                "clinical.templatetags.unchanging_tags",
                "clinical.templatetags.by_value_tags",
                "clinical.templatetags.part_tags",
            ],
        },
    },
]

# Widgets are drawn by the templates above, so that ours can take the place of the platform's with scripts in them.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{quote(str(BASE_DIR / 'db.sqlite3'))}"
DATABASES = {"default": configured(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A tag may be used once on a page; SQLite has no deferrable constraints, there the form and the gate hold the line.
# The admin frames its own previews, so the old header says SAMEORIGIN; public pages say frame-ancestors 'none'.
SILENCED_SYSTEM_CHECKS = ["models.W038", "security.W019"]

AUTH_USER_MODEL = "clinical.User"
#: How many people it takes before readers see something; nobody can change it while working on the site.
REVIEW_POLICY = os.environ.get("REVIEW_POLICY", "").strip() or "two_people"
if REVIEW_POLICY not in {"two_people", "one_person"}:  # here, since a web server's start asks no system check
    raise ImproperlyConfigured(f"REVIEW_POLICY is “{REVIEW_POLICY}”, which there is not: two_people or one_person.")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["clinical.authentication.LimitedBackend"]
#: One page to sign in at; only there is a browser known again.
WAGTAIL_FRONTEND_LOGIN_URL = "/admin/login/"
#: On SQLite: the file of the counts that limit guesses, in a folder of this machine. ``None``: beside the database.
RATE_COUNTS_FILE: Path | None = None

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
#: What the platform says of moderation, workflows and tasks, in this house's one word for it: review.
LOCALE_PATHS = [BASE_DIR / "locale"]
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# The number a reader in each locale calls in an emergency. A locale without one stops the start (check clinical.E001).
EMERGENCY_NUMBERS = {"en-gb": "999"}
# Whom to call where help is needed today and it is no emergency: in the United Kingdom, NHS 111.
URGENT_NUMBERS = {"en-gb": "111"}

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static_collected"
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"
#: The bucket of an S3 server that files are kept in, where they are in no folder.
BUCKET: Bucket | None = None
STORAGES = {
    "default": {"BACKEND": "clinical.serving.storage.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

#: The typeface of what is typeset (handouts, cards): TrueType files, which the typesetter reads.
TYPEFACES = BASE_DIR / "stretchsite" / "static" / "stretchsite" / "fonts"

WAGTAIL_SITE_NAME = "Stretchsite"
#: What may wait for a worker (mail, redrawing) is a row of the database; the platform's own tasks run at once.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "later": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
EMAIL_BACKEND = "clinical.background.mail.MailLater"
#: How the worker hands a mail on.
MAIL_SERVER_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10

WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
#: The host the site calls its own, with its port where that is not the usual one: other allowed hosts lead to it.
#: Empty: each answers for itself.
CANONICAL_HOST = ""
WAGTAILIMAGES_IMAGE_MODEL = "clinical.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "heic"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# No upload touches the disk before it was looked at, nor is refused because the disk is full; larger ones are refused.
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "clinical.pictures.uploads.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "clinical.pictures.uploads.DocumentForm"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "clinical.workflows.publish_approved"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
TAGGIT_CASE_INSENSITIVE = True
#: Addresses hold plain letters only (clinical.words.slugs): a link to any other slug cannot be written down.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
#: What an editor may put in rich text: structure and emphasis, no pictures, embeds or code.
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ul", "ol", "link"]},
    },
}

#: Sign and recognise share links: the first key signs, all of them recognise (SL2). Each environment has its own.
SHARE_LINK_KEYS: list[str] = []
#: The same for the codes to type in place of a link's address. Where the list is empty there are no codes.
SHARE_CODE_KEYS: list[str] = []
#: Where what was withdrawn, ended or closed is told outside the database (``clinical.audit.journal``). None: nowhere.
JOURNAL_FILE: Path | None = None
#: How long openings of shared links are counted in memory before they are written; 0: until somebody asks (PD5).
OPENINGS_WRITTEN_AFTER_SECONDS = 30
#: Whether the reader's network is the last one of ``X-Forwarded-For``, which a trusted proxy in front has written.
TRUST_FORWARDED_FOR = False

# XS5 of the security requirements: nothing but our own files, and no inline script or style.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "media-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

CSRF_FAILURE_VIEW = "stretchsite.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

#: Accounts with known passwords may be made. Only the development settings say yes (check clinical.E002).
DEVELOPMENT_ACCOUNTS_ALLOWED = False

DEFAULT_EXCEPTION_REPORTER = "stretchsite.logs.RedactingReporter"
