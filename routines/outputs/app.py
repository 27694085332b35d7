"""A routine on a home screen: the sign there opens that routine, or the link a patient was given.

Pure. Of a link the manifest says neither the address nor the routine: whoever holds the phone sees the name.
"""

from __future__ import annotations

import json

from django.utils.translation import gettext as _

from clinical.outputs.app_manifest import app_manifest
from clinical.outputs.file_cache import Made
from exercises.outputs.output import Asked
from routines.sheet import RoutineSheet


def made(sheet: RoutineSheet, asked: Asked) -> Made:
    """The manifest that stands beside the page it opens."""
    title = _("My stretching routine") if asked.is_shared else sheet.title
    facts = app_manifest(
        name=f"{title} – {asked.site_name}",
        short_name=_("My routine") if asked.is_shared else title,
        description=_("Made for you to follow at home.") if asked.is_shared else sheet.purpose,
        start="./",
    )
    return Made(json.dumps(facts).encode())
