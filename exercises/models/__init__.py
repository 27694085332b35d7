"""The records of the exercise library."""

from exercises.models.dosages import DosageFieldsMixin
from exercises.models.exercises import ExerciseCondition, ExercisePage, ExerciseSource, Variation
from exercises.models.indexes import ExerciseIndexPage
from exercises.models.ingredients import Ingredient

__all__ = [
    "DosageFieldsMixin",
    "ExerciseCondition",
    "ExerciseIndexPage",
    "ExercisePage",
    "ExerciseSource",
    "Ingredient",
    "Variation",
]
