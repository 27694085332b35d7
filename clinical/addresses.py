"""Addresses every floor may link to. They are a contract, so they are built and never looked up."""

from __future__ import annotations

from urllib.parse import quote, urljoin

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


def hub_address(slug: str) -> str:
    """The page of one condition."""
    return reverse("condition", kwargs={"slug": slug})


def address_of_file(name: str) -> str:
    """Where the site serves a file by its name in the storage, wherever that storage is.

    Made of the name alone: a page that is kept must not hold an address that ends before it.
    """
    return f"{settings.MEDIA_URL}{quote(name)}"


def whole_address(request: HttpRequest, address: str) -> str:
    """An address to be handed on, printed or written down: at the host the site calls its own, whichever was asked.

    Without such a host (``CANONICAL_HOST``) at the one that was asked.
    """
    if settings.CANONICAL_HOST:
        return urljoin(settings.WAGTAILADMIN_BASE_URL + request.path, address)
    return request.build_absolute_uri(address)
