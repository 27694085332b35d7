"""What the tests of webhooks share."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.stretchsite.webhooks.receiving import SECRET, Receiver


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """One that is told of changes."""
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        settings.WEBHOOK_ADDRESSES, settings.WEBHOOK_SECRETS = [server.address], [SECRET]
        settings.WEBHOOKS_MAY_BE_PRIVATE = True
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    """A transaction that ends, as one of the site does: tasks of the tests run after it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
