"""The ids things were published under in a pack: they keep them, and nothing else is ever given one of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from library.models import PublishedName


def published_names(folder: str, *, but: Collection[str]) -> dict[UUID, str]:
    """The newest id of each thing of a folder by its key, without those that are some loaded record's own."""
    rows = PublishedName.objects.filter(folder=folder).exclude(identifier__in=but).order_by("pk")
    return dict(rows.values_list("content_key", "identifier"))


def remember_names(keys: Mapping[tuple[str, str], UUID]) -> None:
    """Keep under which ids things are published now, beside all there were. Nothing is written where all are known."""
    rows = PublishedName.objects.values_list("folder", "identifier", "content_key")
    known = {(folder, identifier): key for folder, identifier, key in rows}
    new = [PublishedName(folder=name[0], identifier=name[1], content_key=keys[name]) for name in keys]
    PublishedName.objects.bulk_create(
        [each for each in new if known.get((each.folder, each.identifier)) != each.content_key],
        update_conflicts=True,
        unique_fields=["folder", "identifier"],
        update_fields=["content_key"],
    )
