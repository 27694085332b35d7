"""Every output of an exercise. Pure."""

from __future__ import annotations

from clinical.outputs.fhir.elements import CONTENT_TYPE as FHIR
from exercises.outputs import fhir, sheet_data
from exercises.outputs.output import HTML, FileOutput, Output
from exercises.sheet import ExerciseSheet

OUTPUTS: tuple[Output[ExerciseSheet], ...] = (
    Output(name="", path="", content_type=HTML, on_links=False, is_offline=True),
    Output(name="follow", path="follow/", content_type=HTML, on_links=False, is_offline=True),
    Output(name="card", path="card.png", content_type="image/png", on_links=False, has_notes=False, takes_long=True),
    FileOutput(
        name="data",
        path="sheet.json",
        content_type="application/json",
        make=sheet_data.made,
        on_links=False,
        is_offline=True,
    ),
    FileOutput(name="fhir", path="fhir.json", content_type=FHIR, make=fhir.made, on_links=False),
)
