"""The Standard Webhooks scheme (standardwebhooks.com): what is signed, with what, and the headers that say so. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"
#: A shorter secret could be guessed, in bytes; a longer one is not one of the scheme's.
LEAST_SECRET, MOST_SECRET = 24, 64


def key_of(secret: str) -> bytes:
    """The bytes of a secret as it is written down: ``whsec_`` and base64. ``ValueError`` says what is wrong with it."""
    if not secret.startswith(PREFIX):
        raise ValueError(f"a secret begins with {PREFIX}")
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"what stands behind {PREFIX} is no base64") from None
    if not LEAST_SECRET <= len(key) <= MOST_SECRET:
        raise ValueError(f"a secret has {LEAST_SECRET} to {MOST_SECRET} bytes")
    return key


def signed_headers(name: str, at: int, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """The headers of a message: ``name`` is the same however often it is sent, ``at`` the second it is sent in.

    It is signed with each secret, so that a receiver may change from one to the next.
    """
    signed = f"{name}.{at}.".encode() + body
    made = (hmac.new(key_of(secret), signed, hashlib.sha256).digest() for secret in secrets)
    signatures = (f"v1,{base64.b64encode(digest).decode()}" for digest in made)
    return {"webhook-id": name, "webhook-timestamp": str(at), "webhook-signature": " ".join(signatures)}
