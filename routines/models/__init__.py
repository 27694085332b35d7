"""The records of what a patient is given."""

from routines.models.indexes import RoutineIndexPage
from routines.models.opened_links import opened_by
from routines.models.openings import DailyOpenings
from routines.models.purging import ShareTotal
from routines.models.routines import (
    RoutineCondition,
    RoutineItem,
    RoutinePage,
    RoutineSource,
    prescriptions_that_no_longer_fit,
)
from routines.models.share_items import ShareLinkItem
from routines.models.sharing import ShareLink, issue, sharing_refusals

__all__ = [
    "DailyOpenings",
    "RoutineCondition",
    "RoutineIndexPage",
    "RoutineItem",
    "RoutinePage",
    "RoutineSource",
    "ShareLink",
    "ShareLinkItem",
    "ShareTotal",
    "issue",
    "opened_by",
    "prescriptions_that_no_longer_fit",
    "sharing_refusals",
]
