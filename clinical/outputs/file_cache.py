"""Files made from public content, kept in storage under a digest of what is in them until something else is.

A digest tells equal content from other content, so what is kept can never be out of date: a changed safety note has
another digest. Only content that is public is ever kept.

Keeping serves speed and nothing else. A storage that cannot be read or written costs the next reader the making, never
the answer. A file carries a seal over all its bytes, so one that was torn, by an older version or a failing disk, is
made anew. What lacks a part is answered and never kept, or it would go on lacking it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from clinical.safety.parts import watching

logger = logging.getLogger(__name__)

_SEAL_BYTES = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Made:
    """An output; ``lacking`` names the parts that should be in it and could not be had."""

    content: bytes
    lacking: tuple[str, ...] = ()


def kept(folder: str, digest: str, suffix: str, make: Callable[[], Made]) -> Made:
    """The file of this digest, made and stored where it is missing; what the folder held before goes."""
    name = f"{digest}{suffix}"
    found = _found(f"{folder}/{name}")
    if found is not None:
        return Made(found)
    with watching() as lost:
        made = make()
    lacking = dict.fromkeys((*made.lacking, *(each.part for each in lost)))
    if lacking:
        logger.warning("%s/%s lacks %s and is not kept.", folder, name, ", ".join(lacking))
        return Made(made.content, tuple(lacking))
    _keep(folder, name, made.content)
    return made


def _found(path: str) -> bytes | None:
    """What is kept there; nothing where it is missing, torn or not to be read."""
    with suppress(OSError), default_storage.open(path) as file:
        stored: bytes = file.read()
        content, seal = stored[:-_SEAL_BYTES], stored[-_SEAL_BYTES:]
        if hashlib.sha256(content).digest() == seal:
            return content
    return None


def _keep(folder: str, name: str, content: bytes) -> None:
    path = f"{folder}/{name}"
    try:
        _forget_others(folder, keep=name)
        default_storage.delete(path)
        written = default_storage.save(path, ContentFile(content + hashlib.sha256(content).digest()))
        if written != path:  # somebody else was quicker, with the same content
            default_storage.delete(written)
    except OSError as error:
        logger.warning("%s could not be kept: %s", path, error)


def _forget_others(folder: str, keep: str) -> None:
    try:
        _folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        if name != keep:
            default_storage.delete(f"{folder}/{name}")
