"""What the trials of a standstill and of autosave need from inside the site, each in a process of its own.

python -m tools.soak.in_the_site desk          prints who is signed in and what would be sent to save and withdraw
python -m tools.soak.in_the_site hold SECONDS  takes the write lock, as an import does, and says what became of it
python -m tools.soak.in_the_site drafts N STEPS  makes so many complete drafts, and prints who writes and who approves
"""

from __future__ import annotations

import json
import secrets
import sys
import time
from typing import Any

import django


def _build() -> None:
    import tempfile
    from pathlib import Path

    from django.core.management import call_command

    from testing import small_library

    call_command("migrate", verbosity=0)
    call_command("setup_site", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        small_library.write(Path(folder), small_library.small_library())
        call_command("load_library", folder, publish=True, verbosity=0)


def _desk() -> dict[str, Any]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.urls import reverse

    from clinical.models import User
    from exercises.models import ExercisePage
    from testing.editor import edit_address, page_as_posted

    chief = User.objects.create_superuser("standstill")
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(chief.pk), chief.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    edited, *withdrawn = ExercisePage.objects.filter(live=True).order_by("pk")[:3]
    token = "x" * 32
    cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: token}
    return {
        "headers": {
            "Cookie": "; ".join(f"{name}={text}" for name, text in cookies.items()),
            "X-CSRFToken": token,
            # As the proxy in front says; gunicorn believes it from this machine, whatever the settings.
            "Origin": "https://127.0.0.1",
        },
        "edit": edit_address(edited),
        "posted": page_as_posted(edited.get_latest_revision_as_object(), chief),
        "withdraw": [reverse("clinical_withdraw_page", args=[page.pk]) for page in withdrawn],
    }


def _account(name: str, group: str, password: str) -> Any:
    from django.contrib.auth.models import Group

    from clinical.models import User

    account = User.objects.create_user(f"soak-{name}", f"soak-{name}@example.org", password)
    account.groups.add(Group.objects.get(name=group))
    return account


def _drafts(count: int, steps: int) -> dict[str, Any]:
    from django.urls import reverse

    from exercises.models import ExerciseIndexPage
    from testing import factories
    from tools.soak.form import TABS

    password = secrets.token_urlsafe()
    writer = _account("writer", "Practitioners", password)
    colleague = _account("colleague", "Reviewers", password)
    index, drafts = ExerciseIndexPage.objects.get(), []
    words = [("move" if place else "set_up", {"text": f"Do part {place}.", "picture": None}) for place in range(steps)]
    for number in range(count):
        draft = factories.draft_exercise(title=f"Drafted {number}", slug=f"drafted-{number}", live=False, steps=words)
        draft.owner = draft.author = writer
        draft.reviewer = draft.reviewed_on = draft.review_due = None
        index.add_child(instance=draft)
        draft.save_revision(user=writer)
        drafts.append(draft.pk)
    return {
        "password": password,
        "colleague": colleague.pk,
        "drafts": drafts,
        "fields": list(TABS),
        "add": reverse("wagtailadmin_pages:add", args=("exercises", "exercisepage", index.pk)),
    }


def _hold(seconds: float) -> str:
    from django.db import connection

    from clinical.serving.waiting import GaveWay
    from clinical.serving.write_lock import write_lock
    from exercises.models import ExercisePage

    try:
        with write_lock():
            ExercisePage.objects.filter(pk__in=[0]).update(purpose="")
            print("holds the lock", flush=True)
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                time.sleep(0.05)
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
    except GaveWay:
        return "gave way"
    return "held it to the end"


def main(told: list[str]) -> int:
    """Do it; the exit status."""
    django.setup()
    if told[0] == "build":
        _build()
    elif told[0] == "desk":
        print(json.dumps(_desk()))
    elif told[0] == "drafts":
        print(json.dumps(_drafts(*map(int, told[1:]))))
    else:
        print(_hold(float(told[1])), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
