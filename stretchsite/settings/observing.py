"""What is counted of the requests, and which programs elsewhere are told of withdrawals and changed warnings.

| setting | from the environment | default |
|---|---|---|
| ``METRICS_TOKEN`` | random, at least 20 characters; whoever asks ``/metrics`` has to know it | no metrics |
| ``WEBHOOK_ADDRESSES`` | ``https://…``, separated by commas | nobody is told |
| ``WEBHOOK_SECRETS`` | ``whsec_…``, separated by commas; each signs every message | none |
| ``WEBHOOKS_MAY_BE_PRIVATE`` | ``1``: an address may lie in a private network, and begin with ``http://`` | off |
"""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from stretchsite.settings.environment import given, is_on, listed, metrics_faults, webhook_faults

__all__ = [
    "METRICS_TOKEN",
    "TOTALS_WRITTEN_AFTER_SECONDS",
    "WEBHOOKS_MAY_BE_PRIVATE",
    "WEBHOOK_ADDRESSES",
    "WEBHOOK_SECRETS",
]


if _faults := [*metrics_faults(os.environ), *webhook_faults(os.environ)]:
    raise ImproperlyConfigured("\n".join(_faults))

METRICS_TOKEN = given(os.environ, "METRICS_TOKEN")

#: How long openings of public pages are counted in memory before they are written; 0: until somebody asks.
TOTALS_WRITTEN_AFTER_SECONDS = 60

WEBHOOKS_MAY_BE_PRIVATE = is_on(os.environ, "WEBHOOKS_MAY_BE_PRIVATE")
WEBHOOK_ADDRESSES = listed(os.environ, "WEBHOOK_ADDRESSES")
WEBHOOK_SECRETS = listed(os.environ, "WEBHOOK_SECRETS")
