"""Sites in databases of their own, one after another in the place of the tests' database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from clinical.publishing import approvals
from stretchsite import readiness, routing
from stretchsite.backup import restoring
from tests.stretchsite import small_site

Place = Callable[[], AbstractContextManager[Path]]


@contextmanager
def database(name: str, blocker: Any) -> Iterator[None]:
    """The one of this name is the database; nobody remembers anything of another."""
    before, here = connections["default"], connections["default"].copy()
    here.settings_dict["NAME"] = name
    connections["default"] = here
    approvals.forget_locales()
    routing.forget_roots()
    readiness.forget()
    try:
        with blocker.unblock():
            yield
    finally:
        here.close()
        connections["default"] = before


class Databases:
    """New ones: files of a folder, or beside the tests' own on its server."""

    def __init__(self, folder: Path, blocker: Any) -> None:
        self._folder, self._blocker, self._made = folder, blocker, list[str]()

    def made(self, name: str, like: str | Path | None = None) -> str:
        """The name under which a new one is found: empty, or a copy of another that nobody is using."""
        if connection.vendor == "sqlite":
            file = self._folder / f"{name}.sqlite3"
            if like is not None:
                shutil.copyfile(like, file)
            return str(file)
        full = f"{connection.settings_dict['NAME']}_{name}"
        self._say(f"DROP DATABASE IF EXISTS {full}")
        self._say(f"CREATE DATABASE {full} TEMPLATE {like or 'template0'}")
        self._made.append(full)
        return full

    def drop(self) -> None:
        """Take those on the server away; files go with their folder."""
        for name in self._made:
            self._say(f"DROP DATABASE IF EXISTS {name}")

    def _say(self, statement: str) -> None:
        with self._blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture(scope="session")
def built(
    django_db_setup: Path | None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The small site."""
    if connection.vendor == "postgresql" and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("PostgreSQL's client programs are not on the path")
    databases = Databases(tmp_path_factory.mktemp("built"), django_db_blocker)
    name = databases.made("built", django_db_setup or connection.settings_dict["NAME"])
    with database(name, django_db_blocker):
        small_site.build()
    yield name
    databases.drop()


@pytest.fixture
def databases(django_db_blocker: Any, tmp_path: Path) -> Iterator[Databases]:
    """Where those of one test are."""
    made = Databases(tmp_path, django_db_blocker)
    yield made
    made.drop()


@pytest.fixture
def elsewhere(
    databases: Databases, django_db_blocker: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., AbstractContextManager[Path]]:
    """``with elsewhere("a name") as folder``: this database and these uploads are the site's, and empty at first."""
    monkeypatch.setattr(restoring, "AFTERWARDS", ())

    @contextmanager
    def standing(name: str, like: str | None = None) -> Iterator[Path]:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        settings.MEDIA_ROOT = folder / "media"
        settings.STORAGES = {
            **settings.STORAGES,
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        }
        with database(databases.made(name, like), django_db_blocker):
            yield folder

    return standing


@pytest.fixture
def site(elsewhere: Callable[..., AbstractContextManager[Path]], built: str, tmp_path: Path) -> Place:
    """The first site: the small one, with one uploaded file."""
    folder = tmp_path / "site"
    (folder / "media" / "documents").mkdir(parents=True)
    (folder / "media" / "cards").mkdir()
    (folder / "media" / "documents" / "leaflet.pdf").write_bytes(b"%PDF-")
    (folder / "media" / "cards" / "made-again.png").write_bytes(b"")
    return lambda: elsewhere("site", built)
