"""System checks of the front of house."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from stretchsite.page_cache.move_triggers import GENERATION, missing_triggers


@register(Tags.database)
def what_readers_see_moves_the_generation(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Every trigger that tells the page cache of a change is there: asked with ``check --database default``.

    A warning and no error: ``migrate``, which makes them anew, asks all checks before it begins.
    """
    return [
        Warning(
            f"The trigger “{name}” is missing: no page is kept in memory, and each is made for every request.",
            hint="Run manage.py migrate; then find out who removed it.",
            id="stretchsite.W001",
        )
        for database in databases or []
        for name in _missing(connections[database])
    ]


def _missing(connection: Any) -> list[str]:
    """None before the first ``migrate`` that brings them."""
    return missing_triggers(connection) if GENERATION in connection.introspection.table_names() else []
