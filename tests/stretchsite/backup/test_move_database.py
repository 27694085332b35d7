"""A site is moved into another database whole, with its keys and its numbers, or not at all."""

from __future__ import annotations

import os
from contextlib import closing
from io import StringIO
from typing import Any

import pytest
from django.core.management.base import CommandError, OutputWrapper, SystemCheckError
from django.db import IntegrityError, connection, transaction

from clinical.models import Approval, AuditEntry, User
from routines.models import RoutinePage
from sharing.models import ShareLink
from stretchsite.management.commands import move_database
from stretchsite.models import Restoration
from stretchsite.moving import move as moving
from stretchsite.moving import standing_still
from testing import factories
from tests.stretchsite.backup.conftest import database
from tests.stretchsite.backup.test_backup_and_restore import refused, run


def address(name: str) -> str:
    """As ``DATABASE_URL`` takes it."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    said = connection.settings_dict
    return f"postgres://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}/{name}"


class Before:
    """What is there before the move, in the old database."""

    def __init__(self) -> None:
        gone = factories.UserFactory.create(username="gone")
        self.highest, _deleted = gone.pk, gone.delete()
        self.link = factories.link_to(RoutinePage.objects.get()).link
        self.approvals = list(Approval.objects.order_by("pk").values())
        self.entries = list(AuditEntry.objects.order_by("pk").values())


def test_a_site_is_moved_with_its_keys_and_its_numbers_or_not_at_all(
    built: str, databases: Any, django_db_setup: Any, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(standing_still, "SECONDS", 0.1)
    monkeypatch.setattr(move_database, "AFTERWARDS", {})
    monkeypatch.setattr(moving, "call_command", lambda *_arguments, **_options: None)
    old = databases.made("old", built)
    new = databases.made("new", django_db_setup or connection.settings_dict["NAME"])
    with database(old, django_db_blocker):
        was = Before()
    with database(new, django_db_blocker):
        asked = ("move_database", address(old), address(new))
        assert "name the same database" in refused("move_database", address(new), address(new))
        other = connection.copy()
        other.settings_dict["NAME"] = old
        with closing(other):
            other.ensure_connection()
            with other.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM clinical_user")
            assert "Somebody is using the old database" in refused(*asked)
        with monkeypatch.context() as patch:
            patch.setattr(moving.Held, "__eq__", lambda *_pair: False)
            assert "do not hold what they should" in refused(*asked)
        assert not User.objects.exists()
        assert Restoration.objects.open().exists()
        said = run(*asked)
        assert "was not finished: it is begun anew" in said
        assert "hold the same in both" in said
        assert not Restoration.objects.exists()
        assert ShareLink.objects.get().digest == was.link.digest
        assert list(Approval.objects.order_by("pk").values()) == was.approvals
        assert list(AuditEntry.objects.order_by("pk").values()) == was.entries
        assert factories.UserFactory.create().pk > was.highest
        with pytest.raises(IntegrityError), transaction.atomic():
            AuditEntry._base_manager.all()._raw_delete("default")
        assert "The new database is not empty" in refused(*asked)


def test_what_has_no_place_in_the_new_one_is_named_before_anything_is_moved(
    built: str, databases: Any, django_db_setup: Any, django_db_blocker: Any
):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL holds no such values")
    old, new = databases.made("old", built), databases.made("new", django_db_setup)
    with database(old, django_db_blocker), connection.cursor() as cursor:
        number = factories.UserFactory.create().pk
        cursor.execute("UPDATE clinical_user SET first_name = 'a' || char(0), last_name = %s", ["x" * 151])
    with database(new, django_db_blocker):
        told = refused("move_database", address(old), address(new))
        assert f"clinical_user, row {number}, column first_name: a character NUL" in told
        assert f"clinical_user, row {number}, column last_name: 151 characters where 150 are the most" in told
        assert not Restoration.objects.exists()


def test_what_fails_after_the_move_does_not_say_that_nothing_was_moved(monkeypatch: pytest.MonkeyPatch):
    asked = []

    def fails(command: str, **_options: Any) -> None:
        asked.append(command)
        if command != "audit_live":
            raise {"check": SystemCheckError("a trigger is missing"), "update_index": OSError("no room")}[command]

    monkeypatch.setattr(move_database, "call_command", fails)
    with pytest.raises(CommandError, match=r"do not begin anew.*trigger is missing; update_index says: no room"):
        move_database.Command(stdout=OutputWrapper(StringIO()))._do_what_follows()
    assert asked == ["check", "update_index", "audit_live"]


def test_addresses_named_by_settings_are_the_same_when_it_begins_again(monkeypatch: pytest.MonkeyPatch):
    """Begun again it runs on the new database, so that ``DATABASE_URL`` no longer holds the old one."""
    monkeypatch.setenv("DATABASE_URL", "sqlite:////old")
    monkeypatch.setenv("NEW_DATABASE_URL", "sqlite:////new")
    monkeypatch.setattr("sys.argv", ["manage.py", "move_database", "DATABASE_URL", "NEW_DATABASE_URL"])
    begun: list[Any] = []
    monkeypatch.setattr(os, "execve", lambda *how: begun.append(how))
    move_database._begin_again("DATABASE_URL", "NEW_DATABASE_URL")
    [(_program, words, environment)] = begun
    assert environment["DATABASE_URL"] == "sqlite:////new"
    assert [environment[word] for word in words[-2:]] == ["sqlite:////old", "sqlite:////new"]
