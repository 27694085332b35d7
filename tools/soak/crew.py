"""Processes that write: forked from one that is ready, each with a connection to the database of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from tools.soak.stage import hang_up

_FORK = multiprocessing.get_context("fork")


class Hand:
    """One such process. What it is sent, and what it sends, go through ``line``."""

    def __init__(self, work: Callable[..., None], *arguments: Any) -> None:
        hang_up()
        self.line, other = _FORK.Pipe()
        self.process = _FORK.Process(target=work, args=(other, *arguments), daemon=True)
        self.process.start()

    def hear(self, seconds: float) -> Any:
        """What it says next. Raises SystemExit when it says nothing in that time, or has died."""
        try:
            if self.line.poll(seconds):
                return self.line.recv()
        except EOFError:
            pass
        raise SystemExit(f"a process said nothing for {seconds} seconds, or died")

    def kill(self) -> None:
        """As ``kill -9``: at once, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.line.close()


Line = Connection
