"""How long one session of a routine may take at most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from exercises.pacing import GET_READY_SECONDS
from exercises.session_length import MOST_MINUTES
from routines.item_weeks import seconds_in


def too_long(rows: Iterable[Any]) -> list[str]:
    """Why these rows, in the week that takes longest, are no session anybody does; nothing where they are one."""
    took = ((row.item_weeks, row.dosage().seconds_most(row.chosen_side) + GET_READY_SECONDS) for row in rows)
    minutes = seconds_in(took) // 60
    if minutes <= MOST_MINUTES:
        return []
    words = _("One session would take %(minutes)d minutes. Take exercises out or write less of them, at most %(most)d.")
    return [words % {"minutes": minutes, "most": MOST_MINUTES}]
