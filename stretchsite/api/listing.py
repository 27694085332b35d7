"""The lists of the API: exercises, routines and conditions, narrowed as the catalogues of the site are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale

from clinical.models import ClinicalPage
from clinical.pages.catalogues import FacetRule, Narrowing
from clinical.pages.entries import Scan
from clinical.publishing.approvals import language_of
from exercises.models import ExercisePage
from exercises.models.facets import READ_BY as EXERCISES_READ_BY
from exercises.models.facets import facet_rules as of_exercises
from routines.models import RoutinePage
from routines.models.routine_facets import READ_BY as ROUTINES_READ_BY
from routines.models.routine_facets import facet_rules as of_routines
from stretchsite.api.answering import json_answer, kept
from stretchsite.api.data import ListData, ListedData
from stretchsite.api.parameters import PAGE, PER_PAGE, Parameter, Refused, read
from stretchsite.finding.matches import content_language
from stretchsite.models import ConditionPage, InformationPage

#: What of a page a list says.
COLUMNS = ("title", "slug", "locale_id", "content_key", "purpose", "review_state", "last_published_at")


def _as_it_is(found: Any) -> Any:
    return found


def _no_rules() -> list[FacetRule]:
    return []


@dataclass(frozen=True)
class Listing:
    """One list: its name, which pages, what they may be narrowed by, and how they are read into memory for that."""

    name: str
    model: type[ClinicalPage]
    rules: Callable[[], list[FacetRule]] = _no_rules
    read_by: Scan | None = None

    def parameters(self, rules: list[FacetRule]) -> tuple[Parameter, ...]:
        """What may be asked of it."""
        filters = (
            Parameter(
                name=rule.name,
                description=f"{rule.legend}. Several widen; each other parameter narrows.",
                options=tuple(value for value, _label in rule.options),
            )
            for rule in rules
        )
        return (*filters, PAGE, PER_PAGE)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """One page of it. A number of queries that grows with nothing."""
        rules = self.rules()
        asked = read(self.parameters(rules), request.GET)
        locale = Locale.objects.get_for_language(content_language())
        shown: Any = self.model.objects
        shown = shown.shown().filter(locale_id=locale.pk).order_by("title", "pk").only(*COLUMNS)
        # By the name of the catalogue, which is the same list: what one of them reads is the other's.
        kept_as = (self.name, locale.pk) if self.read_by else ()
        narrowed = Narrowing(shown, request.GET, tuple(rules), self.read_by, kept_as=kept_as)
        page, found = narrowed.page(_as_it_is, asked["per_page"])
        pages = page_numbers(request.GET, asked["page"], page.paginator.count, asked["per_page"])
        return json_answer(ListData(**pages, results=tuple(listed(each) for each in found)))


def page_numbers(query: QueryDict, number: int, count: int, per_page: int) -> dict[str, Any]:
    """Which page of how many, and the ones beside it. Raises ``Refused`` for one there is not."""
    pages = max(1, ceil(count / per_page))
    if number > pages:
        raise Refused([("page", _("write at most %d: that is the last page.") % pages)])
    return {
        "count": count,
        "page": number,
        "pages": pages,
        "next": _beside(query, number + 1) if number < pages else "",
        "previous": _beside(query, number - 1) if number > 1 else "",
    }


def _beside(query: QueryDict, number: int) -> str:
    other = query.copy()
    other["page"] = str(number)
    return f"?{other.urlencode()}"


#: By class, what its pages are called, and whether they have a sheet.
_KINDS: dict[type, tuple[str, bool]] = {
    ExercisePage: ("exercise", True),
    RoutinePage: ("routine", True),
    ConditionPage: ("condition", False),
    InformationPage: ("information", False),
}


def listed(page: Any) -> ListedData:
    """A page as a list says it."""
    kind, has_sheet = _KINDS[type(page)]
    of: dict[str, Any] = {"slug": page.slug}
    said = {
        "kind": kind,
        "id": getattr(page, "content_key", None),
        "title": page.title,
        "purpose": getattr(page, "purpose", "") or getattr(page, "introduction", ""),
        "address": reverse(kind, kwargs=of),
        "sheet": reverse(f"{kind}_data", kwargs=of) if has_sheet else "",
        "fhir": reverse(f"{kind}_fhir", kwargs=of) if has_sheet else "",
        "language": language_of(page.locale_id),
        "review_state": getattr(page, "review_state", None) or None,
        "published": page.last_published_at,
    }
    return ListedData.model_validate(said)


LISTS = (
    Listing("exercises", ExercisePage, of_exercises, EXERCISES_READ_BY),
    Listing("routines", RoutinePage, of_routines, ROUTINES_READ_BY),
    Listing("conditions", ConditionPage),
)
exercises, routines, conditions = (kept(each.answer) for each in LISTS)
