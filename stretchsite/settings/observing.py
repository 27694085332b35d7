"""What is counted of the requests.

| setting | from the environment | default |
|---|---|---|
| ``METRICS_TOKEN`` | random, at least 20 characters; whoever asks ``/metrics`` has to know it | no metrics |
"""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

__all__ = ["METRICS_TOKEN", "TOTALS_WRITTEN_AFTER_SECONDS"]

METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "").strip()
if METRICS_TOKEN and (len(METRICS_TOKEN) < 20 or not METRICS_TOKEN.isascii()):
    raise ImproperlyConfigured("METRICS_TOKEN is too short: use at least 20 random letters and figures.")

#: How long openings of public pages are counted in memory before they are written; 0: until somebody asks.
TOTALS_WRITTEN_AFTER_SECONDS = 60
