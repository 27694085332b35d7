"""Every decision the audit keeps, and the roads by which somebody takes it: what ``docs/audit.md`` lists.

A road is taken by the chief, who is signed in at the admin, or by a program: then the entry names nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    PageViewRestriction,
    Site,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
)

from clinical.choices import AuditAction, ConflictRule
from clinical.conflicts import Conflict
from clinical.models import Condition, NoteTarget, Picture, Practitioner, SafetyNote, User
from clinical.models.fingerprints import fingerprint_of
from clinical.models.inviting import deactivate, invite, reactivate
from clinical.models.overrides import ask_to_override, confirm_override
from clinical.models.reviewing import approve
from clinical.models.withdrawing import ask_to_lift, decline_lifting, lift, withdraw
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from stretchsite.models import HomePage
from tests import factories
from tests.clinical import roads
from tests.clinical.test_gate_roads import import_small_library

A = AuditAction


@dataclass
class Place:
    """A site with one of everything, and the people who decide."""

    folder: Path
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        factories.UserFactory(username="colleague", email="c@example.org")
        condition = factories.ConditionFactory(name="Tight calves", slug="tight-calves")
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


def _review(place: Place) -> Any:
    return place.workflow.start(place.draft, place.chief)


def _change_requested(place: Place) -> None:
    step = _review(place).current_task_state.specific
    step.task.specific.on_action(step, place.chief, "reject", comment="Shorter.")


def _expired(place: Place) -> None:
    type(place.live).objects.filter(pk=place.live.pk).update(expire_at=timezone.now() - timedelta(days=1))
    call_command("publish_scheduled")


def _shell_off(place: Place) -> None:
    page = place.live
    page.live = False
    page.save()


def _translation_off(place: Place) -> None:
    translated = place.live.copy_for_translation(Locale.objects.create(language_code="cy"), copy_parents=True)
    type(translated).objects.filter(pk=translated.pk).update(live=True)
    place.live.unpublish()
    assert not type(translated).objects.get(pk=translated.pk).live


def _milder(place: Place) -> None:
    note = place.note
    note.tier = 2
    factories.publish(note)


def _edit_group(place: Place) -> None:
    """The form of a group with one permission ticked: to publish the home page and what is below it."""
    opened = place.client.get(reverse("wagtailusers_groups:edit", args=[place.group.pk])).context
    sent: dict[str, Any] = {"name": place.group.name}
    for panel in opened["permission_panels"]:
        sent |= {f"{panel.prefix}-{what}": "0" for what in ("TOTAL_FORMS", "INITIAL_FORMS")}
    sent["page_permissions-TOTAL_FORMS"] = "1"
    sent["page_permissions-0-page"] = HomePage.objects.get().pk
    sent["page_permissions-0-permissions"] = ["publish_page"]
    place.post("wagtailusers_groups:edit", place.group.pk, **sent)


def _edit_user(place: Place, **changed: Any) -> None:
    person = place.colleague
    sent = {"username": person.username, "email": person.email, "first_name": "C", "last_name": "D", "is_active": "on"}
    place.post("wagtailusers_users:edit", person.pk, **{**sent, **changed})


def _through_shell(**changed: Any) -> Callable[[Place], None]:
    def take(place: Place) -> None:
        person = place.colleague
        for name, value in changed.items():
            setattr(person, name, value)
        person.save()

    return take


def _unmade(place: Place) -> None:
    _through_shell(is_superuser=True)(place)
    _edit_user(place)


def _bulk(kind: str) -> Callable[[Place], None]:
    def take(place: Place) -> None:
        address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", kind))
        assert place.client.post(f"{address}?id={place.live.pk}", {}).status_code == 302

    return take


def _picture(place: Place) -> None:
    upload = get_test_image_file(filename="calf.png")
    said = {"source": "Own", "licence": "Own work", "consent": "nobody_shown", "is_decorative": True}
    Picture.objects.create(title="Calf", file=upload, width=1, height=1, **said).delete()


#: The decision, the road in words, whether the chief is named, and how the road is taken.
ROADS: list[tuple[AuditAction, str, bool, Callable[[Place], Any]]] = [
    (A.SUBMITTED, "editor: submit for review", True, _review),
    (A.CHANGES_REQUESTED, "review: request changes", True, _change_requested),
    (A.REVIEW_CANCELLED, "review: cancel", True, lambda p: _review(p).cancel(user=p.chief)),
    (A.APPROVED, "review: approve", True, lambda p: approve(p.draft, by=p.chief, seen=fingerprint_of(p.draft))),
    (A.PUBLISHED, "page or note goes live", False, lambda p: factories.publish(p.draft)),
    (
        A.PUBLISHED,
        "home or index page goes live",
        False,
        lambda p: ExerciseIndexPage.objects.get().save_revision().publish(),
    ),
    (A.REFUSED, "editor: publish", True, lambda p: roads.editor(p.client, p.unapproved())),
    (A.REFUSED, "bulk: publish", True, lambda p: roads.bulk(p.client, p.unapproved())),
    (A.REFUSED, "schedule", False, lambda p: roads.schedule(p.client, p.unapproved())),
    (A.REFUSED, "shell", False, lambda p: roads.shell_publish(p.client, p.unapproved())),
    (
        A.REFUSED,
        "import",
        False,
        lambda p: import_small_library(p.folder, {"exercises/calf-stretch": {"purpose": "  "}}),
    ),
    (A.TAKEN_OFF, "editor: unpublish", True, lambda p: p.post("wagtailadmin_pages:unpublish", p.live.pk)),
    (
        A.TAKEN_OFF,
        "note: unpublish",
        True,
        lambda p: p.post("wagtailsnippets_clinical_safetynote:unpublish", p.note.pk),
    ),
    (A.TAKEN_OFF, "bulk: unpublish", True, _bulk("unpublish")),
    (A.TAKEN_OFF, "expiry", False, _expired),
    (A.TAKEN_OFF, "translation taken along", False, _translation_off),
    (A.TAKEN_OFF, "withdrawal", False, lambda p: withdraw(p.live, by=p.chief, reason="It is wrong.")),
    (A.TAKEN_OFF, "shell", False, _shell_off),
    (A.TAKEN_OFF, "home or index page: unpublish", False, lambda p: ExerciseIndexPage.objects.get().unpublish()),
    (A.TIER_CHANGED, "note goes live with another tier", False, _milder),
    (A.DELETED, "page", True, lambda p: p.post("wagtailadmin_pages:delete", p.draft.pk)),
    (A.DELETED, "bulk: delete", False, lambda p: ExercisePage.objects.filter(pk=p.draft.pk).delete()),
    (A.DELETED, "note", False, lambda p: p.note.delete()),
    (A.DELETED, "condition", False, lambda p: Condition.objects.create(name="Other", slug="other").delete()),
    (A.DELETED, "practitioner", False, lambda p: Practitioner.objects.create(name="A", role="B").delete()),
    (A.DELETED, "picture", False, _picture),
    (
        A.PROPOSED,
        "withdrawal of a serious note",
        True,
        lambda p: withdraw(p.serious, by=p.chief, reason="It is wrong."),
    ),
    (A.PROPOSED, "lifting a withdrawal", False, Place.asked_to_lift),
    (A.PROPOSED, "override", False, Place.asked_to_override),
    (A.DECLINED, "lifting a withdrawal", True, lambda p: decline_lifting(p.asked_to_lift(), by=p.chief)),
    (A.WITHDRAWN, "page or note", True, lambda p: withdraw(p.live, by=p.chief, reason="It is wrong.")),
    (A.LIFTED, "withdrawal", False, lambda p: lift(p.asked_to_lift(), by=p.chief)),
    (A.OVERRIDDEN, "conflict", False, lambda p: confirm_override(p.asked_to_override(), by=p.chief)),
    (A.LINK_MADE, "share screen", True, Place.linked),
    (A.LINK_REVOKED, "one link", True, lambda p: p.linked().revoke(p.chief)),
    (A.LINK_REVOKED, "many at once", True, lambda p: p.linked() and p.post("routines_links_revoke")),
    (A.LINK_REPLACED, "one link", True, lambda p: p.linked().replace(p.chief)),
    (A.INVITED, "people: invite", True, lambda p: invite(by=p.chief, email="n@example.org", name="N", group=p.group)),
    (
        A.ACCOUNT_MADE,
        "people: invite",
        True,
        lambda p: invite(by=p.chief, email="n@example.org", name="N", group=p.group),
    ),
    (A.ACCOUNT_MADE, "command or shell", False, lambda p: User.objects.create_superuser("another")),
    (A.ACCOUNT_CHANGED, "users: edit", True, lambda p: _edit_user(p, email="other@example.org")),
    (A.ACCOUNT_CHANGED, "command or shell", False, _through_shell(password="another")),
    (
        A.GROUP_CHANGED,
        "people: invite",
        True,
        lambda p: invite(by=p.chief, email="n@example.org", name="N", group=p.group),
    ),
    (A.GROUP_CHANGED, "users: edit", True, lambda p: _edit_user(p, groups=[p.group.pk])),
    (A.GROUP_CHANGED, "shell: add", False, lambda p: p.colleague.groups.add(p.group)),
    (A.GROUP_CHANGED, "shell: add from the group", False, lambda p: p.group.user_set.add(p.colleague)),
    (A.GROUP_CHANGED, "shell: clear", False, lambda p: p.colleague.groups.add(p.group) or p.colleague.groups.clear()),
    (A.SUPERUSER_MADE, "users: edit", True, lambda p: _edit_user(p, is_superuser="on")),
    (A.SUPERUSER_MADE, "command or shell", False, _through_shell(is_superuser=True)),
    (A.SUPERUSER_UNMADE, "users: edit", True, _unmade),
    (A.DEACTIVATED, "people: deactivate", True, lambda p: deactivate(p.colleague, by=p.chief, reason="Left.")),
    (A.DEACTIVATED, "command or shell", False, _through_shell(is_active=False)),
    (
        A.REACTIVATED,
        "people: reactivate",
        True,
        lambda p: deactivate(p.colleague, by=p.chief) or reactivate(p.colleague, by=p.chief),
    ),
    (
        A.ACCOUNT_DELETED,
        "users: delete",
        True,
        lambda p: p.post("wagtailusers_users:delete", factories.UserFactory().pk),
    ),
    (
        A.PERMISSIONS_CHANGED,
        "groups: edit",
        True,
        _edit_group,
    ),
    (A.PERMISSIONS_CHANGED, "groups: delete", True, lambda p: p.post("wagtailusers_groups:delete", p.group.pk)),
    (A.PERMISSIONS_CHANGED, "shell: group", False, lambda p: p.group.permissions.clear()),
    (
        A.PERMISSIONS_CHANGED,
        "shell: account",
        False,
        lambda p: p.colleague.user_permissions.add(Permission.objects.first()),
    ),
    (A.PERMISSIONS_CHANGED, "shell: pages", False, lambda p: GroupPagePermission.objects.first().delete()),
    (A.PERMISSIONS_CHANGED, "shell: collections", False, lambda p: GroupCollectionPermission.objects.first().delete()),
    (A.PRIVACY_CHANGED, "page: privacy", False, Place.restricted),
    (A.PRIVACY_CHANGED, "page: open again", False, lambda p: p.restricted().delete()),
    (A.PRIVACY_CHANGED, "page: its groups", False, lambda p: p.restricted().groups.add(p.group)),
    (A.WORKFLOW_CHANGED, "workflow", False, lambda p: p.workflow.save()),
    (A.WORKFLOW_CHANGED, "its task", False, lambda p: p.task.deactivate()),
    (A.WORKFLOW_CHANGED, "who may approve", False, lambda p: p.task.groups.clear()),
    (A.WORKFLOW_CHANGED, "its pages", False, lambda p: WorkflowPage.objects.first().delete()),
    (A.WORKFLOW_CHANGED, "its notes", False, lambda p: WorkflowContentType.objects.all().delete()),
    (A.SETTINGS_CHANGED, "site", False, lambda p: Site.objects.get().save()),
    (A.SETTINGS_CHANGED, "language", False, lambda p: Locale.objects.create(language_code="de")),
]
