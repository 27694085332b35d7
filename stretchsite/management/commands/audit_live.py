"""``manage.py audit_live``: asks everything that is live again what the publish gate would say of it today.

At its end it says whether patients hold links whose keys are not here, and what the journal does not tell.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from django.core.management.base import CommandError

from clinical.background.heartbeats import RegularCommand
from clinical.publishing.review_policy import remember_policy
from clinical.review.live_audit import findings, how_many_are_live
from clinical.serving.write_lock import write_lock
from sharing.checks import key_faults
from stretchsite.backup.replaying import faults_of_the_journal
from stretchsite.models import HomePage

#: After so many pages and notes a line says how far it has come; a smaller site is done before.
A_LINE_AFTER = 500


class Command(RegularCommand):
    """Look at everything live. The exit status is not zero when anything should not be live as it is."""

    help = "Ask everything that is live what the publish gate would say of it today. Run it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        """A line for each reason; changes nothing, but puts another ``REVIEW_POLICY`` on record.

        Raises ``CommandError`` at the end when there was any.
        """
        if not HomePage.objects.exists():
            raise CommandError("There is no site in this database: run setup_site, or set DATABASE_URL right.")
        with write_lock():  # a second process puts the same change on record no second time
            remember_policy()
        found, many = 0, how_many_are_live()
        counter = count(1)

        def say_how_far() -> None:
            number = next(counter)
            if number % A_LINE_AFTER == 0:
                self.stdout.write(f"{number} of about {many} asked")

        for finding in findings(say_how_far):
            found += 1
            for sentence in finding.sentences:
                self.stderr.write(f"{finding.sort} “{finding.title}”: {sentence}")
        beside = [*(f"{fault.msg} {fault.hint}" for fault in key_faults()), *faults_of_the_journal()]
        for sentence in beside:
            self.stderr.write(sentence)
        asked = how_many_are_live()
        if found:
            raise CommandError(f"{found} of {asked} live pages and notes should not be live as they are.")
        if beside:
            raise CommandError(f"{asked} live pages and notes: all as they should be. See above for what is not.")
        self.stdout.write(f"{asked} live pages and notes: all as they should be.")
