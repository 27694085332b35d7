"""Files made from public content, kept in storage under a digest of what is in them until something else is.

A digest tells equal content from other content, so what is kept can never be out of date: a changed safety note has
another digest. Only content that is public is ever kept.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from clinical.parts import watching


def kept(folder: str, digest: str, suffix: str, make: Callable[[], bytes]) -> bytes:
    """The file of this digest, made and stored where it is missing; what the folder held before goes."""
    path = f"{folder}/{digest}{suffix}"
    with suppress(FileNotFoundError), default_storage.open(path) as file:
        found: bytes = file.read()
        if found:
            return found
    with watching() as lost:
        made = make()
    if lost:  # the next one asked for may be whole
        return made
    _forget_others(folder, keep=f"{digest}{suffix}")
    default_storage.delete(path)
    written = default_storage.save(path, ContentFile(made))
    if written != path:  # somebody else was quicker, with the same content
        default_storage.delete(written)
    return made


def _forget_others(folder: str, keep: str) -> None:
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        if name != keep:
            default_storage.delete(f"{folder}/{name}")
