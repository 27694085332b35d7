"""Readers, guessers and people who save, asking a running site at a steady pace; what each was told, and how soon."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sharing.tokens import new_token

#: Longer than anything may take; what takes so long is told as status 0.
PATIENCE_SECONDS = 60
NUMBER = "999"


@dataclass(frozen=True)
class Told:
    """What one request was told: the status, the words, and after how many seconds."""

    what: str
    status: int
    seconds: float
    text: str = field(repr=False)

    @property
    def is_in_words(self) -> bool:
        """A page, or not now with the number to call."""
        return self.status == 200 or (self.status == 503 and NUMBER in self.text)


def ask(port: int, what: str, path: str, told: Mapping[str, str] | None = None, body: str | None = None) -> Told:
    """One request, as through the proxy in front."""
    headers = {"Host": "127.0.0.1", "X-Forwarded-Proto": "https", **(told or {})}
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("POST" if body is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        return Told(what, answer.status, time.monotonic() - begun, text)
    except OSError as error:
        return Told(what, 0, time.monotonic() - begun, str(error))
    finally:
        connection.close()


def wrong_token(port: int, network: int) -> Told:
    """A guess at a share link, from one of many networks."""
    told = {"X-Forwarded-For": f"10.{network // 250 % 250}.{network % 250}.7"}
    return ask(port, "guess", f"/s/{new_token()}/", told)


def saved(port: int, desk: Mapping[str, Any], address: str, posted: Mapping[str, Any], *, by_itself: bool) -> Told:
    """Something saved or done by somebody signed in: by hand, or by the editor itself."""
    told = {
        **desk["headers"],
        "Content-Type": "application/x-www-form-urlencoded",
        **({"Accept": "application/json"} if by_itself else {}),
    }
    return ask(port, "autosave" if by_itself else "save", address, told, urlencode(posted, doseq=True))


@dataclass
class Crowd:
    """Everybody who asks at a steady pace until the block ends."""

    port: int
    pages: tuple[str, ...]
    told: list[Told] = field(default_factory=list)
    _is_over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def asking(self, guesses_a_second: int, pages_a_second: int) -> Iterator[None]:
        """Guesses, pages, and four times a second whether the process is alive."""
        paths = self.pages
        kinds: tuple[tuple[int, Callable[[int], Told]], ...] = (
            (guesses_a_second, lambda number: wrong_token(self.port, number)),
            (pages_a_second, lambda number: ask(self.port, "page", paths[number % len(paths)])),
            (4, lambda _number: ask(self.port, "health", "/healthz")),
        )
        with ThreadPoolExecutor(150) as callers:
            beats = [threading.Thread(target=self._beat, args=(callers, *kind)) for kind in kinds if kind[0]]
            for beat in beats:
                beat.start()
            try:
                yield
            finally:
                self._is_over.set()
                for beat in beats:
                    beat.join()

    def _beat(self, callers: ThreadPoolExecutor, a_second: int, one: Callable[[int], Told]) -> None:
        number = 0
        while not self._is_over.wait(1 / a_second):
            callers.submit(self._hear, one, number)
            number += 1

    def _hear(self, one: Callable[[int], Told], number: int) -> None:
        self.told.append(one(number))

    def of(self, what: str) -> list[Told]:
        """Those of one kind."""
        return [each for each in self.told if each.what == what]
