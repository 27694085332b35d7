"""What a copy goes back to: its content keys, oldest last.

A copy that somebody makes to write on has a content key of its own, so that it takes its own approval, and neither
supersedes nor withdraws what it was copied from. What hangs on the original for safety reaches it all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _


def keys_of(thing: Any) -> frozenset[str]:
    """Its own content key and those of what it was copied from."""
    return frozenset([str(thing.content_key), *getattr(thing, "origins", "").split()])


def goes_back_to(keys: Iterable[UUID | None]) -> Q:
    """For queries: pages with one of these keys, and copies of them."""
    wanted = Q(pk__in=[])
    for key in filter(None, keys):
        wanted |= Q(content_key=key) | Q(origins__contains=str(key))
    return wanted


def withdrawn_words(thing: Any, withdrawal: Any) -> str:
    """What to do about something that is withdrawn, or was copied from what is."""
    if withdrawal.content_key == thing.content_key:
        return _("It is withdrawn: %s Two people have to lift that first.") % withdrawal.reason
    words = _("It was copied from what is withdrawn: %s Write it anew, without what was wrong.")
    return words % withdrawal.reason
