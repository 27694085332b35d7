"""The publishers this site may follow: each with its pack, its address and its public key, as the settings name them.

Pure but for the settings. In the admin they would stand in the database, and an account would be enough to have other
people's advice come in.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Publisher:
    """One that may be followed."""

    identifier: str
    address: str
    public_key: str


def publishers() -> dict[str, Publisher]:
    """Those the settings permit, by the id of their pack."""
    found = {}
    for written in settings.PACK_PUBLISHERS:
        identifier, _equals, rest = written.partition("=")
        address, _bar, key = rest.partition("|")
        found[identifier] = Publisher(identifier, address, key)
    return found
