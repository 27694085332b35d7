"""What concerns one person who sits down at the desk: own drafts and what was said of them, what waits, what is due.

And what of theirs something withdrawn touches. Everything here costs a fixed number of queries, however much there is;
of each only the first few are named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from clinical.notes.note import SafetyNote
from clinical.people.accounts import User
from clinical.publishing.withdrawals import Withdrawal
from clinical.publishing.writers import saved_by
from clinical.review.reviewing import ClinicalReviewStep
from clinical.review.reviews import ReviewDue, reviews_due
from clinical.withdrawal.impact import Touched, touched_of
from clinical.withdrawal.withdrawing import clinical_page_models

#: So many of each sort are named; there being more is said.
MOST_NAMED = 5


@dataclass(frozen=True)
class OwnDraft:
    """Something of one's own that readers do not see as it is: what, where, and how it stands with its review."""

    title: str
    sort: str
    address: str
    saved_at: datetime | None
    is_live: bool
    waits: bool
    asked_by: str
    remark: str


@dataclass(frozen=True)
class Corrected:
    """Something of one's own that a reviewer changed and sent back: where to accept it, who changed it, and why."""

    title: str
    sort: str
    address: str
    form: str
    who: str
    comment: str
    #: Somebody has saved it since, so it can be accepted no more; whether it can otherwise, its screen says.
    is_overtaken: bool = False


@dataclass(frozen=True)
class Off:
    """A withdrawal that is in force, and what of one's own it touches."""

    withdrawal: Withdrawal
    touched: tuple[Touched, ...]


def name_of(person: Any) -> str:
    """How colleagues know a person; nothing for nobody."""
    return (person.get_full_name() or person.get_username()) if person else ""


def own_drafts(person: User) -> list[OwnDraft]:
    """Drafts this person wrote or changed last, the newest first: one more than are named, where there are more.

    A note has no owner: it is of everybody who has written in it, until it is live.
    """
    not_live = Q(live=False) | Q(has_unpublished_changes=True)
    gone = Withdrawal.objects.open().values("content_key")
    withdrawn = Q()
    for model in clinical_page_models():
        withdrawn |= Q(pk__in=model.objects.filter(content_key__in=gone).values("pk"))
    written = Q(owner=person) | Q(latest_revision__user=person)
    pages: Any = Page.objects.filter(not_live, written).exclude(withdrawn).exclude(latest_revision=None)
    own = Q(latest_revision__user=person) | Q(saved_by(person, SafetyNote), live=False)
    notes: Any = SafetyNote.objects.filter(not_live, own).exclude(translation_key__in=gone)
    newest = [*_newest(pages), *_newest(notes.select_related("latest_revision"))]
    states = states_of(newest)
    drafts = [_own_draft(thing, states.get(key_of(thing))) for thing in newest]
    return sorted(drafts, key=lambda draft: draft.saved_at or timezone.now(), reverse=True)[: MOST_NAMED + 1]


def corrected_for(person: User) -> list[Corrected]:
    """What reviewers changed and sent back to this person, the oldest first. As many queries for many."""
    steps = ClinicalReviewStep.objects.filter(status=TaskState.STATUS_IN_PROGRESS, corrected_by__isnull=False)
    steps = steps.select_related("corrected_by", "revision").defer("revision__content")
    sent = steps.prefetch_related("revision__content_object").order_by("corrected_at", "pk")
    own = [(step, thing) for step in sent if person.pk in step.corrected_to and (thing := step.revision.content_object)]
    newest = Revision.objects.filter(pk__in=[thing.latest_revision_id for _step, thing in own])
    saved_last = dict(newest.values_list("pk", "user"))
    return [
        Corrected(
            title_of(thing),
            sort_of(thing),
            reverse("clinical_correction", args=[step.pk]),
            address_of(thing),
            name_of(step.corrected_by),
            step.correction_comment,
            saved_last.get(thing.latest_revision_id) != step.corrected_by_id,
        )
        for step, thing in own
    ]


def withdrawals_waiting_for(person: User) -> QuerySet[Withdrawal]:
    """Withdrawals that need a second officer who is not the first: to come into force, or to be lifted."""
    return (
        Withdrawal.objects.waiting()
        .exclude(in_force_at__isnull=True, withdrawn_by=person)
        .exclude(in_force_at__isnull=False, lifted_by=person)
        .order_by("withdrawn_at")
    )


def own_reviews_due(person: User) -> list[ReviewDue]:
    """Live pages and notes this person stands behind whose review is overdue or due soon, the longest overdue first."""
    return reviews_due(timezone.localdate(), person)


def withdrawn_from(person: User) -> list[Off]:
    """What is withdrawn now and touches something of this person's, the newest first."""
    found = list(Withdrawal.objects.open().order_by("-in_force_at"))
    touched = touched_of(person, {withdrawal.content_key for withdrawal in found}) if found else {}
    return [Off(each, tuple(touched[each.content_key])) for each in found if each.content_key in touched]


def touched_as_writer(person: User, keys: Collection[UUID]) -> Iterable[Touched]:
    """The person's own pages and notes among those with these keys, and live copies of them: as letters do."""
    own, asked = Q(author=person) | Q(owner=person), set(keys)
    for model in clinical_page_models():
        copies = model.objects.live().filter(own).exclude(origins="").values_list("pk", "title", "origins")
        for pk, title, origins in copies.order_by("title"):
            for key in asked & {UUID(origin) for origin in origins.split()}:
                words = _("Your “%s” is a copy of it, and is live. Look whether what was wrong is wrong there.")
                yield Touched(key, words % title, reverse("wagtailadmin_pages:edit", args=[pk]))
        for pk, key in model.objects.filter(own, content_key__in=keys).values_list("pk", "content_key"):
            yield Touched(key, _("You wrote it."), reverse("wagtailadmin_pages:edit", args=[pk]))
    for note in SafetyNote.objects.filter(saved_by(person, SafetyNote), translation_key__in=keys):
        yield Touched(note.translation_key, _("You wrote it."), address_of(note))


def _newest(rows: Any) -> list[Any]:
    return list(rows.order_by("-latest_revision__created_at", "-pk")[: MOST_NAMED + 1])


def key_of(thing: Any) -> tuple[int, str]:
    """What a review knows a page or note by: its sort and its number."""
    return thing.get_base_content_type().pk, str(thing.pk)


def states_of(things: list[Any]) -> dict[tuple[int, str], Any]:
    """Where each of them stands in its review, by type and key. One query."""
    keys = [key_of(thing) for thing in things]
    states = WorkflowState.objects.active().filter(
        base_content_type__in={kind for kind, _pk in keys}, object_id__in=[pk for _kind, pk in keys]
    )
    found = states.select_related("current_task_state__finished_by")
    return {(state.base_content_type_id, state.object_id): state for state in found}


def _own_draft(thing: Any, state: Any) -> OwnDraft:
    step: Any = state.current_task_state if state else None
    is_asked = step is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return OwnDraft(
        title=title_of(thing),
        sort=sort_of(thing),
        address=address_of(thing),
        saved_at=getattr(thing, "latest_revision_created_at", None) or thing.latest_revision.created_at,
        is_live=thing.live,
        waits=step is not None and not is_asked,
        asked_by=(name_of(step.finished_by) or _("A colleague")) if is_asked else "",
        remark=step.comment if is_asked else "",
    )


def title_of(thing: Any) -> str:
    """What a page or note is called on the desk."""
    return thing.get_admin_display_title() if isinstance(thing, Page) else str(thing)


def sort_of(thing: Any) -> str:
    """What sort of thing it is."""
    if isinstance(thing, Page):
        return str(thing.page_type_display_name)
    return str(thing._meta.verbose_name)


def address_of(thing: Any) -> str:
    """Where its form is."""
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return reverse(thing.snippet_viewset.get_url_name("edit"), args=[thing.pk])
