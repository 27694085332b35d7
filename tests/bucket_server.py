"""An S3 server on this machine, and one that does what servers do on bad days: hang, refuse, be full, break off."""

from __future__ import annotations

import socket
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

import boto3
from botocore.config import Config
from moto.server import ThreadedMotoServer

from stretchsite.settings.buckets import NO_REGION, Bucket

#: What the bad server can be told to do.
HANGS, TRICKLES, REFUSES, FULL, BREAKS_OFF, BROKEN = "hangs", "trickles", "refuses", "full", "breaks off", "broken"
#: Or to take what has come as it was sent, and nothing else; or to answer whole, but only after a second.
CHECKS, SLOW, SLOW_SECONDS = "checks", "slow", 1.0
_STATUS = {REFUSES: (403, "AccessDenied"), FULL: (507, "InsufficientStorage"), BROKEN: (500, "InternalError")}
_numbers = count(1)


@contextmanager
def serving() -> Iterator[str]:
    """A whole S3 server, with nothing in it; gives its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def client_of(bucket: Bucket) -> Any:
    """Who looks after the server: sees what is in a bucket, past the site."""
    return boto3.client(
        "s3",
        endpoint_url=bucket.endpoint,
        region_name=bucket.region,
        aws_access_key_id=bucket.access_key,
        aws_secret_access_key=bucket.secret_key,
        config=Config(s3={"addressing_style": "path"}),
    )


def new_bucket(endpoint: str) -> Bucket:
    """An empty one, which no other test has."""
    made = Bucket(f"stretchsite-{next(_numbers)}", endpoint, NO_REGION, "access", "secret")
    client_of(made).create_bucket(Bucket=made.name)
    return made


def files_in(bucket: Bucket) -> dict[str, bytes]:
    """What is in a bucket, by its name."""
    client = client_of(bucket)
    listed = client.list_objects_v2(Bucket=bucket.name).get("Contents", [])
    return {each["Key"]: client.get_object(Bucket=bucket.name, Key=each["Key"])["Body"].read() for each in listed}


def use(settings: Any, bucket: Bucket) -> None:
    """Let the site keep its files there, as another process would that has just been started."""
    settings.BUCKET = bucket
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "clinical.serving.bucket_files.BucketFiles"},
    }


def nobody_there() -> str:
    """An address at which nobody listens."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{place.getsockname()[1]}"


class _BadServer(ThreadingHTTPServer):
    daemon_threads, block_on_close = True, False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _BadAnswer)
        self.does, self.asked, self.ends = HANGS, 0, threading.Event()
        #: What it says to a condition where it knows none: a status, and what stands in the error.
        self.condition: tuple[int, str] | None = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _BadAnswer(BaseHTTPRequestHandler):
    server: _BadServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Whatever is asked for."""
        self.server.asked += 1
        with suppress(OSError):
            self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        self.close_connection = True

    do_HEAD = do_PUT = do_DELETE = do_GET  # noqa: N815  (as above)

    def _answer(self, body: bytes) -> None:
        if self.server.condition and "If-None-Match" in self.headers:
            status, said = self.server.condition
            self._say(status, f"<Error>{said}</Error>".encode())
        elif self.server.does == HANGS:
            self.server.ends.wait(30)
        elif self.server.does == CHECKS:
            is_whole = self.headers["Content-MD5"] == b64encode(md5(body).digest()).decode()
            self._say(200 if is_whole else 400, b"" if is_whole else b"<Error><Code>BadDigest</Code></Error>")
        elif self.server.does == SLOW:
            self.server.ends.wait(SLOW_SECONDS)
            self._say(200, b"a picture")
        elif self.server.does in _STATUS:
            status, code = _STATUS[self.server.does]
            self._say(status, f"<Error><Code>{code}</Code></Error>".encode())
        elif self.server.does == BREAKS_OFF:
            self._say(200, b"<svg half", promised=100)
        else:
            self._say(200, b"", promised=1000)
            while not self.server.ends.wait(0.2):
                self.wfile.write(b"<")

    def _say(self, status: int, body: bytes, promised: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if promised is None else promised))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Nothing."""


@contextmanager
def bad_server() -> Iterator[_BadServer]:
    """Say what it ``does``; ``asked`` counts the requests."""
    server = _BadServer()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server
    finally:
        server.ends.set()
        server.shutdown()
        server.server_close()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Whatever happens in the block takes no longer."""
    begun = time.monotonic()
    yield
    taken = time.monotonic() - begun
    assert taken < seconds, f"it took {taken:.1f} seconds"
