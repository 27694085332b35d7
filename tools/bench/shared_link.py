"""Hands the routine that is measured to somebody, as the screen would, and prints the token of the link.

python -m tools.bench.shared_link        in the environment of a site that ``fresh_site`` has built
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from clinical.models import User
    from routines.models import RoutinePage


def link_to(routine: RoutinePage, by: User) -> str:
    """Hand the routine out as it is, with a note to the patient as most have; the token."""
    from sharing.models import ShareLinkItem, issue
    from sharing.models.links import USUAL_DAYS, end_of

    items = routine.items.with_exercises().order_by("sort_order")
    issued = issue(
        routine,
        by,
        [ShareLinkItem.kept_of(item, number) for number, item in enumerate(items)],
        expires_at=end_of(USUAL_DAYS),
        note="Slowly, and breathe out.",
        sessions_per_day=2,
        days_per_week=5,
    )
    return issued.token


def main() -> int:
    """Make the link; the exit status."""
    django.setup()
    from clinical.models import User
    from routines.models import RoutinePage
    from tools.bench.fresh_site import ROUTINE

    print(link_to(RoutinePage.objects.get(slug=ROUTINE), User.objects.create_user("bench")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
