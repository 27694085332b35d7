"""The records of the exercise library."""

from exercises.models.dosages import DosageFieldsMixin
from exercises.models.exercises import ExerciseCondition, ExercisePage, ExerciseSource
from exercises.models.indexes import ExerciseIndexPage
from exercises.models.ingredients import Ingredient
from exercises.models.variations import Variation
from exercises.models.videos import Video

__all__ = [
    "DosageFieldsMixin",
    "ExerciseCondition",
    "ExerciseIndexPage",
    "ExercisePage",
    "ExerciseSource",
    "Ingredient",
    "Variation",
    "Video",
]
