"""A routine as FHIR: ``/routines/<slug>/fhir.json`` is a PlanDefinition with its exercises and notes within it.

Under a share link it is a CarePlan for nobody: no output of ours says whose plan it is, so its subject is masked for
whoever takes it over to fill in. Pure; ``docs/fhir-format`` says where each fact goes.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from clinical.outputs.fhir.definitions import Defined, definition, whose_extensions
from clinical.outputs.fhir.elements import Element, extensions, without_empty, written
from clinical.outputs.fhir.narrative import before_anything, lines, listed, narrative
from clinical.outputs.fhir.safety import SAFETY_ID, safety_link
from clinical.outputs.file_cache import Made
from exercises.outputs.fhir import LAID_OUT, activity_id, contained_activity
from exercises.outputs.fhir_timing import timing
from exercises.outputs.output import Asked
from routines.outputs.sheet_data import ItemData, RoutineSheetData, data_asked
from routines.sheet import RoutineSheet, RoutineSheetItem

#: What of a routine has an element, or stands in a resource within it.
_PLACED = frozenset(
    {"format", "id", "title", "address", "language", "signs", "safety", "purpose", "items"}
    | {"used_for", "provenance", "publication", "began_on"}
)
_PLACED_OF_AN_ITEM = frozenset({"number", "exercise", "words", "cue"})
_TYPE = {
    "coding": [{"system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": "clinical-protocol"}]
}
#: What the plan is called within the one for a patient.
PLAN_ID = "plan"
#: Somebody's, and not said whose.
_NOBODY = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}]}


def made(sheet: RoutineSheet, asked: Asked) -> Made:
    """The definition as an output; of what was given to one patient, a plan."""
    data = data_asked(sheet, asked)
    return Made(written((_care_plan if asked.is_shared else _whole_definition)(data, sheet, asked)))


def _whole_definition(data: RoutineSheetData, sheet: RoutineSheet, asked: Asked) -> Element:
    of = _defined(data, asked)
    contained = [of.composition, *_exercises(data, asked)]
    return {**_plan_definition(data, sheet, of), "text": _text(data), "contained": contained}


def _care_plan(data: RoutineSheetData, sheet: RoutineSheet, asked: Asked) -> Element:
    of = _defined(data, asked)
    plan = {**_plan_definition(data, sheet, of), "id": PLAN_ID}
    period = {"period": {"start": data.began_on.isoformat()}} if data.began_on else {}
    return {
        "resourceType": "CarePlan",
        "language": data.language,
        "text": _text(data),
        "contained": [plan, of.composition, *_exercises(data, asked)],
        "instantiatesCanonical": [f"#{PLAN_ID}"],
        "status": "draft",
        "intent": "plan",
        "title": data.title,
        "subject": _NOBODY,
        **period,
        "supportingInfo": [{"reference": f"#{SAFETY_ID}", "display": _("Safety notes")}],
    }


def _defined(data: RoutineSheetData, asked: Asked) -> Defined:
    return Defined.of_sheet(data, base=asked.address, today=asked.today, site_name=asked.site_name)


def _exercises(data: RoutineSheetData, asked: Asked) -> list[Element]:
    return [contained_activity(item.exercise, item.number, asked.address) for item in data.items]


def _plan_definition(data: RoutineSheetData, sheet: RoutineSheet, of: Defined) -> Element:
    rows = zip(data.items, sheet.items, strict=True)
    session = {
        "title": _("One session"),
        "documentation": [safety_link()],
        "timingTiming": timing(
            sheet.often, data.frequency, data.total_seconds, data.total_seconds_most, (data.weeks, data.weeks_most)
        ),
        "groupingBehavior": "logical-group",
        "selectionBehavior": "all",
        "action": [_action(item, row) for item, row in rows],
    }
    return {
        "resourceType": "PlanDefinition",
        **definition(of),
        **without_empty({"purpose": data.purpose}),
        "type": _TYPE,
        "extension": [*extensions(data, _PLACED), *whose_extensions(data.provenance, data.publication)],
        "action": [without_empty(session)],
    }


def _action(item: ItemData, row: RoutineSheetItem) -> Element:
    """One exercise as prescribed; its dosage whole in an extension, how often only where it is an exception."""
    elements = {
        "extension": extensions(item, _PLACED_OF_AN_ITEM | LAID_OUT),
        "prefix": str(item.number),
        "title": item.exercise.title,
        "description": item.cue,
        "textEquivalent": item.words,
        "documentation": [safety_link()],
        "timingTiming": timing(row.dosage.frequency, "", row.seconds, row.seconds_most),
        "definitionCanonical": f"#{activity_id(item.number)}",
    }
    return without_empty(elements)


def _text(data: RoutineSheetData) -> Element:
    exercises = (f"{item.exercise.title}: {item.words}" for item in data.items)
    return narrative(
        [
            before_anything(data.signs, data.safety, data.provenance),
            listed(_("Taken out for safety"), data.taken_out),
            listed(_("Ask your practitioner how much of"), data.ask_about),
            lines(data.put_together, data.purpose, data.frequency),
            listed(_("Exercises"), exercises, in_order=True),
        ]
    )
