"""A process killed at random moments while it writes, and what is found afterwards (M11, R-F1)."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from clinical.models import AuditEntry, Withdrawal
from clinical.words.choices import AuditAction
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models import ShareLink
from testing import factories, small_library
from tools.soak.crew import Hand, Line
from tools.soak.stage import Posted, add_address, desk, entitled, new_exercise

PATIENCE_SECONDS = 120
#: The longest a process is left alone: as long as this many publications or imports take on this machine today.
LONGEST = 2
#: From so many kills on, something of every sort must have been done whole.
ENOUGH_FOR_EACH = 40


@dataclass
class Killed:
    """How often, how much had been done by then, and what was left half done."""

    times: int = 0
    half_states: list[str] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)

    def is_good(self) -> bool:
        """Nothing half done, and enough whole for that to mean something; of a few, chance may leave none of a sort."""
        enough = all if self.times >= ENOUGH_FOR_EACH else any
        return not self.half_states and enough(self.done.values())

    def __str__(self) -> str:
        done = ", ".join(f"{number} {name}" for name, number in self.done.items())
        told = f"kills: {self.times} times kill -9; whole: {done}; half states {len(self.half_states)}"
        return "\n  ".join([told, *self.half_states[:10]])


def _publish(line: Line, name: str, posted: Posted, address: str) -> None:
    browser = desk()
    line.send("ready")
    number = 0
    while True:
        browser.post(address, entitled(posted, f"killed-{name}-{number}"))
        number += 1


def _withdraw(line: Line, _name: str, _posted: Posted, _address: str) -> None:
    browser = desk()
    pages = list(ExercisePage.objects.live().filter(slug__startswith="killed-"))
    line.send("ready")
    for page in pages:
        words = {"reason": "A trial found harm.", "understood": "on"}
        browser.post(reverse("clinical_withdraw_page", args=[page.pk]), words)


def _give(line: Line, _name: str, _posted: Posted, _address: str) -> None:
    """One address after another for the same patient: each is made and the one before ended, or neither."""
    line.send("ready")
    while True:
        link = ShareLink.objects.get(revoked_at=None)
        link.replace(link.created_by)


def _import(line: Line, name: str, _posted: Posted, _address: str) -> None:
    number = 0
    with tempfile.TemporaryDirectory(prefix="stretchsite-soak-") as folder:
        line.send("ready")
        while True:
            _import_one(Path(folder) / str(number), f"{name}-{number}")
            number += 1


def _import_one(library: Path, name: str) -> None:
    small_library.write(library, _library(name))
    call_command("load_library", str(library), publish=True, stdout=StringIO())


def _library(name: str) -> small_library.Records:
    """The small library's exercises and routine under names of their own; what they refer to is there already."""
    records = small_library.small_library()
    renamed = {}
    for sort in ("exercises/calf-stretch", "exercises/heel-drop"):
        record = {**records[sort], "id": f"{records[sort]['id']}-{name}", "variations": [], "conditions": []}
        renamed[f"exercises/{record['id']}"] = {**record, "title": f"{record['title']} {name}"}
    routine = {**records["routines/before-bed"], "id": f"evening-{name}", "title": f"Evening {name}"}
    routine["items"] = [{"exercise": f"calf-stretch-{name}", "phase": "main", "side": "each"}]
    renamed[f"routines/{routine['id']}"] = routine
    return renamed


ROADS: dict[str, Callable[..., None]] = {
    "published": _publish,
    "withdrawn": _withdraw,
    "imported": _import,
    "given": _give,
}


def half_states() -> Iterator[str]:
    """Everything that only half happened."""
    pages = ExercisePage.objects.filter(slug__startswith="killed-")
    withdrawn = set(Withdrawal.objects.filter(lifted_at__isnull=True).values_list("content_key", flat=True))
    logged = set(PageLogEntry.objects.filter(action="wagtail.publish").values_list("page_id", flat=True))
    recorded = set(AuditEntry.objects.filter(action=AuditAction.WITHDRAWN).values_list("content_key", flat=True))
    unpublished = set(PageLogEntry.objects.filter(action="wagtail.unpublish").values_list("page_id", flat=True))
    for page in pages:
        if not page.live and page.content_key not in withdrawn:
            yield f"{page.slug}: created, not published"
        if page.live and page.content_key in withdrawn:
            yield f"{page.slug}: withdrawn, still live"
        if page.pk not in logged:
            yield f"{page.slug}: without an entry in the history"
        if not page.latest_revision_id or (page.live and not page.live_revision_id):
            yield f"{page.slug}: without a version"
        if page.content_key in withdrawn and page.pk not in unpublished:
            yield f"{page.slug}: withdrawn without an entry in the history"
    if withdrawn != recorded:
        yield f"withdrawals and their records in the audit differ: {len(withdrawn)} and {len(recorded)}"
    yield from _half_links()
    yield from _half_imports()
    yield from _broken_tables()


def _half_links() -> Iterator[str]:
    links = ShareLink.objects.annotate(rows=Count("items"))
    yield from (f"link {link.pk}: without its exercises" for link in links if not link.rows)
    yield from (f"link {link.pk}: ended for nothing" for link in links if link.revoked_at and not link.replaced_by_id)
    if (still_open := sum(not link.revoked_at for link in links)) != 1:
        yield f"{still_open} links are open where one is"
    made, ended = (
        AuditEntry.objects.filter(action=action).count()
        for action in (AuditAction.LINK_MADE, AuditAction.LINK_REPLACED)
    )
    if (made, ended) != (len(links), len(links) - 1):
        yield f"links and their records in the audit differ: {len(links)}, {made} and {ended}"


def _half_imports() -> Iterator[str]:
    found = [set(_ids(ExercisePage, "calf-stretch-")), set(_ids(ExercisePage, "heel-drop-"))]
    routines = set(_ids(RoutinePage, "evening-"))
    for ids in found:
        yield from (f"import {name}: part of it" for name in ids ^ routines)
    unpublished = ExercisePage.objects.exclude(library_id="").filter(live=False)
    yield from (f"{page.slug}: imported, not published" for page in unpublished)


def _ids(model: type[ExercisePage] | type[RoutinePage], start: str) -> Iterator[str]:
    for name in model.objects.filter(library_id__startswith=start).values_list("library_id", flat=True):
        yield name.removeprefix(start)


def _broken_tables() -> Iterator[str]:
    if any(Page.find_problems()):
        yield "the page tree is broken"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            (told,) = cursor.fetchone()
            if told != "ok":
                yield f"integrity_check: {told}"


def _seconds_of_one(posted: Posted, address: str) -> float:
    """How long a publication or an import takes now, whichever takes longer."""
    begun = time.perf_counter()
    desk().post(address, entitled(posted, "killed-not-at-all"))
    published = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="stretchsite-soak-") as folder:
        _import_one(Path(folder), "not-at-all")
    return max(published - begun, time.perf_counter() - published)


def trial(times: int) -> Killed:
    """Start one of the four, kill it at a random moment, look; as often as asked."""
    with tempfile.TemporaryDirectory(prefix="stretchsite-soak-") as folder:
        # What the imports refer to.
        small_library.write(Path(folder), small_library.small_library())
        call_command("load_library", folder, publish=True, stdout=StringIO())
    factories.link_to(RoutinePage.objects.get(slug="before-bed"))
    killed, posted, address = Killed(), new_exercise(), add_address()
    longest = LONGEST * _seconds_of_one(posted, address)
    for number in range(times):
        # Two publications for every withdrawal and import, so that there is something to withdraw.
        road = ("published", "imported", "published", "withdrawn", "given")[number % 5]
        hand = Hand(ROADS[road], str(number), posted, address)
        hand.hear(PATIENCE_SECONDS)
        time.sleep(random.uniform(0, longest))  # noqa: S311  (chance, not secrecy)
        hand.kill()
        killed.times += 1
        found = [f"{road}: {state}" for state in half_states()]
        killed.half_states.extend(state for state in found if state not in killed.half_states)
    killed.done = {
        "published": ExercisePage.objects.filter(slug__startswith="killed-").count(),
        "withdrawn": Withdrawal.objects.count(),
        "imported": RoutinePage.objects.filter(library_id__startswith="evening-").count(),
        "given": ShareLink.objects.count() - 1,
    }
    return killed
