"""Fixtures of the tests that load libraries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def set_up_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A site with its page tree and nothing in it, once for a module; use it together with ``db``."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("setup_site", verbosity=0)
        yield
        transaction.set_rollback(True)
