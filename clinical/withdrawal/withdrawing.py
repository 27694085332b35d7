"""Withdrawing and lifting: each a decision in one transaction, with everything that follows from it.

Whatever is withdrawn goes off the site at once, in every language and copy, and the publish gate keeps it off. Lifting
does not bring it back either: it may then be published again, by the road everything takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, get_page_models

from clinical.audit.audit_entries import record
from clinical.notes.note import SafetyNote
from clinical.notes.targets import without_red_flag
from clinical.pages.clinical_pages import ClinicalPage
from clinical.people.accounts import User
from clinical.publishing.withdrawals import Withdrawal
from clinical.serving.write_lock import write_lock
from clinical.withdrawal.impact import concerned_by
from clinical.withdrawal.telling import tell
from clinical.words.characters import says_something
from clinical.words.choices import AuditAction, Tier

#: Titles are kept as they were, but no longer than their column.
_LONGEST_TITLE = 255


def takes_a_warning_away(thing: Any) -> bool:
    """Whether withdrawing it leaves readers less protected: a note of tier 1 or 2."""
    return isinstance(thing, SafetyNote) and thing.tier <= Tier.DO_NOT


def reasons_against(thing: Any) -> list[str]:
    """Why it cannot be withdrawn now, in words that say what to do; empty when it can."""
    reasons = []
    if Withdrawal.objects.filter(content_key=thing.content_key, lifted_at__isnull=True).exists():
        reasons.append(_("It is withdrawn already, or waits for a second person; look at the list of withdrawals."))
    if isinstance(thing, SafetyNote) and thing.tier == Tier.GET_HELP:
        conditions = [target.condition_id for target in thing.targets.all() if target.condition_id]
        reasons += [
            _("“%s” would have no red flag left; publish the note that takes its place first.") % name
            for name in without_red_flag(conditions, but_for=thing.content_key)
        ]
    return reasons


@write_lock(urgent=True)
def withdraw(thing: Any, *, by: User, reason: str, replaced_by: Any = None) -> Withdrawal:
    """Withdraw a clinical page or a note. Raises ``ValidationError`` when that is refused.

    In force at once, but for a note of tier 1 or 2: that waits for :func:`confirm`.
    """
    if not says_something(reason):
        raise ValidationError({"reason": _("Say in plain words why; readers are shown it.")})
    if reasons := reasons_against(thing):
        raise ValidationError(reasons)
    is_note = isinstance(thing, SafetyNote)
    by_two = takes_a_warning_away(thing)
    withdrawal = Withdrawal.objects.create(
        content_key=thing.content_key,
        content_type=ContentType.objects.get_for_model(thing),
        title=str(thing)[:_LONGEST_TITLE],
        from_library=getattr(thing, "from_library", ""),
        library_id=getattr(thing, "library_id", ""),
        reason=reason.strip(),
        replaced_by=replaced_by if replaced_by and not is_note else None,
        replaced_by_note=replaced_by if replaced_by and is_note else None,
        withdrawn_by=by,
        needs_second_person=by_two,
        in_force_at=None if by_two else timezone.now(),
    )
    if by_two:
        record(AuditAction.PROPOSED, withdrawal, by=by, reason=withdrawal.reason, proposal="withdraw")
    else:
        _take_off(withdrawal, by)
    return withdrawal


@write_lock(urgent=True)
def confirm(withdrawal: Withdrawal, *, by: User) -> None:
    """A second person agrees that a serious note is withdrawn; from now on it is."""
    held = _held(withdrawal)
    if held.in_force_at:
        raise ValidationError(_("It is in force already."))
    if by.pk == held.withdrawn_by_id:
        raise ValidationError(_("Ask a colleague: whoever asked for a withdrawal cannot confirm it."))
    held.confirmed_by, held.in_force_at = by, timezone.now()
    held.save()
    _take_off(held, by, second=by)


@write_lock()
def ask_to_lift(withdrawal: Withdrawal, *, by: User, reason: str) -> None:
    """The first of two people: why it should no longer be withdrawn."""
    held = _held(withdrawal)
    if held.lifted_by_id:
        raise ValidationError(_("Somebody has asked for that already; it waits for a second person."))
    if not says_something(reason):
        raise ValidationError({"reason": _("Say why it should no longer be withdrawn.")})
    held.lifted_by, held.lifting_asked_at, held.lifting_reason = by, timezone.now(), reason.strip()
    held.save()
    record(AuditAction.PROPOSED, held, by=by, reason=held.lifting_reason, proposal="lift")


@write_lock()
def decline_lifting(withdrawal: Withdrawal, *, by: User) -> None:
    """The second person says no, or the first takes it back: it stays withdrawn, and may be asked for again."""
    held = _held(withdrawal)
    if not held.lifted_by_id:
        raise ValidationError(_("Nobody has asked to lift it."))
    held.lifted_by, held.lifting_asked_at, held.lifting_reason = None, None, ""
    held.save()
    record(AuditAction.DECLINED, held, by=by, proposal="lift")


@write_lock()
def lift(withdrawal: Withdrawal, *, by: User) -> None:
    """The second of two people agrees. What was withdrawn may then be published again; it is not, by itself."""
    held = _held(withdrawal)
    if not held.lifted_by_id:
        raise ValidationError(_("Ask for it first, with a reason; a colleague then confirms it."))
    if by.pk == held.lifted_by_id:
        raise ValidationError(_("Ask a colleague: whoever asked to lift a withdrawal cannot confirm it."))
    held.lifting_confirmed_by, held.lifted_at = by, timezone.now()
    held.save()
    record(AuditAction.LIFTED, held, by=held.lifted_by, second=by, reason=held.lifting_reason)


def _held(withdrawal: Withdrawal) -> Withdrawal:
    """The withdrawal as it stands, held until the decision is written. Raises when it is lifted already."""
    held = Withdrawal.objects.select_for_update().get(pk=withdrawal.pk)
    if held.lifted_at:
        raise ValidationError(_("It is lifted already."))
    return held


def _take_off(withdrawal: Withdrawal, by: User, second: User | None = None) -> None:
    """Put it on record, unpublish it with its copies, aliases and translations, and forget what was scheduled."""
    replaced_by = withdrawal.replaced_by_id or withdrawal.replaced_by_note_id
    first, why = withdrawal.withdrawn_by, withdrawal.reason
    record(AuditAction.WITHDRAWN, withdrawal, by=first, second=second, reason=why, replaced_by=replaced_by)
    pages = pages_with(withdrawal.content_key)
    notes = SafetyNote.objects.filter(translation_key=withdrawal.content_key, live=True)
    # Asked before it is off: afterwards nothing that is live has it any more.
    concerned = concerned_by([*pages, *notes] or [withdrawal])
    for page in pages:
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    for note in notes:
        UnpublishAction(note, user=by).execute(skip_permission_checks=True)
    tell(withdrawal, concerned, but_for=(first, second))


def pages_with(key: Any, *, live: bool = True) -> list[Page]:
    """The clinical pages with this key, whatever floor they live on."""
    asked = {"content_key": key, "live": True} if live else {"content_key": key}
    return [page for model in clinical_page_models() for page in model.objects.filter(**asked)]


def clinical_page_models() -> list[type[ClinicalPage]]:
    """Every sort of clinical page there is."""
    return [model for model in get_page_models() if issubclass(model, ClinicalPage)]


def names_withdrawn(key: str = "pk") -> Q:
    """For querysets: whether the page with this key is withdrawn now.

    The few that are, are looked up once; asking each page for its own kind would join every kind to every row.
    """
    withdrawn = Withdrawal.objects.open().values("content_key")
    pages = (model.objects.filter(content_key__in=withdrawn).order_by() for model in clinical_page_models())
    return reduce(or_, (Q(**{f"{key}__in": found.values("pk")}) for found in pages))


def concerned_as_copyists(thing: Any) -> Iterable[tuple[User, str]]:
    """The authors of live copies of it: these are theirs, and stay, but what was wrong may be wrong there too."""
    for model in clinical_page_models():
        copies = model.objects.live().filter(origins__contains=str(thing.content_key), author__isnull=False)
        for page in copies.select_related("author").order_by("title"):
            yield (
                page.author,
                _("“%s” is a copy of it, and is live. Look whether what was wrong is wrong there.") % page,
            )
