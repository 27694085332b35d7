"""What lives on the reader's own device: the service worker, the manifest, the offline page and the diary.

None of these pages knows anything of its reader. What is kept and what is written down stays on the device
(``static/stretchsite/js/kept.js``, ``diary.js``); the server only hands out the parts.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from clinical.outputs.app_manifest import CONTENT_TYPE as MANIFEST
from clinical.outputs.app_manifest import app_manifest
from clinical.web.admission import without_database
from exercises.outputs.registry import OUTPUTS as OF_EXERCISES
from routines.outputs.registry import OUTPUTS as OF_ROUTINES
from stretchsite.middleware import STRAY

#: Folders of static files that a kept page is made of, and the kinds of files in them.
PART_FOLDERS = {"stretchsite/css": ".css", "stretchsite/js": ".js", "stretchsite/js/player": ".js"}
#: Single files that every page shows.
SINGLE_PARTS = (
    "stretchsite/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "stretchsite/icons.svg",
    "stretchsite/signs.svg",
    "stretchsite/favicon.svg",
)
#: Scripts that no page loads: the worker itself.
WORKER = "stretchsite/js/service-worker.js"


@cache
def part_addresses() -> tuple[str, ...]:
    """The addresses of everything a kept page needs besides itself, with the names they are served under."""
    names = [
        f"{folder}/{name}"
        for folder, ending in PART_FOLDERS.items()
        for name in sorted(_files_in(folder))
        if name.endswith(ending) and f"{folder}/{name}" != WORKER
    ]
    return tuple(static(name) for name in (*names, *SINGLE_PARTS))


def _files_in(folder: str) -> list[str]:
    found = finders.find(folder)
    return [path.name for path in Path(found).iterdir() if path.is_file()] if found else []


@without_database
@csrf_exempt
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """``/sw.js``: the parts to keep, and the worker itself. At the root, so that it may serve every page.

    ``folder`` is where our parts stand in any release, ``pages`` are those that show what is on the device, ``outputs``
    what may stand under the address of a copy and tell that it is gone, ``stray`` the end of an address to be left out.
    """
    files, worker = part_addresses(), static(WORKER)
    facts = {
        "version": hashlib.sha256("\n".join((*files, worker, _release())).encode()).hexdigest()[:16],
        "files": files,
        "folder": static("stretchsite/"),
        "pages": [reverse("offline"), reverse("diary")],
        "outputs": sorted({each.path for each in OF_EXERCISES} | {each.path for each in OF_ROUTINES}),
        "stray": STRAY,
    }
    content = f"self.stretchsite = {json.dumps(facts)};\nimportScripts({json.dumps(worker)});\n"
    response = HttpResponse(content, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _release() -> str:
    """Changes with the words of the worker's own pages and scripts, also where file names are not hashed."""
    digest = hashlib.sha256()
    for folder in PART_FOLDERS:
        for name in sorted(_files_in(folder)):
            digest.update(Path(str(finders.find(f"{folder}/{name}"))).read_bytes())
    return digest.hexdigest()


@without_database
@csrf_exempt
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """``/manifest.webmanifest``: how the site stands on a home screen."""
    facts = app_manifest(
        name=settings.WAGTAIL_SITE_NAME,
        short_name=settings.WAGTAIL_SITE_NAME,
        description=_("Gentle exercises, clearly shown, with their safety notes first."),
        start="/",
    )
    return JsonResponse(facts, content_type=MANIFEST)


@csrf_exempt
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """``/offline/``: what is kept on this device; the page itself is kept with the parts."""
    return render(request, "stretchsite/offline.html")


@csrf_exempt
@require_safe
def diary(request: HttpRequest) -> HttpResponse:
    """``/diary/``: the page that shows the diary of the device it is opened on."""
    return render(request, "stretchsite/diary.html", {"breadcrumb": [(_("My diary"), "")]})
