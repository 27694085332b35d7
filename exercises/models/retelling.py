"""Saying beside a photo or video what it says now, on every exercise that shows it, and until when it may be shown."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from clinical.models import Picture, WrittenConsent
from clinical.pictures.consents import is_over, take_sizes_down, things_shown_by
from exercises.models.drawing_anew import redraw_later
from exercises.models.exercises import ExercisePage
from exercises.models.filmed import retell
from exercises.models.videos import Video


def retell_where_shown(thing: Any) -> None:
    """A picture's words or a consent changed: readers of the exercises that show it see that at once."""
    if isinstance(thing, Picture | Video):
        for exercise in _showing([thing]):
            retell(exercise)
            if not is_over(thing.until) and _is_misnamed(thing):
                redraw_later.enqueue(about=_("Photos of “%s”") % exercise.title, page=exercise.pk)
        if is_over(thing.until):
            take_sizes_down(thing)
    if isinstance(thing, WrittenConsent):
        _hide_or_show(thing)


def _hide_or_show(consent: WrittenConsent) -> None:
    """Files made for readers go with a consent; where it holds again they are made again."""
    shown = things_shown_by(consent)
    for exercise in _showing(shown):
        retell(exercise)
        if not consent.is_over:
            redraw_later.enqueue(about=_("Photos of “%s”") % exercise.title, page=exercise.pk)
    if consent.is_over:
        consent.take_sizes_down()


def _is_misnamed(thing: Picture | Video) -> bool:
    """Whether browsers keep a size of a photo whose consent may end by now: the worker makes it anew."""
    return isinstance(thing, Picture) and not all(size.is_named_rightly for size in thing.renditions.all())


def _showing(things: list[Any]) -> list[ExercisePage]:
    """The exercises that name one of these, or a video whose still picture is one of them."""
    pictures = [thing.pk for thing in things if isinstance(thing, Picture)]
    named = [*things, *Video.objects.filter(poster__in=pictures)]
    found = {int(key) for thing in named for key in _keys_naming(thing) if key.isdecimal()}
    return list(ExercisePage.objects.filter(pk__in=found, live=True))


def _keys_naming(thing: Any) -> Any:
    return ReferenceIndex.get_references_to(thing).values_list("object_id", flat=True)
