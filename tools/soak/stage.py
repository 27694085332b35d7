"""The site the trials are held on: an empty one in a database of its own, and the people who write in it."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse

from clinical.models import User
from exercises.models import ExerciseIndexPage, ExercisePage
from testing import factories
from testing.approving import approve_everything, sign_everything
from testing.editor import page_as_posted

#: What a browser would send to create a page: every field by name.
Posted = dict[str, Any]


# What is tried is many writers at once, not who approves: that takes two people and is tested elsewhere.
approve_everything()
sign_everything()


def build() -> None:
    """Migrate, set up, and publish one exercise to write on; a condition with its red flag to write for."""
    call_command("migrate", verbosity=0)
    call_command("setup_site", stdout=StringIO())
    User.objects.create_superuser("chief")
    condition = factories.ConditionFactory.create(name="Tight calves", slug="tight-calves")
    index = ExerciseIndexPage.objects.get()
    exercise = index.add_child(
        instance=factories.draft_exercise(title="Shared", slug="shared", live=False, conditions=[condition])
    )
    exercise.save_revision().publish()


def chief() -> Any:
    """Somebody who may do everything."""
    return User.objects.get(username="chief")


def desk() -> Client:
    """Somebody signed in at the admin, whose server errors are answers and not exceptions."""
    browser = Client(raise_request_exception=False)
    browser.force_login(chief())
    return browser


def shared() -> Any:
    """The page that everybody writes on."""
    return ExercisePage.objects.get(slug="shared")


def add_address() -> str:
    """Where a new exercise is written."""
    return reverse("wagtailadmin_pages:add", args=("exercises", "exercisepage", ExerciseIndexPage.objects.get().pk))


def new_exercise() -> Posted:
    """A complete new exercise, ready to be sent with "Publish"; give it a title and a slug."""
    posted = {
        name: value
        for name, value in page_as_posted(shared().get_latest_revision_as_object(), chief()).items()
        if not name.startswith("loaded_revision")
    }
    no_rows = {name: "0" for name in posted if name.endswith("-INITIAL_FORMS")}
    no_ids = {name: "" for name in posted if name.endswith("-id") and name.count("-") == 2}
    return {**posted, **no_rows, **no_ids, "action-publish": "1"}


def entitled(posted: Posted, name: str) -> Posted:
    """The new exercise under a name of its own."""
    return {**posted, "title": name.capitalize(), "slug": name}


def hang_up() -> None:
    """Close every connection: a child must not write on its parent's."""
    connections.close_all()
