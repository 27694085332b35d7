"""Somebody who guesses at codes of share links: for ``python -m tools.guessing_codes`` and a sample in the tests."""

from __future__ import annotations

import secrets
import threading
import time
from bisect import bisect_left
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import patch

from django.db import connections
from django.test import Client

from sharing.codes import ALPHABET, LENGTH, check_character
from sharing.models import lookup

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
        self._own.is_guessing = True
        browser = Client(REMOTE_ADDR=NETWORK)
        try:
            for number in range(count):
                code = random_code()
                answer = browser.post("/code/", {"code": code}) if number % 2 else browser.get(f"/s/{code}/")
                with self._counting:
                    self.answered[answer.status_code] += 1
                    if answer.status_code != 429:
                        self.unknown_at.append(time.monotonic())
        finally:
            connections.close_all()

    def _open(self) -> int:
        """The status of the page, where the form leads to it."""
        browser = Client(REMOTE_ADDR=NETWORK)
        answer = browser.post("/code/", {"code": self.code})
        return browser.get(answer["Location"]).status_code if answer.status_code == 303 else answer.status_code


def most_within(moments: list[float], seconds: float) -> int:
    """How many of these lie within so many seconds of each other, at most."""
    ordered = sorted(moments)
    return max((bisect_left(ordered, at + seconds) - number for number, at in enumerate(ordered)), default=0)
