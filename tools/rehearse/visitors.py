"""Visitors who ask without a pause while something is changed, and what they got."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from itertools import cycle
from types import TracebackType

from tools.rehearse.front import Front

#: Who ask at once, and the pause of each between two questions, in seconds.
HOW_MANY, PAUSE = 2, 0.1


class Visitors:
    """Ask these places one after another until it is over; any answer but 200 is a failure."""

    def __init__(self, front: Front, places: Sequence[str]) -> None:
        self.front, self.places = front, places
        self.asked, self.slowest = 0, 0.0
        self.failures: list[str] = []
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self._ask, daemon=True) for _visitor in range(HOW_MANY)]

    def __enter__(self) -> Visitors:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(timeout=60)

    def _ask(self) -> None:
        for place in cycle(self.places):
            if self.over.is_set():
                return
            begun = time.monotonic()
            try:
                status, _text = self.front.ask(place)
                failure = "" if status == 200 else str(status)
            except OSError as error:
                failure = repr(error)
            with self.lock:
                self.asked += 1
                self.slowest = max(self.slowest, time.monotonic() - begun)
                if failure:
                    self.failures.append(f"{place.partition('/s/')[0] or '/s/'} {failure}")
            time.sleep(PAUSE)

    def __str__(self) -> str:
        return f"{self.asked} asked, {len(self.failures)} failed, the slowest {self.slowest:.1f} s"
