"""Addresses that are no longer there, as records: those that lead to an exported page, or elsewhere on the site."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from wagtail.contrib.redirects.models import Redirect

from clinical.words.slugs import slug_of
from library.exporting.record_names import Names
from library.exporting.saying import said
from library.loaded_redirects import keys_of_redirects

#: What the page a redirect leads to is called in its record, by folder.
_CALLED = {"exercises": "exercise", "routines": "routine", "conditions": "condition", "information": "information"}


def redirect_records(names: Names, library: str) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Each address of this library with its fields; none where it leads to what is not exported, or off this site."""
    own = keys_of_redirects(library)
    for row in Redirect.objects.filter(pk__in=own).order_by("old_path", "pk").iterator(chunk_size=200):
        to = _to(row, names)
        if not to:
            yield row.old_path, None
            continue
        part = {"part": row.redirect_page_route_path} if row.redirect_page_route_path else {}
        kept = {} if row.is_permanent else {"permanent": False}
        yield row.old_path, {"id": _identifier(row.old_path), "address": row.old_path, **to, **part, **kept}


def _to(row: Any, names: Names) -> dict[str, Any]:
    if row.redirect_page_id:
        found = {called: names.page_of(folder, row.redirect_page_id) for folder, called in _CALLED.items()}
        return said(found)
    on_site = row.redirect_link.startswith("/") and not row.redirect_link.startswith("//")
    return {"to": row.redirect_link} if on_site else {}


def _identifier(path: str) -> str:
    """A name that says the address, and is nobody else's."""
    plain = "-".join(part for part in slug_of(path.replace("/", " ")).replace("_", "-").split("-") if part)
    return f"{plain[:45].strip('-') or 'front'}-{hashlib.sha256(path.encode()).hexdigest()[:8]}".lower()
