"""How much of a reader's address is ever kept: the network, never the machine (PD4)."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

#: What stands where an address is missing or no address.
UNKNOWN = "unknown"


def network_of(address: str) -> str:
    """The /24 (version 4) or /48 (version 6) an address lies in."""
    try:
        ip = ip_address(address.strip())
    except ValueError:
        return UNKNOWN
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))


def network_of_request(request: HttpRequest) -> str:
    """The network somebody asks from: as the proxy in front says, where one is trusted."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.TRUST_FORWARDED_FOR else ""
    return network_of(forwarded.rpartition(",")[2] or request.META.get("REMOTE_ADDR", ""))
