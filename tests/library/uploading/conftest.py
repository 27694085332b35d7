"""A site with its page tree and somebody who may load libraries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from library.models import LibraryUpload
from stretchsite.group_permissions import REVIEWERS
from testing import factories


@pytest.fixture
def lead(set_up_site: None, db: None) -> Client:
    """A reviewer, signed in."""
    person = factories.UserFactory.create(username="content-lead")
    person.groups.add(Group.objects.get(name=REVIEWERS))
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def upload(lead: Client, django_capture_on_commit_callbacks: Any) -> Callable[..., LibraryUpload]:
    """Upload a file as a browser does, and let the worker check it; how it stands afterwards."""

    def send(name: str, raw: bytes, **told: str) -> LibraryUpload:
        with django_capture_on_commit_callbacks(execute=True):
            answer = lead.post("/admin/library/", {"file": SimpleUploadedFile(name, raw), **told})
        assert answer.status_code == 302, answer.context["form"].errors
        return LibraryUpload.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))

    return send


@pytest.fixture
def do(lead: Client, django_capture_on_commit_callbacks: Any) -> Callable[..., LibraryUpload]:
    """Press a button on the screen of an upload, and let the worker do what it asks for."""

    def press(upload: LibraryUpload, what: str) -> LibraryUpload:
        with django_capture_on_commit_callbacks(execute=True):
            lead.post(f"/admin/library/{upload.pk}/", {"do": what})
        return LibraryUpload.objects.get(pk=upload.pk)

    return press
