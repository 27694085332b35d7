"""How often a background task is tried, and how long it waits in between. Pure.

A mail server that is away comes back within minutes or hours; what still fails after two days needs a person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

_Call = TypeVar("_Call", bound=Callable[..., Any])

#: So long may one attempt take; a server that answers a byte at a time is left alone after it.
DEADLINE = timedelta(minutes=2)
#: The longest an attempt may take that was given longer; short enough that nobody takes it for dead.
LONGEST_DEADLINE = timedelta(minutes=4)
#: Whoever began an attempt so long ago and has not said how it ended has died.
GIVEN_UP_FOR_DEAD_AFTER = timedelta(minutes=5)
#: A task that could have been begun so long ago says that no worker is running.
LATE_AFTER = timedelta(minutes=10)
#: Two days of attempts: seven in the first hour or so, and then one an hour.
MOST_ATTEMPTS = 54
LONGEST_WAIT = timedelta(hours=1)


def wait_after(attempt: int) -> timedelta | None:
    """How long to wait after this attempt, the first being 1, has failed; none when it was the last."""
    if attempt >= MOST_ATTEMPTS:
        return None
    return min(timedelta(minutes=2 ** min(attempt - 1, 10)), LONGEST_WAIT)


def takes_up_to(deadline: timedelta) -> Callable[[_Call], _Call]:
    """Give what a task calls longer than others have; what waits behind it waits as long."""

    def give(call: _Call) -> _Call:
        vars(call)["deadline"] = min(deadline, LONGEST_DEADLINE)
        return call

    return give


def deadline_of(call: Callable[..., Any]) -> timedelta:
    """How long one attempt of what a task calls may take."""
    given: timedelta = getattr(call, "deadline", DEADLINE)
    return given
