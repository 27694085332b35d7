"""What must be set before share links can be made or opened."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register
def share_links_have_a_key(**kwargs: Any) -> list[checks.CheckMessage]:
    """The digests of share links are keyed; without a key nobody could be let in."""
    if settings.SHARE_LINK_KEYS and all([*settings.SHARE_LINK_KEYS, *settings.SHARE_CODE_KEYS]):
        return []
    hint = "Set SHARE_LINK_KEYS to a list with one long random key of its own; SHARE_CODE_KEYS may be an empty list."
    return [checks.Error("Share links have no key.", hint=hint, id="sharing.E001")]
