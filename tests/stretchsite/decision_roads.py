"""Every decision the audit keeps, and the roads by which somebody takes it: what ``docs/audit.md`` lists.

A road is taken by the chief, who is signed in at the admin, or by a program: then the entry names nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Site,
    WorkflowContentType,
    WorkflowPage,
)

from clinical.conflicts.overrides import confirm_override
from clinical.models import Condition, Picture, Practitioner, User
from clinical.people.inviting import deactivate, invite, let_in, reactivate
from clinical.people.lost_devices import LostDevice, ask_to_remove, confirm_removal, decline_removal
from clinical.people.second_factor import remove_second_factor, renew_recovery_codes, set_up
from clinical.publishing.fingerprints import fingerprint_of
from clinical.publishing.review_policy import remember_policy
from clinical.review.reviewing import approve
from clinical.withdrawal.withdrawing import decline_lifting, lift, withdraw
from clinical.words.choices import AuditAction
from exercises.models import ExerciseIndexPage, ExercisePage
from stretchsite.models import HomePage, ReaderReport
from stretchsite.reporting import report
from testing import factories
from tests.clinical.publishing import roads
from tests.clinical.publishing.test_gate_roads import import_small_library
from tests.stretchsite.decision_place import Place

A = AuditAction


def _review(place: Place) -> Any:
    return place.workflow.start(place.draft, place.chief)


def _change_requested(place: Place) -> None:
    step = _review(place).current_task_state.specific
    step.task.specific.on_action(step, place.chief, "reject", comment="Shorter.")


def _dealt_with(place: Place) -> None:
    told = ReaderReport.objects.create(page=place.live, what="hurt")
    place.post("reader_reports_page", place.live.pk, read_to=str(told.pk))


def _other_policy(place: Place) -> None:
    with override_settings(REVIEW_POLICY="one_person"):
        remember_policy()


def _with_app(place: Place) -> list[str]:
    with patch("clinical.people.second_factor.hotp_value", return_value=1):
        request: Any = SimpleNamespace(session=SessionStore())
        return set_up(request, place.chief, "000001")


def _lost(place: Place) -> LostDevice:
    colleague = place.colleague
    Authenticator.objects.create(user=colleague, type="totp", data={})
    return ask_to_remove(colleague, by=place.chief, reason="Rang me.")


def _signed_in_by_recovery_code(place: Place) -> None:
    code, client, chief = _with_app(place)[0], Client(), place.chief
    chief.set_password("slow-green-river-stones")
    chief.save()
    client.post("/admin/login/", {"username": chief.username, "password": "slow-green-river-stones"})
    client.post("/admin/login/code/", {"code": code})


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


def _other_name(place: Place) -> None:
    condition = Condition.objects.create(name="Other", slug="other")
    condition.name = "Another"
    condition.save()


def _other_words_on_a_list(place: Place) -> None:
    page = ExerciseIndexPage.objects.get()
    page.introduction = "Other words above the list."
    factories.publish(page)


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


def _bulk(kind: str, **sent: str) -> Callable[[Place], None]:
    def take(place: Place) -> None:
        address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", kind))
        assert place.client.post(f"{address}?id={place.live.pk}", sent).status_code == 302

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
        _other_words_on_a_list,
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
    (
        A.TAKEN_OFF,
        "editor: unpublish",
        True,
        lambda p: p.post("wagtailadmin_pages:unpublish", p.live.pk, reason="It is written anew."),
    ),
    (
        A.REPORTED,
        "report: tell the safety officers",
        True,
        lambda p: p.post("report_page", p.live.pk, what="It pulls too hard."),
    ),
    (
        A.ANSWERED,
        "report: answer",
        True,
        lambda p: p.post(
            "report_page",
            p.live.pk,
            read_to=str(report(p.live, by=p.colleague, what="It pulls too hard.").pk),
            what="It is milder now.",
        ),
    ),
    (A.DEALT_WITH, "told by readers: dealt with", True, _dealt_with),
    (
        A.TAKEN_OFF,
        "note: unpublish",
        True,
        lambda p: p.post("wagtailsnippets_clinical_safetynote:unpublish", p.note.pk, reason="It is said elsewhere."),
    ),
    (A.TAKEN_OFF, "bulk: unpublish", True, _bulk("unpublish", reason="It is written anew.")),
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
    (A.LINK_REVOKED, "many at once", True, lambda p: p.post("sharing_links_revoke", shown=p.linked().pk)),
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
    (A.FACTOR_SET_UP, "account: second factor", True, _with_app),
    (
        A.FACTOR_REMOVED,
        "account: second factor",
        True,
        lambda p: _with_app(p) and remove_second_factor(p.chief, by=p.chief),
    ),
    (A.FACTOR_REMOVED, "command", False, lambda p: _with_app(p) and remove_second_factor(p.chief, reason="Lost.")),
    (A.PROPOSED, "lost device", True, _lost),
    (A.DECLINED, "lost devices: leave it", True, lambda p: decline_removal(_lost(p), by=p.chief)),
    (
        A.FACTOR_TAKEN,
        "lost devices: confirm",
        True,
        lambda p: confirm_removal(_lost(p), by=factories.UserFactory.create()),
    ),
    (A.CODES_RENEWED, "account: second factor", True, lambda p: renew_recovery_codes(p.chief)),
    (A.CODE_USED, "signing in", True, _signed_in_by_recovery_code),
    (A.LET_IN, "people: let them try again", True, lambda p: let_in(p.colleague, by=p.chief, reason="Rang me.")),
    (A.CHANGED, "shared words nobody uses", False, _other_name),
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
        lambda p: p.post("wagtailusers_users:delete", factories.UserFactory.create().pk),
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
    (A.SETTINGS_CHANGED, "review policy", False, _other_policy),
]
