"""A sort of page that tells people what to do says what its notes hang on and shows them, or nothing starts."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from django.core.checks import run_checks

from clinical.pages.clinical_pages import ClinicalPage
from clinical.pages.contract import METHODS, lacks_of
from clinical.withdrawal.withdrawing import clinical_page_models


def _never_called(self: Any) -> Any: ...


class Article(ClinicalPage):
    """Nothing but a title: what a colleague might begin with."""

    template = "stretchsite/nobody_wrote_it.html"

    class Meta:
        abstract = True
        app_label = "stretchsite"


class WithoutNotes(Article):
    """Everything written, and a template that shows no notes."""

    template = "stretchsite/information_page.html"
    sources = ()

    class Meta:
        abstract = True
        app_label = "stretchsite"

    subjects = listed_subjects = board = opening = card = _never_called


def test_what_a_new_sort_of_page_lacks_is_said_each_with_what_to_write():
    lacks = dict(lacks_of(Article))
    assert {f"does not say its {name}()" for name in METHODS} < set(lacks)
    assert "has no sources" in lacks
    assert "has no template stretchsite/nobody_wrote_it.html" in lacks
    assert all(hint.endswith(".") for hint in lacks.values())


def test_template_without_the_card_and_the_notes_in_full_is_refused():
    assert list(dict(lacks_of(WithoutNotes))) == [
        "does not show the card of its safety signs",
        "does not show its safety notes in full",
        "does not say that it is an example",
        "does not say that its review is overdue",
    ]


def test_site_does_not_start_with_one():
    with patch("clinical.checks.clinical_page_models", lambda: [Article]):
        named = [message for message in run_checks() if message.id == "clinical.E003"]
    assert len(named) == len(list(lacks_of(Article)))
    assert all(message.is_serious() and message.hint for message in named)


def test_every_sort_there_is_keeps_it():
    assert len(clinical_page_models()) >= 3
    assert [list(lacks_of(model)) for model in clinical_page_models()] == [[] for _model in clinical_page_models()]
