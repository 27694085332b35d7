"""Settings for working on the site on one's own machine. Never for anything a patient can reach."""

import os

from stretchsite.settings.base import *  # noqa: F403  (Django's way of one settings file building on another)

DEBUG = True
SECRET_KEY = "for-development-only-and-refused-by-the-production-settings"  # noqa: S105  (not a secret: public)
SHARE_LINK_KEYS = ["for-development-only"]
SHARE_CODE_KEYS = ["for-development-only-too"]
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# Where `make run` serves the site, so that mails, the site map and printed addresses say the same.
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:" + (os.environ.get("PORT") or "8000")
MAIL_SERVER_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Whoever edits a template wants to see it: the page cache is off unless asked for with PAGE_CACHE=1.
PAGE_CACHE = os.environ.get("PAGE_CACHE", "").strip() == "1"
DEVELOPMENT_ACCOUNTS_ALLOWED = True
