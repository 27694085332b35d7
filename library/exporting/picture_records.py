"""The pictures exported pages show, each with its licence; no others, since those are nobody's but this site's.

A photo somebody agreed to stays here. They agreed with this site, and may end that on any day: then it is hidden here
at once, and nobody could hide it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from clinical.models import Picture
from clinical.pictures.consents import Consent
from clinical.words.slugs import slug_of
from library.exporting.record_names import Names
from library.models import LibraryPicture


def name_pictures(names: Names, numbers: Iterable[int], library: str) -> None:
    """Give each picture that is shown its id: that of its record, or one from its title."""
    shown = sorted(set(numbers))
    rows = LibraryPicture.objects.filter(from_library=library)
    loaded = dict(rows.values_list("picture_id", "library_id"))
    names.reserve("pictures", loaded.values())
    for picture in _may_leave(shown).order_by("pk"):
        words = picture.title if picture.pk not in loaded else ""
        names.give("pictures", library_id=loaded.get(picture.pk, ""), words=slug_of(words)[:40], pk=picture.pk)


def _may_leave(numbers: list[int]) -> Any:
    """Those of them that hang on nobody's agreement."""
    return Picture.objects.filter(pk__in=numbers, written_consent=None, consent=Consent.NOBODY_SHOWN)


def picture_records(names: Names, numbers: Iterable[int]) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """Each picture that is shown: its id, its fields and its file, one in memory at a time."""
    for picture in _may_leave(sorted(set(numbers))).order_by("pk").iterator(chunk_size=20):
        identifier = names.of_pk("pictures", picture.pk)
        if identifier is None:
            continue
        with picture.file.storage.open(picture.file.name) as file:
            content = file.read()
        yield identifier, _fields(picture, identifier), content


def _fields(picture: Any, identifier: str) -> dict[str, Any]:
    sides = {side: getattr(picture, f"focal_point_{side}") for side in ("x", "y", "width", "height")}
    return {
        "file": f"{identifier}{PurePath(picture.file.name).suffix.lower()}",
        "title": picture.title,
        "alternative_text": picture.alternative_text,
        "is_decorative": picture.is_decorative or None,
        "source": picture.source,
        "licence": picture.licence,
        "consent": picture.consent,
        "focal_point": sides if picture.focal_point_x is not None else None,
    }


def shown_by(page: Any) -> set[int]:
    """The numbers of the pictures an exercise shows."""
    steps = {raw["value"].get("picture") for raw in page.steps.raw_data}
    return {number for number in (page.photo_id, *steps) if number}
