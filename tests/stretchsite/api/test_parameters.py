"""What is asked of the API is understood or refused by name: nothing is passed over and nothing is guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from stretchsite.api.parameters import PAGE, PER_PAGE, Moment, Parameter, Refused, Words, read

COLOUR = Parameter(name="colour", description="", options=("red", "blue"))
SINCE = Moment(name="since", description="", is_needed=True)
Q = Words(name="q", description="", is_needed=True)


def refused(*parameters: Parameter, query: str) -> dict[str, str]:
    """What is wrong with a question, by field."""
    with pytest.raises(Refused) as raised:
        read(parameters, QueryDict(query))
    return dict(raised.value.problems)


def test_what_is_asked_is_read_and_what_is_not_has_its_usual_value():
    assert read((COLOUR, PAGE, PER_PAGE), QueryDict("colour=red&colour=blue&colour=red&page=3")) == {
        "colour": ("red", "blue"),
        "page": 3,
        "per_page": 24,
    }


@pytest.mark.parametrize("page", ["0", "-1", "1.5", "ten", "", "٣", "10001", "9" * 400])
def test_number_out_of_bounds_is_refused_with_the_bounds(page: str):
    assert refused(PAGE, query=f"page={page}") == {"page": "write a whole number from 1 to 10000."}


def test_everything_that_is_wrong_is_said_at_once():
    said = refused(COLOUR, PAGE, query="colour=green&page=x&sort=up")
    assert said == {
        "colour": "write one of: red, blue.",
        "page": "write a whole number from 1 to 10000.",
        "sort": "nothing is asked by this name. There are: colour, page.",
    }


def test_what_is_needed_is_asked_for_and_nothing_is_said_twice():
    assert refused(Q, query="") == {"q": "say it; nothing can be answered without it."}
    assert refused(Q, query="q=+") == {"q": "write a word at least."}
    assert refused(Q, query="q=a&q=b") == {"q": "write it once."}
    assert refused(Q, query=f"q={'a' * 201}") == {"q": "write at most 200 characters."}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-30T08:00:00Z", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        ("2026-11-30T08:00:00+01:00", datetime(2026, 11, 30, 7, tzinfo=UTC)),
        ("2026-11-30T08:00:00%2B01:00", datetime(2026, 11, 30, 7, tzinfo=UTC)),
    ],
)
def test_moment_is_read_in_any_time_zone_and_with_its_plus_sign_lost(written: str, meant: datetime):
    assert read((SINCE,), QueryDict(f"since={written}")) == {"since": meant}


@pytest.mark.parametrize("written", ["yesterday", "2026-11-30", "2026-11-30T08:00:00", "0001-01-01T00:00:00%2B14:00"])
def test_moment_without_a_time_zone_or_outside_the_calendar_is_refused(written: str):
    assert "time zone" in refused(SINCE, query=f"since={written}")["since"]
