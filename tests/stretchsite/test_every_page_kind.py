"""Every kind of clinical page there is, one live page of each: what no reader may be without is on it and in sight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinical.models import ClinicalPage, NoteTarget, board_for
from clinical.safety.reach import Subject
from clinical.safety.sheet import example_banner
from clinical.withdrawal.withdrawing import clinical_page_models
from clinical.words.choices import BodyRegion, NoteKind, ReviewState, StartingPosition, Tier
from clinical.words.exercising import Equipment, ExerciseKind
from testing import factories
from tests.stretchsite import small_site

each_kind = pytest.mark.parametrize("kind", clinical_page_models(), ids=lambda kind: kind.__name__)

FOLDS = {"details", "dialog", "noscript", "template"}


@pytest.fixture(scope="module")
def standing_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _everything(standing_site: None, db: None) -> None:
    """Every test has it, and takes back what it changes."""


class InSight(HTMLParser):
    """The notes and the words of a page that nobody has to open anything for."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.folds = 0
        self.notes: set[str] = set()
        self.words = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.folds += tag in FOLDS
        if not self.folds and (note := dict(attrs).get("data-note")):
            self.notes.add(note)

    def handle_endtag(self, tag: str) -> None:
        self.folds -= tag in FOLDS

    def handle_data(self, data: str) -> None:
        self.words += "" if self.folds else data


def live_one(kind: type[ClinicalPage]) -> Any:
    page = kind.objects.filter(live=True).first()
    assert page is not None, f"make one live {kind.__name__} in tests/stretchsite/small_site.py"
    return page


def in_sight(client: Client, page: Any) -> InSight:
    answer = client.get(page.get_url())
    assert answer.status_code == 200
    return InSight(answer.content.decode())


@each_kind
def test_every_note_that_its_subjects_bring_is_in_sight(client: Client, kind: type[ClinicalPage]):
    factories.note_at(NoteTarget(everywhere=True), kind=NoteKind.DO, tier=Tier.GOOD_TO_KNOW, text="breathe on")
    page = live_one(kind)
    keys = {str(key) for key in board_for(page.subjects(), page.language).keys}
    assert len(keys) >= 3
    assert keys <= in_sight(client, page).notes


@each_kind
def test_it_says_that_it_is_an_example_and_that_its_review_is_overdue(client: Client, kind: type[ClinicalPage]):
    page, long_ago = live_one(kind), timezone.localdate() - timedelta(days=400)
    kind.objects.filter(pk=page.pk).update(review_due=long_ago)
    words = in_sight(client, page).words
    assert page.provenance().freshness(timezone.localdate()).banner == ""
    assert kind.objects.get(pk=page.pk).provenance().freshness(timezone.localdate()).banner in words
    assert example_banner() not in words
    kind.objects.filter(pk=page.pk).update(review_state=ReviewState.UNREVIEWED)
    assert example_banner() in in_sight(client, page).words


#: What notes hang on that a page may have a field of, and where its subject says it.
SAID_IN: dict[Any, Any] = {
    BodyRegion: lambda subject: subject.regions,
    StartingPosition: lambda subject: subject.positions,
    Equipment: lambda subject: subject.equipment,
    ExerciseKind: lambda subject: {subject.kind},
}
#: What names one of them and brings no note, with the reason.
BRINGS_NOTHING = {("ConditionPage", "pictured"): "which drawing stands on its card; its notes hang on the condition"}


def vocabulary_of(field: Any) -> Any:
    """The vocabulary a column is chosen from, if it is one that notes hang on."""
    if (chosen := getattr(field, "vocabulary", None)) in SAID_IN:
        return chosen
    return next((each for each in SAID_IN if field.choices and set(dict(field.flatchoices)) == set(each.values)), None)


@each_kind
def test_whatever_its_fields_name_that_notes_hang_on_is_said_by_its_subjects(kind: type[ClinicalPage]):
    page = live_one(kind)
    for field in kind._meta.fields:
        vocabulary = vocabulary_of(field)
        if vocabulary and (kind.__name__, field.name) not in BRINGS_NOTHING:
            missing = [value for value in vocabulary.values if value not in _said(vocabulary, page.subjects())]
            was = getattr(page, field.attname)
            setattr(page, field.attname, (missing[0],) if getattr(field, "vocabulary", None) else missing[0])
            assert missing[0] in _said(vocabulary, page.subjects()), f"subjects() forgets {field.name}"
            assert missing[0] in _said(vocabulary, page.listed_subjects()), f"listed_subjects() forgets {field.name}"
            setattr(page, field.attname, was)


def _said(vocabulary: Any, subjects: list[Subject]) -> set[str]:
    return {value for subject in subjects for value in SAID_IN[vocabulary](subject)}
