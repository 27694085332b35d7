"""``manage.py send_review_reminders``: writes to whoever stands behind a page or safety note whose review is due."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.background.heartbeats import RegularCommand
from clinical.models import User
from clinical.review.reviews import ReviewDue, ReviewReminder, reviews_due
from clinical.serving.write_lock import write_lock
from stretchsite.closed import refuse_while_closed


class Command(RegularCommand):
    """One e-mail a person and month, with every page and note that needs them. Run twice, it sends nothing twice."""

    help = "Remind authors and reviewers of reviews that are due or overdue. Run it every day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for a letter to everybody concerned; the worker sends it, and goes on trying."""
        refuse_while_closed()
        today = timezone.localdate()
        waiting_for: dict[User, list[ReviewDue]] = defaultdict(list)
        for due in reviews_due(today):
            for person in due.people:
                if person.is_active and person.email:
                    waiting_for[person].append(due)
        for person, reviews in waiting_for.items():
            self._remind(person, reviews)

    def _remind(self, person: User, reviews: list[ReviewDue]) -> None:
        """Write to one person about what nobody has reminded them of this month: remembered and asked for in one."""
        month = f"{timezone.localdate():%Y-%m}"
        told_already = ReviewReminder.objects.filter(account=person, month=month).values_list("content_key", flat=True)
        with write_lock():
            # Asked with the lock held: a second process reminds nobody of what the first has just told them.
            told = set(told_already)
            new = [due for due in reviews if due.content_key not in told]
            if not new:
                return
            # Translations are one thing to be reminded of, each with its own line in the letter.
            for key in dict.fromkeys(due.content_key for due in new):
                ReviewReminder.objects.create(content_key=key, account=person, month=month)
            subject = ngettext("%d review is due", "%d reviews are due", len(new)) % len(new)
            send_mail(subject, _letter(new), None, [person.email])
        self.stdout.write(f"{person}: {len(new)}")


def _letter(reviews: list[ReviewDue]) -> str:
    """One line for each: what, when, where."""
    parts = [
        (
            _("These should be read again in full and reviewed by somebody who did not write them:"),
            [due for due in reviews if not due.is_consent],
        ),
        (
            _("These consents end or have ended. Renew them, or choose other photos and videos on the pages:"),
            [due for due in reviews if due.is_consent],
        ),
    ]
    return "\n\n".join("\n".join([opening, "", *map(_line, found)]) for opening, found in parts if found)


def _line(due: ReviewDue) -> str:
    return _("%(title)s, due %(day)s: %(address)s") % {
        "title": due.title,
        "day": due.day.isoformat(),
        "address": settings.WAGTAILADMIN_BASE_URL + due.address,
    }
