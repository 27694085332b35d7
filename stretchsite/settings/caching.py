"""What each process remembers: whole pages (``stretchsite.page_cache``), and a little of their frame.

| setting | from the environment | default |
|---|---|---|
| ``PAGE_CACHE`` | ``0``: every page is made anew for every request | on |
"""

from __future__ import annotations

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured

__all__ = ["CACHES", "PAGE_CACHE"]

_said = os.environ.get("PAGE_CACHE", "").strip()
if _said not in {"", "0", "1"}:  # "off" must not leave it on
    raise ImproperlyConfigured(f"PAGE_CACHE is “{_said}”: write 0 to switch it off, 1 for on.")

#: Whether each process answers again from memory what nothing has changed.
PAGE_CACHE = _said != "0"
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "default",
        "KEY_FUNCTION": "stretchsite.page_cache.frame_keys.key_of",
    },
    # What each process remembers for a minute about the site's frame. Never anything a reader acts on.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process", "TIMEOUT": 60},
}
