"""Guesses at codes of share links from one network, and counts what comes of it: ``python -m tools.guessing_codes``.

Makes a site of its own in a temporary folder, on SQLite, or in an empty database that ``DATABASE_URL`` names, with one
link. Then 100,000 random codes, each with a right last character, by turns sent to the form and opened as addresses:
first one after the other, then 50 at a time. All the while the right code is opened from the same network. Another
number may be given. It takes some minutes.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import patch

from sharing.codes import ALPHABET, LENGTH, check_character

GUESSES, AT_ONCE = 100_000, 50
#: What may be looked up of guesses in so many seconds.
MOST, WINDOW_SECONDS = 25, 300
NETWORK = "203.0.113.7"
#: How long whoever has the right code waits before opening it again.
PAUSE_SECONDS = 0.2


def random_code() -> str:
    """A code that may or may not be somebody's; its last character is right."""
    letters = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH - 1))
    return letters + check_character(letters)


class Guesser:
    """Somebody who tries codes from one network, and a patient of that network who has the right one."""

    def __init__(self, right: str) -> None:
        self.code = right
        self.answered: Counter[int] = Counter()
        #: What the patient was answered, and when a guess was looked up or answered with something else than "wait".
        self.right: list[int] = []
        self.looked_up_at: list[float] = []
        self.unknown_at: list[float] = []
        self._own = threading.local()
        self._counting = threading.Lock()

    @property
    def opened(self) -> int:
        """How many guesses opened something."""
        return sum(count for status, count in self.answered.items() if status not in {404, 429})

    def guess(self, count: int, at_once: int) -> None:
        """Guess so often, so many at a time, while the patient opens the right one again and again."""
        from sharing.models import lookup

        question = lookup._question

        def noted() -> Any:
            if getattr(self._own, "is_guessing", False):
                self.looked_up_at.append(time.monotonic())
            return question()

        with patch.object(lookup, "_question", noted), ThreadPoolExecutor(at_once) as pool:
            running = [pool.submit(self._guess_in_turn, count // at_once) for _guesser in range(at_once)]
            while True:
                self.right.append(self._open())
                if all(each.done() for each in running):
                    break
                time.sleep(PAUSE_SECONDS)
            for each in running:
                each.result()

    def _guess_in_turn(self, count: int) -> None:
        from django.db import connections
        from django.test import Client

        self._own.is_guessing = True
        client = Client(REMOTE_ADDR=NETWORK)
        try:
            for number in range(count):
                code = random_code()
                answer = client.post("/code/", {"code": code}) if number % 2 else client.get(f"/s/{code}/")
                with self._counting:
                    self.answered[answer.status_code] += 1
                    if answer.status_code != 429:
                        self.unknown_at.append(time.monotonic())
        finally:
            connections.close_all()

    def _open(self) -> int:
        """The status of the page, where the form leads to it."""
        from django.test import Client

        client = Client(REMOTE_ADDR=NETWORK)
        answer = client.post("/code/", {"code": self.code})
        return client.get(answer["Location"]).status_code if answer.status_code == 303 else answer.status_code


def most_within(moments: list[float], seconds: float) -> int:
    """How many of these lie within so many seconds of each other, at most."""
    ordered = sorted(moments)
    return max((bisect_left(ordered, at + seconds) - number for number, at in enumerate(ordered)), default=0)


def build() -> str:
    """An empty site with a routine in it and one link; its code."""
    from django.core.management import call_command
    from wagtail.models import Page, Site

    from testing import factories

    call_command("migrate", verbosity=0)
    Page.objects.get(depth=1).get_children().delete()
    Site.objects.all().delete()
    home = factories.HomePageFactory(parent=Page.objects.get(depth=1))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    index = factories.ExerciseIndexPageFactory(parent=home)
    exercise = index.add_child(instance=factories.draft_exercise(title="Calf stretch", slug="calf-stretch"))
    calves = factories.ConditionFactory.create(name="Tight calves", slug="tight-calves")
    routine = factories.draft_routine([exercise], [calves], title="Calves", slug="calves")
    return factories.link_to(factories.RoutineIndexPageFactory(parent=home).add_child(instance=routine)).code


def hold(code: str, guesses: int, say: Callable[[str], None]) -> bool:
    """Both trials; whether all went well."""
    good = True
    for at_once in (1, AT_ONCE):
        guesser, begun = Guesser(code), time.monotonic()
        guesser.guess(guesses, at_once)
        looked_up = most_within(guesser.looked_up_at, WINDOW_SECONDS)
        unknown = most_within(guesser.unknown_at, WINDOW_SECONDS)
        say(f"{sum(guesser.answered.values())} guesses, {at_once} at a time, in {time.monotonic() - begun:.0f} s")
        say(f"  answered: {dict(guesser.answered)}; within {WINDOW_SECONDS} s at most {unknown} with “unknown”")
        say(f"  looked up: {len(guesser.looked_up_at)}, within {WINDOW_SECONDS} s at most {looked_up}")
        say(f"  opened by guessing: {guesser.opened}; the right one: {dict(Counter(guesser.right))}")
        good &= looked_up <= MOST and not guesser.opened and set(guesser.right) == {200}
    return good


def main() -> None:
    """Run it, and end with 1 when something did not hold."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/site.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "stretchsite.settings.dev"
        import django
        from django.conf import settings

        django.setup()
        settings.DEBUG = False
        settings.ALLOWED_HOSTS = ["testserver"]
        settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        import logging

        logging.getLogger("django.request").setLevel(logging.ERROR)
        guesses = int(sys.argv[1]) if len(sys.argv) > 1 else GUESSES
        good = hold(build(), guesses, lambda line: print(line, flush=True))
    print("good" if good else "BAD")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
