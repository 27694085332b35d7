"""Who may load a library, and so sees the screens on which one is loaded."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.generic import View
from wagtail.admin.auth import permission_denied

#: Whoever may load a library may have thousands of drafts written.
MAY_LOAD = "library.add_libraryupload"


class ForLoaders(View):
    """A screen for those who may load a library."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn everybody else away."""
        if not request.user.has_perm(MAY_LOAD):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)
