"""An authenticator in a few lines: what a browser sends for a passkey, without a browser."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import sha256


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class Passkey:
    """One key, for one address."""

    def __init__(self, host: str = "testserver") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.host, self.identity = host, b"a-passkey-of-tests"

    def _client(self, sort: str, options: dict[str, Any]) -> bytes:
        said = {"type": sort, "challenge": options["challenge"], "origin": f"https://{self.host}"}
        return json.dumps(said).encode()

    def _sent(self, **response: bytes) -> str:
        named = {name: text(value) for name, value in response.items()}
        identity = {"id": text(self.identity), "rawId": text(self.identity), "type": "public-key"}
        return json.dumps({**identity, "response": named, "clientExtensionResults": {}})

    def made(self, options: dict[str, Any], attestation: bytes | None = None, flags: int = 0x41) -> str:
        """What is sent when it is made; ``attestation`` stands in the place of a true one."""
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        key = bytes(16) + len(self.identity).to_bytes(2, "big") + self.identity + public
        data = sha256(self.host.encode()) + bytes([flags]) + bytes(4) + (key if flags & 0x40 else b"")
        if attestation is None:
            attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._sent(clientDataJSON=self._client("webauthn.create", options), attestationObject=attestation)

    def shown(self, options: dict[str, Any], data: bytes = b"") -> str:
        """What is sent when it is used; ``data`` is what the authenticator says where it is none of ours."""
        client = self._client("webauthn.get", options)
        data = data or sha256(self.host.encode()) + bytes([0x01]) + (1).to_bytes(4, "big")
        signature = self.key.sign(data + sha256(client), ec.ECDSA(hashes.SHA256()))
        return self._sent(clientDataJSON=client, authenticatorData=data, signature=signature)
