"""The original of a picture, for those who may choose or change it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from clinical.pictures.pictures import Picture
from clinical.serving.waiting import StorageAway


@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was made of the upload, in full size. It stands under no public address."""
    picture = get_object_or_404(Picture, pk=pk)
    policy = policy_registry.get_by_type(Picture)
    if not any(policy.user_has_permission_for_instance(request.user, may, picture) for may in ("change", "choose")):
        raise PermissionDenied
    try:
        file = picture.file.storage.open(picture.file.name)
    except StorageAway:
        raise
    except OSError as lost:
        raise Http404 from lost
    answer = FileResponse(file, filename=picture.filename)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'"
    return answer
