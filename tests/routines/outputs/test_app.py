"""A routine on a home screen: it opens that routine or link, and its sign tells nobody what was given to whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from routines.models import RoutinePage
from testing import factories

pytestmark = pytest.mark.django_db


def test_public_routine_opens_itself(client: Client, routine: RoutinePage):
    for path in ("/routines/calves/", "/routines/calves/follow/"):
        assert client.get(path).content.count(b'rel="manifest"') == 1
    assert b'<link rel="manifest" href="app.webmanifest">' in client.get("/routines/calves/").content
    answer = client.get("/routines/calves/app.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    facts = json.loads(answer.content)
    assert (facts["start_url"], facts["scope"], facts["short_name"]) == ("./", "/", "Calves")


def test_link_opens_itself_and_tells_nothing(client: Client, routine: RoutinePage):
    _link, token = factories.link_to(routine)
    assert b'<link rel="manifest" href="app.webmanifest">' in client.get(f"/s/{token}/").content
    assert b'<link rel="manifest" href="../app.webmanifest">' in client.get(f"/s/{token}/follow/").content
    answer = client.get(f"/s/{token}/app.webmanifest")
    assert answer["Cache-Control"] == "private, no-store"
    assert token not in answer.content.decode()
    assert "Calves" not in answer.content.decode()
    assert json.loads(answer.content)["start_url"] == "./"


def test_manifest_of_an_ended_link_is_gone(client: Client, routine: RoutinePage):
    link, token = factories.link_to(routine)
    link.revoke()
    assert client.get(f"/s/{token}/app.webmanifest").status_code == 410


def test_its_icons_are_there(client: Client, routine: RoutinePage):
    icons = json.loads(client.get("/routines/calves/app.webmanifest").content)["icons"]
    assert len(icons) == 2
    for icon in icons:
        assert Path(str(finders.find(icon["src"].removeprefix("/static/")))).is_file()


def test_other_pages_open_the_site(client: Client, routine: RoutinePage):
    assert b'<link rel="manifest" href="/manifest.webmanifest">' in client.get("/routines/").content
    assert json.loads(client.get("/manifest.webmanifest").content)["start_url"] == "/"
