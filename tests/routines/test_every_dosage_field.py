"""Every field of a dosage is in every output of a routine, whether the exercise says it or the routine's item."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.http import QueryDict
from django.test import Client
from icalendar import Calendar
from wagtail.admin.panels import FieldPanel, MultipleChooserPanel, Panel

from clinical.admin.folded_panel import FoldedPanel
from exercises.dosage import Dosage
from exercises.frequency import FREQUENCY
from exercises.models import ExercisePage
from routines.models import RoutineItem
from routines.outputs.calendar import calendar, sessions_asked
from routines.outputs.handout import handout_data
from routines.outputs.paper import Paper
from routines.outputs.words import amounts
from routines.panels import routine_tabs
from tests.dosage_examples import NAMES, must_have, places
from tests.exercises.test_every_dosage_field import field_panels
from tests.pure_examples import item, routine_sheet

TODAY = date(2026, 11, 21)
PAPER = Paper(address="https://stretch.example/routines/back/", printed_on=TODAY, site_name="Stretchsite")

every_field = pytest.mark.parametrize("name", NAMES)


def sheets(each):
    """A routine of one exercise, without the field and with it."""
    return [routine_sheet(item(dosage=Dosage(**figures))) for figures in (each.before, each.after)]


def item_panels(panel: Panel) -> list[str]:
    """What can be typed in for an item of a routine."""
    if isinstance(panel, MultipleChooserPanel) and panel.relation_name == "items":
        return [name for child in panel.panels for name in field_panels(child)]
    return [name for child in getattr(panel, "children", ()) for name in item_panels(child)]


@every_field
def test_a_field_is_on_paper(name: str):
    with must_have("The handout (routines/outputs/handout.py)", name) as each:
        before, after = (handout_data(sheet, PAPER)["items"] for sheet in sheets(each))
        assert before != after, "it prints the same without it"


def test_paper_says_the_whole_dose_in_words():
    told = {"hold_seconds": 30, "repetitions": 1, "sets": 3, "rest_seconds": 30, "sessions_per_day": 2}
    sheet = routine_sheet(item(dosage=Dosage(**told, intensity_cue="A mild pull")))
    (printed,) = handout_data(sheet, PAPER)["items"]
    assert printed["dose"] == "Hold 30 seconds, once each side, 3 sets, rest 30 seconds between sets, twice a day."
    assert printed["cues"] == ["A mild pull"]


@every_field
def test_a_field_is_in_the_calendar(name: str):
    with must_have("The calendar (routines/outputs/calendar.py)", name) as each:
        before, after = (_description(sheet) for sheet in sheets(each))
        assert before != after, "it says the same without it"


def _description(sheet) -> str:
    made = calendar(sheet, sessions_asked(QueryDict(), sheet, TODAY), datetime.combine(TODAY, time()))
    return str(Calendar.from_ical(made).walk("VEVENT")[0]["description"])


@every_field
def test_a_field_is_in_plain_words(name: str):
    with must_have("A routine in plain words (routines/outputs/words.py)", name) as each:
        before, after = map(amounts, sheets(each))
        assert before != after, "they are the same without it"


@every_field
def test_a_field_has_its_column(name: str):
    with must_have("The columns of a routine's item (exercises/models/dosages.py)", name):
        assert name in {field.name for field in RoutineItem._meta.get_fields()}, "there is no such column"


@every_field
def test_a_field_can_be_typed_in_for_an_item(name: str):
    with must_have("The editor of a routine (routines/panels.py)", name):
        assert item_panels(routine_tabs()).count(name) == 1, "it has no panel, or two"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "said_by"),
    # How often an exercise is done on its own says nothing in a routine.
    [(name, by) for name in NAMES for by in ("exercise", "item") if by == "item" or name not in FREQUENCY],
)
def test_a_field_is_on_the_page_of_a_routine(name: str, said_by: str, client: Client, request: pytest.FixtureRequest):
    with must_have(f"The page of a routine, where its {said_by} says it,", name) as each:
        routine = request.getfixturevalue("routine")
        here = said_by == "item"
        ExercisePage.objects.update(**(each.columns_before if here else each.columns))
        if here:
            RoutineItem.objects.update(**each.item)
        (read,) = routine.sheet().items
        assert read.dosage == Dosage(**each.after), "it is not read"
        for place in places(client.get(routine.url).content.decode()):
            assert read.dosage_words in place, "a place does not say it"
        assert client.get(f"{routine.url}sheet.json").json()["items"][0]["dosage"][name] == each.value


@pytest.mark.parametrize(("said", "is_open"), [({}, False), ({"sets": 3}, True)])
def test_what_a_row_rarely_needs_is_folded_unless_it_says_something(db: None, said: dict[str, int], is_open: bool):
    panel = FoldedPanel([FieldPanel("sets")], summary="Another dosage here").bind_to_model(RoutineItem)
    row = RoutineItem(**said)
    bound = panel.get_bound_panel(instance=row, request=None, form=panel.get_form_class()(instance=row), prefix="row")
    assert ('<details class="folded" open>' in bound.render_html({})) is is_open


def test_an_opened_row_shows_few_fields_before_more_is_asked_for():
    tabs = routine_tabs()
    rows = next(panel for tab in tabs.children for panel in tab.children if isinstance(panel, MultipleChooserPanel))
    shown = [name for child in rows.panels if not isinstance(child, FoldedPanel) for name in field_panels(child)]
    assert shown == ["exercise", "phase", "side", "cue", "from_week", "to_week"]
