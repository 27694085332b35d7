"""Making this site's own pack: what readers see, what was withdrawn, and the signature over both."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks import task

from clinical.background.queue import LATER
from clinical.models import Withdrawal, clinic
from clinical.serving.write_lock import write_lock
from library.exporting.outcome import Asked
from library.exporting.published import remember_names
from library.exporting.sinks import ZipSink
from library.exporting.whole import export
from library.models import PublishedName, PublishedPack
from library.packs.opening import MANIFEST, MOST_PACK_BYTES, SIGNATURE
from library.packs.signing import signature_of


class PackTooLarge(Exception):
    """What would be published is more than any site takes."""


class _Signing:
    """A zip that remembers the digest of each file it was given."""

    def __init__(self, file: IO[bytes]) -> None:
        self.zip = ZipSink(file)
        self.digests: dict[str, str] = {}

    def write(self, name: str, content: bytes) -> None:
        """Write one file."""
        self.digests[name] = hashlib.sha256(content).hexdigest()
        self.zip.write(name, content)


def publish_pack() -> PublishedPack:
    """Make the pack, and publish it as the next version where it says anything else than the last."""
    with TemporaryFile() as file:
        signing = _Signing(file)
        outcome = export(signing, Asked(name=settings.PACK_ID, licence=settings.PACK_LICENCE))
        with write_lock():
            remember_names(outcome.keys)
        withdrawn = list(tombstones())
        words = hashlib.sha256(json.dumps([signing.digests, withdrawn], sort_keys=True).encode()).hexdigest()
        with write_lock():
            last = PublishedPack.objects.first()
            if last is not None and last.words == words and default_storage.exists(last.file):
                return last
            version = last.version + 1 if last else 1
            _finish(signing, version, withdrawn)
            if file.tell() > MOST_PACK_BYTES:
                raise PackTooLarge(f"No site takes a pack of more than {MOST_PACK_BYTES // 1024 // 1024} MB.")
            file.seek(0)
            name = default_storage.save(f"packs/{settings.PACK_ID}-{version}.zip", File(file))
            return PublishedPack.objects.create(version=version, words=words, file=name)


def _finish(signing: _Signing, version: int, withdrawn: list[dict[str, str]]) -> None:
    said = {
        "format": 1,
        "id": settings.PACK_ID,
        "publisher": clinic().name,
        "version": version,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "files": dict(sorted(signing.digests.items())),
        "withdrawn": withdrawn,
    }
    manifest = json.dumps(said, indent=1, ensure_ascii=False).encode()
    signing.zip.write(MANIFEST, manifest)
    signing.zip.write(SIGNATURE, signature_of(manifest, settings.PACK_SIGNING_KEY))
    signing.zip.close()


def tombstones() -> Iterator[dict[str, str]]:
    """What is withdrawn here now, under every id it was ever published under; of what never was, nothing. Two queries.

    Its page may have another address since, or be gone: whoever follows the pack has it all the same.
    """
    found = Withdrawal.objects.open().filter(content_key__in=PublishedName.objects.values("content_key"))
    names = defaultdict(list)
    rows = PublishedName.objects.filter(content_key__in=Withdrawal.objects.open().values("content_key"))
    for key, folder, identifier in rows.values_list("content_key", "folder", "identifier"):
        names[key].append((folder, identifier))
    for each in found.order_by("in_force_at", "pk"):
        at = (each.in_force_at or each.withdrawn_at).isoformat()
        for folder, identifier in names[each.content_key]:
            yield {"folder": folder, "id": identifier, "title": each.title, "reason": each.reason, "at": at}


@task(backend=LATER)
def make_pack(about: str) -> None:
    """Publish anew, where this site publishes a pack at all."""
    if settings.PACK_ID and settings.PACK_SIGNING_KEY:
        publish_pack()
