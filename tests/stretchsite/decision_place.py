"""A site with one of everything that is decided about, fetched anew for every road."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    PageViewRestriction,
    Task,
    Workflow,
)

from clinical.conflicts.overrides import ask_to_override
from clinical.models import NoteTarget, SafetyNote, User
from clinical.safety.conflicts import Conflict
from clinical.withdrawal.withdrawing import ask_to_lift, withdraw
from clinical.words.choices import ConflictRule
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from testing import factories
from tests.clinical.publishing import roads


@dataclass
class Place:
    """A site with one of everything, and the people who decide."""

    folder: Path
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        factories.UserFactory.create(username="colleague", email="c@example.org")
        condition = factories.ConditionFactory.create(name="Tight calves", slug="tight-calves")
        index = ExerciseIndexPage.objects.get()
        live = index.add_child(instance=factories.draft_exercise(title="Calf", slug="calf"))
        draft = index.add_child(instance=factories.draft_exercise(title="Hip", slug="hip", live=False))
        draft.save_revision(user=self.colleague)
        routine = factories.draft_routine([live], [condition], title="Calves", slug="calves")
        RoutineIndexPage.objects.get().add_child(instance=routine)
        factories.note_at(NoteTarget(region="hip"), tier=3, kind="check_first")
        factories.note_at(NoteTarget(region="neck"))
        self.client.force_login(self.chief)

    # Fetched whenever they are asked for: each road is taken back before the next is tried.
    chief = property(lambda self: roads.chief())
    colleague = property(lambda self: User.objects.get(username="colleague"))
    live = property(lambda self: ExercisePage.objects.get(slug="calf", locale__language_code="en-gb"))
    draft = property(lambda self: ExercisePage.objects.get(slug="hip"))
    routine = property(lambda self: RoutinePage.objects.get(slug="calves"))
    note = property(lambda self: SafetyNote.objects.get(tier=3))
    serious = property(lambda self: SafetyNote.objects.get(tier=2))
    group = property(lambda self: Group.objects.get(name="Reviewers"))
    task = property(lambda self: Task.objects.get().specific)
    workflow = property(lambda self: Workflow.objects.get())

    def post(self, name: str, /, *args: Any, **sent: Any) -> None:
        """Send a form of the admin, as the chief."""
        response = self.client.post(reverse(name, args=args), sent)
        assert response.status_code == 302, (name, response.status_code)

    def unapproved(self) -> ExercisePage:
        """A draft nobody may publish: no colleague has approved its words."""
        draft = self.draft
        draft.purpose = "Another purpose."
        draft.save_revision()
        return self.draft

    def linked(self) -> Any:
        """A share link."""
        return factories.link_to(self.routine, self.chief).link

    def restricted(self) -> PageViewRestriction:
        """A page only some may see."""
        return PageViewRestriction.objects.create(page=self.live.page_ptr, restriction_type="login")

    def asked_to_lift(self) -> Any:
        """A withdrawal somebody wants to lift."""
        withdrawal = withdraw(self.note, by=self.colleague, reason="It is wrong.")
        ask_to_lift(withdrawal, by=self.colleague, reason="It was right.")
        return withdrawal

    def asked_to_override(self) -> Any:
        """A conflict somebody wants to live with."""
        conflict = Conflict(
            ConflictRule.RULED_OUT, "It is ruled out.", "", self.serious.content_key, self.note.content_key
        )
        return ask_to_override(self.live, conflict, by=self.colleague, reason="It helps all the same.")
