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
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from stretchsite.webhooks.signing import key_of

__all__ = [
    "METRICS_TOKEN",
    "TOTALS_WRITTEN_AFTER_SECONDS",
    "WEBHOOKS_MAY_BE_PRIVATE",
    "WEBHOOK_ADDRESSES",
    "WEBHOOK_SECRETS",
]


def _several(said: str) -> list[str]:
    return [part.strip() for part in said.split(",") if part.strip()]


METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "").strip()
if METRICS_TOKEN and (len(METRICS_TOKEN) < 20 or not METRICS_TOKEN.isascii()):
    raise ImproperlyConfigured("METRICS_TOKEN is too short: use at least 20 random letters and figures.")

#: How long openings of public pages are counted in memory before they are written; 0: until somebody asks.
TOTALS_WRITTEN_AFTER_SECONDS = 60

WEBHOOKS_MAY_BE_PRIVATE = os.environ.get("WEBHOOKS_MAY_BE_PRIVATE", "").strip().lower() in {"1", "true", "yes", "on"}
WEBHOOK_ADDRESSES = _several(os.environ.get("WEBHOOK_ADDRESSES", ""))
WEBHOOK_SECRETS = _several(os.environ.get("WEBHOOK_SECRETS", ""))
_schemes = {"https", "http"} if WEBHOOKS_MAY_BE_PRIVATE else {"https"}
for _address in WEBHOOK_ADDRESSES:
    _parts = urlsplit(_address)
    if _parts.scheme not in _schemes or not _parts.hostname or "@" in _parts.netloc or _parts.fragment:
        raise ImproperlyConfigured("WEBHOOK_ADDRESSES: each is an address such as https://hooks.example/stretchsite.")
for _secret in WEBHOOK_SECRETS:
    try:
        key_of(_secret)
    except ValueError as _wrong:
        raise ImproperlyConfigured(f"WEBHOOK_SECRETS: {_wrong}, such as deployment.md makes one.") from None
if WEBHOOK_ADDRESSES and not WEBHOOK_SECRETS:
    raise ImproperlyConfigured("WEBHOOK_SECRETS is missing: nobody believes a message that is not signed.")
