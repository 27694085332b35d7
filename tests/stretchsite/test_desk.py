"""The desk: what each role finds when they sit down, what it costs, and that no entry of the menu refuses them."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.menu import SubmenuMenuItem, admin_menu
from wagtail.models import Workflow

from clinical.models import User
from clinical.withdrawal.withdrawing import withdraw
from exercises.models import ExerciseIndexPage, ExercisePage
from routines.models import RoutineIndexPage, RoutinePage
from stretchsite import __version__
from stretchsite.group_permissions import MANAGERS, PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS
from testing import factories

pytestmark = pytest.mark.usefixtures("set_up_site", "db")

#: A review that was due on a day long past.
BEFORE, DUE = factories.REVIEWED_ON.replace(year=2025), factories.REVIEWED_ON
ROLES = (PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS, MANAGERS)


def member(group: str, name: str = "") -> User:
    """Somebody of a group."""
    person = factories.UserFactory.create(username=name or f"one of {group}", email=f"{name or 'one'}@example.org")
    person.groups.add(Group.objects.get(name=group))
    return person


def signed_in(client: Client, person: User) -> Client:
    """The admin, with this person signed in."""
    client.force_login(person)
    return client


def desk(client: Client, person: User) -> str:
    """What stands on this person's desk."""
    return signed_in(client, person).get(reverse("wagtailadmin_home")).content.decode()


def draft_of(person: User, number: int = 0) -> ExercisePage:
    """A draft this person has written."""
    page = factories.draft_exercise(title=f"Draft {number}", slug=f"draft-{number}", live=False)
    page.owner = person
    ExerciseIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=person)
    return page


def submitted(person: User, number: int = 0) -> ExercisePage:
    """The same, submitted for review."""
    page = draft_of(person, number)
    Workflow.objects.get().start(page, person)
    return ExercisePage.objects.get(pk=page.pk)


def live_exercise(number: int = 0, author: User | None = None, **fields: Any) -> ExercisePage:
    """An exercise readers see."""
    page = factories.draft_exercise(title=f"Stretch {number}", slug=f"stretch-{number}", **fields)
    if author:
        page.author = author
        factories.approve(page)
    ExerciseIndexPage.objects.get().add_child(instance=page)
    return page


def entries(menu: Any, request: Any) -> Iterator[str]:
    """The addresses of all entries of a menu, with those of the menus in it."""
    for item in menu.menu_items_for_request(request):
        if isinstance(item, SubmenuMenuItem):
            yield from entries(item.menu, request)
        elif str(item.url).startswith("/"):
            yield str(item.url)


def test_whoever_works_here_sees_the_version_under_help_and_scripts_are_told_it():
    request = RequestFactory().get("/admin/")
    request.user = member(ROLES[0])
    (shown,) = (item for item in admin_menu.menu_items_for_request(request) if item.name == "help")
    assert shown.render_component(request).footer_text == f"Stretchsite {__version__}"
    told = StringIO()
    call_command("site_version", stdout=told)
    assert told.getvalue() == f"{__version__}\n"


@pytest.mark.parametrize("role", ROLES)
def test_no_entry_of_the_menu_refuses_whoever_it_is_shown_to(client: Client, role: str):
    person = member(role)
    request = RequestFactory().get("/admin/")
    request.user = person
    addresses = list(entries(admin_menu, request))
    assert reverse("clinical_guide", args=["authors-guide"]) in addresses
    refused = {}
    for address in addresses:
        answer: Any = signed_in(client, person).get(address)
        is_sent_away = answer.status_code == 302 and answer.headers["Location"] == "/admin/"
        if answer.status_code not in {200, 302} or is_sent_away:
            refused[address] = answer.status_code
    assert refused == {}


@pytest.mark.parametrize("role", ROLES)
def test_empty_desk_teaches_what_to_do(client: Client, role: str):
    said = desk(client, member(role))
    assert ("New programme" in said) == (role != MANAGERS)
    assert ("Find an exercise" in said) == (role != MANAGERS)
    assert ("Nothing of yours waits to be finished" in said) == (role != MANAGERS)
    assert ("No colleague waits for you" in said) == (role in {REVIEWERS, SAFETY_OFFICERS})
    assert ("Who works here" in said) == (role == MANAGERS)


def test_desk_shows_a_writer_what_a_colleague_remarked(client: Client):
    writer, colleague = member(PRACTITIONERS, "writer"), member(REVIEWERS, "colleague")
    page = submitted(writer)
    assert "Waits for a colleague’s review" in desk(client, writer)
    assert "from writer" in desk(client, colleague)
    step = page.current_workflow_task_state
    step.task.specific.on_action(step, colleague, "reject", comment="Say which leg.")
    assert "colleague asks for changes: Say which leg." in desk(client, writer)
    assert "No colleague waits for you" in desk(client, colleague)


def test_desk_names_what_is_withdrawn_and_what_of_mine_it_touches(client: Client):
    giver, officer = member(PRACTITIONERS, "giver"), member(SAFETY_OFFICERS, "officer")
    exercise, other = live_exercise(1), live_exercise(2)
    routine = factories.draft_routine([exercise, other], [], title="My plan", slug="my-plan")
    routine.owner = giver
    RoutineIndexPage.objects.get().add_child(instance=routine)
    factories.link_to(RoutinePage.objects.get(), giver)
    assert "Nothing withdrawn touches what you wrote" in desk(client, giver)
    withdraw(exercise, by=officer, reason="It can tear a healing tendon.")
    said = desk(client, giver)
    assert "It can tear a healing tendon." in said
    assert "It is in your routine “My plan”." in said
    assert "1 patient has it from you." in said
    assert "An exercise was taken out (Stretch 1)" in said
    assert "It is in your routine" not in desk(client, member(PRACTITIONERS, "stranger"))


def test_desk_names_links_and_copies_of_what_is_withdrawn_as_a_whole(client: Client):
    giver, officer = member(PRACTITIONERS, "giver"), member(SAFETY_OFFICERS, "officer")
    routine = factories.draft_routine([live_exercise(1)], [], title="My plan", slug="my-plan")
    RoutineIndexPage.objects.get().add_child(instance=routine)
    link = factories.link_to(RoutinePage.objects.get(), giver).link
    factories.link_to(RoutinePage.objects.get(), giver).link.revoke()
    own = live_exercise(2, author=giver)
    ExercisePage.objects.filter(pk=own.pk).update(origins=str(routine.content_key))
    withdraw(RoutinePage.objects.get(), by=officer, reason="It can tear a healing tendon.")
    said = desk(client, giver)
    assert "It can tear a healing tendon." in said
    assert "1 patient has it from you." in said
    assert "Your “Stretch 2” is a copy of it, and is live." in said
    assert link.label in said
    assert "none holds what is withdrawn" not in said


def test_desk_costs_the_same_for_little_and_for_much(client: Client):
    writer, colleague, third = (
        member(PRACTITIONERS, "writer"),
        member(REVIEWERS, "colleague"),
        member(REVIEWERS, "third"),
    )
    exercise = live_exercise(999)
    routine = factories.draft_routine([exercise], [], title="My plan", slug="my-plan")
    RoutineIndexPage.objects.get().add_child(instance=routine)
    routine = RoutinePage.objects.get()

    def more(numbers: range) -> None:
        for number in numbers:
            step = submitted(writer, number).current_workflow_task_state
            if number % 2:  # the others wait for a colleague as they are
                step.corrected_by, step.corrected_to = third, [writer.pk]
                step.save()
            live_exercise(number, author=writer, review_due=DUE, reviewed_on=BEFORE)
            factories.link_to(routine, writer, days=3)

    def asked(person: User) -> int:
        desk(client, person)
        with CaptureQueriesContext(connection) as queries:
            desk(client, person)
        return len(queries)

    more(range(2))
    assert "due 1 June 2026" in desk(client, writer)
    assert "third changed some of it for you" in desk(client, writer)
    few = asked(writer), asked(colleague)
    more(range(2, 14))
    assert (asked(writer), asked(colleague)) == few
    assert "2 more were changed for you to accept." in desk(client, writer)
    assert max(few) <= MOST_QUERIES, few


#: What the desk may ask: the frame of the admin (session, permissions, menu) and seven panels.
MOST_QUERIES = 60
