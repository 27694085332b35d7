"""Every output of a routine: on its page, on a share link to it, or on both. Pure.

To add one, write the module that makes it and its entry here (``docs/extending.md``). The order is that in which a
device fetches its copy.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clinical.outputs.app_manifest import CONTENT_TYPE as MANIFEST
from clinical.outputs.fhir.elements import CONTENT_TYPE as FHIR
from exercises.outputs.output import HTML, FileOutput, Output
from routines.outputs import app, calendar, fhir, handout, sheet_data
from routines.sheet import RoutineSheet

OUTPUTS: tuple[Output[RoutineSheet], ...] = (
    Output(name="", path="", content_type=HTML, is_offline=True),
    Output(name="follow", path="follow/", content_type=HTML, is_offline=True),
    Output(name="share", path="share/", content_type=HTML, on_links=False, has_notes=False),
    Output(name="card", path="card.png", content_type="image/png", on_links=False, has_notes=False, takes_long=True),
    FileOutput(name="data", path="sheet.json", content_type="application/json", make=sheet_data.made, is_offline=True),
    FileOutput(
        name="handout",
        path="handout.pdf",
        content_type="application/pdf",
        make=handout.made,
        kept=handout.KEPT,
        file_ending=".pdf",
        takes_long=True,
        is_offline=True,
        label=_("Handout (PDF)"),
        has_choices=True,
    ),
    FileOutput(
        name="calendar",
        path="routine.ics",
        content_type="text/calendar; charset=utf-8",
        make=calendar.made,
        file_ending=".ics",
        has_choices=True,
    ),
    FileOutput(name="app", path="app.webmanifest", content_type=MANIFEST, make=app.made, has_notes=False),
    FileOutput(name="fhir", path="fhir.json", content_type=FHIR, make=fhir.made),
)
