"""Evidence is claimed with a source, or called untested; what came from a library always names its sources."""

from __future__ import annotations

import pytest

from clinical.models import Condition
from clinical.words.choices import EvidenceLevel
from exercises.models import ExerciseCondition, ExercisePage


@pytest.mark.parametrize(("evidence", "needs_one"), [(each, each != EvidenceLevel.UNTESTED) for each in EvidenceLevel])
def test_only_what_is_called_untested_needs_no_source(
    exercise: ExercisePage, condition: Condition, evidence: EvidenceLevel, needs_one: bool
):
    exercise.sources = []
    exercise.condition_uses = [ExerciseCondition(tag=condition, evidence=evidence, statement="It may help.")]
    assert ("sources" in exercise.completeness_errors()) == needs_one


def test_page_of_a_library_needs_a_source_whatever_it_claims(exercise: ExercisePage):
    exercise.condition_uses, exercise.sources = [], []
    assert "sources" not in exercise.completeness_errors()
    exercise.library_id = "calf-stretch"
    assert exercise.completeness_errors()["sources"] == ["Name at least one source."]
