"""Files in a bucket of an S3 server, which every machine of the site shares (``S3_BUCKET``).

Nothing in the bucket is public and nobody is given an address in it: whatever readers are shown, the site itself reads
and sends. A file is sent whole with its checksum, so the server takes all of it or nothing, and one that is cut off on
its way back is no file. Never imported unless a bucket is set: the client takes some 25 MB of each worker's memory.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from http import HTTPStatus
from typing import Any, TypeVar

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from clinical.addresses import address_of_file
from clinical.serving.outside import Outside
from clinical.serving.waiting import StorageAway

T = TypeVar("T")

logger = logging.getLogger(__name__)

#: How long one answer may take, in seconds. Where a file of 10 MB is sent or fetched it may be longer.
READ_SECONDS, KEEP_SECONDS = 2.0, 20.0
#: What people bring, and what is made of it for readers; all else is small, and is made again where it is lost.
UPLOADED = ("documents/", "images/", "original_images/", "videos/")
#: How long the client waits for a connection, and for the next bytes of an answer, in seconds.
CONNECT_SECONDS, SILENT_SECONDS = 1.0, 5.0
#: "Only where there is none of this name", which not every server knows.
_CONDITION = "If-None-Match"
_NAME_IS_TAKEN = (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT)
#: How many names are tried for one file: each is taken only where somebody saves another of that name just now.
MOST_NAMES = 10
#: Amazon's own servers find a bucket by the host's name, all others by the path.
_AMAZON = ".amazonaws.com"


@dataclass
class _Shared:
    """What one process has of a bucket; the platform makes a storage anew for each file it deletes."""

    server: Outside = field(default_factory=Outside)
    connecting: threading.Lock = field(default_factory=threading.Lock)
    connection: Any = None


@lru_cache(maxsize=8)
def _shared_by_all(_bucket: Any) -> _Shared:
    return _Shared()


@deconstructible
class BucketFiles(S3Storage):
    """django-storages' storage, with an end to each wait, whole files only, and errors that callers know.

    It takes no arguments: what it is told stands in ``settings.BUCKET`` alone, so that no task and no migration that
    names a storage ever holds its keys.
    """

    def __init__(self) -> None:
        bucket: Any = settings.BUCKET
        super().__init__(
            bucket_name=bucket.name,
            endpoint_url=bucket.endpoint,
            region_name=bucket.region,
            access_key=bucket.access_key,
            secret_key=bucket.secret_key,
            # What the machine has in its environment for other programs is not meant for this one.
            security_token=None,
            session_profile=None,
            verify=bucket.authority or True,
            custom_domain=None,
            location="",
            default_acl=None,
            file_overwrite=False,
            client_config=_config_for(bucket.endpoint),
        )
        self._shared = _shared_by_all(bucket)

    @property
    def connection(self) -> Any:
        """One for all threads and storages: each of its own would take megabytes, and a handshake for every request."""
        with self._shared.connecting:
            if self._shared.connection is None:
                self._shared.connection = super().connection
            return self._shared.connection

    def url(self, name: str | None, *_args: Any, **_more: Any) -> str:
        """The site's own address, as on a disk. One of the server would end, and tell it who reads what."""
        return address_of_file(name or "")

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name. Raises ``StorageAway``."""
        return self._asked(lambda: super(BucketFiles, self).exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """The folders and files in a folder; none in one that is not there. Raises ``StorageAway``."""
        return self._asked(lambda: super(BucketFiles, self).listdir(path))

    def size(self, name: str) -> int:
        """In bytes. Raises ``FileNotFoundError`` and ``StorageAway``."""
        return self._asked(lambda: int(self._s3.head_object(**self._place(name))["ContentLength"]))

    def delete(self, name: str) -> None:
        """Delete it, if it is there. Raises ``StorageAway``; of what was uploaded the log then says what stayed."""
        try:
            self._asked(lambda: self._s3.delete_object(**self._place(name)))
        except StorageAway as error:
            if name.startswith(UPLOADED):
                logger.error("%s was to be deleted and is still in the bucket: %s", name, error)
            raise

    def _open(self, name: str, mode: str = "rb") -> File:
        """All of it: nothing here is larger than what a form takes, and a torn one is noticed before it is used."""
        if mode != "rb":
            raise ValueError("A file in a bucket is written by save().")
        seconds = KEEP_SECONDS if name.startswith(UPLOADED) else READ_SECONDS
        return ContentFile(self._asked(lambda: self._whole(name), seconds), name)

    def part(self, name: str, first: int, last: int) -> bytes:
        """From one byte to another, of a file too large to have at once. Raises as ``open`` does."""
        wanted = {**self._place(name), "Range": f"bytes={first}-{last}"}
        return self._asked(lambda: bytes(self._s3.get_object(**wanted)["Body"].read()), READ_SECONDS)

    def _whole(self, name: str) -> bytes:
        return bytes(self._s3.get_object(**self._place(name))["Body"].read())

    def _save(self, name: str, content: File) -> str:
        body = _bytes_of(content)
        sent = {**self._get_write_parameters(name, content), "Body": body, "ContentMD5": _checksum(body)}
        for _time in range(MOST_NAMES):
            try:
                self._asked(partial(self._put, {**sent, **self._place(name)}), KEEP_SECONDS)
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return clean_name(name)
        raise StorageAway("The storage says of every name that it is taken")

    def _put(self, sent: dict[str, Any]) -> None:
        """Never over another file. Raises ``FileExistsError`` where somebody has just taken the name."""
        try:
            self._s3.put_object(**sent, IfNoneMatch="*")
        except ClientError as error:
            if _status(error) in _NAME_IS_TAKEN:
                raise FileExistsError(sent["Key"]) from error
            if not _knows_no_condition(error):
                raise
            self._s3.put_object(**sent)

    @property
    def _s3(self) -> Any:
        return self.connection.meta.client

    def _place(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket_name, "Key": self._normalize_name(clean_name(name))}

    def _asked(self, question: Callable[[], T], seconds: float | None = None) -> T:
        """The answer, or an ``OSError`` whatever is wrong: what this server says badly, no caller need know."""
        try:
            return self._shared.server.asked(question, seconds or READ_SECONDS)
        except ClientError as error:
            status, code = _status(error), error.response.get("Error", {}).get("Code", "")
            if status == HTTPStatus.NOT_FOUND and code != "NoSuchBucket":
                raise FileNotFoundError(str(error)) from error
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                self._shared.server.leave_alone()
            raise StorageAway(f"The storage answered {status} {code}") from error
        except (StorageAway, FileExistsError):
            raise
        except (BotoCoreError, OSError) as error:
            self._shared.server.leave_alone()
            raise StorageAway(f"The storage is away: {type(error).__name__}") from error


def _config_for(endpoint: str) -> Config:
    return Config(
        signature_version="s3v4",
        s3={"addressing_style": "virtual" if endpoint.endswith(_AMAZON) else "path"},
        connect_timeout=CONNECT_SECONDS,
        read_timeout=SILENT_SECONDS,
        retries={"mode": "standard", "total_max_attempts": 2},
        max_pool_connections=16,
        # The checksums that newer clients add to every request are refused by many servers.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


def _bytes_of(content: File) -> bytes:
    if content.seekable():
        content.seek(0)
    return b"".join(chunk if isinstance(chunk, bytes) else chunk.encode() for chunk in content.chunks())


def _checksum(body: bytes) -> str:
    """What the server compares with what has come: that nothing was lost on the way, and nothing else."""
    return base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()


def _knows_no_condition(error: ClientError) -> bool:
    """Whether the server says that it knows no condition. Of anything else that is wrong it says 400 as well."""
    if _status(error) == HTTPStatus.NOT_IMPLEMENTED:
        return True
    said: dict[str, Any] = dict(error.response.get("Error", {}))
    if _status(error) != HTTPStatus.BAD_REQUEST:
        return False
    names_it = any(_CONDITION.lower() in str(each).lower() for each in said.values())
    return said.get("Code") == "NotImplemented" or (said.get("Code") == "InvalidArgument" and names_it)


def _status(error: ClientError) -> int:
    return int(error.response["ResponseMetadata"].get("HTTPStatusCode", 0))
