"""``manage.py publish_scheduled``: what is due goes live, and what has run out goes off, each on its own.

The platform's command of this name stops at the first version the publish gate refuses, and everything scheduled after
it stays unpublished. Here a refusal is reported, the rest goes on, and the refused version is tried again next time.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as PlatformCommand
from wagtail.models import DraftStateMixin, Page, Revision

from clinical.background.heartbeats import RegularCommand
from clinical.models import PublishRefused, WrittenConsent
from clinical.publishing.refusals import remember_refusal, sentences_of
from clinical.serving.write_lock import write_lock
from stretchsite.closed import refuse_while_closed

logger = logging.getLogger(__name__)


class Command(RegularCommand, PlatformCommand):
    """Publish and unpublish by the clock. The exit status is not zero when something was refused."""

    help = "Publish what is scheduled and due, and unpublish what has expired. Run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Everything due, one by one. Raises ``CommandError`` at the end when anything could not be done."""
        refuse_while_closed()
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        now = timezone.now()
        with write_lock():
            WrittenConsent.objects.take_sizes_down(timezone.localdate())
        failures = [*self._unpublish(_expired(now)), *self._publish(list(_due(now)))]
        for failure in failures:
            self.stderr.write(failure)
        if failures:
            raise CommandError(f"{len(failures)} could not be published or taken off on time; the reasons are above.")

    def _unpublish(self, things: Iterable[Any]) -> Iterator[str]:
        for thing in things:
            try:
                with write_lock():
                    # As it is now: its day may have been put off while others wrote.
                    expired = _expired_of(type(thing), timezone.now()).filter(pk=thing.pk).first()
                    if expired is not None:
                        expired.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            except Exception as error:  # whatever it is, the others are taken off
                yield _told(str(thing), error)

    def _publish(self, revisions: list[Revision]) -> Iterator[str]:
        """Publish all that can be; again and again, since a routine may wait for an exercise due at the same time."""
        failures: dict[Revision, str] = {}
        while revisions:
            failures = dict(self._publish_once(revisions))
            if len(failures) == len(revisions):
                break
            revisions = list(failures)
        yield from failures.values()

    def _publish_once(self, revisions: list[Revision]) -> Iterator[tuple[Revision, str]]:
        for revision in revisions:
            try:
                with write_lock():
                    # As it is now: it may have been called off while others wrote.
                    due = _due(timezone.now()).filter(pk=revision.pk).first()
                    if due is not None:
                        due.publish(log_action="wagtail.publish.scheduled")
            except Exception as error:  # whatever it is, the others go live
                yield revision, _told(revision.object_str, error)


def _expired(now: datetime) -> Iterator[Any]:
    """Every live page and note whose day is over."""
    with_drafts = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
    for model in (Page, *(model for model in with_drafts if not issubclass(model, Page))):
        yield from list(_expired_of(model, now))


def _expired_of(model: Any, now: datetime) -> Any:
    return model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")


def _due(now: datetime) -> QuerySet[Revision]:
    """Every version that should be live by now, the longest overdue first."""
    return Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")


def _told(name: str, error: Exception) -> str:
    """Why something was not done, as a line for whoever looks after the site; a refusal of the gate goes on record."""
    if isinstance(error, PublishRefused):
        remember_refusal(error)
        return " ".join(error.sentences())
    if isinstance(error, ValidationError):
        return f"“{name}” cannot go live. {' '.join(sentences_of(error))}"
    logger.error("“%s” could not be published or taken off on time", name, exc_info=error)
    return f"“{name}” could not be published or taken off on time: {type(error).__name__}: {error}"
