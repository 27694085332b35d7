"""The files of videos: to readers while they may see them, before that to those who may choose one.

No other address leads to them, in whatever storage they are: the web server in front has none of this folder.
"""

from __future__ import annotations

import logging
import re
from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from clinical.serving.file_parts import NotThere, part_asked, pieces
from clinical.serving.waiting import StorageAway
from exercises.models.videos import FOLDER, Video

logger = logging.getLogger(__name__)

_FILM = re.compile(r"[0-9a-f]{32}(?:_[A-Za-z0-9]+)?\.(?:mp4|webm)")
_CAPTIONS = re.compile(r"(?P<key>[0-9a-f]{32})\.vtt")


@require_safe
def shown_video(request: HttpRequest, name: str) -> HttpResponseBase:
    """A video or its captions, whole or the part that is asked for. 404 for whoever may not see it, or not any more."""
    videos = Video.objects.select_related("written_consent")
    if named := _CAPTIONS.fullmatch(name):
        video = videos.filter(key=named["key"]).first()
    else:
        video = videos.filter(file=f"{FOLDER}/{name}").first() if _FILM.fullmatch(name) else None
    if video is None or not (video.is_for_readers or _may_choose(request, video)):
        raise Http404
    answer = _words(video) if named else _film(request, video)
    answer["Cache-Control"] = "no-cache" if video.is_for_readers else "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _may_choose(request: HttpRequest, video: Video) -> bool:
    policy: Any = policy_registry.get_by_type(Video)
    return request.user.has_perm("wagtailadmin.access_admin") and bool(
        policy.user_has_any_permission_for_instance(request.user, ["add", "change", "view"], video)
    )


def _words(video: Video) -> HttpResponse:
    return HttpResponse(video.captions, content_type="text/vtt; charset=utf-8")


def _film(request: HttpRequest, video: Video) -> HttpResponseBase:
    """Whole, or from one byte to another: players skip, and some play nothing that cannot be asked for in parts."""
    tag, part = f'"{video.key.hex}-{video.size}"', None
    if request.headers.get("If-Range", tag) == tag:
        try:
            part = part_asked(request.headers.get("Range", ""), video.size)
        except NotThere:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{video.size}"})
    first, last = part or (0, video.size - 1)
    answer = StreamingHttpResponse(_sent(video, first, last), content_type=video.kind, status=206 if part else 200)
    answer["Content-Length"] = str(last - first + 1)
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = tag
    answer["Content-Encoding"] = "identity"  # what is squeezed once more has no parts
    if part:
        answer["Content-Range"] = f"bytes {first}-{last}/{video.size}"
    return answer


def _sent(video: Video, first: int, last: int) -> Any:
    """Its bytes, the first of them read at once: of what is lost or cut off nothing is promised."""
    storage, name = video.file.storage, video.file.name
    try:
        if storage.size(name) != video.size:
            raise EOFError
        sent = pieces(storage, name, first, last)
        return chain([next(sent)], sent)
    except StorageAway:
        raise
    except (OSError, EOFError) as lost:
        logger.warning("The file of video %s is lost or cut off.", video.pk)
        raise Http404 from lost
