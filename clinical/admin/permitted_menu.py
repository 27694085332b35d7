"""Entries of the admin's menus that only those see who may open what they lead to."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem


class PermittedMenuItem(MenuItem):
    """An entry for whoever has its ``permission``."""

    permission = ""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may."""
        return bool(request.user.has_perm(self.permission))
