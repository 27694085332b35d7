"""What is made and decided on the site, carried out in the release that is served: each prints what it made as JSON."""

from __future__ import annotations

import json
from typing import Any

from testing.small_library import small_library, write
from tools.rehearse.place import Place

#: Whom the logs must not name.
NAMES = ("rehearsed-officer", "rehearsed-colleague")

_MAKE = f"""
import json
from django.contrib.auth import get_user_model
from routines.models import RoutinePage
from sharing.models import ShareLinkItem, issue
from sharing.models.links import end_of
people = [get_user_model().objects.create_superuser(name, name + "@example.org", None) for name in {NAMES!r}]
routine = next(page for page in RoutinePage.objects.live().order_by("pk") if page.items.count())
def link():
    rows = [ShareLinkItem.kept_of(item, number) for number, item in enumerate(routine.items.all())]
    return issue(routine, people[0], rows, expires_at=end_of(90), **routine.often().frequency_values()).token
print(json.dumps({{"routine": routine.get_url(), "tokens": [link(), link()]}}))
"""

_DECIDE = f"""
import json
from django.contrib.auth import get_user_model
from clinical.withdrawal.withdrawing import withdraw
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models import ShareLink
officer = get_user_model().objects.get(username={NAMES[0]!r})
ShareLink.objects.order_by("-pk").first().revoke(officer)
used = set(RoutinePage.objects.values_list("items__exercise_id", flat=True))
exercise = ExercisePage.objects.live().exclude(pk__in=used - set([None])).order_by("pk").first()
address = exercise.get_url()
withdraw(exercise, by=officer, reason="It was found to hurt.")
print(json.dumps({{"withdrawn": address}}))
"""


def _carried_out(place: Place, code: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(place.manage("shell", "--no-imports", "--command", code).splitlines()[-1])
    return found


def load(place: Place, is_small: bool) -> None:
    """The starter library, or the smallest in which everything refers to something."""
    folder = "library/starter"
    if is_small:
        small = write(place.folder / "library", small_library())
        place.own(small)
        folder = str(small)
    place.manage("load_library", folder, "--publish")


def make(place: Place) -> dict[str, Any]:
    """Two people and two share links of one routine: its address and their tokens."""
    return _carried_out(place, _MAKE)


def decide(place: Place) -> dict[str, Any]:
    """End the second link, and withdraw an exercise that is in no routine: its address."""
    return _carried_out(place, _DECIDE)
