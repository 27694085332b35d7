"""The pose editor's views in the admin. They draw, mirror and move what they are sent, and store nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, cast, get_args

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from wagtail.permissions import page_permission_policy

from clinical.serving.before_locking import without_write_lock
from exercises import drawings
from exercises.models import ExerciseIndexPage, ExercisePage
from figures.editor.preview import (
    MOST_CHARACTERS,
    NotAFigure,
    complete,
    fault_list,
    preview,
    read_text,
    stick,
    thumbnail,
    thumbnail_name,
)
from figures.engine import library, mirror
from figures.engine.faults import Fault
from figures.engine.handles import HANDLES, moved
from figures.engine.pose import Illustration
from figures.engine.ways import LIMBS, Way, placed

#: Bytes of a request: a figure with every letter escaped, and a little round it.
MOST_BYTES = 6 * MOST_CHARACTERS + 1000
A_YEAR = 365 * 24 * 3600

Answer = dict[str, Any]
Question = dict[str, Any]


class Refused(ValueError):
    """A request that no editor makes; the message says what is wrong with it."""


def may_edit_exercises(user: Any) -> bool:
    """Whether somebody may write any exercise at all: add one below a catalogue, or change one."""
    writable = page_permission_policy.instances_user_has_any_permission_for(user, {"add", "change"})
    return bool(writable.type(ExerciseIndexPage, ExercisePage).exists())


def for_editors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for people who may write exercises."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_edit_exercises(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


def answering(view: Callable[[Question, Illustration, list[Fault]], Answer]) -> Callable[[HttpRequest], HttpResponse]:
    """A view that takes a figure as JSON and answers with JSON.

    413: too long. 400: nothing an editor sends. 422: no figure, with its faults.
    """

    @without_write_lock
    @for_editors
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return JsonResponse({"refused": f"At most {MOST_BYTES} bytes."}, status=413)
        try:
            question = _question(request.body)
            illustration, faults = read_text(question["text"])
            return JsonResponse(view(question, illustration, faults))
        except NotAFigure as error:
            return JsonResponse({"faults": fault_list(error.faults)}, status=422)
        except Refused as error:
            return JsonResponse({"refused": str(error)}, status=400)

    return checked


def _question(body: bytes) -> Question:
    """What was asked; raises ``Refused``."""
    try:
        question = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("Send JSON.") from error
    if not isinstance(question, dict) or not isinstance(question.get("text"), str):
        raise Refused("Send the figure as a text named text.")
    return question


def draw_before_locking(request: HttpRequest) -> None:
    """Draw and keep the figure of a form that will ask the gate, which then finds everything drawn."""
    text = request.POST.get("figure", "")
    if not text or len(text) > MOST_CHARACTERS or not {"action-publish", "action-submit"} & request.POST.keys():
        return
    with suppress(ValueError, RecursionError):  # no figure: the form says so at its field
        drawings.faults(json.loads(text), request.POST.get("laterality", ""))


@answering
def figure_preview(question: Question, illustration: Illustration, faults: list[Fault]) -> Answer:
    """The drawings, handles and faults of a figure."""
    return preview(illustration, faults)


@answering
def figure_mirrored(question: Question, illustration: Illustration, faults: list[Fault]) -> Answer:
    """The figure of the other side."""
    return {"figure": complete(mirror.mirrored(illustration))}


@answering
def figure_placed(question: Question, illustration: Illustration, faults: list[Fault]) -> Answer:
    """The figure with one limb placed in another way, where it was."""
    limb, way = question.get("limb"), cast("Way", question.get("way"))
    if limb not in LIMBS or way not in get_args(Way) or (way == "kneel" and limb not in ("legR", "legL")):
        raise Refused("Name a limb and a way it can be placed.")
    return {"figure": complete(placed(illustration, limb, way))}


@answering
def figure_moved(question: Question, illustration: Illustration, faults: list[Fault]) -> Answer:
    """The figure after a handle was dragged, and its sticks: no drawing, so that it keeps up with the hand."""
    key, handle, at = question.get("pose"), question.get("handle"), question.get("at", [])
    if handle not in HANDLES or key not in [pose.key for pose in illustration.figures] or not _is_place(at):
        raise Refused("Name a pose and a handle, and the place it was moved to.")
    changed = moved(illustration, key, handle, (at[0], at[1]))
    return {"figure": complete(changed), **stick(changed, key)}


def _is_place(at: Any) -> bool:
    """Whether something is a place in a picture."""
    return (
        isinstance(at, list)
        and len(at) == 2
        and all(isinstance(n, int | float) and not isinstance(n, bool) and abs(n) <= 1000 for n in at)
    )


@for_editors
@require_safe
def library_pose(request: HttpRequest, name: str) -> HttpResponse:
    """The data of a pose of the library."""
    if name not in library.names():
        raise Http404
    return JsonResponse({"figure": complete(library.illustration(name))})


@for_editors
@require_safe
@cache_control(private=True, max_age=A_YEAR, immutable=True)
def library_picture(request: HttpRequest, name: str, fingerprint: str) -> HttpResponse:
    """The small picture of a pose of the library; its address changes with what it shows."""
    if name not in library.names() or fingerprint != thumbnail_name(name):
        raise Http404
    return HttpResponse(thumbnail(name), content_type="image/svg+xml")
