"""Where this site's own pack is fetched from: ``/packs/ID/pack.zip``, and its public key beside it."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from library.models import PublishedPack
from library.packs.pack_keys import public_key_of


@require_safe
def pack_file(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The newest version. Nothing is made here, however often it is asked for."""
    _refuse_others(identifier)
    newest = PublishedPack.objects.first()
    if newest is None:
        raise Http404
    try:
        file = default_storage.open(newest.file)
    except OSError as error:
        raise Http404 from error
    answer = FileResponse(file, filename=f"{identifier}-{newest.version}.zip", content_type="application/zip")
    answer["ETag"] = f'"{newest.version}"'
    patch_cache_control(answer, no_cache=True)
    return answer


@require_safe
def pack_key(request: HttpRequest, identifier: str) -> HttpResponse:
    """The public key, as text. Whoever follows the pack compares it with what they were told another way."""
    _refuse_others(identifier)
    return HttpResponse(public_key_of(settings.PACK_SIGNING_KEY) + "\n", content_type="text/plain; charset=utf-8")


def _refuse_others(identifier: str) -> None:
    if not (settings.PACK_SIGNING_KEY and identifier == settings.PACK_ID):
        raise Http404
