"""``manage.py purge_share_links``: what is kept no longer is removed: links, counts, what readers told (PD6)."""

from __future__ import annotations

from typing import Any

from clinical.background.heartbeats import RegularCommand
from clinical.people.sign_ins import forget_old_sign_ins
from clinical.serving import rate_limits
from sharing.models.openings import forget_old_openings
from sharing.models.purging import purge
from stretchsite.models.daily_totals import forget_old_totals
from stretchsite.models.reader_reports import forget_old_reports
from stretchsite.models.told_changes import forget_told_changes


class Command(RegularCommand):
    """All that has its day is removed, not share links alone; the name is older than the rest.

    Rows of links are removed 30 days after their end; how many there were of each routine is kept.
    How often links to a routine were opened is kept by the day, for 400 days (PD5).
    Failed sign-ins are kept for 90 days, what readers told of pages for 400, how often pages were opened for 800.
    Which changes webhooks have told is kept for 400 days; counts of mistyped addresses and wrong passwords, until over.
    """

    help = (
        "Remove all that is kept no longer: share links that ended more than 30 days ago, counts of their openings, "
        "failed sign-ins, what readers told, openings of pages, which changes webhooks told, and counts of guesses. "
        "Run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove it, and say how many links that were, and that the rest was looked through."""
        removed = purge()
        forget_old_openings()
        forget_old_sign_ins()
        forget_old_reports()
        forget_old_totals()
        forget_told_changes()
        rate_limits.forget_old()
        self.stdout.write(
            f"{removed} share links removed, and what is kept no longer of openings, failed sign-ins, "
            "what readers told, webhooks and guesses."
        )
