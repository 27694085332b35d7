"""SL14, as a property: whatever authors save, publish, take off or withdraw, a link tells what is live and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.models import PublishRefused
from clinical.withdrawal import withdrawing
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutinePage
from testing import factories
from tests.outputs import ON_LINKS
from tests.sharing.share_links import address

pytestmark = pytest.mark.django_db

#: What stands in the words of one version of one page, and nowhere else.
MARK = re.compile(r"mark\d+x")
SUBJECTS = ("routine", "calf", "heel")
DEEDS = ("draft", "publish", "unpublish", "withdraw", "expire", "schedule")
deeds = st.lists(st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(DEEDS)), min_size=1, max_size=5)


@dataclass
class History:
    """What was done to the pages so far, and which words of each are live."""

    pages: dict[str, int]
    live: dict[str, str] = field(default_factory=dict)
    written: int = 0

    def page(self, name: str) -> RoutinePage | ExercisePage:
        """One of them as it is in the database."""
        model = RoutinePage if name == "routine" else ExercisePage
        return model.objects.get(pk=self.pages[name])

    def do(self, name: str, deed: str) -> None:
        """One thing an author or a safety officer does; what the site refuses changes nothing."""
        page = self.page(name)
        try:
            with transaction.atomic():
                getattr(self, f"_{deed}")(name, page)
        except (PublishRefused, ValidationError):
            return

    def _draft(self, name: str, page: RoutinePage | ExercisePage) -> str:
        self.written += 1
        mark = f"mark{self.written}x"
        page.purpose = f"A stretch, {mark}."
        page.save_revision()
        return mark

    def _publish(self, name: str, page: RoutinePage | ExercisePage) -> None:
        mark = self._draft(name, page)
        factories.approve(page)
        page.save_revision().publish()
        self.live[name] = mark

    def _unpublish(self, name: str, page: RoutinePage | ExercisePage) -> None:
        page.unpublish()
        self.live.pop(name, None)

    def _withdraw(self, name: str, page: RoutinePage | ExercisePage) -> None:
        withdrawing.withdraw(page, by=factories.UserFactory.create(), reason="It hurt.")
        self.live.pop(name, None)

    def _expire(self, name: str, page: RoutinePage | ExercisePage) -> None:
        type(page).objects.filter(pk=page.pk).update(expire_at="2020-01-01T00:00Z")
        self.live.pop(name, None)

    def _schedule(self, name: str, page: RoutinePage | ExercisePage) -> None:
        self._draft(name, page)
        page.go_live_at = "2090-01-01T00:00Z"
        page.save_revision()


def begin(routine: RoutinePage) -> tuple[History, str]:
    """A routine with two exercises, each published once, and the token of a link to it."""
    heel = ExerciseIndexPage.objects.get().add_child(
        instance=factories.draft_exercise(title="Heel drop", slug="heel-drop")
    )
    item = routine.items.get()
    routine.items = [item, type(item)(exercise=heel, phase=item.phase, sort_order=9)]
    factories.approve(routine)
    routine.save()
    pages = {"routine": routine.pk, "calf": item.exercise_id, "heel": heel.pk}
    history = History(pages)
    for name in ("calf", "heel", "routine"):
        history.do(name, "publish")
    assert set(history.live) == set(SUBJECTS)
    return history, factories.link_to(history.page("routine")).token


def test_sl14_a_link_tells_what_is_live_and_no_more(routine: RoutinePage):
    begun, token = begin(RoutinePage.objects.get(pk=routine.pk))

    @settings(max_examples=20, deadline=None, derandomize=True)
    @given(done=deeds)
    def tells_what_is_live(done: list[tuple[str, str]]) -> None:
        history = History(begun.pages, dict(begun.live), begun.written)
        with transaction.atomic():
            for name, deed in done:
                history.do(name, deed)
            assert_tells_what_is_live(history, token)
            transaction.set_rollback(True)

    tells_what_is_live()


def assert_tells_what_is_live(history: History, token: str) -> None:
    """Every output that is quickly made shows the words that are live, of what may be done."""
    quick = [place.output for place in ON_LINKS if not place.output.takes_long]
    answers = {output.name: Client().get(address(token) + output.path) for output in quick}
    told = {name: set(MARK.findall(answer.content.decode())) for name, answer in answers.items()}
    if "routine" not in history.live:
        assert {answer.status_code for answer in answers.values()} == {410}
        assert set().union(*told.values()) == set()
        return
    assert {answer.status_code for answer in answers.values()} == {200}
    followed = {"calf": "Wall calf stretch", "heel": "Heel drop"}
    shown = {item["exercise"]["title"] for item in answers["data"].json()["items"]}
    assert shown == {title for name, title in followed.items() if name in history.live}
    assert history.live["routine"] in told[""]
    assert all(marks <= set(history.live.values()) for marks in told.values())
