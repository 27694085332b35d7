"""Approvals: whose word stands behind exactly these words, in their language. Nothing clinical is live without."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from clinical.audit.audit_entries import AppendOnlyMixin, record
from clinical.publishing.fingerprints import fingerprint_of, fingerprints_of
from clinical.publishing.refusals import Refusal
from clinical.publishing.review_policy import one_person_may_approve
from clinical.words.choices import ApprovalBasis, AuditAction

_known: dict[int, str] = {}


def language_of(locale_id: int | None) -> str:
    """The language code of a locale. They are almost never changed, so they are remembered; see ``forget_locales``."""
    if locale_id is None:
        return settings.LANGUAGE_CODE
    if locale_id not in _known:
        _known.update(Locale.objects.values_list("pk", "language_code"))
    return _known.get(locale_id, settings.LANGUAGE_CODE)


def forget_locales() -> None:
    """Look the locales up again; tests that build their own database need it."""
    _known.clear()


#: Where nobody's name stands under the words, since none was asked.
NOBODY_NAMED = (ApprovalBasis.LIBRARY, ApprovalBasis.CODE)
#: Where each word has gone through two people.
BY_TWO = (ApprovalBasis.REVIEWED, ApprovalBasis.CORRECTED)
#: Where somebody read it and said yes, a colleague or whoever wrote it.
BY_A_PERSON = (*BY_TWO, ApprovalBasis.SAME_PERSON)


class Approval(AppendOnlyMixin):
    """A colleague who did not write it, or a library that was asked to be published, stands behind these words.

    In a practice of one it may be whoever wrote them, on a basis of its own.
    The words are named by their fingerprint: one changed letter is another fingerprint, which nobody has approved. It
    holds in the way it was taken in, whatever way the newest version of the site has.
    """

    basis = models.CharField(max_length=20, choices=ApprovalBasis.choices)
    content_key = models.UUIDField()
    content_hash = models.CharField(max_length=80)
    language = models.CharField(
        max_length=12, blank=True, help_text=gettext_lazy("Of the words; a translation's share their original's key.")
    )
    title = models.CharField(max_length=255)
    writers = models.JSONField(default=list, help_text=gettext_lazy("The accounts that changed it since it was live."))
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=gettext_lazy("Which writer accepted the words the approver had corrected; nobody where none were."),
    )
    approved_at = models.DateTimeField(default=timezone.now)
    reviewed_on = models.DateField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ["-approved_at", "-pk"]
        indexes = [models.Index(fields=["content_key", "content_hash"], name="clinical_approval_of_words")]
        constraints = [
            models.CheckConstraint(
                name="clinical_approval_correction_by_two",
                condition=(Q(basis=ApprovalBasis.CORRECTED, accepted_by__isnull=False) & ~Q(approver=F("accepted_by")))
                | (~Q(basis=ApprovalBasis.CORRECTED) & Q(accepted_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="clinical_approval_by_somebody",
                condition=Q(basis__in=BY_A_PERSON, approver__isnull=False)
                | Q(basis__in=NOBODY_NAMED, approver__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()}: {self.title}"

    @property
    def is_by_a_second_person(self) -> bool:
        """Whether whoever approved it had no hand in it."""
        return self.approver_id is not None and self.approver_id not in self.writers

    @property
    def may_stand(self) -> bool:
        """Whether whoever gave it is somebody who may, on its basis."""
        if self.basis == ApprovalBasis.CORRECTED and self.accepted_by_id not in self.writers:
            return False
        return self.basis not in BY_TWO or self.is_by_a_second_person


def release(thing: Any, basis: ApprovalBasis = ApprovalBasis.LIBRARY) -> Approval:
    """A published library stands behind what this says now, or the site's own code. Only they call it."""
    return Approval.objects.create(
        basis=basis,
        content_key=thing.content_key,
        content_hash=fingerprint_of(thing),
        language=words_language(thing),
        title=str(thing)[:255],
    )


def words_language(thing: Any) -> str:
    """The language it is written in; nothing of what has no translations."""
    return language_of(thing.locale_id) if hasattr(thing, "locale_id") else ""


def approval_of(thing: Any, **asked: Any) -> Any:
    """The newest approval of exactly these words, by somebody whose word may stand behind it, or none. One query.

    ``live_since`` on it is when the version that is live now went live, if one is; ``is_superseded`` is whether
    other words in its language were approved since, wherever they stand: in a copy, or where nothing is any more.
    """
    rows: Any = type(thing)._base_manager
    row = rows.filter(pk=thing.pk, live=True)
    words = fingerprints_of(thing)
    others = Approval.objects.filter(
        content_key=thing.content_key, language=words_language(thing), approved_at__gt=OuterRef("approved_at")
    ).exclude(content_hash__in=words)
    found = Approval.objects.filter(content_key=thing.content_key, content_hash__in=words, **asked).annotate(
        live_since=Subquery(row.values("last_published_at")[:1]), is_superseded=Exists(others)
    )
    named = (one for one in found if one.basis in thing.stands_on)
    usable = [one for one in named if one.may_stand]
    if not one_person_may_approve():
        usable.sort(key=lambda one: one.basis == ApprovalBasis.SAME_PERSON)
    return next(iter(usable), None)


def why_it_may_not_replace(thing: Any, found: Any) -> str:
    """What keeps approved words from replacing those that are live: they must have been approved after them.

    Where the site asks for two people, what one approved on their own may stay, and go live no more.
    """
    lacks_another = found.basis == ApprovalBasis.SAME_PERSON and not one_person_may_approve()
    if found.live_since is None and lacks_another:
        return _takes_another()
    if found.live_since is None:
        return _superseded() if found.is_superseded else ""
    if found.approved_at >= found.live_since and not lacks_another:
        return ""
    live = type(thing)._base_manager.get(pk=thing.pk)
    if found.content_hash in fingerprints_of(live):
        return ""
    if lacks_another:
        return _takes_another()
    return _("It was approved before the version that is live now. Submit it for review again.")


def is_mended(thing: Any, withdrawal: Any) -> bool:
    """Whether a live copy of what is withdrawn says something nobody had approved before: its author mends it.

    Only on a copy readers have already: otherwise what is wrong in it would stay before them, whoever saw it.
    """
    if withdrawal.content_key == thing.content_key:
        return False
    before = Approval.objects.filter(
        content_key=thing.content_key,
        content_hash__in=fingerprints_of(thing),
        approved_at__lte=withdrawal.in_force_at,
    )
    return type(thing)._base_manager.filter(pk=thing.pk, live=True).exists() and not before.exists()


def record_going_live(thing: Any, found: Any) -> None:
    """Put on record that approved words went live; saving what is live already is no news."""
    if found.live_since is None or found.approved_at >= found.live_since:
        second = found.approver if found.is_by_a_second_person else None
        record(AuditAction.PUBLISHED, thing, second=second, approval=found.pk, words=found.content_hash)


def is_on_record(thing: Any, revision: Any) -> bool:
    """Whether a version was submitted, approved, scheduled or published, so that nothing may be written over it."""
    return (
        revision.pk == thing.live_revision_id
        or revision.approved_go_live_at is not None
        or revision.task_states.exists()
    )


def known_to_readers(page: Any) -> models.QuerySet[Any]:
    """A page's row while readers know it: it is live, or was before it was taken off the site."""
    rows: models.QuerySet[Any] = type(page)._base_manager.filter(pk=page.pk)
    return rows.filter(is_known())


def is_known() -> Q:
    """For queries: pages that are live, or were before they were taken off the site."""
    return Q(live=True) | Q(first_published_at__isnull=False)


def second_person_refusal(thing: Any, why: str) -> Refusal:
    """What keeps a change from going live that takes a person's word, not a library's; ``why`` says what to do.

    Where somebody approved it, ``found_approval`` is theirs afterwards; where nobody did, ``takes_a_second_person`` is
    set, so that a library can leave it as a draft.
    """
    found = thing.found_approval
    if not (found and found.basis == ApprovalBasis.REVIEWED):
        thing.found_approval = approval_of(thing, basis=ApprovalBasis.REVIEWED)
    thing.takes_a_second_person = not thing.found_approval
    return {} if thing.found_approval else {NON_FIELD_ERRORS: [why]}


def not_approved() -> str:
    """What to do about words nobody has approved."""
    return _("No colleague has approved these words. Submit it for review; nobody approves what they wrote.")


def _takes_another() -> str:
    return _("Whoever wrote it approved it, and this site asks for two people. Submit it for review.")


def _superseded() -> str:
    return _("Other words were approved after these. Submit it for review, so that a colleague reads which are right.")


def is_about_going_live(update_fields: Iterable[str] | None) -> bool:
    """Whether a save with these fields may make something live or take it off."""
    return update_fields is None or "live" in update_fields
