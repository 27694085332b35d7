"""What an admin's request does without holding up other writers: looking, and what takes long before writing.

A lower floor knows nothing of the upper ones; what they must do before a request takes the lock, they say here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

logger = logging.getLogger(__name__)

#: Makes and keeps what the request will need, so that it is there when the lock is free.
Preparation = Callable[[HttpRequest], None]
View = TypeVar("View", bound=Callable[..., Any])

_preparations: list[Preparation] = []


def without_write_lock(view: View) -> View:
    """Mark a view that writes nothing for the requests it is sent, or takes the lock itself when it does."""
    view.is_without_write_lock = True  # type: ignore[attr-defined]  # functions may carry attributes
    return view


def is_without_write_lock(view: Callable[..., Any]) -> bool:
    """Whether a view is marked so; the platform's decorators hand the mark on."""
    return getattr(view, "is_without_write_lock", False)


def register_preparation(preparation: Preparation) -> None:
    """Call this before a request takes the lock. Called from ``AppConfig.ready()``."""
    if preparation not in _preparations:
        _preparations.append(preparation)


def prepare(request: HttpRequest) -> None:
    """Do what can be done before. What fails here is done again where it is needed, and is answered there."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        return
    for preparation in _preparations:
        try:
            preparation(request)
        except Exception:  # a preparation decides nothing
            logger.exception("A preparation failed.")
