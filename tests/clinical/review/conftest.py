"""A review, and a draft that waits in it."""

from __future__ import annotations

import pytest
from wagtail.models import Workflow, WorkflowTask

from clinical.models import ClinicalReviewTask
from exercises.models import ExerciseIndexPage, ExercisePage
from testing import factories
from tests.built_once import built_once
from tests.clinical.review.deciding import superuser


@pytest.fixture
@built_once
def review(db: None) -> Workflow:
    """The clinical review; the groups do not matter to superusers, who meet the same rule."""
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=ClinicalReviewTask.objects.create(name="Review"))
    return workflow


@pytest.fixture
@built_once
def submitted(exercise_index: ExerciseIndexPage, review: Workflow) -> ExercisePage:
    """A draft its writer has submitted, with nothing on it that a review gives."""
    draft = factories.draft_exercise(title="Doorway stretch", slug="doorway-stretch", live=False)
    draft.author = superuser("writer")
    draft.reviewer = draft.reviewed_on = draft.review_due = None
    exercise_index.add_child(instance=draft)
    draft.purpose = "A stretch nobody has approved."
    draft.save_revision(user=superuser("writer"))
    review.start(draft, superuser("writer"))
    return ExercisePage.objects.get(pk=draft.pk)
