"""AZ5: a warning of tier 1 or 2 is added, reworded, lowered, narrowed and removed by two people, on every road.

Adding has one other way, and losing none: a library may publish a warning nobody on the site has read, since it only
ever adds to what readers are told; it takes nothing back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Locale, Page, Workflow, WorkflowTask

from clinical.models import (
    Approval,
    AuditEntry,
    ClinicalReviewTask,
    Condition,
    NoteTarget,
    PublishRefused,
    SafetyNote,
    User,
    release,
)
from clinical.publishing.fingerprints import fingerprint_of
from clinical.review.reviewing import approve
from clinical.withdrawal.withdrawing import confirm, withdraw
from clinical.words.choices import ApprovalBasis, AuditAction, NoteKind, Tier
from exercises.assembly import exercise_sheet
from exercises.models import ExercisePage
from testing import factories, small_library
from tests.clinical.notes import note_roads
from tests.clinical.publishing import roads
from tests.clinical.publishing.roads import Road

#: What is changed of the warning of :func:`warning`.
Change = Callable[[SafetyNote], None]

REFUSALS = ("that takes a second person", "No colleague has approved these words")


def reworded(note: SafetyNote) -> None:
    note.text = "Ask first if your calf is a little warm."


def lowered(note: SafetyNote) -> None:
    note.tier = Tier.CHECK_FIRST


def narrowed(note: SafetyNote) -> None:
    note.targets = [NoteTarget(region="hip")]


LESS: dict[str, Change] = {"reworded": reworded, "lowered": lowered, "narrowed": narrowed}

#: Roads on which a changed version comes into force.
TO_CHANGE: dict[str, Road] = {
    "editor": note_roads.editor,
    "workflow": note_roads.workflow,
    "schedule": roads.schedule,
    "revert": note_roads.revert,
    "translation": note_roads.translation,
    "import": note_roads.load_library,
    "shell": roads.shell_publish,
}
#: Roads on which a note goes, whole.
TO_REMOVE: dict[str, Road] = {
    "delete": note_roads.delete,
    "bulk delete": note_roads.delete_in_bulk,
    "unpublish": note_roads.unpublish,
    "shell": note_roads.shell_unpublish,
}


def warning(*, live: bool = True) -> SafetyNote:
    """A check first that was raised to tier 2, at two places; it may be lowered, and lose a place, and be a note."""
    places = (NoteTarget(region="hip"), NoteTarget(region="lower_leg"))
    words = {"kind": NoteKind.CHECK_FIRST, "tier": Tier.DO_NOT, "text": "Ask first if your calf is hot."}
    note = factories.note_at(*places, live=live, library_id="hot-calf", **words)
    note.save_revision()
    return note


def in_force() -> list[tuple[Any, ...]]:
    """Everything readers are warned of: words, tier and reach of every note that is live, in every language."""
    return [
        (note.pk, note.kind, note.tier, note.text, sorted(target.words() for target in note.targets.all()))
        for note in SafetyNote.objects.filter(live=True).order_by("pk")
    ]


def newest(note: SafetyNote) -> Any:
    return SafetyNote.objects.get(pk=note.pk).get_latest_revision_as_object()


def second_person(thing: Any) -> None:
    """A colleague reads what would come into force, and approves it."""
    approve(thing, by=factories.UserFactory.create(), seen=fingerprint_of(thing))


def walk(road: Road, note: SafetyNote) -> list[str]:
    """Take a road in a browser of one's own: the last one still has its messages to show."""
    return road(Client(), SafetyNote.objects.get(pk=note.pk))


def says_it_takes_two(told: list[str]) -> bool:
    return any(words in " ".join(told) for words in REFUSALS)


@pytest.mark.parametrize("change", LESS.values(), ids=LESS)
@pytest.mark.parametrize("road", TO_CHANGE.values(), ids=TO_CHANGE)
def test_warning_says_less_only_with_a_second_person(db: None, road: Road, change: Change):
    note = warning()
    draft = newest(note)
    change(draft)
    draft.save_revision()
    before = in_force()
    assert says_it_takes_two(walk(road, note))
    assert in_force() == before
    second_person(draft)
    assert walk(road, note) == []
    assert in_force() != before


@pytest.mark.parametrize("road", [name for name in TO_CHANGE if name != "import"])
def test_warning_is_added_only_with_a_second_person(db: None, road: str):
    note = warning(live=False)
    assert says_it_takes_two(walk(TO_CHANGE[road], note))
    assert in_force() == []
    second_person(newest(note))
    assert walk(TO_CHANGE[road], note) == []
    assert len(in_force()) == 1


def test_library_may_add_a_warning_and_names_nobody_for_it(db: None, client: Client):
    note = warning(live=False)
    assert note_roads.load_library(client, note) == []
    assert len(in_force()) == 1
    (approval,) = Approval.objects.filter(content_key=note.content_key)
    assert (approval.basis, approval.approver) == (ApprovalBasis.LIBRARY, None)
    assert AuditEntry.objects.get(action=AuditAction.PUBLISHED, content_key=note.content_key).second is None


FACTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "ruled out": ({"rules_out_id": 1}, {"rules_out_id": None}),
    "warm-up": ({"needs_warm_up": True}, {"needs_warm_up": False}),
    "wider dose": ({"dose_figure": "hold_seconds", "dose_least": 10, "dose_most": 20}, {"dose_most": 60}),
    "any dose": (
        {"dose_figure": "hold_seconds", "dose_least": 10, "dose_most": 20},
        {"dose_figure": "", "dose_least": None, "dose_most": None},
    ),
}


@pytest.mark.parametrize(("more", "less"), FACTS.values(), ids=FACTS)
def test_library_adds_to_what_a_warning_limits_and_takes_nothing_back(
    db: None, client: Client, more: dict[str, Any], less: dict[str, Any]
):
    Condition.objects.create(pk=1, name="Torn calf", slug="torn-calf")
    note = warning(live=False)
    assert note_roads.load_library(client, note) == []
    for facts, is_refused in ((more, False), (less, True)):
        draft = newest(note)
        for name, value in facts.items():
            setattr(draft, name, value)
        release(draft)
        draft.save_revision()
        assert says_it_takes_two(walk(roads.shell_publish, note)) == is_refused
    assert vars(SafetyNote.objects.get()).items() >= more.items()


def test_warning_left_out_of_a_library_stays_in_force(db: None, client: Client, tmp_path: Path):
    note = warning()
    other = {**note_roads.as_record(note), "id": "another", "text": "Ask first if your knee is hot."}
    before = in_force()
    small_library.load(small_library.write(tmp_path, {"notes/another": other}), publish=True)
    assert in_force()[: len(before)] == before


@pytest.mark.parametrize("road", TO_REMOVE.values(), ids=TO_REMOVE)
def test_warning_is_removed_only_with_a_second_person(db: None, road: Road):
    note = warning()
    before = in_force()
    assert says_it_takes_two(walk(road, note))
    assert in_force() == before
    withdrawal = withdraw(note, by=factories.UserFactory.create(), reason="It was wrong.")
    assert says_it_takes_two(walk(road, note))
    assert in_force() == before
    confirm(withdrawal, by=factories.UserFactory.create())
    assert walk(road, note) == []
    assert in_force() == []


def test_warning_runs_out_only_on_a_day_a_second_person_has_approved(db: None, client: Client, capsys: Any):
    note = warning()
    yesterday = timezone.now() - timedelta(days=1)
    SafetyNote.objects.update(expire_at=yesterday)
    before = in_force()
    with pytest.raises(CommandError):
        call_command("publish_scheduled")
    assert says_it_takes_two([capsys.readouterr().err])
    assert in_force() == before
    second_person(SafetyNote.objects.get(pk=note.pk))
    call_command("publish_scheduled")
    assert in_force() == []


def test_day_on_which_a_warning_runs_out_is_set_by_two(db: None, client: Client):
    note = warning()
    draft = newest(note)
    draft.expire_at = timezone.now().replace(second=0, microsecond=0) + timedelta(days=1)
    draft.save_revision()
    assert says_it_takes_two(walk(note_roads.editor, note))
    assert SafetyNote.objects.get().expire_at is None
    second_person(draft)
    assert walk(note_roads.editor, note) == []
    assert SafetyNote.objects.get().expire_at == draft.expire_at


@pytest.mark.parametrize("change", LESS.values(), ids=LESS)
def test_weaker_warning_that_was_approved_once_is_approved_anew(db: None, client: Client, change: Change):
    note = warning(live=False)
    strong = newest(note)
    change(note)
    weak = factories.publish(note)
    factories.approve(strong).save_revision().publish()
    before = in_force()
    posted = {**note_roads.form_at(client, note_roads.screen("revisions_revert", note, weak.pk))}
    sent = {**posted, **note_roads.as_opened(note), "action-publish": "1"}
    response = client.post(note_roads.screen("revisions_revert", note, weak.pk), sent)
    assert "approved before the version that is live now" in " ".join(roads.messages_of(response))
    assert in_force() == before


def test_writer_of_a_change_is_not_its_second_person_in_the_review(db: None):
    writer, colleague = User.objects.create_superuser("writer"), User.objects.create_superuser("colleague")
    review = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=review, task=ClinicalReviewTask.objects.create(name="Review"))
    note = warning()
    draft = newest(note)
    lowered(draft)
    draft.save_revision(user=writer)
    review.start(SafetyNote.objects.get(), writer)
    step = SafetyNote.objects.get().current_workflow_task_state
    sent, before = {"seen": step.fingerprint()}, in_force()
    with pytest.raises(PublishRefused, match="nobody approves their own"):
        step.task.specific.on_action(step, writer, "approve", **sent)
    assert in_force() == before
    step.task.specific.on_action(step, colleague, "approve", **sent)
    assert SafetyNote.objects.get().tier == Tier.CHECK_FIRST
    assert AuditEntry.objects.filter(action=AuditAction.PUBLISHED).first().second == colleague


@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_notes_are_neither_published_nor_unpublished_in_bulk(db: None, client: Client, action: str):
    note = warning()
    client.force_login(roads.chief())
    assert client.post(f"{note_roads.bulk_address(action)}?id={note.pk}").status_code == 404
    actions = bulk_action_registry.get_bulk_actions_for_model("clinical", "safetynote")
    assert [each.action_type for each in actions] == ["delete"]


def test_note_has_no_copy_and_no_alias(db: None, client: Client):
    note = warning()
    client.force_login(roads.chief())
    for address in ("copy", "convert_alias"):
        with pytest.raises(NoReverseMatch):
            note_roads.screen(address, note)
    assert client.get(note_roads.screen("edit", note).replace("/edit/", "/copy/")).status_code == 404
    with pytest.raises(FieldDoesNotExist):
        SafetyNote._meta.get_field("alias_of")


def test_no_screen_translates_a_note(db: None, client: Client):
    note = warning()
    client.force_login(roads.chief())
    assert not apps.is_installed("wagtail.contrib.simple_translation")
    with pytest.raises(NoReverseMatch):
        reverse("simple_translation:submit_snippet_translation", args=("clinical", "safetynote", note.pk))
    assert client.get(f"/admin/translation/submit/snippet/clinical/safetynote/{note.pk}/").status_code == 404


def test_note_is_not_written_from_a_chooser(db: None, client: Client):
    address = reverse("wagtailsnippetchoosers_clinical_safetynote:create")
    client.force_login(roads.chief())
    assert client.get(address).context["creation_form"] is None


def carried(page: Page) -> set[str]:
    """The warnings a reader of the page is shown, but for those every page has."""
    notes = exercise_sheet(ExercisePage.objects.get(pk=page.pk)).safety.notes
    return {each.note.text for each in notes}


@pytest.mark.parametrize("road", ["copy", "alias", "translation"])
def test_page_that_is_copied_takes_its_warning_along(exercise: ExercisePage, client: Client, settings: Any, road: str):
    settings.EMERGENCY_NUMBERS = {**settings.EMERGENCY_NUMBERS, "cy": "999"}
    factories.note_at(NoteTarget(page=exercise.page_ptr), text="your calf is hot")
    before, shown = in_force(), carried(exercise)
    if road == "translation":
        welsh = Locale.objects.create(language_code="cy")
        twin = exercise.copy_for_translation(welsh, copy_parents=True)
    else:
        assert {"copy": roads.copy, "alias": roads.alias}[road](client, exercise) == []
        twin = ExercisePage.objects.exclude(pk=exercise.pk).get()
    assert "your calf is hot" in shown
    assert carried(twin) >= shown
    assert in_force() == before
