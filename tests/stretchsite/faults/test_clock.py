"""R-F11: a clock that jumps by a day, the nights the clocks change, and a leap day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from clinical.review.approval_form import usual_review_due
from exercises.models import ExercisePage
from routines.models import RoutinePage
from sharing.models.links import end_of
from testing import factories
from tests.stretchsite import small_site

EXERCISE = "/exercises/wall-calf-stretch/"
A_SECOND, A_DAY = timedelta(seconds=1), timedelta(days=1)
#: The hours that British clocks leave out and repeat, the day there is every four years, and the last second of a year.
MOMENTS = {
    "clocks go forward": datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    "clocks go back": datetime(2027, 10, 31, 1, 0, tzinfo=UTC),
    "first of the two hours": datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
    "leap day": datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    "end of the leap day": datetime(2028, 3, 1, 0, 0, tzinfo=UTC),
    "turn of the year": datetime(2028, 1, 1, 0, 0, tzinfo=UTC),
}
each_moment = pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind."""
    with small_site.standing(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def site(standing: None, db: None) -> None:
    """The same, each change of which is taken back."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets what time it is."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@each_moment
def test_page_ends_and_begins_at_its_second(clock: Any, client: Client, moment: datetime):
    for dates, statuses in (({"expire_at": moment}, (200, 404)), ({"go_live_at": moment}, (404, 200))):
        ExercisePage.objects.update(**{"expire_at": None, "go_live_at": None, **dates})
        told = []
        for seconds in (-1, 1):
            clock(moment + seconds * A_SECOND)
            told.append(client.get(EXERCISE).status_code)
        assert tuple(told) == statuses


@each_moment
def test_clock_that_is_a_day_off_ends_only_as_long_as_it_is(clock: Any, client: Client, moment: datetime):
    _link, token = factories.link_to(RoutinePage.objects.get())
    ExercisePage.objects.update(expire_at=moment + A_DAY / 2)
    for now, status in ((moment, 200), (moment + A_DAY, 404), (moment - A_DAY, 200), (moment, 200)):
        clock(now)
        assert client.get(EXERCISE).status_code == status
    clock(_link.expires_at + A_DAY)
    assert client.get(f"/s/{token}/").status_code == 410
    clock(_link.expires_at - A_DAY)
    assert client.get(f"/s/{token}/").status_code == 200


@each_moment
@pytest.mark.parametrize("days", [1, 90, 365])
def test_link_ends_with_its_last_day_where_the_site_is(clock: Any, moment: datetime, days: int):
    clock(moment)
    end = end_of(days)
    assert end <= moment + timedelta(days=365)
    assert timezone.localdate(end) == timezone.localdate(moment) + timedelta(days=days)
    if days < 365:
        assert timezone.localtime(end).time().isoformat() == "23:59:59"


def test_review_on_a_leap_day_is_due_on_a_day_there_is(clock: Any):
    clock(MOMENTS["leap day"])
    assert usual_review_due() == date(2030, 2, 28)


@each_moment
def test_review_is_due_with_the_day_where_the_site_is(clock: Any, client: Client, moment: datetime):
    day = timezone.localdate(moment)
    ExercisePage.objects.update(review_due=day)
    for now, is_overdue in ((moment, False), (moment + A_DAY, True), (moment - A_DAY, False)):
        clock(now)
        assert ("The review of this page is overdue" in client.get(EXERCISE).text) is is_overdue


@each_moment
def test_what_is_scheduled_waits_for_its_second_and_goes_live_once(clock: Any, moment: datetime):
    exercise = ExercisePage.objects.get()
    exercise.purpose = "From that second on."
    revision = exercise.save_revision(clean=False)
    factories.approve(exercise)
    revision.approved_go_live_at = moment
    revision.save(update_fields=["approved_go_live_at"])
    said = []
    for now in (moment - A_SECOND, moment + A_SECOND, moment - A_DAY, moment + A_DAY):
        clock(now)
        call_command("publish_scheduled")
        said.append(ExercisePage.objects.get().purpose == "From that second on.")
    assert said == [False, True, True, True]
