"""Settings for the tests: as production where it matters, quick where it does not."""

import tempfile
from pathlib import Path

from stretchsite.settings.base import *  # noqa: F403  (Django's way of one settings file building on another)

DEBUG = False
SECRET_KEY = "for-tests-only"  # noqa: S105  (not a secret: public)
SHARE_LINK_KEYS = ["for-tests-only-too"]
SHARE_CODE_KEYS = ["for-tests-only-as-well"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = MAIL_SERVER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {**TASKS, "later": {"BACKEND": "tests.at_once.AtOnceAfterCommit"}}
# A test that is slow on a busy machine is no slow search.
SEARCH_SECONDS = 60
# No thread writes into a test's database.
OPENINGS_WRITTEN_AFTER_SECONDS = TOTALS_WRITTEN_AFTER_SECONDS = 0
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The tests' database may be in memory, which has no folder.
RATE_COUNTS_FOLDER = tempfile.TemporaryDirectory()
RATE_COUNTS_FILE = Path(RATE_COUNTS_FOLDER.name) / "counts.sqlite3"
if DATABASES["default"]["ENGINE"].endswith(".sqlite3"):
    # Said, since the tests' runner knows only Django's own backend to be kept in memory.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
