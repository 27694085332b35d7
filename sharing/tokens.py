"""The secret in the address of a share link: how it is made, how it is recognised, and how it is kept out of logs.

Pure. 256 bits from the system's own source of chance. Only a keyed digest is ever stored (SL2), so that whoever reads
the database, or a backup of it, can open no link. The keys are a list: the first one signs, all of them recognise, so a
key can be changed without breaking the links that patients hold.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence
from uuid import UUID

from sharing import codes

TOKEN_BYTES = 32
#: How long the name of a key is, in characters: enough to tell a handful of keys apart.
KEY_ID_LENGTH = 12
#: What a token of that many bytes looks like: 43 characters of URL-safe base 64.
_SHAPE = r"[A-Za-z0-9_-]{43}"
_TOKEN = re.compile(_SHAPE)
_IN_ADDRESS = re.compile(r"((?:/|%2F)s(?:/|%2F))[^/\s?#\"'<>%]+", re.IGNORECASE)
_ON_ITS_OWN = re.compile(rf"(?<![A-Za-z0-9_-]){_SHAPE}(?![A-Za-z0-9_-])")
#: What stands in a log where a token was.
HIDDEN = "…"


def new_token() -> str:
    """A token nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_key() -> UUID:
    """What the audit and a sheet know something by. It opens nothing."""
    return UUID(bytes=secrets.token_bytes(16))


def is_token(text: str) -> bool:
    """Whether this could be a token at all; what could not is never looked up."""
    return _TOKEN.fullmatch(text) is not None


def digest(token: str, key: str) -> str:
    """The keyed digest that is stored in place of the token: HMAC-SHA-256, in hexadecimal."""
    return hmac.new(key.encode(), token.encode(), "sha256").hexdigest()


def digests(token: str, keys: Sequence[str]) -> list[str]:
    """The digest under every key, the one that signs now first."""
    return [digest(token, key) for key in keys]


def key_id(key: str) -> str:
    """The name a key is known by, which may be read by anybody: a keyed digest that cannot be turned round.

    A key has 32 random characters at least, so that nobody finds it by trying which one has this name.
    """
    return hmac.new(key.encode(), b"the name of this key", "sha256").hexdigest()[:KEY_ID_LENGTH]


def redacted(text: str) -> str:
    """The text without any token or code: neither what follows ``/s/`` in an address, nor anything of their shape."""
    return codes.hidden(_ON_ITS_OWN.sub(HIDDEN, _IN_ADDRESS.sub(rf"\1{HIDDEN}", text)), HIDDEN)
