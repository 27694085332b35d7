"""Where files are kept that every machine of the site shares: a bucket of an S3 server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from stretchsite.settings.mail_servers import THIS_MACHINE

__all__ = ["Bucket", "bucket"]

#: All of them, or none: what each is, for whoever left one out.
NEEDED = {
    "S3_BUCKET": "the name of the bucket",
    "S3_ENDPOINT": "the address of its server, such as https://s3.eu-west-2.amazonaws.com",
    "S3_ACCESS_KEY": "the id of the account's key",
    "S3_SECRET_KEY": "the secret of that key",
}
#: The rules every such server has in common.
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_REGION = re.compile(r"[a-z0-9-]+")
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

    Raises ``ImproperlyConfigured``, which names the setting and shows no key.
    """
    given = {name: value.strip() for name, value in _said(environ).items() if value.strip()}
    if not given:
        return None
    if missing := [name for name in NEEDED if name not in given]:
        what, there = NEEDED[missing[0]], next(iter(given))
        raise ImproperlyConfigured(f"Set {missing[0]} in the environment: {what}; or take {there} out of it.")
    name = given["S3_BUCKET"]
    if not _NAME.fullmatch(name):
        raise ImproperlyConfigured(
            f"S3_BUCKET is “{name}”: a bucket's name has 3 to 63 small letters, digits, dots and hyphens."
        )
    endpoint, host = _server(given["S3_ENDPOINT"])
    region = _region(given.get("S3_REGION", ""), host)
    return Bucket(name, endpoint, region, given["S3_ACCESS_KEY"], given["S3_SECRET_KEY"], _authority(environ))


def _said(environ: Mapping[str, str]) -> dict[str, str]:
    return {
        "S3_BUCKET": environ.get("S3_BUCKET", ""),
        "S3_ENDPOINT": environ.get("S3_ENDPOINT", ""),
        "S3_ACCESS_KEY": environ.get("S3_ACCESS_KEY", ""),
        "S3_SECRET_KEY": environ.get("S3_SECRET_KEY", ""),
        "S3_REGION": environ.get("S3_REGION", ""),
    }


def _authority(environ: Mapping[str, str]) -> str:
    """What other programs are told as well, so it alone asks for no bucket."""
    file = environ.get("AWS_CA_BUNDLE", "").strip()
    if file and not Path(file).is_file():
        raise ImproperlyConfigured(f"AWS_CA_BUNDLE: there is no file {file}.")
    return file


def _server(address: str) -> tuple[str, str]:
    """The address of the server alone, and its host."""
    try:
        said = urlsplit(address)
        host, port = said.hostname or "", said.port
    except ValueError as error:
        raise ImproperlyConfigured("S3_ENDPOINT: the port is no number.") from error
    if said.scheme not in {"https", "http"} or not host:
        raise ImproperlyConfigured("S3_ENDPOINT is no address of a server: write https:// and its name.")
    if said.path.strip("/") or said.query or said.fragment or said.username:
        raise ImproperlyConfigured("S3_ENDPOINT is the address of the server alone: the bucket's name is S3_BUCKET.")
    if said.scheme == "http" and host not in THIS_MACHINE:
        raise ImproperlyConfigured(
            "S3_ENDPOINT: http:// is not encrypted, and so for this machine alone: use https://."
        )
    place = f"[{host}]" if ":" in host else host
    return f"{said.scheme}://{place}{f':{port}' if port else ''}", host


def _region(said: str, host: str) -> str:
    """The one that is named, else the one in the name of an Amazon server."""
    if said and not _REGION.fullmatch(said):
        raise ImproperlyConfigured(f"S3_REGION is “{said}”: write a region such as eu-west-2, or leave it out.")
    named = _AMAZON.fullmatch(host)
    return said or (named["region"] if named else NO_REGION)
