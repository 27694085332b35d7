"""Whose content a sheet's data is, under which licence, and which version of it. Pure."""

from __future__ import annotations

import hashlib
from typing import TypeVar

from clinical.outputs.safety_data import PublicationData, SheetData
from clinical.safety.sheet import Provenance

#: So many hexadecimal digits tell two versions of one sheet apart.
_VERSION_DIGITS = 16

Published = TypeVar("Published", bound=SheetData)


def publication_data(publisher: str, licence: str, provenance: Provenance) -> PublicationData:
    """Whose content it is; ``with_version`` says which version, once everything else is said.

    What was made from others' words is theirs, under their licence: the site's own is never put in its place.
    """
    of = provenance.origin
    return PublicationData(
        publisher=(of.author or of.source) if of else publisher,
        licence=of.licence if of else licence,
        licence_address=of.licence_address if of else "",
        made_from=of.source if of else "",
        made_from_address=of.address if of else "",
        version="",
        date=provenance.published_on,
    )


def with_version(data: Published) -> Published:
    """The same data with the digest of all it says as its version."""
    version = hashlib.sha256(data.model_dump_json().encode()).hexdigest()[:_VERSION_DIGITS]
    publication: PublicationData = getattr(data, "publication")  # noqa: B009  (each kind of sheet has one)
    return data.model_copy(update={"publication": publication.model_copy(update={"version": version})})
