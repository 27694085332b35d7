"""The description of the API (OpenAPI 3.1), made from what reads its parameters and from the models of its answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from pydantic.json_schema import models_json_schema

from clinical.outputs.safety_data import SheetData
from clinical.withdrawal.withdrawn_page import WithdrawnData
from exercises.outputs.sheet_data import ExerciseSheetData
from routines.outputs.sheet_data import RoutineSheetData
from stretchsite.api import changes, finding
from stretchsite.api.answering import CONTENT_TYPE, json_answer, kept
from stretchsite.api.data import ChangesData, FoundData, ListData, RefusalData, VersionsData
from stretchsite.api.listing import LISTS
from stretchsite.api.parameters import Parameter

_MODELS: tuple[type[SheetData], ...] = (
    *(ListData, FoundData, ChangesData, RefusalData, WithdrawnData),
    *(ExerciseSheetData, RoutineSheetData),
)
_REFERENCE = "#/components/schemas/{model}"
_ABOUT = (
    "Everything can be asked again with its ETag (If-None-Match), and should be: a safety note may have been added a "
    "minute ago. Addresses in answers are relative to the site. What must be done with a sheet stands in "
    "docs/sheet-format of the project: show its safety notes before the first step."
)


def versions(_request: HttpRequest) -> HttpResponse:
    """Which versions there are."""
    return json_answer(VersionsData(versions={"1": reverse("api_description")}))


def description(_request: HttpRequest) -> HttpResponse:
    """The description of this one."""
    return JsonResponse(document())


def document() -> dict[str, Any]:
    """The same as a value. One query, for the conditions a list may be narrowed by."""
    _names, schemas = models_json_schema([(model, "serialization") for model in _MODELS], ref_template=_REFERENCE)
    paths: dict[str, Any] = {}
    for each in LISTS:
        paths[f"/{each.name}/"] = _get(f"List {each.name}", each.parameters(each.rules()), ListData, 400)
    for name, model in (("exercise", ExerciseSheetData), ("routine", RoutineSheetData)):
        paths[f"/{name}s/{{slug}}/"] = {
            **_get(f"The sheet of one {name}", (), model, 404, 410),
            "parameters": [{"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}],
        }
    paths["/search/"] = _get("Search everything", finding.PARAMETERS, FoundData, 400)
    paths["/changes/"] = _get("What changed since a moment", changes.PARAMETERS, ChangesData, 400)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Stretchsite", "version": "1", "description": _ABOUT},
        "servers": [{"url": reverse("api_description").removesuffix("/openapi.json")}],
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }


def _get(summary: str, parameters: Iterable[Parameter], model: type[SheetData], *refusals: int) -> dict[str, Any]:
    responses = {"200": _response("The answer.", model), "429": _response("Too many requests.", RefusalData)}
    for status in refusals:
        refused = WithdrawnData if status == 410 else RefusalData
        responses[str(status)] = _response(_WHY[status], refused)
    responses["503"] = {"description": "Not now: ask again after as many seconds as Retry-After says."}
    asked = [_described(parameter) for parameter in parameters]
    return {"get": {"summary": summary, "parameters": asked, "responses": responses}}


_WHY = {
    400: "Something was asked for wrongly: which parameter, and what to write there.",
    404: "There is nothing at this address.",
    410: "It was withdrawn: take it off wherever you show it.",
}


def _response(words: str, model: type[SheetData]) -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(model=model.__name__)}
    return {"description": words, "content": {CONTENT_TYPE: {"schema": schema}}}


def _described(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "required": parameter.is_needed,
        "schema": parameter.schema,
    }


index, openapi = kept(versions), kept(description)
