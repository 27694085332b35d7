"""Which pictures have no file that could go along: a record that names one would keep all others from being loaded."""

from __future__ import annotations

from collections.abc import Collection

from clinical.models import Picture
from library.reading import MOST_BYTES_OF_A_PICTURE


def without_file(numbers: Collection[int]) -> set[int]:
    """Those whose file is gone, cannot be read, or is larger than any site takes."""
    found = set()
    for picture in Picture.objects.filter(pk__in=numbers).only("file").iterator(chunk_size=200):
        try:
            fits = picture.file.storage.size(picture.file.name) <= MOST_BYTES_OF_A_PICTURE
        except OSError:
            fits = False
        if not fits:
            found.add(picture.pk)
    return found
