"""Share links: what a practitioner hands to one patient. Nothing here says who the patient is (PD1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinical.models import LegibleMixin, User, is_restricted, is_withdrawn, record, record_all
from clinical.pages.visible import is_shown
from clinical.serving.write_lock import write_lock
from clinical.words.choices import AuditAction
from exercises.frequency import FREQUENCY, Frequency
from exercises.models.frequencies import frequency_column, frequency_constraints
from routines.models.routines import RoutinePage
from sharing import assembly as sharing
from sharing import tokens
from sharing.choices import ShareState
from sharing.identity import names_nobody
from sharing.marks import new_mark
from sharing.models.issued import Issued
from sharing.models.items import SharedItemRow, ShareLinkItem, shared_item_rows
from sharing.models.programmes import Programme
from sharing.models.sharing_refusals import Given, is_open, refuse_note, rule_refusals, sharing_refusals
from sharing.models.signed import SignedMixin, signed

if TYPE_CHECKING:
    from sharing.sheet import SharedSheet

#: How long a link opens: unless told otherwise, and at most.
USUAL_DAYS, MOST_DAYS = 90, 365
#: Rows are removed this long after a link has ended (PD6).
DAYS_KEPT = 30
MOST_NOTE = 280


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    """Questions about share links."""

    def live(self) -> Self:
        """Those that open: not ended, not revoked, of a live routine or a programme."""
        opens = Q(routine__live=True) | Q(programme__isnull=False)
        return self.not_ended().filter(opens)

    def not_ended(self) -> Self:
        """Those that have neither come to their end nor been revoked, whether they open or not."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def holding(self, content_key: UUID) -> Self:
        """Those of a routine, or with an exercise in them, by its content key."""
        given = ShareLinkItem.objects.filter(exercise__content_key=content_key, is_left_out=False)
        return self.filter(Q(routine__content_key=content_key) | Q(pk__in=given.values("link")))

    def ended_before(self, moment: datetime) -> Self:
        """Those that had ended by then: by their date, or revoked earlier."""
        return self.alias(ended_at=Least("expires_at", Coalesce("revoked_at", "expires_at"))).filter(
            ended_at__lt=moment
        )

    def in_care_of(self, person: User) -> Self:
        """Those this person may revoke: their own; for whoever may change links, everybody's."""
        if person.has_perm("sharing.change_sharelink"):
            return self.all()
        return self.filter(created_by=person)

    def for_list(self) -> Self:
        """With all that a list says of each."""
        withdrawn = is_withdrawn("routine__content_key")
        listed = self.select_related("routine", "programme__follows", "created_by").annotate(
            is_routine_withdrawn=withdrawn, is_routine_restricted=is_restricted("routine__path")
        )
        return listed.prefetch_related(
            models.Prefetch("items", ShareLinkItem.objects.first_ones(), to_attr="first_ones")
        )

    @write_lock(urgent=True)
    def revoke(self, by: User | None = None) -> int:
        """End them all now, and put on record that each was; those that have ended already stay as they are."""
        links = list(self.filter(revoked_at__isnull=True).select_related("routine", "programme"))
        ended = self.model.objects.filter(pk__in=[link.pk for link in links], revoked_at__isnull=True)
        count = ended.update(revoked_at=timezone.now())
        record_all(AuditAction.LINK_REVOKED, links, by=by)
        return count


class ShareLink(SignedMixin, LegibleMixin):
    """One list handed to one patient by a secret address, made from a routine or from the practitioner's own programme.

    Many may lead to one routine, each with an end of its own.
    """

    sessions_per_day = frequency_column("sessions_per_day")
    sessions_per_day_most = frequency_column("sessions_per_day_most")
    days_per_week = frequency_column("days_per_week")
    days_per_week_most = frequency_column("days_per_week_most")
    every_days = frequency_column("every_days")
    as_needed = frequency_column("as_needed")
    as_needed_most = frequency_column("as_needed_most")
    routine = models.ForeignKey(
        RoutinePage, null=True, blank=True, on_delete=models.PROTECT, related_name="share_links", editable=False
    )
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="share_links", editable=False
    )
    routine_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    language = models.CharField(max_length=10)
    mark = models.CharField(_("label"), max_length=20, blank=True, editable=False)
    number = models.PositiveIntegerField(_("number"), help_text=_("Counts its maker's links; part of its label."))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="share_links")
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    began_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    note = models.CharField(
        max_length=MOST_NOTE, blank=True, validators=[ProhibitNullCharactersValidator(), names_nobody]
    )

    objects = ShareLinkQuerySet.as_manager()

    #: The code to type, of one that was opened (:func:`sharing.models.opened_by`); it is stored nowhere.
    code: str = ""

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        constraints = [
            models.CheckConstraint(
                name="sharing_sharelink_ends",
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + timedelta(days=MOST_DAYS)),
            ),
            models.CheckConstraint(
                name="sharing_sharelink_of_one",
                condition=Q(routine__isnull=False, programme__isnull=True)
                | Q(routine__isnull=True, programme__isnull=False),
            ),
            *frequency_constraints(),
            models.CheckConstraint(
                name="sharing_sharelink_says_how_often",
                condition=Q(as_needed=True)
                | Q(sessions_per_day__isnull=False) & (Q(days_per_week__isnull=False) | Q(every_days__isnull=False)),
                violation_error_message=_("Say how often: times a day and on which days, or as needed."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def given(self) -> Given:
        """What it was made from."""
        found = self.programme or self.routine
        if found is None:
            raise ValueError("A share link is made from a routine or a programme.")
        return found

    @property
    def first_begun_at(self) -> datetime:
        """When its first week began: a link that took another's place goes on with the other's weeks."""
        return self.began_at or self.created_at

    def often(self) -> Frequency:
        """How often, as a value."""
        return Frequency.of(self)

    @property
    def label(self) -> str:
        """What its maker knows it by: "K7 Fern, 3 May". Generated, so that nobody writes a patient's name there."""
        name = self.mark or gettext("Link %d") % self.number
        day = date_format(timezone.localdate(self.created_at), "j F")
        return gettext("%(name)s, %(day)s") % {"name": name, "day": day}

    def state(self) -> ShareState:
        """What has become of it."""
        if self.revoked_at:
            return ShareState.REPLACED if self.replaced_by_id else ShareState.REVOKED
        if self.expires_at <= timezone.now():
            return ShareState.EXPIRED
        return ShareState.LIVE if is_open(self.given) else ShareState.ROUTINE_GONE

    def hint(self) -> str:
        """What it begins with, to know it again by in a list (:meth:`ShareLinkQuerySet.for_list`); no query there."""
        asked: Any = self
        often = self.often()
        return "; ".join(f"{item.title}: {item.dosage_words(often)}" for item in asked.first_ones)

    def state_in_list(self) -> ShareState:
        """The same from :meth:`ShareLinkQuerySet.for_list`, without a query."""
        if self.revoked_at or self.expires_at <= timezone.now():
            return self.state()
        asked: Any = self  # the list asks for it along with the row
        is_kept_back = asked.is_routine_withdrawn or asked.is_routine_restricted
        is_gone = self.routine is not None and (is_kept_back or not is_shown(self.routine))
        return ShareState.ROUTINE_GONE if is_gone else ShareState.LIVE

    def shared_item_rows(self) -> list[SharedItemRow]:
        """What it keeps, each with its exercise as it is today."""
        return shared_item_rows(self.pk)

    def shared_sheet(self) -> SharedSheet:
        """What its patient is shown now."""
        return sharing.shared_sheet(self)

    @property
    def content_key(self) -> UUID:
        """What the audit finds it by: its routine's, or its programme's. Of its patient the audit keeps nothing."""
        return self.given.content_key

    def revoke(self, by: User | None = None) -> None:
        """End it now; the next request is told so."""
        ShareLink.objects.filter(pk=self.pk).revoke(by)

    @write_lock(urgent=True)
    def replace(self, by: User) -> Issued:
        """The same list under a new address, with the same end, and its words as its patient reads them now."""
        kept = ("expires_at", "mark", *FREQUENCY, "routine_revision_id")
        values = {name: getattr(self, name) for name in kept} | {"began_at": self.first_begun_at}
        rows = [item.copied() for item in self.items.with_exercises()]
        return issue(self.given, by, rows, ends=self, note=sharing.note_as_read(self.note, rows), **values)

    def end_for(self, newer: ShareLink, by: User) -> None:
        """End it now in favour of another, which its holder is told of; what was revoked meanwhile stays so."""
        going_on = ShareLink.objects.filter(pk=self.pk, revoked_at__isnull=True)
        now = timezone.now()
        if going_on.update(revoked_at=now, replaced_by=newer):
            self.revoked_at, self.replaced_by = now, newer
            record(AuditAction.LINK_REPLACED, self, by=by, replaced_by=newer.label)


def end_of(days: int) -> datetime:
    """When a link of so many days ends: with its last day, and never beyond what the database allows."""
    now = timezone.now()
    end = timezone.make_aware(datetime.combine(timezone.localdate(now) + timedelta(days=days), time(23, 59, 59)))
    return min(end, now + timedelta(days=MOST_DAYS))


@write_lock()
def issue(
    given: Given, by: User, rows: Sequence[ShareLinkItem], *, ends: ShareLink | None = None, **values: Any
) -> Issued:
    """Make a link of these rows, and end the one it takes the place of: both or neither.

    Raises ``ValidationError`` where it is refused, by field or for the whole.
    """
    if refusals := sharing_refusals(given):
        raise ValidationError(refusals)
    for row in rows if isinstance(given, RoutinePage) else ():
        row.take_out_if_kept_back()
    if not (kept := [row for row in rows if not row.is_left_out]):
        raise ValidationError(gettext("Keep at least one exercise."))
    often = Frequency(**{name: values[name] for name in FREQUENCY if name in values})
    refuse_note(kept, values.get("note", ""))
    if refusals := rule_refusals(given, kept, often):
        raise ValidationError(refusals)
    token = tokens.new_token()
    link = ShareLink(
        **signed(token),
        language=given.language,
        number=(by.share_links.aggregate(last=models.Max("number"))["last"] or 0) + 1,
        created_by=by,
        **{**_made_from(given), "mark": new_mark(by.share_links.values_list("mark", flat=True)), **values},
    )
    link.full_clean()
    link.save()
    for number, row in enumerate(rows):
        row.link, row.sort_order = link, number
        row.full_clean()
    ShareLinkItem.objects.bulk_create(rows)
    record(AuditAction.LINK_MADE, link, by=by)
    if ends is not None:
        ends.end_for(link, by)
    return Issued(link, token)


def _made_from(given: Given) -> dict[str, Any]:
    """What the link keeps of what it is made from. A programme never changes once it is given."""
    if isinstance(given, RoutinePage):
        return {"routine": given, "routine_revision_id": given.live_revision_id}
    given.seal()
    return {"programme": given}
