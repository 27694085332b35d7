"""The records of what is handed to one patient."""

from sharing.models.items import ShareLinkItem
from sharing.models.links import ShareLink, issue, sharing_refusals
from sharing.models.lookup import opened_by
from sharing.models.openings import DailyOpenings
from sharing.models.purging import ShareTotal

__all__ = [
    "DailyOpenings",
    "ShareLink",
    "ShareLinkItem",
    "ShareTotal",
    "issue",
    "opened_by",
    "sharing_refusals",
]
