"""Every address of the admin, asked for by every role: what the golden file ``admin_matrix.txt`` is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Collection, Locale, Site, Task, Workflow, WorkflowState

from clinical.models import ClinicalReviewStep, ClinicSettings, NoteTarget, Practitioner, User
from clinical.review.proposals import propose
from exercises.models import ExerciseIndexPage
from library.models import LibraryUpload
from stretchsite.group_permissions import MANAGERS, PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS
from stretchsite.models import Saying
from testing import factories

ROLES = ("anonymous", PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS, MANAGERS, "superuser")
#: How an answer is written in the file.
LOGIN, REFUSED, SHOWN, ON, NOTHING, BROKEN = "L", "-", "Y", ">", ".", "!"
LEGEND = "L sent to the log-in · - refused · Y shown · > carried out or sent on · . nothing, or not this way · ! broken"


@dataclass(frozen=True)
class Address:
    """One address of the admin: its name, and one way to write it."""

    name: str
    path: str


def addresses(values: dict[str, dict[str, Any]]) -> Iterator[Address]:
    """Every named address below ``/admin/``, from the resolver, with something that exists filled in."""
    for name, parameters in sorted(set(_walk(get_resolver().url_patterns))):
        filled = {parameter: _value(name, parameter, values) for parameter in parameters}
        try:
            yield Address(name, reverse(name, kwargs=filled))
        except NoReverseMatch:
            yield Address(name, reverse(name, args=list(filled.values())))


def unnamed(patterns: list[Any]) -> set[str]:
    """The addresses below ``/admin/`` among these that have no name, and so no row: as they are written."""
    return {route for route, pattern, _spaces, _parameters in _below_admin(patterns, (), (), "") if not pattern.name}


def _walk(patterns: list[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for _route, pattern, spaces, parameters in _below_admin(patterns, (), (), ""):
        if pattern.name:
            yield ":".join([*spaces, pattern.name]), parameters


def _below_admin(
    patterns: list[Any], spaces: tuple[str, ...], parameters: tuple[str, ...], route: str
) -> Iterator[tuple[str, URLPattern, tuple[str, ...], tuple[str, ...]]]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if not (here.startswith("admin/") or "admin/".startswith(here)):
            continue
        names = tuple(pattern.pattern.converters) or tuple(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _below_admin(pattern.url_patterns, inner, (*parameters, *names), here)
        elif isinstance(pattern, URLPattern) and here.startswith("admin/"):
            yield here, pattern, spaces, (*parameters, *names)


def _value(name: str, parameter: str, values: dict[str, dict[str, Any]]) -> Any:
    for part in sorted(values, key=len, reverse=True):
        if part in name and parameter in values[part]:
            return values[part][parameter]
    return values[""].get(parameter, 1)


def furnish() -> dict[str, dict[str, Any]]:
    """A site with one of everything; what to fill into addresses, by a part of their names."""
    condition = factories.ConditionFactory.create(name="Tight calves", slug="tight-calves")
    index = ExerciseIndexPage.objects.get()
    page = index.add_child(instance=factories.draft_exercise(title="Calf", slug="calf", conditions=[condition]))
    revision = factories.publish(page, user=factories.UserFactory.create(username="somebody"))
    note = factories.note_at(NoteTarget(region="hip"))
    kept = factories.publish(note)
    someone = factories.UserFactory.create(username="someone-else")
    saying = Saying.objects.create(saying="wobbly", meaning="balance")
    practitioner = Practitioner.objects.create(name="A person", role="Physiotherapist")
    proposer = factories.UserFactory.create(username="proposer")
    proposal = propose(condition, {"name": "Sore calves"}, by=proposer, reason="Plainer.")
    of_a_page = {"pk": page.pk, "page_id": page.pk, "revision_id": revision.pk, "parent_page_id": index.pk}
    of_a_page |= {"revision_id_a": revision.pk, "revision_id_b": revision.pk, "page_to_move_id": page.pk}
    of_a_page |= {"destination_id": index.pk, "id": page.pk, "object_id": page.pk}
    return {
        "": {
            **of_a_page,
            **{"app_label": "wagtailcore", "model_name": "page", "action": "delete", "field": "title"},
            **{"content_type_app_name": "exercises", "content_type_model_name": "exercisepage"},
            **{"content_type_app_label": "exercises", "parent_id": index.pk, "action_name": "approve"},
            **{"uidb64": "MQ", "token": "x", "width": 1, "filter_spec": "width-10", "signature": "x", "slug": "x"},
        },
        "safetynote": {"pk": note.pk, "revision_id": kept.pk, "revision_id_a": kept.pk, "revision_id_b": kept.pk},
        "note": {"pk": note.pk},
        "condition": {"pk": condition.pk},
        "saying": {"pk": saying.pk},
        "wagtailsettings": {"pk": ClinicSettings.load().pk, "app_name": "clinical", "model_name": "clinicsettings"},
        "practitioner": {"pk": practitioner.pk},
        "clinical_proposal": {"pk": proposal.pk},
        "clinical_correction": {"pk": _corrected(page, proposer).pk},
        "clinical_new_complaint": {"pk": condition.pk},
        "clinical_propose": {"pk": condition.pk, "sort": "condition"},
        "wagtailusers_users": {"pk": someone.pk, "user_id": someone.pk},
        "clinical_person": {"pk": someone.pk},
        "library_upload": {"pk": LibraryUpload.objects.create(name="calves.csv", token="none").pk},
        "clinical_guide": {"name": "glossary"},
        "wagtailusers_groups": {"pk": Group.objects.get(name=REVIEWERS).pk, "id": Group.objects.get(name=REVIEWERS).pk},
        "wagtailsites": {"pk": Site.objects.get().pk},
        "wagtaillocales": {"pk": Locale.objects.get().pk},
        "collection": {"pk": Collection.objects.get().pk, "collection_id": Collection.objects.get().pk},
        "workflows": {"pk": Workflow.objects.get().pk, "workflow_pk": Workflow.objects.get().pk},
        "task": {"pk": Task.objects.get().pk, "task_id": Task.objects.get().pk},
    }


def _corrected(page: Any, reviewer: User) -> ClinicalReviewStep:
    """A correction of a review that is over: nothing else on the page waits for anybody."""
    over = {"status": WorkflowState.STATUS_CANCELLED}
    state = WorkflowState.objects.create(
        base_content_type=page.get_base_content_type(),
        content_type=page.get_content_type(),
        object_id=page.pk,
        workflow=Workflow.objects.get(),
        **over,
    )
    found = {"workflow_state": state, "revision": page.latest_revision, "task": Task.objects.get()}
    return ClinicalReviewStep.objects.create(pk=4711, corrected_by=reviewer, **found, **over)


def matrix() -> list[str]:
    """A line for each address and method: how each role is answered. Nothing that is asked leaves a trace."""
    values = furnish()
    clients = [_client(role) for role in ROLES]
    with patch.object(Template, "render", lambda *args, **kwargs: ""):
        return [
            f"{' '.join(_answer(client, method, address.path) for client in clients)}  {method:4} {address.name}"
            for address in addresses(values)
            for method in ("GET", "POST")
        ]


def _client(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role == "superuser":
        client.force_login(User.objects.create_superuser("superuser"))
    elif role != "anonymous":
        person = factories.UserFactory.create(username=role)
        person.groups.add(Group.objects.get(name=role))
        client.force_login(person)
    return client


def _answer(client: Client, method: str, path: str) -> str:
    signed_in = {name: cookie.value for name, cookie in client.cookies.items()}
    with transaction.atomic():
        try:
            response: Any = client.generic(method, path)
            return _sort(response)
        except Exception:  # the address is broken for this role, and the file says so
            return BROKEN
        finally:
            transaction.set_rollback(True)
            client.cookies.load(signed_in)  # whoever has just logged out is asked for the rest as well


def _sort(response: HttpResponse) -> str:
    if response.status_code >= 500:
        return BROKEN
    if response.status_code in {301, 302, 303}:
        target = response.headers["Location"]
        if target.startswith("/admin/login/"):
            return LOGIN
        return REFUSED if target == "/admin/" else ON
    if response.status_code == 403:
        return REFUSED
    return SHOWN if response.status_code == 200 else NOTHING
