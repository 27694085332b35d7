"""Which tests come when, and which stay together, where several workers share them (``make test``)."""

from __future__ import annotations

import pytest

#: Which groups of tests come when, and where among them what is slow by itself: while the first worker builds the site
#: of the starter library, the others do that. What takes long comes first, so that no worker is left with it when the
#: others have nothing to do any more. With ``--no-loadscope-reorder`` xdist keeps to it.
TURNS = ["starter site", "slow", "browser, writing", "browser, reading"]


def keep_together(items: list[pytest.Item]) -> None:
    """What asks no database goes to a worker by files, since most of it takes less time than being handed out.

    One by one, xdist counts all that a worker has done before it hands it the next: after thousands, for a millisecond
    or more. A run of a few thousand tests does not notice.
    """
    for item in items:
        is_plain = not (_asks_the_database(item) or item.get_closest_marker("slow"))
        if is_plain and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


class InTurn:
    """A plugin, registered by itself because it comes after pytest-django, which sorts first.

    That puts all that asks no database of the tests at the end, and the browser stories among it.
    """

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Bring what takes long to the front."""
        items.sort(key=turn)


def turn(item: pytest.Item) -> int:
    """When a test comes. What commits to the tests' database stays behind all that needs it as it was migrated."""
    group = item.get_closest_marker("xdist_group")
    name = group.args[0] if group else ""
    if name not in TURNS and item.get_closest_marker("slow"):
        name = "slow"
    return TURNS.index(name) if name in TURNS and not _commits(item) else len(TURNS)


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return bool(item.get_closest_marker("django_db") or {"db", "transactional_db"}.intersection(fixtures))


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())
