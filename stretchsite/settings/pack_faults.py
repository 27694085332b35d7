"""What is wrong with the settings of packs; a key is never repeated."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from stretchsite.settings.environment import Environment, given, listed

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY_BYTES = 32


def pack_faults(environ: Environment) -> Iterator[str]:
    """A sentence for each."""
    identifier, key = given(environ, "PACK_ID"), given(environ, "PACK_SIGNING_KEY")
    if identifier and not _ID.fullmatch(identifier):
        yield "PACK_ID: write small letters, digits and hyphens only, such as riverside."
    if bool(identifier) != bool(key):
        yield "PACK_ID and PACK_SIGNING_KEY go together: set both, or neither."
    if key and not _is_key(key):
        yield "PACK_SIGNING_KEY is no key: make one with manage.py make_pack_keys."
    for written in listed(environ, "PACK_PUBLISHERS"):
        if not _is_publisher(written):
            yield "PACK_PUBLISHERS: each is an id, an address and a public key: riverside=https://riverside.example/…|KEY."


def _is_publisher(written: str) -> bool:
    identifier, _equals, rest = written.partition("=")
    address, _bar, key = rest.partition("|")
    try:
        parts = urlsplit(address)
        is_address = parts.scheme == "https" and bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return False
    return bool(_ID.fullmatch(identifier)) and is_address and _is_key(key)


def _is_key(written: str) -> bool:
    try:
        return len(base64.b64decode(written, validate=True)) == _KEY_BYTES
    except (binascii.Error, ValueError):
        return False
