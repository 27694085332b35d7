"""The names and days that stand under a clinical page: what they must be before it is live."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from clinical.publishing.refusals import Refusal
from clinical.words.choices import ReviewState


def signature_refusal(page: Any) -> Refusal:
    """What is wrong with them: a reviewed page names two people and two days, an example names nobody.

    What one person wrote and checked names that person twice; where others wrote it too, its author stays named.
    """
    return _example_refusal(page) if page.review_state == ReviewState.UNREVIEWED else _reviewed_refusal(page)


def _reviewed_refusal(page: Any) -> Refusal:
    refusal: Refusal = {}
    if not page.author_id:
        refusal["author"] = [_("Nobody is named who wrote it. Submit it for review: its writer is named then.")]
    if not page.reviewer_id:
        refusal["reviewer"] = [_("No colleague has checked it. Submit it for review.")]
    elif page.reviewer_id == page.author_id and page.review_state != ReviewState.SAME_PERSON:
        refusal["reviewer"] = [_("Nobody reviews what they wrote. Submit it for review by somebody else.")]
    if not page.reviewed_on:
        refusal["reviewed_on"] = [_("It has no day of review. Submit it for review: approving it gives one.")]
    if not page.review_due:
        refusal["review_due"] = [_("It has no day of the next review. Whoever approves it chooses one.")]
    elif page.reviewed_on and not 0 < (page.review_due - page.reviewed_on).days <= 3 * 366:
        refusal["review_due"] = [_("Choose a day after the review and within three years of it.")]
    return refusal


def _example_refusal(page: Any) -> Refusal:
    is_loaded = page.library_id or page.alias_of_id  # an alias is what it is an alias of
    if not (is_loaded and page.came_published):
        return {
            "review_state": [_("Have it reviewed: only an example from a published library may go live unreviewed.")]
        }
    if page.author_id or page.reviewer_id or page.reviewed_on or page.review_due:
        return {"review_state": [_("An example names no person and no day of review. Submit it for review.")]}
    return {}
