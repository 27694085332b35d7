"""Sites in files of their own, one after another in the place of the tests' database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from clinical.publishing import approvals
from stretchsite import readiness, routing
from stretchsite.backup import restoring
from tests.stretchsite import small_site

Place = Callable[[], AbstractContextManager[Path]]


@contextmanager
def database_in(file: Path, blocker: Any) -> Iterator[None]:
    """This file is the database; nobody remembers anything of another."""
    before, here = connections["default"], connections["default"].copy()
    here.settings_dict["NAME"] = str(file)
    connections["default"] = here
    approvals.forget_locales()
    routing.forget_roots()
    readiness.forget()
    try:
        with blocker.unblock():
            yield
            here.close()
    finally:
        connections["default"] = before


@pytest.fixture(scope="session")
def built(django_db_setup: Path | None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the small site."""
    if django_db_setup is None:
        pytest.skip("one site after another needs a file for each")
    file = tmp_path_factory.mktemp("built") / "db.sqlite3"
    shutil.copyfile(django_db_setup, file)
    with database_in(file, django_db_blocker):
        small_site.build()
    return file


@pytest.fixture
def elsewhere(
    built: Path, django_db_blocker: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], AbstractContextManager[Path]]:
    """``with elsewhere("a name") as folder``: this database and these uploads are the site's, and empty at first."""
    monkeypatch.setattr(restoring, "AFTERWARDS", ())

    @contextmanager
    def standing(name: str) -> Iterator[Path]:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        settings.MEDIA_ROOT = folder / "media"
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        }
        with database_in(folder / "db.sqlite3", django_db_blocker):
            yield folder

    return standing


@pytest.fixture
def site(elsewhere: Callable[[str], AbstractContextManager[Path]], built: Path, tmp_path: Path) -> Place:
    """The first site: the small one, with one uploaded file."""
    folder = tmp_path / "site"
    (folder / "media" / "documents").mkdir(parents=True)
    (folder / "media" / "cards").mkdir()
    (folder / "media" / "documents" / "leaflet.pdf").write_bytes(b"%PDF-")
    (folder / "media" / "cards" / "made-again.png").write_bytes(b"")
    shutil.copyfile(built, folder / "db.sqlite3")
    return lambda: elsewhere("site")
