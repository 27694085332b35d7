"""What is said when something cannot be shown: always when to stop, and whom to call."""

from __future__ import annotations

import json

import pytest
from django.test import RequestFactory

from clinical.web.plain_answers import unavailable
from tests.outputs import PLACES, Place, each_of, kind_of

ADDRESSES = ["/", *sorted({f"/routines/back/{place.output.path}" for place in PLACES})]


@pytest.mark.parametrize("address", ADDRESSES)
def test_unavailable_says_when_to_stop_and_whom_to_call(address: str):
    response = unavailable(RequestFactory().get(address))

    said = response.content.decode()
    assert response.status_code == 503
    assert "numbness" in said
    assert "999" in said
    assert response["Retry-After"] == "5"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/wrong.page/", "/s/ab.cd/", "/routines/back.and.hips/follow/"])
def test_a_page_is_the_answer_where_the_address_only_holds_a_dot(address: str):
    response = unavailable(RequestFactory().get(address))
    assert response["Content-Type"].startswith("text/html")
    assert "999" in response.text


@each_of(PLACES)
def test_only_where_a_page_was_asked_for_is_a_page_the_answer(place: Place):
    response = unavailable(RequestFactory().get(f"/routines/back/{place.output.path}"))

    assert response["Content-Type"].startswith("text/html") is (kind_of(place.output) == "text/html")


def test_data_that_is_unavailable_is_still_data():
    assert json.loads(unavailable(RequestFactory().get("/s/x/sheet.json")).content)["emergency_number"] == "999"


def test_reason_is_said_and_markup_in_it_is_text():
    response = unavailable(RequestFactory().get("/"), explanation="Busy <b>now</b>.")

    assert "Busy &lt;b&gt;now&lt;/b&gt;." in response.content.decode()
