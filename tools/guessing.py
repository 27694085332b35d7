"""Guesses at a whole site, and counts how many reach a password: ``python -m tools.guessing``.

Makes a site of its own in a temporary folder, on SQLite, or in an empty database that ``DATABASE_URL`` names. Then:

1. 10,000 guesses from 50 networks at 20 accounts, by four processes at once, without the limit of everybody together;
2. the owner of one of the accounts signs in, from a browser that is known and from one that is not;
3. 200 known and 200 unknown names and addresses, in turn, with the limits lifted: the medians of what each costs.

Processor time is what counts on a busy machine; the clock's is given beside it. It takes some minutes.
"""

from __future__ import annotations

import multiprocessing
import statistics
import sys
import time
from collections import Counter
from typing import Any
from unittest.mock import patch

from tools.trial_site import trial_site

GUESSES, NETWORKS, ACCOUNTS, PROCESSES, TIMED = 10_000, 50, 20, 4, 200
MOST_OF_AN_ACCOUNT = 20
MOST_APART_MS = 10.0
PASSWORD = "slow-green-river-stones"  # noqa: S105  (of accounts that live for some minutes)
UNLIMITED = 10**9


def build() -> None:
    """An empty site with its accounts."""
    from django.core.management import call_command

    from clinical.models import User

    call_command("migrate", verbosity=0)
    first = User.objects.create_superuser("account-0", "account-0@example.org", PASSWORD)
    for number in range(1, max(ACCOUNTS, TIMED)):
        User.objects.create(
            username=f"account-{number}", email=f"account-{number}@example.org", password=first.password
        )


def guess(part: int, results: Any) -> None:
    """One process's share: which accounts' passwords were looked at, and how many guesses were refused."""
    from django.contrib.auth import authenticate
    from django.db import connections
    from django.test import RequestFactory

    from clinical.models import User
    from clinical.people.attempts import TooManyAttempts
    from clinical.serving.rate_limits import Limit

    connections.close_all()
    unlimited = Limit("unlimited", UNLIMITED, 60)
    checked: Counter[str] = Counter()
    refused = 0

    def look(self: User, raw_password: str) -> bool:
        checked[self.username] += 1
        return False

    with patch.object(User, "check_password", look), patch("clinical.people.attempts.OF_EVERYBODY", unlimited):
        for number in range(part, GUESSES, PROCESSES):
            address = f"10.0.{number // ACCOUNTS % NETWORKS}.7"
            request = RequestFactory().post("/admin/login/", REMOTE_ADDR=address)
            try:
                authenticate(request, username=f"account-{number % ACCOUNTS}", password=f"guess-{number}")
            except TooManyAttempts:
                refused += 1
    results.put((checked, refused))


def guess_together() -> tuple[Counter[str], int]:
    """All processes at once."""
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    processes = [context.Process(target=guess, args=(part, results)) for part in range(PROCESSES)]
    for process in processes:
        process.start()
    checked: Counter[str] = Counter()
    refused = 0
    for _process in processes:
        of_accounts, of_refused = results.get()
        checked += of_accounts
        refused += of_refused
    for process in processes:
        process.join()
    return checked, refused


def cost(address: str, sent: dict[str, str]) -> tuple[float, float]:
    """Milliseconds of the processor and of the clock for one request."""
    from django.test import Client

    browser = Client()
    browser.get(address)
    processor, clock = time.process_time(), time.perf_counter()
    browser.post(address, sent)
    return (time.process_time() - processor) * 1000, (time.perf_counter() - clock) * 1000


def compare(address: str, known: Any, unknown: Any) -> float:
    """How many milliseconds of the processor known and unknown are apart, by their medians; says so."""
    # Each goes first in every second turn: the second of two is some milliseconds slower, whoever it is.
    pairs = []
    for turn in range(TIMED):
        asked = [known(turn), unknown(turn)]
        costs = [cost(address, sent) for sent in (asked if turn % 2 else reversed(asked))]
        pairs.append(costs if turn % 2 else costs[::-1])
    medians = [[statistics.median(pair[who][what] for pair in pairs) for what in (0, 1)] for who in (0, 1)]
    apart = abs(medians[0][0] - medians[1][0])
    words = "known {:.1f} ms (clock {:.1f}), unknown {:.1f} ms (clock {:.1f})"
    print(f"{address} {TIMED} + {TIMED}: {words.format(*medians[0], *medians[1])}: {apart:.1f} ms apart", flush=True)
    return apart


def hold() -> bool:
    """The three trials; whether all went well."""
    from django.test import Client, override_settings

    known = Client()
    known.post("/admin/login/", {"username": "account-0", "password": PASSWORD})
    begun = time.monotonic()
    checked, refused = guess_together()
    seconds = time.monotonic() - begun
    print(f"{GUESSES} guesses in {seconds:.0f} s, {refused} refused; looked at: {max(checked.values())} of an account")
    sent = {"username": "account-0", "password": PASSWORD}
    stranger = Client().post("/admin/login/", sent).status_code
    owner = known.post("/admin/login/", sent).status_code
    print(f"with the right password: {stranger} from a browser that is not known, {owner} from one that is", flush=True)
    later = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    now = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    with (
        override_settings(TASKS={"default": now, "later": later}),
        patch("clinical.serving.rate_limits.Limit.key", lambda limit, whose: f"{limit.name}:{time.perf_counter_ns()}"),
    ):
        apart = [
            compare(
                "/admin/login/",
                lambda turn: {"username": f"account-{turn}", "password": "wrong"},
                lambda turn: {"username": f"nobody-{turn}", "password": "wrong"},
            ),
            compare(
                "/admin/password_reset/",
                lambda turn: {"email": f"account-{turn}@example.org"},
                lambda turn: {"email": f"nobody-{turn}@example.org"},
            ),
        ]
    return (
        max(checked.values()) <= MOST_OF_AN_ACCOUNT and (stranger, owner) == (429, 302) and max(apart) <= MOST_APART_MS
    )


def main() -> None:
    """Run it, and end with 1 when something did not hold."""
    with trial_site():
        build()
        good = hold()
    print("good" if good else "BAD")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
