"""How mail leaves the site: one address in ``EMAIL_URL``, or the four settings from before there was one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from stretchsite.settings.databases import quoted
from stretchsite.settings.environment import THIS_MACHINE

__all__ = ["MailServer", "mail_server"]

SMTP, CONSOLE, NOBODY = (f"django.core.mail.backends.{name}.EmailBackend" for name in ("smtp", "console", "dummy"))
BEFORE = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD")
#: The usual port of each way; the first encrypts what was begun in the open, the second from the first byte.
PORTS = {"smtp+tls": 587, "smtps": 465, "smtp": 25}
KINDS = "smtp+tls://, smtps://, smtp:// (this machine alone), consolemail:// or none"


class MailServer(NamedTuple):
    """What Django is told of the mail server."""

    backend: str = SMTP
    host: str = "localhost"
    port: int = 587
    user: str = ""
    password: str = ""
    use_tls: bool = True
    use_ssl: bool = False


def mail_server(environ: Mapping[str, str]) -> MailServer:
    """What the environment says. Raises ``ImproperlyConfigured``, which names no password."""
    address = environ.get("EMAIL_URL", "").strip()
    given = [name for name in BEFORE if environ.get(name, "").strip()]
    if address and given:
        raise ImproperlyConfigured(f"EMAIL_URL and {given[0]} are both set: keep one of them.")
    return _at(address) if address else _as_before(environ)


def _as_before(environ: Mapping[str, str]) -> MailServer:
    port = environ.get("EMAIL_PORT", "").strip() or "587"
    if not port.isdecimal():
        raise ImproperlyConfigured(f"EMAIL_PORT is “{port}”: write its number, such as 587.")
    return MailServer(
        host=environ.get("EMAIL_HOST", "").strip() or "localhost",
        port=int(port),
        user=environ.get("EMAIL_HOST_USER", "").strip(),
        password=environ.get("EMAIL_HOST_PASSWORD", ""),
        use_tls=port != "465",
        use_ssl=port == "465",
    )


def _at(address: str) -> MailServer:
    if address == "none":
        return MailServer(backend=NOBODY)
    if address == "consolemail://":
        return MailServer(backend=CONSOLE)
    scheme = address.partition("://")[0]
    if scheme not in PORTS or scheme == address:
        raise ImproperlyConfigured(f"EMAIL_URL begins with none of {KINDS}.")
    try:
        said = urlsplit(quoted(address))
        host, port = said.hostname, said.port or PORTS[scheme]
    except ValueError as error:
        raise ImproperlyConfigured("EMAIL_URL: the port is no number.") from error
    if not host or said.path.strip("/") or said.query or said.fragment:
        raise ImproperlyConfigured(f"EMAIL_URL is {scheme}://user:password@host:port and nothing more.")
    if bool(said.username) != bool(said.password):
        raise ImproperlyConfigured("EMAIL_URL has a user without a password, or a password without a user.")
    if scheme == "smtp" and host not in THIS_MACHINE:
        raise ImproperlyConfigured(
            "EMAIL_URL: smtp:// is not encrypted, and so for this machine alone: use smtp+tls://."
        )
    return MailServer(
        host=host,
        port=port,
        user=unquote(said.username or ""),
        password=unquote(said.password or ""),
        use_tls=scheme == "smtp+tls",
        use_ssl=scheme == "smtps",
    )
