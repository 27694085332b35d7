"""An exercise as FHIR: ``/exercises/<slug>/fhir.json`` is an ActivityDefinition with its notes within it.

Pure. It is made from the same data as ``sheet.json``; ``docs/fhir-format`` says where each fact goes.
"""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clinical.outputs.fhir.definitions import Defined, definition, whose_extensions
from clinical.outputs.fhir.elements import Element, concept, extensions, whole, without_empty, written
from clinical.outputs.fhir.narrative import before_anything, lines, listed, narrative
from clinical.outputs.file_cache import Made
from exercises.outputs.fhir_timing import timing
from exercises.outputs.output import Asked
from exercises.outputs.sheet_data import ExerciseData, ExerciseSheetData, data_asked
from exercises.sheet import ExerciseSheet

#: Of a dosage, what follows from its figures second by second: a timer takes it from ``sheet.json``.
LAID_OUT = frozenset({"dosage.intervals", "dosage.amounts", "dosage.steps"})
#: Of a figure, how a page draws it; the address of each drawing is there.
DRAWN = frozenset({"figure.view_box", "figure.frames.href", "figure.frames.view_box"})
#: What of an exercise has an element.
_PLACED = frozenset({"id", "title", "address", "clinical_name", "kind", "regions", "purpose"})
#: What of its own page's data has one, or stands there with the exercise.
_OF_THE_PAGE = frozenset(
    {"format", "id", "title", "address", "language", "signs", "safety", "exercise"}
    | {"used_for", "provenance", "publication"}
)
_ACTIVITY = {"status": "active", "kind": "ServiceRequest", "intent": "proposal"}


def made(sheet: ExerciseSheet, asked: Asked) -> Made:
    """The definition as an output."""
    return Made(written(_defined(data_asked(sheet, asked), sheet, asked)))


def _defined(data: ExerciseSheetData, sheet: ExerciseSheet, asked: Asked) -> Element:
    of = Defined.of_sheet(data, base=asked.address, today=asked.today, site_name=asked.site_name)
    first = before_anything(data.signs, data.safety, data.provenance)
    activity = activity_elements(data.exercise, asked.address)
    return {
        "resourceType": "ActivityDefinition",
        **definition(of),
        **activity,
        "text": narrative([first, lines(data.exercise.purpose, data.dosage.words), _steps(data.exercise)]),
        "contained": [of.composition],
        "extension": [
            *activity["extension"],
            *extensions(data, _OF_THE_PAGE | LAID_OUT),
            *whose_extensions(data.provenance, data.publication),
        ],
        "timingTiming": timing(sheet.dosage.frequency, sheet.dosage_words, sheet.seconds, sheet.seconds_most),
    }


def contained_activity(data: ExerciseData, number: int, base: str) -> Element:
    """An exercise within the definition of a routine, which has its notes and how much of it there is."""
    identifier = [{"system": "urn:ietf:rfc:3986", "value": data.id.urn}]
    return {
        "resourceType": "ActivityDefinition",
        **without_empty({"url": whole(data.address, base)}),
        "identifier": identifier,
        "title": data.title,
        **activity_elements(data, base),
        "id": activity_id(number),
    }


def activity_id(number: int) -> str:
    """What the exercise with this number is called within the definition of a routine."""
    return f"exercise-{number}"


def activity_elements(data: ExerciseData, base: str) -> Element:
    """What the exercise is: its own elements, and its extensions."""
    elements = {
        "subtitle": data.clinical_name,
        "purpose": data.purpose,
        "code": concept("kind", data.kind),
        "bodySite": [concept("regions", region) for region in data.regions],
        "extension": extensions(with_hosts(data, base), _PLACED | DRAWN),
    }
    return {**_ACTIVITY, **without_empty(elements)}


def with_hosts(data: ExerciseData, base: str) -> ExerciseData:
    """The same with whole addresses of its drawings, so that who reads them elsewhere finds them."""
    if data.figure is None:
        return data
    frames = tuple(frame.model_copy(update={"address": whole(frame.address, base)}) for frame in data.figure.frames)
    strip = whole(data.figure.strip_address, base)
    figure = data.figure.model_copy(update={"frames": frames, "strip_address": strip})
    return data.model_copy(update={"figure": figure})


def _steps(data: ExerciseData) -> SafeString:
    return listed(_("Steps"), (step.text for step in data.steps), in_order=True)
