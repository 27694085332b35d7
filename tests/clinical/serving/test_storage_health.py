"""Whether files can be kept is tried now and then, beside the request that asks, and never waited for long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage
from django.test import Client

from clinical.serving import storage_health

MOST_SECONDS = 1.0


class Storage(InMemoryStorage):
    """Counts what is kept, and takes as long about it as it is told."""

    kept, fault = 0, ""
    goes_on = threading.Event()

    def _save(self, name: str, content: Any) -> str:
        Storage.kept += 1
        if Storage.fault == "hangs":
            Storage.goes_on.wait(10)
        elif Storage.fault:
            raise OSError(Storage.fault)
        return super()._save(name, content)


@pytest.fixture(autouse=True)
def _storage(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "tests.clinical.serving.test_storage_health.Storage"},
    }
    monkeypatch.setattr(Storage, "kept", 0)
    monkeypatch.setattr(Storage, "fault", "")
    Storage.goes_on.clear()
    monkeypatch.setattr(storage_health, "_known", storage_health._Known())
    yield
    Storage.goes_on.set()


def test_storage_that_takes_a_file_and_gives_it_back_is_well_and_is_not_asked_each_time(db: None):
    for _time in range(5):
        assert "storage" not in Client().get("/readyz").json()
    assert Storage.kept == 1
    assert default_storage.listdir("")[1] == []


def test_storage_that_fails_is_told_beside_ready_and_tried_again_soon(
    db: None, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    Storage.fault = "No space left"
    for _time in range(3):
        told = Client().get("/readyz")
        assert (told.status_code, told.json()["ready"], told.json()["storage"]) == (200, True, "failing")
    assert Storage.kept == 1
    monkeypatch.setattr(storage_health, "FAILING_SECONDS", 0.0)
    assert storage_health.is_failing()
    assert [record.levelname for record in caplog.records if "No space left" in record.message] == ["ERROR"]
    Storage.fault = ""
    assert not storage_health.is_failing()
    assert "Files can be kept and read again" in caplog.text


def test_storage_that_holds_whoever_asks_holds_nobody_here(db: None, monkeypatch: pytest.MonkeyPatch):
    Storage.fault = "hangs"
    monkeypatch.setattr(storage_health, "WAIT_SECONDS", 0.05)
    begun = time.monotonic()
    assert "storage" not in Client().get("/readyz").json(), "it may only be slow"
    monkeypatch.setattr(storage_health, "TRIAL_SECONDS", 0.0)
    assert Client().get("/readyz").json()["storage"] == "failing"
    assert time.monotonic() - begun < MOST_SECONDS
    assert Storage.kept == 1
    Storage.goes_on.set()
    monkeypatch.setattr(storage_health, "WAIT_SECONDS", 2.0)
    assert not storage_health.is_failing()


def test_file_that_comes_back_another_is_a_fault(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Storage, "_open", lambda *_args, **_more: ContentFile(b"another"))
    assert storage_health.is_failing()


def test_health_asks_nothing_of_the_storage():
    assert Client().get("/healthz").status_code == 200
    assert Storage.kept == 0
