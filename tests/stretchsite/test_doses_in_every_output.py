"""What is prescribed reads the same wherever a reader finds it: page, handout, calendar, data, player and link."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from routines.models import RoutinePage
from testing import factories
from testing.small_library import load, small_library, write
from tests.outputs import PLACES, Place, squeezed, words_of

LIFT = {"repetitions": 10}
HOLD = {"hold_seconds": 30, "repetitions": 2}
#: Doses of earnest use: what an exercise says, and what its item says besides.
DOSES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a weight": ({**LIFT, "load_grams": 1000}, {}),
    "a band": ({**LIFT, "band": "red"}, {}),
    "effort": ({**LIFT, "effort": 7}, {}),
    "a tempo": ({**LIFT, "tempo_out_seconds": 3, "tempo_hold_seconds": 2, "tempo_back_seconds": 3}, {}),
    "a rest between holds": ({"hold_seconds": 45, "repetitions": 4, "rest_between_seconds": 15}, {}),
    "tense and let go": ({"contract_seconds": 6, "relax_seconds": 2, "stretch_seconds": 20, "repetitions": 3}, {}),
    "as many as are comfortable": ({"repetitions_up_to": 15}, {}),
    "two to three sets": ({**HOLD, "sets": 2, "sets_most": 3, "rest_seconds": 30}, {}),
    "two to three times a day": (HOLD, {"dosage": {"sessions_per_day": 2, "sessions_per_day_most": 3}}),
    "three to four days": (HOLD, {"dosage": {"days_per_week": 3, "days_per_week_most": 4}}),
    "every second day": (HOLD, {"dosage": {"every_days": 2}}),
    "when it is needed": (HOLD, {"dosage": {"as_needed": True, "as_needed_most": 3}}),
    "five minutes of a hold": ({"hold_seconds": 300, "repetitions": 1}, {}),
    "three quarters of an hour": ({"moving_seconds": 2700}, {}),
    "one more every three days": (
        {"repetitions": 8, "steps_up": "repetitions", "steps_up_by": 1, "steps_up_every_days": 3, "steps_up_to": 15},
        {},
    ),
    "more weight when it is easy": (
        {**LIFT, "load_grams": 500, "steps_up": "load_grams", "steps_up_by": 500, "steps_up_to": 3000},
        {},
    ),
    "from week three": (HOLD, {"from_week": 3}),
    "one side": (HOLD, {"side": "left"}),
}
#: Where the whole dose is said. A picture beside a link, and the addresses that only lead to these, say none.
SAYING = [place for place in PLACES if place.owner != "exercise" and place.output.has_notes]


def said(place: Place, client: Client, routine: RoutinePage, token: str) -> str:
    """What an output says, without spaces; all events of a calendar together."""
    kwargs = {"token": token} if place.owner == "shared" else {"slug": routine.slug}
    answer: Any = client.get(reverse(str(place), kwargs=kwargs))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if place.output.content_type.startswith("text/calendar"):
        return squeezed(" ".join(str(event["description"]) for event in Calendar.from_ical(content).walk("VEVENT")))
    return squeezed(html.unescape(words_of(place.output, content)))


def lacking(client: Client, routine: RoutinePage) -> dict[str, list[str]]:
    """Each dose of a routine that some output does not say, word for word, with the names of those outputs."""
    _link, token = factories.link_to(routine)
    told = {str(place): said(place, client, routine, token) for place in SAYING}
    assert len(told) >= 8
    doses = [item.how_much for item in routine.sheet().items]
    found = {dose: [name for name, words in told.items() if squeezed(dose) not in words] for dose in doses}
    return {dose: names for dose, names in found.items() if names}


def in_one_routine() -> Any:
    """The small library with an exercise for each dose, all in its routine."""
    records = small_library()
    usual, routine = records["exercises/heel-drop"], records["routines/before-bed"]
    for number, (name, (dosage, item)) in enumerate(DOSES.items()):
        key = f"dose-{number}"
        exercise = {"id": key, "title": name.capitalize(), "dosage": dosage, "equipment": ["dumbbell", "band"]}
        records[f"exercises/{key}"] = {**usual, **exercise}
        routine["items"].append({"exercise": key, "phase": "main", "side": "each", **item})
    return records


@pytest.mark.django_db
def test_every_dose_reads_the_same_in_every_output(set_up_site: None, tmp_path: Path, client: Client):
    load(write(tmp_path, in_one_routine()), publish=True)
    routine = RoutinePage.objects.get(library_id="before-bed")
    assert len(routine.sheet().items) == len(DOSES) + 2
    assert lacking(client, routine) == {}
