"""How many people it takes before readers see something, and since when: ``REVIEW_POLICY``.

It is set in the environment by whoever runs the site, and nobody can change it while working here. That it changed is
put on record after ``migrate``, at the nightly audit, and before the first approval under it, whichever comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.conf import settings
from django.utils import timezone

from clinical.audit.audit_entries import AuditEntry, record
from clinical.words.choices import AuditAction, ReviewPolicy, ReviewState

#: What its entries in the audit are found by.
POLICY_KEY = uuid5(NAMESPACE_OID, "stretchsite:review-policy")
#: After the site asks for two people again, what one approved is given to patients for so many days more.
DAYS_GIVEN_ON = 90


def one_person_may_approve() -> bool:
    """Whether whoever wrote something may also approve it, and readers are told."""
    return bool(settings.REVIEW_POLICY == ReviewPolicy.ONE_PERSON)


def remember_policy() -> None:
    """Put on record that the policy is another than when it was last looked at. A new site asks for two people."""
    last = AuditEntry.objects.filter(content_key=POLICY_KEY).first()
    before = last.details["after"] if last else ReviewPolicy.TWO_PEOPLE.value
    after = str(settings.REVIEW_POLICY)
    if before != after:
        record(AuditAction.SETTINGS_CHANGED, "REVIEW_POLICY", key=POLICY_KEY, before=before, after=after)


def set_back_on() -> date | None:
    """The day two people were asked for again; nothing where that is not on record. One query."""
    last = AuditEntry.objects.filter(content_key=POLICY_KEY).first()
    is_back = last is not None and last.details["after"] == ReviewPolicy.TWO_PEOPLE
    return timezone.localdate(last.at) if last and is_back else None


def is_given_no_more(page: Any, back_on: Callable[[], date | None]) -> bool:
    """Whether no patient is given this page any more, since one person wrote and checked it and the site asks for two.

    ``back_on`` says the day two were asked for again; where nobody knows, the days are counted from its own review.
    """
    if page.review_state != ReviewState.SAME_PERSON or one_person_may_approve():
        return False
    since = back_on() or page.reviewed_on
    return since is None or (timezone.localdate() - since).days > DAYS_GIVEN_ON
