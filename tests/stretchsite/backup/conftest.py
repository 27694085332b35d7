"""Sites in files of their own, one after another in the place of the tests' database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from stretchsite.backup import restoring

Elsewhere = Callable[[str], AbstractContextManager[Path]]


@pytest.fixture
def elsewhere(
    django_db_setup: Path | None, django_db_blocker: Any, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Elsewhere:
    """``with elsewhere("a name") as folder``: this database and these uploads are the site's, and empty at first."""
    if django_db_setup is None:
        pytest.skip("one site after another needs a file for each")
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
        before, here = connections["default"], connections["default"].copy()
        here.settings_dict["NAME"] = str(folder / "db.sqlite3")
        connections["default"] = here
        try:
            with django_db_blocker.unblock():
                yield folder
                here.close()
        finally:
            connections["default"] = before

    return standing


@pytest.fixture
def site(elsewhere: Elsewhere, django_db_setup: Path, tmp_path: Path) -> Callable[[], AbstractContextManager[Path]]:
    """The first site, with its tables and one uploaded file."""
    folder = tmp_path / "site"
    (folder / "media" / "documents").mkdir(parents=True)
    (folder / "media" / "cards").mkdir()
    (folder / "media" / "documents" / "leaflet.pdf").write_bytes(b"%PDF-")
    (folder / "media" / "cards" / "made-again.png").write_bytes(b"")
    shutil.copyfile(django_db_setup, folder / "db.sqlite3")
    return lambda: elsewhere("site")
