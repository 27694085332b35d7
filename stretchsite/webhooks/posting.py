"""Sending one message to an address somebody has set: with a time limit, no redirects, and to no private network.

The name is looked up once, all it stands for is looked at, and the connection goes to what was looked at: a name that
means another machine a moment later leads nowhere else.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.views.decorators.debug import sensitive_variables

#: Addresses of version 6 that a gateway makes into one of version 4.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
#: Networks of one's own that Python calls global: a site's own of old, and its own prefix for IPv4 behind IPv6.
_OWN = (ipaddress.ip_network("fec0::/10"), ipaddress.ip_network("64:ff9b:1::/48"))
#: How long each step may take, in seconds.
SECONDS = 10.0
#: So many addresses of a name are tried: a message is to end within the time a task has.
MOST_ADDRESSES = 4


class NotSent(Exception):
    """It was not taken; the words say why, and name of the address only the host."""


@sensitive_variables("address", "parts", "path", "headers")
def post(address: str, body: bytes, headers: Mapping[str, str], *, may_be_private: bool) -> int:
    """Send it; the answer's number. Raises ``NotSent`` for everything but an answer that it was taken (2xx)."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _connection(parts.scheme, host, port, _looked_up(host, port, may_be_private=may_be_private))
    try:
        connection.request("POST", path, body=body, headers=dict(headers))
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise NotSent(f"{host} did not take it: {type(error).__name__}.") from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotSent(f"{host} answered {status}.")
    return status


@sensitive_variables("address", "parts")
def get(address: str, *, most_bytes: int, most_seconds: float) -> bytes:
    """What is at an ``https`` address of the open net. Raises ``NotSent``: not there, too large, or too slow."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or 443
    if parts.scheme != "https":
        raise NotSent(f"{host} is not asked without https.")
    connection = _connection(parts.scheme, host, port, _looked_up(host, port, may_be_private=False))
    ends = time.monotonic() + most_seconds
    try:
        connection.request("GET", parts.path or "/")
        answer = connection.getresponse()
        if answer.status != 200:
            raise NotSent(f"{host} answered {answer.status}.")
        return within(answer, host, most_bytes, ends)
    except (OSError, http.client.HTTPException) as error:
        raise NotSent(f"{host} did not answer: {type(error).__name__}.") from None
    finally:
        connection.close()


def within(answer: Any, host: str, most_bytes: int, ends: float) -> bytes:
    """A body, piece by piece: who sends too much, or a little at a time for ever, is left (``NotSent``)."""
    pieces, size = [], 0
    while piece := answer.read1(64 * 1024):
        pieces.append(piece)
        size += len(piece)
        if size > most_bytes:
            raise NotSent(f"{host} sends more than {most_bytes // 1024 // 1024} MB.")
        if time.monotonic() > ends:
            raise NotSent(f"{host} sends too slowly.")
    return b"".join(pieces)


def _looked_up(host: str, port: int, *, may_be_private: bool) -> list[tuple[Any, ...]]:
    """All addresses the name stands for, the best first. None of them may lie in a network of one's own."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent(f"{host} is not known.") from None
    if not may_be_private and not all(_is_public(str(each[4][0])) for each in found):
        raise NotSent(f"{host} lies in a private network; WEBHOOKS_MAY_BE_PRIVATE=1 allows that.")
    return list(found[:MOST_ADDRESSES])


def _is_public(address: str) -> bool:
    """Whether it is an address of the open net: no network of one's own, not this machine, no address of many."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip in network for network in _OWN):
        return False
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if ip in _NAT64:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.is_global and not ip.is_multicast and (inner is None or inner.is_global)


def _connection(scheme: str, host: str, port: int, found: list[tuple[Any, ...]]) -> http.client.HTTPConnection:
    """A connection to what was looked up, whatever the name means by now; a certificate has to be for the name."""

    def connect(_address: Any, timeout: Any = SECONDS, _source: Any = None) -> socket.socket:
        for each in found[:-1]:
            with suppress(OSError):
                return _connected(each, timeout)
        return _connected(found[-1], timeout)

    connection: Any
    if scheme == "https":
        connection = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())
    else:
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    connection._create_connection = connect
    return connection


def _connected(found: tuple[Any, ...], timeout: float) -> socket.socket:
    """A socket to one of its addresses. Raises ``OSError`` where nobody answers there."""
    family, kind, protocol, _name, where = found
    made = socket.socket(family, kind, protocol)
    try:
        made.settimeout(timeout)
        made.connect(where)
    except BaseException:
        made.close()
        raise
    return made
