"""A timer that is dead is seen: each regular command says when it ended, and how."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinical.background.heartbeats import (
    LONGEST_SILENCE,
    Heartbeat,
    RegularCommand,
    beat,
    begin_to_count,
    to_look_at,
)
from testing import factories


@pytest.mark.parametrize("command", sorted(LONGEST_SILENCE))
def test_each_regular_command_is_one(command: str):
    assert isinstance(load_command_class(get_commands()[command], command), RegularCommand)
    assert Path(f"deploy/systemd/stretchsite-{command}.timer").exists()


def test_what_ran_in_time_and_well_is_not_looked_at(db: None):
    begin_to_count()
    assert to_look_at() == []
    Heartbeat.objects.filter(command="backup").update(ended_at=timezone.now() - timedelta(hours=51))
    Heartbeat.objects.filter(command="publish_scheduled").update(ended_at=timezone.now() - timedelta(minutes=31))
    beat("audit_live", is_good=False)
    assert to_look_at() == ["audit_live", "backup", "publish_scheduled"]
    begin_to_count()
    assert len(to_look_at()) == 3, "setting up again hides nothing"
    call_command("publish_scheduled")
    assert to_look_at() == ["audit_live", "backup"]


def test_a_command_that_fails_says_so(db: None, tmp_path: Any):
    with pytest.raises(CommandError):
        call_command("backup", tmp_path)
    assert not Heartbeat.objects.get(command="backup").is_good


def test_managers_and_whoever_asks_are_told(db: None):
    beat("backup", is_good=False)
    assert Client().get("/readyz").json()["commands"] == "backup"
    client = Client()
    client.force_login(factories.UserFactory.create(is_superuser=True))
    assert "something to look at: backup." in client.get("/admin/").text
    screen = client.get(reverse("clinical_tasks")).text
    assert "With something to look at: its output and the log say what." in screen
    assert "Nothing waits" in screen
