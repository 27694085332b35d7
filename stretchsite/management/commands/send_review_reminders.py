"""``manage.py send_review_reminders``: writes to whoever stands behind a page whose review is due or overdue."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinical.models import User
from clinical.models.reviews import ReviewReminder, pages_to_review


class Command(BaseCommand):
    """One e-mail a person and month, with every page that needs them. Run twice, it sends nothing twice."""

    help = "Remind authors and reviewers of reviews that are due or overdue. Run it every day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write to everybody concerned. Raises ``CommandError`` at the end when an e-mail could not be sent."""
        today = timezone.localdate()
        pages_of: dict[User, list[Any]] = defaultdict(list)
        for page in pages_to_review(today):
            for person in {page.author, page.reviewer}:
                if person and person.is_active and person.email:
                    pages_of[person].append(page)
        failures = [failure for person, pages in pages_of.items() if (failure := self._remind(person, pages))]
        if failures:
            raise CommandError(f"{len(failures)} could not be reminded: {'; '.join(failures)}")

    def _remind(self, person: User, pages: list[Any]) -> str:
        """Write to one person about the pages nobody has reminded them of this month; what went wrong, if anything."""
        month = f"{timezone.localdate():%Y-%m}"
        told = set(ReviewReminder.objects.filter(account=person, month=month).values_list("content_key", flat=True))
        new = [page for page in pages if page.content_key not in told]
        if not new:
            return ""
        try:
            with transaction.atomic():
                for page in new:
                    ReviewReminder.objects.create(content_key=page.content_key, account=person, month=month)
                send_mail(_("%d pages to review") % len(new), _letter(new), None, [person.email])
        except OSError as error:  # whatever the mail server says, the others are written to
            return f"{person}: {error}"
        self.stdout.write(f"{person}: {len(new)}")
        return ""


def _letter(pages: list[Any]) -> str:
    """One line a page: what, when, where."""
    lines = [
        _("%(title)s, due %(day)s: %(address)s")
        % {
            "title": page.title,
            "day": page.review_due.isoformat(),
            "address": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
        }
        for page in pages
    ]
    opening = _("These pages should be read again in full and reviewed by somebody who did not write them:")
    return "\n".join([opening, "", *lines])
