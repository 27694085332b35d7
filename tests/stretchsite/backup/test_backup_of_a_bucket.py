"""Uploaded files that are in a bucket are in the backup, and are brought back into a bucket or a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from stretchsite.backup.manifest import read
from tests import bucket_server
from tests.stretchsite.backup.test_backup_and_restore import refused, run

LEAFLET = "documents/2026/leaflet.pdf"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with bucket_server.serving() as address:
        yield address


def test_bucket_is_backed_up_and_brought_back(site: Any, elsewhere: Any, tmp_path: Path, settings: Any, endpoint: str):
    copy, here = tmp_path / "copy", bucket_server.new_bucket(endpoint)
    with site():
        bucket_server.use(settings, here)
        for name in (LEAFLET, "images/a.webp", "cards/made-again.png", "figures/made-again.svg"):
            default_storage.save(name, ContentFile(name))
        assert "2 uploaded files copied: all of them" in run("backup", copy)
    assert {name for name in read(copy).files if name.startswith("media/")} == {
        f"media/{LEAFLET}",
        "media/images/a.webp",
    }
    there = bucket_server.new_bucket(endpoint)
    with elsewhere("other"):
        bucket_server.use(settings, there)
        run("restore", copy)
        assert bucket_server.files_in(there) == {LEAFLET: LEAFLET.encode(), "images/a.webp": b"images/a.webp"}
        default_storage.delete("images/a.webp")
        default_storage.save("images/a.webp", ContentFile("another"))
        assert f"There are uploaded files in the bucket {there.name}" in refused("restore", copy)
        run("restore", copy, "--replace")
        assert bucket_server.files_in(there)["images/a.webp"] == b"images/a.webp"
    with elsewhere("folder") as folder:
        settings.BUCKET = None
        run("restore", copy)
        assert (folder / "media" / LEAFLET).read_text() == LEAFLET


def test_bucket_that_is_away_gives_no_backup(site: Any, tmp_path: Path, settings: Any, endpoint: str):
    with site():
        bucket_server.use(settings, bucket_server.new_bucket(endpoint))
        settings.BUCKET = bucket_server.Bucket("nobody-made-it", endpoint, "us-east-1", "access", "secret")
        bucket_server.use(settings, settings.BUCKET)
        assert "There is no backup" in refused("backup", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
