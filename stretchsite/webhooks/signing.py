"""The Standard Webhooks scheme (standardwebhooks.com): what is signed, with what, and the headers that say so. Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

from stretchsite.settings.environment import webhook_key


def signed_headers(name: str, at: int, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """The headers of a message: ``name`` is the same however often it is sent, ``at`` the second it is sent in.

    It is signed with each secret, so that a receiver may change from one to the next.
    """
    signed = f"{name}.{at}.".encode() + body
    made = (hmac.new(webhook_key(secret), signed, hashlib.sha256).digest() for secret in secrets)
    signatures = (f"v1,{base64.b64encode(digest).decode()}" for digest in made)
    return {"webhook-id": name, "webhook-timestamp": str(at), "webhook-signature": " ".join(signatures)}
