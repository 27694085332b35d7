"""Failed sign-ins: how many an account had in a quarter of an hour. Guessing shows there, and nobody's typing does."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinical.serving.waiting import Patience, waiting_at_most

logger = logging.getLogger(__name__)

QUARTER = timedelta(minutes=15)
DAYS_KEPT = 90
#: How long counting may wait for a database somebody else is writing to. Whoever mistyped waits as long.
MOST_WAIT_SECONDS = 1.0


class FailedSignIn(models.Model):
    """How often signing in to one account failed in one quarter of an hour.

    Names nobody has are counted together, and what was typed is not kept: people type their password there. So there
    are never more rows than accounts, and one, for each quarter of an hour.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("account"),
        help_text=_("None: for names nobody has."),
    )
    began_at = models.DateTimeField(_("quarter of an hour from"), db_index=True)
    count = models.PositiveIntegerField(_("failed"), default=0)

    class Meta:
        ordering = ["-began_at", "-count", "pk"]
        default_permissions = ("view",)
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")
        constraints = [
            models.UniqueConstraint(fields=["account", "began_at"], name="clinical_failedsignin_once"),
            # Two empty accounts are two different ones to a database.
            models.UniqueConstraint(
                fields=["began_at"], condition=Q(account__isnull=True), name="clinical_failedsignin_unknown_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.began_at):%Y-%m-%d %H:%M}: {self.count}"


def count_failed_sign_in(typed: str) -> None:
    """Count one more for the account of this name. Never raises, and never stands in line with who writes content."""
    try:
        account = get_user_model().objects.filter(username=typed).values_list("pk", flat=True).first()
        # Who writes on SQLite has the whole database; a failed sign-in is not worth waiting as long as a save.
        with waiting_at_most(Patience(each=2 * MOST_WAIT_SECONDS, lock=MOST_WAIT_SECONDS)):
            _count(account, quarter_of(timezone.now()))
    except DatabaseError:
        logger.warning("A failed sign-in could not be counted.", exc_info=True)


def quarter_of(moment: datetime) -> datetime:
    """When the quarter of an hour of this moment began."""
    return moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)


def forget_old_sign_ins() -> int:
    """Remove what is older than is kept; how many rows."""
    removed, _each = FailedSignIn.objects.filter(began_at__lt=timezone.now() - timedelta(days=DAYS_KEPT)).delete()
    return removed


def _count(account: int | None, quarter: datetime) -> None:
    """One more, by the database's own arithmetic: two at once are two."""
    row = FailedSignIn.objects.filter(account=account, began_at=quarter)
    if row.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            FailedSignIn.objects.create(account_id=account, began_at=quarter, count=1)
    except IntegrityError:  # somebody else was first
        row.update(count=F("count") + 1)
