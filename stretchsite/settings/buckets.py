"""Where files are kept that every machine of the site shares: a bucket of an S3 server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured

from stretchsite.settings.environment import bucket_faults, given, server_of

__all__ = ["Bucket", "bucket"]

_AMAZON = re.compile(r"s3[.-](?:dualstack\.)?(?P<region>[a-z0-9-]+)\.amazonaws\.com(?:\.cn)?")
#: What servers that have no regions are content with.
NO_REGION = "us-east-1"


@dataclass(frozen=True)
class Bucket:
    """A bucket, and how the site comes to it. Its keys are in no message and no traceback."""

    name: str
    endpoint: str
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    #: The file of the authority whose certificates are believed; those the client comes with where there is none.
    authority: str = ""


def bucket(environ: Mapping[str, str]) -> Bucket | None:
    """What the environment says; nothing where files are in a folder.

    Raises ``ImproperlyConfigured``, which names each setting and shows no key.
    """
    if faults := list(bucket_faults(environ)):
        raise ImproperlyConfigured("\n".join(faults))
    if not given(environ, "S3_BUCKET"):
        return None
    endpoint, host = server_of(given(environ, "S3_ENDPOINT"))
    named = _AMAZON.fullmatch(host)
    region = given(environ, "S3_REGION") or (named["region"] if named else NO_REGION)
    keys = given(environ, "S3_ACCESS_KEY"), given(environ, "S3_SECRET_KEY")
    return Bucket(given(environ, "S3_BUCKET"), endpoint, region, *keys, given(environ, "AWS_CA_BUNDLE"))
