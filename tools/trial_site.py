"""An empty site of its own for a trial beside the tests: as in development, but answering as it would live."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def trial_site() -> Iterator[None]:
    """Set Django up on SQLite in a folder that is gone afterwards, or on the database ``DATABASE_URL`` names.

    Once in a process. The database is as it was found: whoever tries something migrates it.
    """
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/site.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "stretchsite.settings.dev"
        import django
        from django.conf import settings

        django.setup()
        settings.DEBUG = False
        settings.ALLOWED_HOSTS = ["testserver"]
        settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        # What is refused is refused on purpose, thousands of times.
        logging.getLogger("django.request").setLevel(logging.ERROR)
        yield
