"""What starts the platform's widgets in the admin: data beside each, read by ``start_widgets.js``, instead of scripts.

The platform writes a few inline scripts: below a chooser, a field for a date or time, a list of rows. A policy that
lets them run lets every script run that somebody manages to write into a page. So the same call stands there as data:
the name of what is to be started, which the script has on a closed list, and its arguments.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.widgets import BaseChooser

from clinical.outputs.structured_data import in_a_script
from clinical.platform import start_choosers_with
from clinical.safety.short_signs import LETTERS_OF_A_SIGN, MOST_WORDS

#: The one call that a chooser writes: ``new PageChooser("id", {…});``
_CALL = re.compile(r"(?:new )?(?P<name>\w+)\((?P<arguments>.*)\);", re.DOTALL)


def call(name: str, arguments: str) -> SafeString:
    """What is to be started, as data. ``arguments`` is JSON: a list. Raises ``ValueError`` when it is none."""
    json.loads(arguments)
    return format_html('<script type="application/json" data-start="{}">{}</script>', name, in_a_script(arguments))


class ShortSignInput(forms.TextInput):
    """A field for a short sign; ``count_words.js`` says beside it how long it is, of how much there is room for."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-count-letters": LETTERS_OF_A_SIGN, "data-count-words": MOST_WORDS, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the words of the count, in the language of whoever writes."""
        says = _("{letters} of %(letters)d letters, {words} of %(words)d words")
        limits = {"letters": LETTERS_OF_A_SIGN, "words": MOST_WORDS}
        context = super().get_context(name, value, {**(attrs or {}), "data-count-says": says % limits})
        # A browser would cut what is pasted in the middle of a word and say nothing.
        context["widget"]["attrs"].pop("maxlength", None)
        return context


def start_choosers_by_data() -> None:
    """Have every chooser write its call as data."""
    start_choosers_with(_as_data)


def _as_data(widget: BaseChooser, html: SafeString, script: str) -> SafeString:
    found = _CALL.fullmatch(script)
    if found is None:
        raise ValueError(f"A chooser wants to run more than one call: {script}")
    return html + call(found["name"], f"[{found['arguments']}]")
