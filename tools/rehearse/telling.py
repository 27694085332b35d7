"""A line for each step with its seconds, what was not tried, and whether all went well."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class NotSo(Exception):
    """Something is not as the guide says."""


def expect(is_so: bool, otherwise: str) -> None:
    """Raises ``NotSo`` with the sentence where it is not so."""
    if not is_so:
        raise NotSo(otherwise)


class Telling:
    """What was said so far."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.not_run: list[str] = []

    @contextmanager
    def step(self, title: str) -> Iterator[list[str]]:
        """Say it with its seconds when it is done, and what it adds to the list; or that it failed."""
        begun = time.monotonic()
        found: list[str] = []
        try:
            yield found
        except BaseException:
            print(f"FAILED  {time.monotonic() - begun:6.1f} s  {title}", flush=True)
            raise
        said = f": {', '.join(found)}" if found else ""
        print(f"good    {time.monotonic() - begun:6.1f} s  {title}{said}", flush=True)

    def leave_out(self, what: str, why: str) -> None:
        """Say loudly that it was not tried."""
        self.not_run.append(what)
        print(f"NOT RUN            {what}: {why}", flush=True)

    def conclude(self) -> None:
        """The last line."""
        left = f"; NOT RUN: {', '.join(self.not_run)}" if self.not_run else ""
        print(f"Rehearsed in {time.monotonic() - self.begun:.0f} s{left}", flush=True)
