"""A program elsewhere that is told of changes, as the tests run one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdefghijklmnopqrstuv").decode()
OTHER = "whsec_" + base64.b64encode(b"another-secret-of-thirty-two-byt").decode()


class Receiver(HTTPServer):
    """A program elsewhere; it keeps what it was sent."""

    def __init__(self) -> None:
        self.status = 204
        self.sent: list[tuple[str, dict[str, str], bytes]] = []
        super().__init__(("127.0.0.1", 0), Kept)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?key=very-secret"


class Kept(BaseHTTPRequestHandler):
    """Takes what is sent."""

    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.sent.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *told: Any) -> None:
        """Nothing."""


def is_signed(headers: dict[str, str], body: bytes, secret: str) -> bool:
    """As a receiver looks, by the rules of the scheme and without our code."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return wanted in headers["webhook-signature"].split(" ")


def told(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(body) for _path, _headers, body in receiver.sent]
