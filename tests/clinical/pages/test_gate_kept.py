"""A page kind that takes the gate or its answer to readers into its own hands does not start."""

from __future__ import annotations

from typing import Any, ClassVar
from unittest.mock import patch

import pytest
from django.core.checks import run_checks
from django.db import models
from modelcluster.fields import ParentalManyToManyField

from clinical.models import Condition, GatedPage
from clinical.pages.clinical_pages import ClinicalPage
from clinical.pages.gate_kept import ALLOWED, THE_ANSWER, THE_GATE, oversteps_of
from clinical.review.live_audit import gated_models


class PastTheGate:
    """What a colleague might mix in."""

    def publish_errors(self) -> dict[str, Any]:
        return {}


class Article(PastTheGate, ClinicalPage):
    """Every road past the gate and the notes, each of which would let the site start."""

    ajax_template = "stretchsite/card_alone.html"
    conditions = ParentalManyToManyField(Condition, related_name="+")

    class Meta:
        abstract = True
        app_label = "stretchsite"

    def save(self, *args: Any, **kwargs: Any) -> Any:
        return models.Model.save(self, *args, **kwargs)

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any: ...

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> str:
        return "stretchsite/card_alone.html"

    def clinical_refusal(self) -> dict[str, Any]:
        return {}


class Prose(GatedPage):
    """A list may answer otherwise; it may not go live otherwise."""

    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True
        app_label = "stretchsite"

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any: ...

    def approval_refusal(self) -> dict[str, Any]:
        return {}


def test_each_way_past_the_gate_is_named_with_what_to_write_instead():
    found = dict(oversteps_of(Article))
    assert list(found) == [
        "overrides ajax_template in Article",
        "overrides get_template in Article",
        "overrides save in Article",
        "overrides serve in Article",
        "does not ask super().clinical_refusal() in Article",
        "overrides publish_errors in PastTheGate",
        "has a many-to-many field Article.conditions, which no approval would name",
    ]
    assert all(hint.endswith(".") for hint in found.values())


def test_list_answers_as_it_likes_and_goes_live_as_everything_does():
    refused = ["overrides approval_refusal in Prose", "does not ask super().approval_refusal() in Prose"]
    assert list(dict(oversteps_of(Prose))) == refused


def test_site_does_not_start_with_one():
    with patch("clinical.checks.gated_models", lambda: [Article]):
        assert len([message for message in run_checks() if message.id == "clinical.E003"]) == 7


@pytest.mark.parametrize("name", sorted(THE_GATE | THE_ANSWER))
def test_what_is_kept_is_there_to_be_overridden(name: str):
    assert hasattr(ClinicalPage, name)


def test_everything_there_is_keeps_to_it_and_no_exception_is_idle():
    assert [list(oversteps_of(model)) for model in gated_models()] == [[] for _model in gated_models()]
    overriding = {(owner.__name__, name) for model in gated_models() for owner in model.__mro__ for name in vars(owner)}
    assert set(ALLOWED) <= overriding
