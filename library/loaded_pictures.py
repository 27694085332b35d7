"""From records to pictures."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from clinical.models import Picture
from library.faults import Fault, LibraryFaults
from library.loading import CHANGED, CREATED, LEFT_OUT, UNCHANGED, Loading
from library.matching import referred
from library.models import LibraryPicture
from library.provenance_records import PictureConsent, PictureRecord

_LEFT_OUT = (
    "shows somebody who agreed elsewhere, so it is left out, and what names it comes without it; where they agreed "
    "to be shown here, add the picture on the site with the number of the signed paper"
)


def picture_of(identifier: str | None, loading: Loading) -> Picture | None:
    """The picture a record means by this id; none where none is named."""
    if identifier in loading.left_pictures:
        return None
    found = referred(LibraryPicture, identifier, loading.library) if identifier else None
    return found.picture if found else None


def write_picture(record: PictureRecord, loading: Loading) -> str:
    """A picture with its licence, made anew from its pixels as every upload is."""
    content = record.content
    digest = hashlib.sha256(loading.digest(record).encode() + hashlib.sha256(content).digest()).hexdigest()
    row = (
        LibraryPicture.objects.select_related("picture")
        .filter(library_id=record.id, from_library=loading.library)
        .first()
    )
    if row is not None and row.library_digest == digest:
        return UNCHANGED
    if row is not None:
        _reword(row.picture, record, content)
        LibraryPicture.objects.filter(pk=row.pk).update(library_digest=digest)
        return CHANGED
    if record.consent == PictureConsent.GIVEN:
        loading.left_pictures.add(record.id)
        loading.remark("consent", _LEFT_OUT)
        return LEFT_OUT
    picture: Any = Picture(**_words(record))
    picture.file = ContentFile(content, name=record.file)
    picture.full_clean()
    picture.save()
    loading.new_files.append(picture.file.name)
    said = {"from_library": loading.library, "library_id": record.id, "library_digest": digest}
    LibraryPicture.objects.create(picture=picture, **said)
    return CREATED


def _words(record: PictureRecord) -> dict[str, Any]:
    """What the record says, by the columns of a picture."""
    words = {name: getattr(record, name) for name in ("title", "is_decorative", "source", "licence")}
    focus = record.focal_point
    sides = {f"focal_point_{side}": getattr(focus, side) if focus else None for side in ("x", "y", "width", "height")}
    return {**words, "alternative_text": record.alternative_text or "", "consent": record.consent.value, **sides}


def _reword(picture: Picture, record: PictureRecord, content: bytes) -> None:
    """Say something else beside a picture that nobody sees yet. Raises ``LibraryFaults`` for another picture."""
    with picture.file.storage.open(picture.file.name) as file:
        if file.read() != content:
            message = "is another picture than was loaded before; give it another id, and name that one"
            raise LibraryFaults([Fault("", "file", message)])
    if picture.takes_two():
        raise LibraryFaults([Fault("", "title", "is in use here, so its words are changed on the site, by two people")])
    for name, value in _words(record).items():
        setattr(picture, name, value)
    picture.full_clean()
    picture.save()


def forget_files(loading: Loading) -> None:
    """Take back the files of pictures that are not kept; no transaction does."""
    for name in loading.new_files:
        with suppress(OSError):
            default_storage.delete(name)
    loading.new_files.clear()
