"""A new complaint: its red flag, its page and its first exercises, submitted together and approved together.

One waits for the other: no page about a complaint goes live before a red flag for it is in force. Here they are judged
as one, in the order in which they go live, by the very gates each passes on its own. Either all pass or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, TaskState, WorkflowState

from clinical.notes.conditions import Condition, ConditionUse
from clinical.notes.note import SafetyNote
from clinical.notes.offered_conditions import MAY_REVIEW
from clinical.people.accounts import User
from clinical.publishing.approvals import release
from clinical.publishing.refusals import PublishRefused
from clinical.publishing.writers import saved_by
from clinical.review.decisions import refuse_what_is_locked, refused
from clinical.review.own_work import key_of, states_of
from clinical.review.reviewing import ClinicalReviewStep
from clinical.serving.write_lock import write_lock
from clinical.withdrawal.withdrawing import clinical_page_models

#: Readers find routines first; what they are made of goes live first.
_AFTER = 100


@dataclass(frozen=True)
class Part:
    """One of what belongs to a new complaint: as it was last saved, and where it stands in its review, if it does."""

    thing: Any
    step: ClinicalReviewStep | None

    @property
    def key(self) -> str:
        """What tells it from the others, in a form."""
        return f"{self.thing._meta.model_name}-{self.thing.pk}"

    @property
    def sort(self) -> str:
        """What sort of thing it is."""
        return str(self.thing._meta.verbose_name)


class NotTogether(Exception):
    """Nothing was done, since one of them may not: the refusals, by part."""

    def __init__(self, refusals: Mapping[str, PublishRefused]) -> None:
        self.refusals = dict(refusals)
        super().__init__(self.refusals)

    def reasons(self) -> dict[str, list[str]]:
        """By part, what is to be mended in it."""
        return {key: refused.reasons() for key, refused in self.refusals.items()}


def is_new(condition: Condition) -> bool:
    """Whether no page about it was ever live, so that all that belongs to it may still come together. One query.

    A page that was taken off the site is still the page about it, and goes its own road back.
    """
    return Condition.objects.filter(pk=condition.pk, hub=None).exists()


def parts_of(condition: Condition, person: User) -> list[Part]:
    """What was never live and belongs to it, in the order in which it goes live: notes, its page, exercises, routines.

    What a person has begun or written in, whoever saved it last; for whoever reviews, what colleagues have submitted
    besides. As many queries for many, but for those that belong to it.
    """
    found = [each for each in _drafts(person) if condition.pk in conditions_in(each)]
    states = states_of(found)
    current = {key: state.current_task_state_id for key, state in states.items()}
    steps = ClinicalReviewStep.objects.filter(pk__in=current.values(), status=TaskState.STATUS_IN_PROGRESS).in_bulk()
    return [
        Part(draft.latest_revision.as_object(), step)
        for draft in sorted(found, key=_order)
        if (step := steps.get(current.get(key_of(draft)))) or draft.is_ones_own
    ]


def conditions_in(draft: Any, version: Any = None) -> set[int]:
    """The conditions a draft names in a version, or as it was last saved: as its subject, a use, or a note's place."""
    content = (version or draft.latest_revision).content
    if isinstance(draft, SafetyNote):
        return {target.get("condition") for target in content.get("targets", ())} - {None}
    columns = {content.get(field.name) for field in draft._meta.fields if field.related_model is Condition}
    uses = {
        row.get("tag")
        for relation in get_all_child_relations(type(draft))
        if issubclass(relation.related_model, ConditionUse)
        for row in content.get(relation.get_accessor_name(), ())
    }
    return (columns | uses) - {None}


def new_complaints_of(draft: Any) -> Iterable[Condition]:
    """The complaints that never had a page which something that was never live belongs to. One query."""
    return Condition.objects.filter(pk__in=conditions_in(draft), hub=None)


@write_lock()
def submit_together(parts: Iterable[Part], *, by: User) -> None:
    """Submit what does not wait for review yet. Raises ``NotTogether``, and submits none, where one lacks a thing."""
    parts = list(parts)
    if refusals := _refusals(parts):
        raise NotTogether(refusals)
    for part in parts:
        if part.step:
            continue
        row = type(part.thing)._base_manager.get(pk=part.thing.pk)
        try:
            refuse_what_is_locked(row, by)
        except PublishRefused as error:
            raise NotTogether({part.key: error}) from error
        state, workflow = row.current_workflow_state, row.get_workflow()
        if workflow is None:
            raise NotTogether({part.key: refused(row, _("Nobody is asked to review this here."))})
        if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(by)
        else:
            workflow.start(row, by)


@write_lock()
def approve_together(parts: Iterable[Part], *, by: User, said: Mapping[str, Mapping[str, Any]]) -> None:
    """Approve all that wait, one after the other, as each is approved on its own; ``said`` is by part what that takes.

    Raises ``NotTogether``, and approves nothing, where one is refused.
    """
    refusals: dict[str, PublishRefused] = {}
    with transaction.atomic():
        for part in parts:
            try:
                with transaction.atomic():
                    if part.step is None:
                        raise refused(part.thing, _("It has not been submitted."))
                    if not may_decide(part, by):
                        raise refused(part.thing, _("Only somebody who reviews here can approve it."))
                    refuse_what_is_locked(part.thing, by)
                    part.step.task.specific.on_action(part.step, by, "approve", **said.get(part.key, {}))
            except PublishRefused as error:
                refusals[part.key] = error
        transaction.set_rollback(bool(refusals))
    if refusals:
        raise NotTogether(refusals)


def may_decide(part: Part, person: User) -> bool:
    """Whether this person is asked to review it, where it stands now."""
    return part.step is not None and part.step.task.specific.is_for(part.thing, person)


def _refusals(parts: Iterable[Part]) -> dict[str, PublishRefused]:
    """By part, what its author must still write, were all the notes among them in force. What is tried is undone."""
    refusals = {}
    with transaction.atomic():
        for part in parts:
            if refusal := part.thing.completeness_errors():
                refusals[part.key] = PublishRefused(str(part.thing), refusal, part.thing.content_key)
            elif isinstance(part.thing, SafetyNote):
                release(part.thing)
                part.thing.get_latest_revision().publish(skip_permission_checks=True)
        transaction.set_rollback(True)
    return refusals


def _drafts(person: User) -> Iterator[Any]:
    """What was never live: one's own, and for whoever reviews, everybody's. A query for each sort."""
    reviews = person.has_perm(MAY_REVIEW)
    models: list[Any] = [SafetyNote, *clinical_page_models()]
    for model in models:
        own = ExpressionWrapper(_own(model, person), output_field=BooleanField())
        drafts = model._base_manager.filter(live=False, first_published_at=None).exclude(latest_revision=None)
        drafts = drafts.annotate(is_ones_own=own)
        drafts = drafts if reviews else drafts.filter(is_ones_own=True)
        yield from drafts.select_related("latest_revision")


def _own(model: Any, person: User) -> Q:
    """Begun by this person, or written in: whoever saves last takes it from nobody."""
    written = Q(saved_by(person, model))
    return written | Q(owner=person) if issubclass(model, Page) else written


def _order(draft: Any) -> tuple[int, int]:
    """Notes before the page about it, then exercises before the routines made of them."""
    if isinstance(draft, SafetyNote):
        return (0, draft.pk)
    is_about_it = any(field.related_model is Condition for field in draft._meta.fields)
    return (1 if is_about_it else _AFTER - draft.search_rank, draft.pk)
