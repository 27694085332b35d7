"""What is missing or wrong in the environment of the real site: all of it at once, said before anything is made.

The settings ask it before they begin, and so does ``release.sh``, by running this file before it installs a single
package: so it stands on Python alone. What only Django or another part of the settings knows (languages, databases,
mail, sign-in, the page cache, searches), the settings say when they begin: what is wrong there may be told one by one.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

__all__ = [
    "A_YEAR",
    "bucket_faults",
    "faults_in",
    "given",
    "is_on",
    "listed",
    "metrics_faults",
    "server_of",
    "webhook_faults",
    "webhook_key",
]

#: What must be set, and what it is.
REQUIRED = {
    "SECRET_KEY": "at least 50 random characters",
    "SHARE_LINK_KEYS": "at least 32 random characters",
    "ALLOWED_HOSTS": "the site's host names",
    "BASE_URL": "the site's address, such as https://stretch.example",
    "DATABASE_URL": "the address of the database",
}
#: The words for on and off, in small letters.
ON, OFF = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
#: What is on or off.
SWITCHES = ("BEHIND_PROXY", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
A_YEAR = 31_536_000
#: Where nobody can listen in on what is not encrypted.
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
#: How a secret of webhooks begins.
PREFIX = "whsec_"
#: A shorter secret could be guessed, in bytes; a longer one is not one of the scheme's.
LEAST_SECRET, MOST_SECRET = 24, 64
#: All of a bucket's settings, or none: what each is, for whoever left one out.
NEEDED = {
    "S3_BUCKET": "the name of the bucket",
    "S3_ENDPOINT": "the address of its server, such as https://s3.eu-west-2.amazonaws.com",
    "S3_ACCESS_KEY": "the id of the account's key",
    "S3_SECRET_KEY": "the secret of that key",
}

Environment = Mapping[str, str]


def given(environ: Environment, name: str, usual: str = "") -> str:
    """The environment's value, or the usual one. What is set to nothing counts as not set."""
    return environ.get(name, "").strip() or usual


def listed(environ: Environment, name: str) -> list[str]:
    """A value that names several, separated by commas."""
    return [part.strip() for part in given(environ, name).split(",") if part.strip()]


def is_on(environ: Environment, name: str, usual: str = "0") -> bool:
    """Whether it is switched on. Raises ``ValueError``, which says what to write, where nobody could tell."""
    value = given(environ, name, usual).lower()
    if value not in ON | OFF:
        raise ValueError(f"{name} is “{value}”: write 1 or 0.")
    return value in ON


def faults_in(environ: Environment) -> list[str]:
    """Each fault in a sentence; none where the site may start. No secret is repeated."""
    missing = [name for name in REQUIRED if not given(environ, name)]
    said = [f"Set {name} in the environment: {REQUIRED[name]}." for name in missing]
    usual = (_of_secret_keys, _of_link_keys, _of_hosts, _of_the_address, _of_switches, _of_the_rest)
    for faults in (*usual, metrics_faults, webhook_faults, bucket_faults):
        said += faults(environ)
    return said


def _is_weak(key: str) -> bool:
    """Whether a secret key could be guessed."""
    return len(key) < 50 or len(set(key)) < 5 or "development" in key


def _of_secret_keys(environ: Environment) -> Iterator[str]:
    key, before = given(environ, "SECRET_KEY"), listed(environ, "SECRET_KEY_FALLBACKS")
    if key and _is_weak(key):
        yield "SECRET_KEY is too weak: use at least 50 random characters."
    if any(map(_is_weak, before)):
        yield "SECRET_KEY_FALLBACKS: one is too weak, or was cut short; each was a SECRET_KEY."
    if key in before:
        yield "SECRET_KEY_FALLBACKS holds the SECRET_KEY itself: it is for those before it."


def _of_link_keys(environ: Environment) -> Iterator[str]:
    secret = {given(environ, "SECRET_KEY"), *listed(environ, "SECRET_KEY_FALLBACKS")}
    links = [key.strip() for key in given(environ, "SHARE_LINK_KEYS").split(",")]
    if links != [""] and any(len(key) < 32 or key in secret for key in links):
        yield "SHARE_LINK_KEYS: each key has at least 32 characters, and none is the SECRET_KEY."
    if any(len(key) < 32 or key in {*secret, *links} for key in listed(environ, "SHARE_CODE_KEYS")):
        yield "SHARE_CODE_KEYS: each key has at least 32 characters, and none is another's."


def _of_hosts(environ: Environment) -> Iterator[str]:
    if given(environ, "ALLOWED_HOSTS") and not listed(environ, "ALLOWED_HOSTS"):
        yield f"ALLOWED_HOSTS names no host: write {REQUIRED['ALLOWED_HOSTS']}, separated by commas."
    if any("*" in host or host.startswith(".") for host in listed(environ, "ALLOWED_HOSTS")):
        yield "ALLOWED_HOSTS must name each host; a wildcard is refused."


def _of_the_address(environ: Environment) -> Iterator[str]:
    address = given(environ, "BASE_URL").rstrip("/")
    if not address:
        return
    try:
        parts = urlsplit(address)
        host, _port, others = parts.hostname or "", parts.port, parts[2:]
    except ValueError:  # a bracket left open, or a port there is not
        yield "BASE_URL is no address: write one such as https://stretch.example."
        return
    hosts = [each.lower() for each in listed(environ, "ALLOWED_HOSTS")]
    if not address.startswith("https://"):
        yield "BASE_URL must begin with https://: patients read this site."
    elif others != ("", "", ""):
        yield "BASE_URL is the address of the site alone, such as https://stretch.example."
    elif not re.fullmatch(r"https://[a-z0-9.-]+(:[0-9]+)?", address.lower()):
        yield "BASE_URL is a host's name in plain letters, such as https://xn--mnchen-3ya.example."
    elif hosts and host not in hosts:
        yield f"BASE_URL: its host {host} is none of ALLOWED_HOSTS."


def _of_switches(environ: Environment) -> Iterator[str]:
    for name in SWITCHES:
        try:
            is_on(environ, name)
        except ValueError as fault:
            yield str(fault)


def _of_the_rest(environ: Environment) -> Iterator[str]:
    zone, zones = given(environ, "TIME_ZONE"), available_timezones()
    if zone and zones and zone not in zones:  # a machine may know none before the packages are there
        yield f"TIME_ZONE is “{zone}”, which there is not: name one such as Europe/London."
    for address in listed(environ, "ADMINS"):
        if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address):
            yield f"ADMINS: “{address}” is no e-mail address."
    pictures = given(environ, "CSP_PICTURE_HOST").rstrip("/")
    # A semicolon would begin another directive; a path would not hold after a redirect.
    if pictures and not re.fullmatch(r"https://[a-z0-9.-]+(?::\d+)?", pictures):
        yield "CSP_PICTURE_HOST is the address of one host, such as https://pictures.example."
    yield from _of_https(environ)


def _of_https(environ: Environment) -> Iterator[str]:
    seconds = given(environ, "SECURE_HSTS_SECONDS", str(A_YEAR))
    if not re.fullmatch(r"\d{1,9}", seconds, re.ASCII):
        yield f"SECURE_HSTS_SECONDS is “{seconds}”: write a number of seconds, such as {A_YEAR}."
        return
    without = given(environ, "SECURE_HSTS_INCLUDE_SUBDOMAINS", "1").lower() in OFF
    if given(environ, "SECURE_HSTS_PRELOAD").lower() in ON and (without or int(seconds) < A_YEAR):
        yield "SECURE_HSTS_PRELOAD needs a year of SECURE_HSTS_SECONDS, and the subdomains."


def metrics_faults(environ: Environment) -> Iterator[str]:
    """What is wrong with the token of ``/metrics``; nothing where there is none."""
    token = given(environ, "METRICS_TOKEN")
    if token and not (token.isascii() and token.isprintable()):
        yield "METRICS_TOKEN holds other signs than plain letters and figures, which no header can."
    elif token and len(token) < 20:
        yield "METRICS_TOKEN is too short: use at least 20 random letters and figures."


def webhook_faults(environ: Environment) -> Iterator[str]:
    """What is wrong with the addresses and secrets of webhooks; each of them may be secret, so none is repeated."""
    schemes = {"https"}
    try:
        schemes |= {"http"} if is_on(environ, "WEBHOOKS_MAY_BE_PRIVATE") else set()
    except ValueError as fault:
        yield str(fault)
    addresses, secrets = listed(environ, "WEBHOOK_ADDRESSES"), listed(environ, "WEBHOOK_SECRETS")
    if not all(_may_be_written_to(address, schemes) for address in addresses):
        yield "WEBHOOK_ADDRESSES: each is an address such as https://hooks.example/stretchsite."
    if addresses and not secrets:
        yield "WEBHOOK_SECRETS is missing: nobody believes a message that is not signed."
    for secret in secrets:
        try:
            webhook_key(secret)
        except ValueError as wrong:
            yield f"WEBHOOK_SECRETS: {wrong}, such as deployment.md makes one."


def _may_be_written_to(address: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # a bracket left open, or a port there is not
        return False
    is_plain = re.fullmatch("[!-~]+", address) is not None
    is_whole = parts.scheme in schemes and bool(parts.hostname) and port != 0
    return is_plain and is_whole and "@" not in parts.netloc and not parts.fragment


def webhook_key(secret: str) -> bytes:
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


def bucket_faults(environ: Environment) -> Iterator[str]:
    """What is missing or wrong of a bucket's settings; nothing where files are in a folder. No key is repeated."""
    said = {name: given(environ, name) for name in (*NEEDED, "S3_REGION") if given(environ, name)}
    for name in NEEDED if said else ():
        if name not in said:
            yield f"Set {name} in the environment: {NEEDED[name]}; or take {next(iter(said))} out of it."
    name, region = said.get("S3_BUCKET", ""), said.get("S3_REGION", "")
    if name and not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", name):
        yield f"S3_BUCKET is “{name}”: a bucket's name has 3 to 63 small letters, digits, dots and hyphens."
    if "S3_ENDPOINT" in said:
        try:
            server_of(said["S3_ENDPOINT"])
        except ValueError as wrong:
            yield str(wrong)
    if region and not re.fullmatch("[a-z0-9-]+", region):
        yield f"S3_REGION is “{region}”: write a region such as eu-west-2, or leave it out."
    # Other programs are told of it as well, so it alone asks for no bucket.
    authority = given(environ, "AWS_CA_BUNDLE")
    if said and authority and not Path(authority).is_file():
        yield f"AWS_CA_BUNDLE: there is no file {authority}."


def server_of(address: str) -> tuple[str, str]:
    """The address of a bucket's server alone, and its host. ``ValueError`` says what is wrong with it."""
    try:
        said = urlsplit(address)
        host, port = said.hostname or "", said.port
    except ValueError:
        raise ValueError("S3_ENDPOINT: the port is no number.") from None
    if said.scheme not in {"https", "http"} or not host:
        raise ValueError("S3_ENDPOINT is no address of a server: write https:// and its name.")
    if said.path.strip("/") or said.query or said.fragment or said.username:
        raise ValueError("S3_ENDPOINT is the address of the server alone: the bucket's name is S3_BUCKET.")
    if said.scheme == "http" and host not in THIS_MACHINE:
        raise ValueError("S3_ENDPOINT: http:// is not encrypted, and so for this machine alone: use https://.")
    place = f"[{host}]" if ":" in host else host
    return f"{said.scheme}://{place}{f':{port}' if port else ''}", host


if __name__ == "__main__":
    sys.exit("\n".join(faults_in(os.environ)) or None)
