"""Which share links the withdrawal of an exercise or a routine reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from clinical.withdrawal.impact import Affected
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models.links import ShareLink


def reach_among_links(thing: Any) -> Iterable[Affected]:
    """Share links that would show a stop notice, or open no more."""
    if isinstance(thing, (ExercisePage, RoutinePage)):
        count = ShareLink.objects.live().holding(thing.content_key).count()
        yield Affected(_("share links that patients can open now"), count)
