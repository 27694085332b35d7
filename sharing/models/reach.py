"""Which share links the withdrawal of an exercise or a routine reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from clinical.withdrawal.impact import Affected
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models.links import ShareLink


def concerned_as_givers(thing: Any) -> Iterable[tuple[Any, str]]:
    """Whoever made a link that opens now and has it; one line names all of theirs, by labels that name nobody."""
    if isinstance(thing, (ExercisePage, RoutinePage)):
        links = ShareLink.objects.live().holding(thing.content_key).select_related("created_by")
        labels: dict[Any, list[str]] = {}
        for link in links.order_by("created_by", "number"):
            labels.setdefault(link.created_by, []).append(link.label)
        for person, named in labels.items():
            yield person, _("Patients have it from you: %s. Its page tells them to ask you.") % "; ".join(named)


def reach_among_links(thing: Any) -> Iterable[Affected]:
    """Share links that would show a stop notice, or open no more."""
    if isinstance(thing, (ExercisePage, RoutinePage)):
        count = ShareLink.objects.live().holding(thing.content_key).count()
        yield Affected(_("share links that patients can open now"), count)
