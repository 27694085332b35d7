"""Which share links the withdrawal of an exercise or a routine reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinical.withdrawal.impact import Affected, Touched
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models.items import ShareLinkItem
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


def touched_as_giver(person: Any, keys: Collection[UUID]) -> Iterable[Touched]:
    """How many of the person's links, not ended, have each of these exercises or are of each of these routines.

    A withdrawn routine is unpublished, so its links open no more: they are the ones to be told of.
    """
    given = ShareLinkItem.objects.filter(exercise__content_key__in=keys, is_left_out=False)
    own = ShareLink.objects.not_ended().filter(created_by=person)
    of_exercises = given.filter(link__in=own).values_list("exercise__content_key", "link_id")
    of_routines = own.filter(routine__content_key__in=keys).values_list("routine__content_key", "pk")
    links: dict[UUID, set[int]] = {}
    for key, pk in (*of_exercises, *of_routines):
        links.setdefault(key, set()).add(pk)
    for key, found in links.items():
        words = ngettext("%d patient has it from you.", "%d patients have it from you.", len(found)) % len(found)
        yield Touched(key, words, reverse("sharing_links"))


def reach_among_links(thing: Any) -> Iterable[Affected]:
    """Share links that would show a stop notice, or open no more."""
    if isinstance(thing, (ExercisePage, RoutinePage)):
        count = ShareLink.objects.live().holding(thing.content_key).count()
        yield Affected(_("share links that patients can open now"), count)
