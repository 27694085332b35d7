"""Guesses at codes of share links from one network, and counts what comes of it: ``python -m tools.guessing_codes``.

Makes a site of its own in a temporary folder, on SQLite, or in an empty database that ``DATABASE_URL`` names, with one
link. Then 100,000 random codes, each with a right last character, by turns sent to the form and opened as addresses:
first one after the other, then 50 at a time. All the while the right code is opened from the same network. Another
number may be given. It takes some minutes.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable

from tools.trial_site import trial_site

GUESSES, AT_ONCE = 100_000, 50
#: What may be looked up of guesses in so many seconds; and what is answered "unknown": twenty in each window of the
#: limit, so forty where one window ends and the next begins.
MOST_LOOKED_UP, MOST_UNKNOWN, WINDOW_SECONDS = 25, 40, 300


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
    from testing.code_guesser import Guesser, most_within

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
        good &= looked_up <= MOST_LOOKED_UP and unknown <= MOST_UNKNOWN
        good &= not guesser.opened and set(guesser.right) == {200}
    return good


def main() -> None:
    """Run it, and end with 1 when something did not hold."""
    with trial_site():
        guesses = int(sys.argv[1]) if len(sys.argv) > 1 else GUESSES
        good = hold(build(), guesses, lambda line: print(line, flush=True))
    print("good" if good else "BAD")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
