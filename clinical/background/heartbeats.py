"""When each regular command last ended, and how. A timer that is dead is seen by that, whatever it was to run.

What is regular, and how often, the guide says (docs/deployment.md). A command puts itself on record as it ends, by
``RegularCommand``; ``setup_site`` begins to count for those that have never run.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

_OF_EACH_DAY = timedelta(hours=50)
#: The regular commands, and after how long a silence somebody has to look: twice what lies between two runs, and more.
LONGEST_SILENCE = {
    "publish_scheduled": timedelta(minutes=30),
    "audit_live": _OF_EACH_DAY,
    "send_review_reminders": _OF_EACH_DAY,
    "purge_share_links": _OF_EACH_DAY,
    "clearsessions": _OF_EACH_DAY,
    "backup": _OF_EACH_DAY,
}


class Heartbeat(models.Model):
    """The last run of one command."""

    command = models.CharField(_("command"), max_length=40, unique=True)
    ended_at = models.DateTimeField(_("last ended"), default=timezone.now)
    is_good = models.BooleanField(_("ended well"), default=True)

    class Meta:
        ordering = ["command"]
        default_permissions = ()
        verbose_name = _("regular command")
        verbose_name_plural = _("regular commands")

    def __str__(self) -> str:
        return self.command

    def is_late(self, now: datetime) -> bool:
        """Whether it should have run again by now. Never in development, where nothing runs it."""
        return not settings.DEBUG and now - self.ended_at > LONGEST_SILENCE[self.command]


def begin_to_count() -> None:
    """From now on the silence of each is counted that has never run."""
    for command in LONGEST_SILENCE:
        Heartbeat.objects.get_or_create(command=command)


def beat(command: str, *, is_good: bool) -> None:
    """Put on record that it has just ended. Never raises: what it did is done."""
    try:
        Heartbeat.objects.update_or_create(command=command, defaults={"ended_at": timezone.now(), "is_good": is_good})
    except Error:
        logger.warning("That %s ended could not be put on record.", command, exc_info=True)


def heartbeats() -> list[Heartbeat]:
    """The last run of each, in one query."""
    return list(Heartbeat.objects.filter(command__in=LONGEST_SILENCE))


def to_look_at() -> list[str]:
    """The commands that are late or ended badly, by name."""
    now = timezone.now()
    return [each.command for each in heartbeats() if each.is_late(now) or not each.is_good]


class RegularCommand(BaseCommand):
    """For a command that is run by a timer: puts on record when it ended, and whether well."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """As ever; whatever ends it badly is passed on."""
        command = type(self).__module__.rpartition(".")[2]
        try:
            said = super().execute(*args, **options)
        except BaseException:
            beat(command, is_good=False)
            raise
        if not options.get("dryrun"):
            beat(command, is_good=True)
        return said
