"""What waits for one person's review, as the desk lists it: the parts of a new complaint together, all else singly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from clinical.notes.conditions import Condition
from clinical.people.accounts import User
from clinical.review.new_complaints import conditions_in
from clinical.review.own_work import address_of, name_of, sort_of, title_of

#: So many of those that have waited longest are looked through for what belongs together.
MOST_LOOKED_THROUGH = 30


@dataclass(frozen=True)
class Waiting:
    """Something a colleague has submitted, which waits for a decision: what, where, from whom and since when.

    A new complaint has ``parts``, which are approved together.
    """

    title: str
    sort: str
    address: str
    submitted_by: str
    since: datetime
    parts: tuple[Waiting, ...] = ()


def waiting_for(person: User) -> tuple[list[Waiting], bool]:
    """What this person may approve, the oldest first, and whether more waits than was looked through.

    As many queries for many.
    """
    steps = TaskState.objects.reviewable_by(person).select_related("workflow_state__requested_by", "revision")
    oldest = steps.prefetch_related("revision__content_object").order_by("started_at", "pk")
    seen = list(oldest[: MOST_LOOKED_THROUGH + 1])
    read = [step for step in seen[:MOST_LOOKED_THROUGH] if step.revision.content_object]
    complaints = _complaints_of(read)
    rows: dict[Any, list[Waiting]] = defaultdict(list)
    for step in read:
        rows[complaints.get(step.pk, step)].append(_waiting(step))
    found = [parts[0] if len(parts) == 1 else _bundle(whole, parts) for whole, parts in rows.items()]
    return found, len(seen) > MOST_LOOKED_THROUGH


def _waiting(step: Any) -> Waiting:
    thing, by = step.revision.content_object, name_of(step.workflow_state.requested_by)
    return Waiting(title_of(thing), sort_of(thing), address_of(thing), by, step.started_at)


def _bundle(complaint: Condition, parts: list[Waiting]) -> Waiting:
    """The complaint as a whole, from whoever submitted its first part."""
    address = reverse("clinical_new_complaint", args=[complaint.pk])
    return Waiting(str(complaint), _("new complaint"), address, parts[0].submitted_by, parts[0].since, tuple(parts))


def _complaints_of(steps: Iterable[Any]) -> dict[int, Condition]:
    """By step, the new complaint that what it is about belongs to; the first, where there are several. One query."""
    named = {
        step.pk: conditions_in(thing, step.revision)
        for step in steps
        if not (thing := step.revision.content_object).live and thing.first_published_at is None
    }
    new = Condition.objects.filter(hub=None).in_bulk(set().union(*named.values()))
    return {pk: new[min(own)] for pk, conditions in named.items() if (own := conditions & new.keys())}
