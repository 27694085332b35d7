"""A sheet's facts as FHIR elements: what has an element goes there, all else into an extension of its own name.

Pure. ``docs/fhir-format`` is the list of what goes where, and a test finds every fact where the list says.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias
from urllib.parse import urljoin
from uuid import UUID

from clinical.outputs.safety_data import CodeData, SheetData, TermData, UseData

#: A resource, or an element of one, as it is written.
Element: TypeAlias = dict[str, Any]

CONTENT_TYPE = "application/fhir+json"
#: What our extensions and vocabularies are called; behind it stands a field's name in ``sheet.json``.
OURS = "urn:stretchsite:fhir:"
_SYSTEMS = {
    "ICD-10": "http://hl7.org/fhir/sid/icd-10",
    "ICD-10-CM": "http://hl7.org/fhir/sid/icd-10-cm",
    "ICD-11": "http://id.who.int/icd/release/11/mms",
    "ICPC-2": "http://hl7.org/fhir/sid/icpc-2",
    "SNOMED CT": "http://snomed.info/sct",
}
_CONTEXT_TYPE = "http://terminology.hl7.org/CodeSystem/usage-context-type"


def written(resource: Element) -> bytes:
    """The resource as a file."""
    return json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()


def without_empty(element: Mapping[str, Any]) -> Element:
    """The element without what is not known: FHIR has neither empty texts nor empty lists. No and nought are known."""
    return {name: value for name, value in element.items() if not is_empty(value)}


def is_empty(value: Any) -> bool:
    """Whether nothing is said: an empty text or list, or none at all."""
    return value is None or (isinstance(value, (str, Sequence, Mapping)) and not value)


def whole(address: str, base: str) -> str:
    """An address of the site with its host, which ``base`` has; nothing where there is none."""
    return urljoin(base, address) if address else ""


def extensions(data: SheetData, but_for: Collection[str] = ()) -> list[Element]:
    """Every field that has no element, as an extension of its name; what lies in it is laid out in the same way.

    ``but_for`` are the fields that have one or are left out; a dot leads to a field of a field.
    """
    return [
        each
        for name in type(data).model_fields
        if name not in but_for
        for each in _extension(name, getattr(data, name), list(_within(name, but_for)))
    ]


def _within(name: str, fields: Collection[str]) -> Iterator[str]:
    return (field.partition(".")[2] for field in fields if field.startswith(f"{name}."))


def _extension(name: str, value: Any, but_for: Collection[str]) -> Iterator[Element]:
    if isinstance(value, tuple):
        for each in value:
            yield from _extension(name, each, but_for)
    elif type(value) is TermData:
        yield {"url": OURS + name, "valueCodeableConcept": concept(name, value)}
    elif isinstance(value, SheetData):
        if inside := extensions(value, but_for):
            yield {"url": OURS + name, "extension": inside}
    elif not is_empty(value):
        kind, said = _typed(value)
        yield {"url": OURS + name, f"value{kind}": said}


def _typed(value: Any) -> tuple[str, Any]:
    """What FHIR calls a value of this type, and how it is written."""
    if isinstance(value, bool):
        return "Boolean", value
    if isinstance(value, int):
        return "Integer", int(value)
    if isinstance(value, date):
        return "Date", value.isoformat()
    if isinstance(value, UUID):
        return "Id", str(value)
    return "String", str(value)


def concept(vocabulary: str, term: TermData) -> Element:
    """A term of one of our vocabularies, which is called as its field is."""
    coding = {"system": f"{OURS}vocabulary:{vocabulary}", "code": term.value, "display": term.label}
    return {"coding": [coding], "text": term.label}


def use_context(use: UseData) -> Element:
    """A condition the resource is for, with its codes; how well that is supported is an extension."""
    condition = without_empty({"coding": [_coding(code) for code in use.codes], "text": use.name})
    return {
        "extension": extensions(use, {"name", "codes"}),
        "code": {"system": _CONTEXT_TYPE, "code": "focus"},
        "valueCodeableConcept": condition,
    }


def _coding(code: CodeData) -> Element:
    other = f"{OURS}code-system:{'-'.join(code.system.lower().split())}"
    return {
        "extension": extensions(code, {"edition", "code"}),
        "system": _SYSTEMS.get(code.system, other),
        "version": code.edition,
        "code": code.code,
    }
