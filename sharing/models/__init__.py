"""The records of what is handed to one patient."""

from sharing.models.items import ShareLinkItem
from sharing.models.links import ShareLink, issue
from sharing.models.lookup import opened_by
from sharing.models.openings import DailyOpenings
from sharing.models.programme_items import ProgrammeItem
from sharing.models.programmes import Programme, ProgrammeCondition
from sharing.models.purging import ShareTotal
from sharing.models.sharing_refusals import sharing_refusals

__all__ = [
    "DailyOpenings",
    "Programme",
    "ProgrammeCondition",
    "ProgrammeItem",
    "ShareLink",
    "ShareLinkItem",
    "ShareTotal",
    "issue",
    "opened_by",
    "sharing_refusals",
]
