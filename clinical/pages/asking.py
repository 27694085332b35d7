"""Who should ask a clinician before they begin: what a page says of that, as values that travel with it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from clinical.safety.sheet import AskFirst
from clinical.words.fields import lines
from clinical.words.remembered import in_each_language


def asked_first(page: Any) -> tuple[AskFirst, ...]:
    """Whom a page concerns, then its own lines. ``page`` has the two columns ``check_first_…``."""
    concerns = tuple(page.check_first_concerns)
    named = (AskFirst(concerns=concerns),) if concerns else ()
    return (*named, *(AskFirst(_completing(line)) for line in lines(page.check_first_if)))


@in_each_language
def _completing(line: str) -> str:
    """A line as it completes "Ask first if", written before there was that label or after."""
    opening = _("Ask first if")
    if line.casefold().startswith(opening.casefold()):
        line = line[len(opening) :].strip()
    line = line.lstrip(" :,–—-")
    if line.casefold().startswith(f"{_('If')} ".casefold()):
        line = line[len(_("If")) :].strip()
    return line.rstrip(".")
