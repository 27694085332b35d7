"""SL11: no output of a link names what its patient is treated for, nor does a list of files, tabs or dates name it."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from clinical.models import NoteTarget
from clinical.words.choices import EvidenceLevel, NoteKind, Tier, Urgency
from exercises.models import ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from testing import factories
from tests.outputs import ON_LINKS, ON_PAGES, Place, each_of, kind_of
from tests.sharing.share_links import address

pytestmark = pytest.mark.django_db

COMPLAINT, ROUTINE = "Quokkitis", "Wombat stretches"


@pytest.fixture
def routine(routine_index: RoutineIndexPage, exercise: ExercisePage) -> RoutinePage:
    """For a complaint that its notes hang on, with evidence against it."""
    complaint = factories.ConditionFactory.create(name=COMPLAINT, slug="complaint")
    flag: Any = {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP, "urgency": Urgency.EMERGENCY}
    for words in (flag, {"kind": NoteKind.CHECK_FIRST, "tier": Tier.CHECK_FIRST}):
        factories.note_at(NoteTarget(condition=complaint), **words)
    draft = factories.draft_routine([exercise], [complaint], title=ROUTINE, slug="evenings")
    (use,) = draft.condition_uses.all()
    use.evidence = EvidenceLevel.NO_BENEFIT
    return routine_index.add_child(instance=factories.approve(draft))


@pytest.fixture
def given(routine: RoutinePage) -> str:
    """The token of a link to it."""
    return factories.link_to(routine).token


def text_and_outside(place: Place, answer: Any) -> tuple[str, str]:
    """All that an answer says, and what of it is read outside of it: in tabs, messengers, lists of files and dates."""
    content, kind = answer.content, kind_of(place.output)
    outside = answer.get("Content-Disposition", "")
    if kind == "application/pdf":
        pdf = PdfReader(io.BytesIO(content))
        return "".join(page.extract_text() for page in pdf.pages), f"{outside} {pdf.metadata} {pdf.xmp_metadata}"
    text = content.decode()
    if kind == "text/html":
        outside += text.partition("</head>")[0]
    elif kind == "text/calendar":
        file = Calendar.from_ical(content)
        outside += str(file.get("x-wr-calname", "")) + "".join(str(event["summary"]) for event in file.walk("VEVENT"))
        outside += "".join(str(alarm.get("description")) for alarm in file.walk("VALARM"))
        text = re.sub(r"\r\n ", "", text)
    elif kind == "application/manifest+json":
        outside += text
    return text, outside


@each_of(ON_LINKS)
def test_sl11_no_output_of_a_link_names_the_complaint_nor_its_outside_the_routine(
    client: Client, given: str, place: Place
):
    answer = client.get(address(given) + place.output.path)
    assert answer.status_code == 200
    text, outside = text_and_outside(place, answer)
    assert COMPLAINT not in text
    assert COMPLAINT not in outside
    assert ROUTINE not in outside


def test_sl11_the_page_of_the_routine_itself_names_it(client: Client, routine: RoutinePage):
    """Or the test above would find nothing to miss."""
    for name in ("routine", "routine_data", "routine_handout"):
        place = next(place for place in ON_PAGES if str(place) == name)
        text, _outside = text_and_outside(place, client.get(reverse(name, kwargs={"slug": routine.slug})))
        assert COMPLAINT in text


def test_sl11_what_is_sent_and_printed_with_the_link_names_neither(client: Client, routine: RoutinePage):
    giver = factories.UserFactory.create(is_superuser=True)
    client.force_login(giver)
    link, _token = factories.link_to(routine, by=giver)
    text = client.post(reverse("sharing_link", args=[link.pk]), {"replace": "1"}).content.decode()
    sent = re.findall(r'(?:href="((?:mailto|sms):[^"]*)"|(<svg[^>]* class="qr".*?</svg>))', text, re.DOTALL)
    assert len(sent) == 3
    for one in map("".join, sent):
        assert COMPLAINT not in one
        assert "Wombat" not in one


def test_a_patient_may_ask_for_the_routines_name_in_the_calendar(client: Client, given: str):
    def titles(query: str) -> set[str]:
        file = Calendar.from_ical(client.get(f"{address(given)}routine.ics{query}").content)
        return {str(event["summary"]) for event in file.walk("VEVENT")}

    assert titles("") == {"Time for my exercises"}
    assert titles("?title=own") == {ROUTINE}
