"""B4-11: whatever is done to an exercise, in whatever order, what must always hold holds after every step.

1 readers see it with its notes, 2 nothing live that the gate refuses, 3 nobody reviews what they wrote, 4 the next
request shows it, 5 what is withdrawn is never something to do (``docs/architecture.md``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from wagtail.models import Locale, Page

from clinical.models import NoteTarget, Withdrawal
from clinical.publishing import approvals
from clinical.withdrawal.withdrawing import ask_to_lift, lift, withdraw
from exercises.models import ExerciseIndexPage, ExercisePage
from testing import factories
from tests.stretchsite import small_site

pytestmark = [pytest.mark.usefixtures("everything_is_approved"), pytest.mark.slow]

WARNING = "your calf is hot and red"
PURPOSES = st.sampled_from(["A gentle stretch.", "For tight calves.", " \n"])


class Publishing(RuleBasedStateMachine):
    """One exercise with a note of its own, its copies and translations, and the people who do things to them."""

    def __init__(self) -> None:
        super().__init__()
        self.step = transaction.atomic()
        self.step.__enter__()
        exercise = ExercisePage.objects.get()
        self.key = exercise.content_key
        factories.note_at(NoteTarget(page=Page.objects.get(pk=exercise.pk)), text=WARNING)
        self.officers = factories.UserFactory.create(), factories.UserFactory.create()
        self.reader = Client()
        self.copies = 0

    def teardown(self) -> None:
        """The next run begins where this one did."""
        transaction.set_rollback(True)
        self.step.__exit__(None, None, None)
        approvals.forget_locales()

    def _page(self, number: int) -> ExercisePage:
        pages = list(ExercisePage.objects.order_by("pk"))
        return pages[number % len(pages)]

    @staticmethod
    def _try(step: Any) -> None:
        """A refusal is an answer; anything else is a fault."""
        try:
            with transaction.atomic():
                step()
        except ValidationError:
            pass

    @rule()
    def create(self) -> None:
        """Write a new one, and publish it at once."""
        self.copies += 1
        draft = factories.draft_exercise(title=f"New {self.copies}", slug=f"new-{self.copies}")
        self._try(lambda: ExerciseIndexPage.objects.first().add_child(instance=draft))

    @rule(number=st.integers(0, 5), purpose=PURPOSES, own_reviewer=st.booleans())
    def edit(self, number: int, purpose: str, own_reviewer: bool) -> None:
        """Save a draft, finished or not."""
        draft = self._page(number).get_latest_revision_as_object()
        draft.purpose = purpose
        draft.reviewer = draft.author if own_reviewer else factories.UserFactory.create()
        draft.save_revision(clean=False)

    @rule(number=st.integers(0, 5))
    def publish(self, number: int) -> None:
        """Publish the newest version."""
        page = self._page(number)
        if page.latest_revision:
            self._try(page.latest_revision.publish)

    @rule(number=st.integers(0, 5))
    def schedule(self, number: int) -> None:
        """Have the newest version published by the clock, which comes by at once."""
        revision = self._page(number).latest_revision
        if revision:
            revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
            revision.save(update_fields=["approved_go_live_at"])
            try:
                call_command("publish_scheduled", stderr=None)
            except CommandError:
                revision.approved_go_live_at = None
                revision.save(update_fields=["approved_go_live_at"])

    @rule(number=st.integers(0, 5), which=st.integers(0, 5))
    def revert(self, number: int, which: int) -> None:
        """Publish any version there has been."""
        versions = list(self._page(number).revisions.order_by("pk"))
        if versions:
            self._try(versions[which % len(versions)].publish)

    @rule(number=st.integers(0, 5), keep_live=st.booleans())
    def copy(self, number: int, keep_live: bool) -> None:
        """Copy one beside itself."""
        self.copies += 1
        words = {"slug": f"copy-{self.copies}", "title": f"Copy {self.copies}"}
        self._try(lambda: self._page(number).copy(update_attrs=words, keep_live=keep_live))

    @rule(number=st.integers(0, 5))
    def translate(self, number: int) -> None:
        """Copy one for another language, and publish that."""
        page = self._page(number)
        locale = Locale.objects.get_or_create(language_code="cy")[0]
        approvals.forget_locales()
        if page.locale_id != locale.pk and not page.has_translation(locale):
            other = page.copy_for_translation(locale, copy_parents=True)
            self._try(lambda: other.save_revision(clean=False).publish())

    @rule(number=st.integers(0, 5))
    def unpublish(self, number: int) -> None:
        """Take one off."""
        self._page(number).unpublish()

    @rule(number=st.integers(0, 5))
    def expire(self, number: int) -> None:
        """Its time is over, and the clock has stopped."""
        ExercisePage.objects.filter(pk=self._page(number).pk).update(expire_at=timezone.now() - timedelta(days=1))

    @rule(number=st.integers(0, 5))
    def withdraw(self, number: int) -> None:
        """Nobody should do this any more."""
        page = self._page(number)
        self._try(lambda: withdraw(page, by=self.officers[0], reason="It tears tendons."))

    @rule()
    def lift(self) -> None:
        """Two people agree that it may be published again."""
        withdrawal = Withdrawal.objects.filter(lifted_at__isnull=True).first()
        if withdrawal:
            ask_to_lift(withdrawal, by=self.officers[0], reason="The trial was withdrawn itself.")
            lift(withdrawal, by=self.officers[1])

    @invariant()
    def nothing_live_is_refused_by_the_gate(self) -> None:
        """2 and 3."""
        for page in ExercisePage.objects.live():
            assert page.publish_errors() == {}
            assert page.reviewer_id != page.author_id

    @invariant()
    def readers_see_what_is_so_now(self) -> None:
        """1, 4 and 5, of every page in the language readers have, asked at its address."""
        withdrawn = set(Withdrawal.objects.open().values_list("content_key", flat=True))
        listed = self.reader.get("/exercises/").content.decode()
        for page in ExercisePage.objects.filter(locale=Locale.get_default()):
            response = self.reader.get(f"/exercises/{page.slug}/")
            is_over = bool(page.expire_at and page.expire_at <= timezone.now())
            shown = response.content.decode()
            if page.content_key in withdrawn:
                assert response.status_code in {404, 410}
                assert not page.live
            else:
                assert response.status_code == (200 if page.live and not is_over else 404)
            assert (f'href="/exercises/{page.slug}/"' in listed) == (response.status_code == 200)
            if response.status_code == 200 and page.content_key == self.key:
                assert shown.index(WARNING) < shown.index("Stand tall.")
            if response.status_code != 200:
                assert "Stand tall." not in shown

    @invariant()
    def no_translation_outlives_its_original(self) -> None:
        """H08."""
        for page in ExercisePage.objects.live().exclude(locale=Locale.get_default()):
            originals = page.get_translations().filter(locale=Locale.get_default())
            assert all(original.live for original in originals)

    @invariant()
    def tree_is_whole(self) -> None:
        """Nothing refused has left anything behind."""
        assert not any(Page.find_problems())


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with small_site.standing(django_db_blocker):
        yield


def test_what_must_always_hold_holds_after_every_step(site: None, db: None):
    few = settings(max_examples=5, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Publishing, settings=few)
