"""Who is written to when something waits for a review: everybody who may approve it.

The platform writes to the reviewers of its own sort of step only, and finds its words by the name of the class.
"""

from __future__ import annotations

from typing import Any

from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.signals import task_submitted

from clinical.models.reviewing import ClinicalReviewStep


class ReviewWaitsNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """In the platform's own words for a step of a workflow."""

    def get_template_base_prefix(self, instance: Any, **kwargs: Any) -> str:
        """Where its templates are."""
        return "task_state_"


review_waits = ReviewWaitsNotifier()


def connect() -> None:
    """Called once, when the application is ready."""
    task_submitted.connect(review_waits, sender=ClinicalReviewStep, dispatch_uid="clinical.notifying")
