"""One exercise or routine by its slug: its sheet as data, the very one that stands beside its page.

A withdrawn one answers 410 and says why, so that it is taken off wherever it is shown.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from clinical.pages.visible import is_shown
from clinical.withdrawal.withdrawn_page import withdrawn_data
from clinical.words.slugs import PATTERN
from exercises.models import ExercisePage
from exercises.outputs.output import FileOutput
from routines.models import RoutinePage
from stretchsite.api.answering import json_answer, kept, problem
from stretchsite.routing import page_at

_SLUG = re.compile(PATTERN)


def _answer(request: HttpRequest, slug: str, *, model: Any, section: str) -> HttpResponse:
    page = page_at(request, model, f"{section}/{slug}/") if _SLUG.fullmatch(slug) else None
    if page is not None and page.is_withdrawn_now:
        return json_answer(withdrawn_data(request, page), 410)
    if page is None or page.is_restricted or not is_shown(page):
        return problem("slug", _("there is nothing at this address."), 404)
    (data,) = (each for each in model.outputs if isinstance(each, FileOutput) and each.name == "data")
    with translation.override(page.language):
        answer: HttpResponse = page.output_answer(request, data)
    return answer


exercise = kept(partial(_answer, model=ExercisePage, section="exercises"))
routine = kept(partial(_answer, model=RoutinePage, section="routines"))
