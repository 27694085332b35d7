"""The starter library as readers see it: one site for the whole folder, on one worker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from clinical.models import languages
from stretchsite import routing
from tests.conftest import STARTER_LIBRARY


# First, because xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What reads the site belongs on one worker: it takes a quarter of a minute to build."""
    for item in items:
        if "starter_site" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("starter site"))


@pytest.fixture(scope="package")
def starter_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The site as ``make run`` makes it, once for this folder; use it together with ``db``."""
    with django_db_blocker.unblock(), transaction.atomic():
        languages.forget()
        routing.forget_roots()
        call_command("setup_site", verbosity=0)
        call_command("load_library", str(STARTER_LIBRARY), publish=True)
        yield
        transaction.set_rollback(True)
