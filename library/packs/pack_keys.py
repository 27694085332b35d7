"""Signing a pack and seeing who signed it: Ed25519 over what the pack says of itself. Pure.

Keys are written in base64: of the private key its 32 bytes, of the public key its 32 bytes.
"""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

#: Stands before what is signed, so that a signature of a pack is none of anything else.
_ABOUT = b"stretchsite-pack-1\n"
_BYTES = 32


class KeyFault(ValueError):
    """What is written down is no key."""


def new_key_pair() -> tuple[str, str]:
    """A private and its public key, as they are written down."""
    private = Ed25519PrivateKey.generate()
    return _written(private.private_bytes_raw()), _written(private.public_key().public_bytes_raw())


def public_key_of(private: str) -> str:
    """The public key that goes with a private one."""
    return _written(Ed25519PrivateKey.from_private_bytes(_read(private)).public_key().public_bytes_raw())


def signature_of(said: bytes, private: str) -> bytes:
    """The signature of what a pack says of itself, in base64."""
    return base64.b64encode(Ed25519PrivateKey.from_private_bytes(_read(private)).sign(_ABOUT + said))


def is_signed_by(said: bytes, signature: bytes, public: str) -> bool:
    """Whether the holder of this key signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(_read(public)).verify(
            base64.b64decode(signature, validate=True), _ABOUT + said
        )
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def check_key(written: str) -> None:
    """Raise ``KeyFault`` for what is no key."""
    _read(written)


def _written(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _read(written: str) -> bytes:
    try:
        key = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError) as error:
        raise KeyFault("is not written in base64") from error
    if len(key) != _BYTES:
        raise KeyFault("is not a key of 32 bytes")
    return key
