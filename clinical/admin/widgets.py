"""What starts the platform's widgets in the admin: data beside each, read by ``start_widgets.js``, instead of scripts.

The platform writes a few inline scripts: below a chooser, a field for a date or time, a list of rows. A policy that
lets them run lets every script run that somebody manages to write into a page. So the same call stands there as data:
the name of what is to be started, which the script has on a closed list, and its arguments.
"""

from __future__ import annotations

import json
import re

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser

from clinical.outputs.structured_data import in_a_script
from clinical.platform import start_choosers_with

#: The one call that a chooser writes: ``new PageChooser("id", {…});``
_CALL = re.compile(r"(?:new )?(?P<name>\w+)\((?P<arguments>.*)\);", re.DOTALL)


def call(name: str, arguments: str) -> SafeString:
    """What is to be started, as data. ``arguments`` is JSON: a list. Raises ``ValueError`` when it is none."""
    json.loads(arguments)
    return format_html('<script type="application/json" data-start="{}">{}</script>', name, in_a_script(arguments))


def start_choosers_by_data() -> None:
    """Have every chooser write its call as data."""
    start_choosers_with(_as_data)


def _as_data(widget: BaseChooser, html: SafeString, script: str) -> SafeString:
    found = _CALL.fullmatch(script)
    if found is None:
        raise ValueError(f"A chooser wants to run more than one call: {script}")
    return html + call(found["name"], f"[{found['arguments']}]")
