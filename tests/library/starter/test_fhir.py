"""Every routine and exercise of the starter library as FHIR: valid as R5 and as R4B, and no fact of it is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from fhir.resources import get_fhir_model_class
from fhir.resources.R4B import get_fhir_model_class as get_r4b_model_class

from exercises.models import ExercisePage
from exercises.outputs import fhir as exercise_fhir
from exercises.outputs import sheet_data as exercise_data
from routines.models import RoutinePage
from routines.outputs import fhir as routine_fhir
from routines.outputs import sheet_data as routine_data
from testing import factories
from tests.library.starter.fhir_places import HOST, extended, missing, rest
from tests.outputs import plainly_asked

# What a resource says does not depend on the database that keeps it.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("starter_site", "db")]

Facts = dict[str, Any]
ASKED = plainly_asked(today=date(2026, 11, 21), address=f"{HOST}/r/", site_name="Clinic", licence="CC BY 4.0")


@cache
def resources() -> tuple[tuple[str, Facts, Facts], ...]:
    """Each page's title, what its sheet says as data, and its resource."""
    kinds = ((ExercisePage, exercise_data, exercise_fhir), (RoutinePage, routine_data, routine_fhir))
    found = []
    for model, data, fhir in kinds:
        for page in model.objects.live().order_by("slug"):
            sheet: Any = page.sheet()
            facts = data.data_asked(sheet, ASKED).model_dump(mode="json")
            found.append((page.title, facts, json.loads(fhir.made(sheet, ASKED).content)))
    return tuple(found)


@pytest.fixture(autouse=True)
def _made_in_time(starter_site: None, db: None) -> None:
    resources()


def test_every_resource_of_the_starter_library_is_valid_as_r5_and_as_r4b():
    assert {each["resourceType"] for _title, _facts, each in resources()} == {"ActivityDefinition", "PlanDefinition"}
    for _title, _facts, resource in resources():
        for model_of in (get_fhir_model_class, get_r4b_model_class):
            model_of(resource["resourceType"]).model_validate(resource)


def test_no_fact_is_lost_that_the_mapping_page_does_not_name():
    for title, facts, resource in resources():
        lost = list(_lost(facts, resource))
        assert not lost, (title, lost)


@pytest.mark.parametrize(
    "path",
    ["title", "extension.5", "extension.40", "code.coding", "contained.0.section.1.section.0.text.div", "bodySite"],
)
def test_fact_that_is_taken_away_is_missed(path: str):
    facts, resource = next((facts, resource) for _title, facts, resource in resources() if "exercise" in facts)
    resource = json.loads(json.dumps(resource))
    *way, last = path.split(".")
    holder: Any = resource
    for step in way:
        holder = holder[int(step) if isinstance(holder, list) else step]
    if isinstance(holder, list):
        del holder[int(last)]
    else:
        holder[last] = "" if isinstance(holder[last], str) else []
    assert list(_lost(facts, resource))


def _lost(facts: Facts, resource: Facts) -> Iterator[str]:
    contained = {each["id"]: each for each in resource["contained"]}
    yield from _of_definition(facts, resource)
    yield from _of_safety(facts, contained["safety"])
    if "exercise" in facts:
        yield from missing("An exercise", facts["exercise"], resource)
        said = [rest("An exercise", facts["exercise"]), rest("The page of an exercise", facts)]
        yield from missing("The page of an exercise", facts, resource)
    else:
        said = [rest("The page of a routine", facts)]
        yield from missing("The page of a routine", facts, resource)
        yield from _of_rows(facts["items"], resource["action"][0]["action"], contained)
    yield from _differs("the page", [*said, *_of_whose(facts)], resource)


def _of_whose(facts: Facts) -> list[dict[str, list[Any]]]:
    return [rest("A provenance", facts["provenance"]), rest("A publication", facts["publication"])]


def _of_definition(facts: Facts, resource: Facts) -> Iterator[str]:
    yield from missing("A provenance", facts["provenance"], resource)
    yield from missing("A publication", facts["publication"], resource)
    citations = [each for each in resource["relatedArtifact"] if each["type"] == "citation"]
    for source, cited in zip(facts["provenance"]["sources"], citations, strict=True):
        yield from missing("A source", source, cited)
    for use, context in zip(facts["used_for"], resource.get("useContext", []), strict=True):
        yield from missing("A use", use, context)
        yield from _differs("a use", [rest("A use", use)], context)
        codings = context["valueCodeableConcept"].get("coding", [])
        for code, coding in zip(use["codes"], codings, strict=True):
            yield from missing("A code", code, coding)
            yield from _differs("a code", [rest("A code", code)], coding)


def _of_safety(facts: Facts, composition: Facts) -> Iterator[str]:
    card, notes = composition["section"]
    for kind, all_facts, sections in (("A group of signs", facts["signs"], card), ("A note", facts["safety"], notes)):
        for each, section in zip(all_facts, sections["section"], strict=True):
            yield from missing(kind, each, section)
            yield from _differs(kind, [rest(kind, each)], section)


def _of_rows(items: list[Facts], actions: list[Facts], contained: Facts) -> Iterator[str]:
    for item, action in zip(items, actions, strict=True):
        activity = contained[action["definitionCanonical"].removeprefix("#")]
        yield from missing("A row of a routine", item, action)
        yield from _differs("a row", [rest("A row of a routine", item)], action)
        yield from missing("An exercise", item["exercise"], activity)
        yield from _differs("an exercise", [rest("An exercise", item["exercise"])], activity)


def _differs(what: str, expected: list[Facts], element: Facts) -> Iterator[str]:
    wanted = {name: said for each in expected for name, said in each.items()}
    found = extended(element)
    if wanted != found:
        names = {name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name)}
        yield from (f"{what}: {name}: {wanted.get(name)} is {found.get(name)}" for name in sorted(names))


def test_what_was_given_to_one_patient_is_a_plan_for_nobody():
    routine = RoutinePage.objects.live().order_by("slug").first()
    link, _token = factories.link_to(routine)
    asked = plainly_asked(address=f"{HOST}/s/secret/", is_shared=True, note="For your knee", mark="Blue")
    plan = json.loads(routine_fhir.made(link.shared_sheet().sheet, asked).content)
    for model_of in (get_fhir_model_class, get_r4b_model_class):
        model_of("CarePlan").model_validate(plan)
    assert plan["subject"]["extension"][0]["valueCode"] == "masked"
    definition = plan["contained"][0]
    assert "useContext" not in definition
    said = json.dumps(plan)
    assert not [each for each in ("For your knee", "Blue", "secret") if each in said]
    assert routine is not None
    assert not [use.tag.name for use in routine.condition_uses.all() if use.tag.name in said]
