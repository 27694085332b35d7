"""The records of the exercise library."""

from exercises.models.dosages import DosageFields
from exercises.models.exercises import ExerciseCondition, ExercisePage, ExerciseSource, Variation
from exercises.models.indexes import ExerciseIndexPage

__all__ = [
    "DosageFields",
    "ExerciseCondition",
    "ExerciseIndexPage",
    "ExercisePage",
    "ExerciseSource",
    "Variation",
]
