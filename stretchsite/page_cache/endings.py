"""When something becomes due by itself: the one moment up to which anything kept may be answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Min, Q
from django.utils import timezone

#: The dates of a page or note between which it is shown.
DATES = ("go_live_at", "expire_at")


def soonest_end(since: datetime) -> datetime:
    """The first moment after this one at which a page may say something else though nobody has written anything.

    That is whatever goes live or expires, and the next local midnight at the latest: with the day a review becomes
    due, has been overdue for ninety days, or a date on the page is another.
    """
    return min((_next_midnight(since), *_dates_after(since)))


def _next_midnight(since: datetime) -> datetime:
    here = timezone.get_default_timezone()
    tomorrow = timezone.localtime(since, here).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=here).astimezone(UTC)


def _dates_after(since: datetime) -> Iterator[datetime]:
    for model in _dated_models():
        later = {name: Min(name, filter=Q(**{f"{name}__gt": since})) for name in DATES}
        found = model._base_manager.aggregate(**{f"soonest_{name}": asked for name, asked in later.items()})
        yield from (moment for moment in found.values() if moment is not None)


def _dated_models() -> list[Any]:
    """Every model whose own table says from when and until when something is shown."""
    return [model for model in apps.get_models() if DATES[0] in {field.name for field in model._meta.local_fields}]
