"""Every text an author writes is in every output of what it belongs to, but for absences that are decided and listed.

The site is one on which each text is a word of its own (``marked_fields.py``). A new field, a new output and a lost
text each fail here, and so does a listed absence that is none any more (``absent_fields.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from clinical.models import SafetyNote
from clinical.publishing import approvals
from exercises.models import Variation
from routines.models import RoutineCondition, RoutineItem, RoutinePage, RoutineSource
from sharing.models import ShareLink
from stretchsite import routing
from testing import factories
from tests.outputs import WITH_NOTES, Place, body, kind_of, squeezed, words_of
from tests.stretchsite.absent_fields import reasons, table
from tests.stretchsite.marked_fields import NO_WORDS, Marks, all_fields, authored, build, named

OF_ROUTINES = (RoutinePage, RoutineCondition, RoutineItem, RoutineSource)
CONDITION_PAGE = "condition"
#: Said in the head of the page they belong to, which is not among the words of other fields.
IN_THE_HEAD = {"seo_title", "search_description"}
OUTPUTS = {**{str(place): place for place in WITH_NOTES}, CONDITION_PAGE: None}

_made: dict[str, Any] = {}


@pytest.fixture(scope="module")
def marked_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The marked site, and what each of its outputs says."""
    with django_db_blocker.unblock(), transaction.atomic():
        approvals.forget_locales()
        routing.forget_roots()
        Page.objects.get(depth=1).get_children().delete()
        Site.objects.all().delete()
        home = factories.HomePageFactory(parent=Page.objects.get(depth=1))
        Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
        marks = Marks()
        token = build(home, marks)
        _made.update(marks=marks, said={name: said(name, place, token) for name, place in OUTPUTS.items()})
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("marked_site", "db")


def said(name: str, place: Place | None, token: str) -> tuple[str, str]:
    """What an output says, without what breaks its lines; and the same with a page's head."""
    slugs = {"exercise": "exercise-one", "routine": "marked", "condition": "marked"}
    owner = place.owner if place else name
    answer: Any = Client().get(reverse(name, kwargs={"token": token} if owner == "shared" else {"slug": slugs[owner]}))
    assert answer.status_code == 200, name
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    words = words_of(place.output, content) if place else body(content)
    if place and kind_of(place.output) == "text/calendar":
        words += title_of(content)
    whole = content.decode() if not place or kind_of(place.output) == "text/html" else words
    return squeezed(words).casefold(), squeezed(whole).casefold()


def title_of(calendar: bytes) -> str:
    """What a calendar shows of an event at a glance."""
    return str(Calendar.from_ical(calendar).walk("VEVENT")[0]["summary"])


def belongs(field: str, output: str) -> bool:
    """Whether an output is one of what the field is written about."""
    model, owner = all_fields()[field], output.partition("_")[0]
    if field == "ConditionPage.usual_sensation" or model is SafetyNote:
        return True
    if model is ShareLink:
        return owner == "shared"
    if model in OF_ROUTINES:
        return owner in {"routine", "shared"}
    is_hubs = model.__name__ in {"ConditionPage", "HubSource", "Condition"}
    return is_hubs == (owner == CONDITION_PAGE)


def marks_for(field: str, output: str) -> list[str]:
    """The words of a field that an output has to say: those of its own exercise, or of all."""
    others = {"exercise two"} if output.startswith("exercise") else set()
    return [mark for record, mark in _made["marks"].of[field] if record not in others]


ASKED = [(field, output) for field in all_fields() for output in OUTPUTS if belongs(field, output)]


def missing(field: str, output: str) -> list[str]:
    """Which of its words an output does not say."""
    words = _made["said"][output][field.rpartition(".")[2] in IN_THE_HEAD]
    return [mark for mark in marks_for(field, output) if mark not in words]


def test_every_text_field_is_written_somewhere_on_the_marked_site():
    assert set(_made["marks"].of) == set(all_fields())


def test_no_text_is_left_out_of_an_output_unless_that_is_decided():
    lost = {place: words for place in ASKED if place not in reasons() and (words := missing(*place))}
    assert not lost, "Say it there, or say why not in absent_fields.py"


def test_no_listed_absence_is_one_no_more():
    listed, asked = reasons(), set(ASKED)
    assert not set(listed) - asked, "these name a field or an output that is none"
    said_after_all = {place for place in listed if len(missing(*place)) < len(marks_for(*place))}
    assert not said_after_all, "these are said after all: take them off the list in absent_fields.py"


def test_list_of_what_is_no_authors_word_names_nothing_that_is_gone():
    there = {model.__name__ for model in authored()}
    there |= {name for model in authored() for each in model._meta.get_fields() for name in _names(model, each)}
    assert set(NO_WORDS) <= there


def _names(model: type[models.Model], each: Any) -> set[str]:
    pose = {"ExercisePage.steps.pose"} if isinstance(each, StreamField) else set()
    return {each.name, named(model, each.name)} | pose


def test_new_text_field_is_among_those_that_are_asked_for():
    before = set(all_fields())
    slogan = models.TextField(name="slogan")
    slogan.set_attributes_from_name("slogan")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Variation._meta, "get_fields", lambda: [*Variation._meta.fields, slogan])
        assert set(all_fields()) - before == {"Variation.slogan"}


def test_documents_have_the_list_of_absences():
    page = (Path(settings.BASE_DIR) / "docs" / "left-out.md").read_text("utf-8")
    assert table() in page, f"Put this into docs/left-out.md:\n{table()}"
