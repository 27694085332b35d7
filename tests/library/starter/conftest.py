"""The starter library as readers see it: one site for the whole folder, on one worker."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import Site

from clinical.publishing import approvals
from stretchsite import routing
from tests.conftest import STARTER_LIBRARY


# First, because xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What reads the site belongs on one worker: no other worker has to copy it."""
    for item in items:
        if "starter_site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("starter site"))


@pytest.fixture(scope="package")
def starter_site(django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """The site as ``make run`` makes it, once for this folder; use it together with ``db``.

    On SQLite it is a copy of the site the browser stories read; elsewhere it is loaded here.
    """
    with django_db_blocker.unblock():
        site = copied(request.getfixturevalue("built_site")) if connection.vendor == "sqlite" else loaded()
        with site:
            _forget()
            yield
    _forget()


@contextmanager
def loaded() -> Iterator[None]:
    """The starter library in a transaction that is never committed."""
    with transaction.atomic():
        call_command("setup_site", verbosity=0)
        call_command("load_library", str(STARTER_LIBRARY), publish=True)
        yield
        transaction.set_rollback(True)


@contextmanager
def copied(folder: Path) -> Iterator[None]:
    """The rows and files of a built site in place of the tests' own, which come back at the end."""
    connection.ensure_connection()
    with closing(sqlite3.connect(":memory:")) as before, closing(sqlite3.connect(folder / "site.sqlite3")) as built:
        connection.connection.backup(before)
        built.backup(connection.connection)
        _copy_files(folder / "media")
        try:
            yield
        finally:
            before.backup(connection.connection)


def _copy_files(media: Path) -> None:
    for file in media.rglob("*"):
        name = file.relative_to(media).as_posix()
        if file.is_file() and not default_storage.exists(name):
            default_storage.save(name, ContentFile(file.read_bytes()))


def _forget() -> None:
    approvals.forget_locales()
    routing.forget_roots()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
