"""What a fixture wrote is written again to the letter, and only where that means the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import Page

from stretchsite.models import Generation, HomePage, InformationPage
from testing import factories
from tests.built_once import Memory, built_once, make_site, memory
from tests.library.loading import everything_stored

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL gives no number twice"),
]

BUILT: list[str] = []


@built_once
def home() -> HomePage:
    BUILT.append("home")
    return factories.HomePageFactory(parent=HomePage.get_first_root_node(), slug="another-home")


@built_once
def beneath(home: HomePage) -> list[InformationPage]:
    BUILT.append("beneath")
    return [factories.InformationPageFactory(parent=home, slug=f"about-{number}") for number in range(2)]


@pytest.fixture(autouse=True)
def _empty_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    BUILT.clear()
    monkeypatch.setattr(memory, "known", {})
    monkeypatch.setattr(memory, "sites", {})
    monkeypatch.setattr(memory, "beginnings", {**memory.beginnings})


def all_rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything stored, but for the random value that each writing moves."""
    moved = connection.ops.quote_name(Generation._meta.db_table)
    return {table: rows for table, rows in everything_stored().items() if table != moved}


@contextmanager
def a_test() -> Iterator[Memory]:
    """What is written in it is taken back, as after a test."""
    memory.begin()
    with transaction.atomic():
        yield memory
        transaction.set_rollback(True)


def test_rows_are_written_again_as_they_were():
    stored = []
    for _number in range(2):
        with a_test():
            beneath(home=home())
            stored.append(all_rows())
    assert BUILT == ["home", "beneath"]
    assert stored[0] == stored[1]


def test_page_may_be_written_beneath_one_that_was_written_again():
    for _number in range(2):
        with a_test():
            parent = home()
            assert [page.title for page in beneath(home=parent)] == [page.title for page in parent.get_children()]
            factories.InformationPageFactory(parent=parent, slug="one-more")
            assert parent.get_children().count() == 3
    assert BUILT == ["home", "beneath"]


def test_after_anything_else_it_is_built_anew():
    with a_test():
        home()
    with a_test():
        factories.UserFactory()
        home()
    with a_test():
        parent = home()
        factories.UserFactory()
        beneath(home=parent)
    assert BUILT == ["home", "home", "beneath"]


def test_on_the_site_of_a_module_it_has_rows_of_its_own():
    def site() -> None:
        BUILT.append("site")
        factories.UserFactory(username="somebody")

    stored = []
    for _number in range(2):
        with transaction.atomic():
            make_site("with somebody", site)
            with a_test():
                home()
                stored.append(all_rows())
            transaction.set_rollback(True)
    with a_test():
        home()
    assert BUILT == ["site", "home", "home"]
    assert stored[0] == stored[1]


@pytest.mark.django_db(transaction=True)
def test_a_site_is_built_on_what_the_migrations_left_whatever_tests_have_committed(django_db_setup: Path):
    call_command("flush", interactive=False, verbosity=0)
    assert not Page.objects.exists()
    with closing(sqlite3.connect(django_db_setup)) as migrated:
        assert migrated.execute("SELECT count(*) FROM wagtailcore_page WHERE depth = 1").fetchone() == (1,)
