"""The records of what a patient is given."""

from routines.models.indexes import RoutineIndexPage
from routines.models.objections import prescriptions_that_no_longer_fit
from routines.models.routines import (
    RoutineCondition,
    RoutineItem,
    RoutinePage,
    RoutineSource,
)

__all__ = [
    "RoutineCondition",
    "RoutineIndexPage",
    "RoutineItem",
    "RoutinePage",
    "RoutineSource",
    "prescriptions_that_no_longer_fit",
]
