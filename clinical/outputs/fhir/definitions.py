"""What a definition of an exercise and one of a routine have in common: whose it is, who checked it, and its notes.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from clinical.outputs.fhir.elements import Element, extensions, use_context, whole, without_empty
from clinical.outputs.fhir.safety import safety_composition, safety_link
from clinical.outputs.safety_data import (
    NoteData,
    ProvenanceData,
    PublicationData,
    SignGroupData,
    SourceData,
    UseData,
)

#: What of a provenance has an element; a test holds the list to that in ``docs/fhir-format``.
_OF_PROVENANCE = frozenset({"is_example", "reviewed_on", "author", "reviewer", "sources"})
#: What of a publication has one.
_OF_PUBLICATION = frozenset({"publisher", "licence", "made_from", "made_from_address", "version", "date"})


@dataclass(frozen=True, kw_only=True)
class Defined:
    """What of a sheet says whose definition it is. ``base`` is the whole address of the page it stands under."""

    id: UUID
    title: str
    address: str
    language: str
    base: str
    today: date
    #: Whose site it is, and so whose notes, whoever wrote the rest.
    site_name: str
    provenance: ProvenanceData
    publication: PublicationData
    used_for: Sequence[UseData]
    signs: Sequence[SignGroupData]
    safety: Sequence[NoteData]

    @classmethod
    def of_sheet(cls, data: Any, *, base: str, today: date, site_name: str) -> Defined:
        """That of a sheet's data, whatever it is a sheet of; beside it what the answer knows."""
        return cls(
            id=data.id,
            title=data.title,
            address=data.address,
            language=data.language,
            base=base,
            today=today,
            site_name=site_name,
            provenance=data.provenance,
            publication=data.publication,
            used_for=data.used_for,
            signs=data.signs,
            safety=data.safety,
        )

    @property
    def composition(self) -> Element:
        """Its notes, to be carried within it."""
        return safety_composition(self.signs, self.safety, publisher=self.site_name, today=self.today)


def definition(of: Defined) -> Element:
    """The elements that both sorts of definition have, with the notes among what belongs to them."""
    said, published = of.provenance, of.publication
    return without_empty(
        {
            "id": str(of.id),
            "language": of.language,
            "url": whole(of.address, of.base),
            "identifier": [{"system": "urn:ietf:rfc:3986", "value": of.id.urn}],
            "version": published.version,
            "title": of.title,
            "status": "active",
            "experimental": said.is_example,
            "date": published.date.isoformat() if published.date else "",
            "publisher": published.publisher,
            "copyright": published.licence,
            "lastReviewDate": said.reviewed_on.isoformat() if said.reviewed_on else "",
            "author": [{"name": said.author}] if said.author else [],
            "reviewer": [{"name": said.reviewer}] if said.reviewer else [],
            "useContext": [use_context(use) for use in of.used_for],
            "relatedArtifact": [safety_link(), *_made_from(published), *map(_citation, said.sources)],
        }
    )


def whose_extensions(provenance: ProvenanceData, publication: PublicationData) -> list[Element]:
    """What of its provenance and publication has no element, such as the words every output must show."""
    return [*extensions(provenance, _OF_PROVENANCE), *extensions(publication, _OF_PUBLICATION)]


def _made_from(publication: PublicationData) -> list[Element]:
    if not publication.made_from:
        return []
    document = {"document": {"url": publication.made_from_address}} if publication.made_from_address else {}
    return [{"type": "derived-from", "display": publication.made_from, **document}]


def _citation(source: SourceData) -> Element:
    document = {"document": {"url": source.url}} if source.url else {}
    return {"type": "citation", "display": source.title, **document}
