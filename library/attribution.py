"""What each library says of itself, for the pages that came from it: its title, publisher, licence and addresses."""

from __future__ import annotations

from library.models import Library

_ASKED = ("identifier", "title", "address", "publisher", "licence", "licence_address")


def libraries_said() -> dict[str, dict[str, str]]:
    """By the id of each what its pages are made from. One query."""
    return {
        name: {"source": title, "address": address, "author": publisher, "licence": licence, "licence_address": where}
        for name, title, address, publisher, licence, where in Library.objects.values_list(*_ASKED)
    }
