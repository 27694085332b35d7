"""What is counted of the requests."""

from __future__ import annotations

__all__ = ["TOTALS_WRITTEN_AFTER_SECONDS"]

#: How long openings of public pages are counted in memory before they are written; 0: until somebody asks.
TOTALS_WRITTEN_AFTER_SECONDS = 60
