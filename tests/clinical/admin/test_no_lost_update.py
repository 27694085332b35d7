"""M1, R-C1 and H10: nobody saves over a version they have not seen, and nothing that was typed is lost."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.admin.viewsets.pages import base_page_viewset, page_viewset_registry
from wagtail.models import Page, Revision
from wagtail.snippets.views.snippets import EditView as PlatformsSnippetEditor

from clinical.admin import editing
from clinical.admin.bringing_back import BRING_BACK
from clinical.admin.editing import REPLACES, EditSnippet, version_of
from clinical.models import NoteTarget, SafetyNote
from exercises.models import ExercisePage
from testing import factories
from testing.editor import Posted, as_opened, edit_address, errors_of, filled_in, page_as_posted
from tests.clinical.publishing.page_faults import KINDS, good_draft
from tests.clinical.publishing.roads import chief

pytestmark = pytest.mark.usefixtures("everything_is_approved")

WARNING = "Stop if your calf is hot, red or swollen."
TYPED = "Typed in another window."
BUTTONS: dict[str, Posted] = {"save": {}, "publish": {"action-publish": "1"}}


@pytest.fixture
def published(house: None, db: None) -> ExercisePage:
    exercise = ExercisePage.objects.get(live=True)
    factories.publish(exercise, user=chief())
    return ExercisePage.objects.get(pk=exercise.pk)


@pytest.fixture
def writer(client: Client) -> Client:
    client.force_login(chief())
    return client


def colleague() -> Any:
    return factories.UserFactory.create(username="ruth", first_name="Ruth", last_name="Okafor")


def overtake(page: Any, **words: str) -> Revision:
    """A colleague publishes a change of their own meanwhile."""
    newer = of_the_newest(page)
    for name, text in words.items():
        setattr(newer, name, text)
    revision = newer.save_revision(user=colleague())
    revision.publish()
    return revision


def newest_version(page: Any) -> Revision:
    return of_the_newest(page).latest_revision


def of_the_newest(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.mark.parametrize("button", BUTTONS.values(), ids=BUTTONS)
@pytest.mark.parametrize("says_its_version", [True, False])
def test_stale_save_keeps_a_colleagues_warning(
    published: ExercisePage, writer: Client, button: Posted, says_its_version: bool
):
    posted = {**page_as_posted(published, chief()), **button, "purpose": TYPED}
    if not says_its_version:
        posted = {name: text for name, text in posted.items() if not name.startswith("loaded_")}
    overtake(published, not_feel=WARNING)
    versions = Revision.objects.count()
    response = writer.post(edit_address(published), posted)
    assert response.status_code == 409
    assert (of_the_newest(published).not_feel, Revision.objects.count()) == (WARNING, versions)
    assert ExercisePage.objects.get(pk=published.pk).not_feel == WARNING
    page = response.content.decode()
    assert "Ruth Okafor saved another version" in page
    assert WARNING in page
    assert TYPED in page
    assert f'value="{version_of(newest_version(published))}" form="page-edit-form"' in page


@pytest.mark.parametrize("button", BUTTONS.values(), ids=BUTTONS)
def test_the_platform_as_it_comes_loses_the_warning(published: ExercisePage, writer: Client, button: Posted):
    posted = {**page_as_posted(published, chief()), **button, "purpose": TYPED}
    overtake(published, not_feel=WARNING)
    with patch.dict(page_viewset_registry.values_by_class, {Page: base_page_viewset}):
        assert writer.post(edit_address(published), posted).status_code == 302
    assert of_the_newest(published).not_feel != WARNING


def test_refusal_says_what_they_changed_field_by_field(published: ExercisePage, writer: Client):
    posted = {**page_as_posted(published, chief()), "purpose": TYPED}
    opened = published.get_latest_revision()
    newest = overtake(published, not_feel=WARNING, feel="A mild pull, no more.")
    response = writer.post(edit_address(published), posted)
    told = response.context["overtaken"]
    changed = {str(change.field_label()) for change in told.changes}
    assert {"What you should feel", "What you should not feel"} <= changed
    assert "Purpose" not in changed
    assert (told.who, told.is_live) == ("Ruth Okafor", True)
    assert f"/{opened.pk}...{newest.pk}/" in told.comparison_url
    assert writer.get(told.comparison_url).status_code == 200


def test_person_decides_knowingly_to_replace_it(published: ExercisePage, writer: Client):
    posted = {**page_as_posted(published, chief()), "purpose": TYPED}
    newest = overtake(published, not_feel=WARNING)
    refused = writer.post(edit_address(published), posted)
    assert refused.status_code == 409
    again = {**posted, "not_feel": WARNING, REPLACES: version_of(newest), "action-publish": "1"}
    assert writer.post(edit_address(published), again).status_code == 302
    shown = ExercisePage.objects.get(pk=published.pk)
    assert (shown.purpose, shown.not_feel) == (TYPED, WARNING)


def test_ticked_box_is_good_for_the_version_that_was_seen_only(published: ExercisePage, writer: Client):
    posted = {**page_as_posted(published, chief()), "purpose": TYPED}
    seen = overtake(published, not_feel="Pain.")
    overtake_again = of_the_newest(published)
    overtake_again.not_feel = WARNING
    overtake_again.save_revision()
    assert writer.post(edit_address(published), {**posted, REPLACES: version_of(seen)}).status_code == 409
    assert of_the_newest(published).not_feel == WARNING


def test_form_of_the_refusal_is_stale_until_the_box_is_ticked(published: ExercisePage, writer: Client):
    posted = {**page_as_posted(published, chief()), "purpose": TYPED}
    overtake(published, not_feel=WARNING)
    page = writer.post(edit_address(published), posted).content.decode()
    assert 'name="loaded_revision_created_at" value=""' in page
    assert "w-autosave" not in page.partition('id="page-edit-form"')[2].partition(">")[0]
    fields = {"loaded_revision_id": str(newest_version(published).pk), "loaded_revision_created_at": ""}
    assert writer.post(edit_address(published), {**posted, **fields}).status_code == 409


def test_version_written_over_by_autosave_in_another_window_counts_as_another(published: ExercisePage, writer: Client):
    draft = published.save_revision(user=chief())
    posted = {**page_as_posted(published, chief()), "purpose": TYPED}
    newer = of_the_newest(published)
    newer.not_feel = WARNING
    newer.save_revision(user=chief(), overwrite_revision=draft)
    response = writer.post(edit_address(published), posted)
    assert response.status_code == 409
    assert response.context["overtaken"].is_against_yours
    assert {"Purpose", "What you should not feel"} <= {
        str(c.field_label()) for c in response.context["overtaken"].changes
    }


def test_unfinished_stale_draft_is_kept_on_the_screen_too(published: ExercisePage, writer: Client):
    posted = {**page_as_posted(published, chief()), "purpose": "", "feel": TYPED}
    overtake(published, not_feel=WARNING)
    response = writer.post(edit_address(published), {**posted, "hold_seconds": "a while"})
    assert response.status_code == 409
    assert TYPED in response.content.decode()
    assert "hold_seconds" in response.context["form"].errors


@pytest.mark.parametrize("kind", KINDS)
def test_rows_a_colleague_removed_do_not_break_the_refusal(house: None, db: None, writer: Client, kind: str):
    page = good_draft(kind)
    posted = {**page_as_posted(page, chief()), "purpose": TYPED}
    newer = of_the_newest(page)
    newer.sources = []
    newer.save_revision(user=colleague())
    response = writer.post(edit_address(page), posted)
    assert response.status_code == 409
    assert TYPED in response.content.decode()
    box = {REPLACES: version_of(newest_version(page))}
    assert writer.post(edit_address(page), {**posted, **box}).status_code in {200, 302}


def autosave(client: Client, address: str, posted: Posted) -> Any:
    return client.post(address, posted, headers={"accept": "application/json"})


def test_autosave_goes_on_and_is_followed_by_a_save(published: ExercisePage, writer: Client):
    posted = page_as_posted(published, chief())
    first = autosave(writer, edit_address(published), {**posted, "feel": "One."}).json()
    assert first["success"]
    carried = {
        "loaded_revision_id": first["revision_id"],
        "loaded_revision_created_at": first["revision_created_at"],
        "overwrite_revision_id": first["revision_id"],
    }
    second = autosave(writer, edit_address(published), {**posted, **carried, "feel": "Two."}).json()
    assert second["revision_id"] == first["revision_id"]
    assert writer.post(edit_address(published), {**posted, **carried, "feel": "Three."}).status_code == 302
    assert of_the_newest(published).feel == "Three."


def test_autosave_tells_the_open_form_which_version_it_holds(published: ExercisePage, writer: Client):
    posted = page_as_posted(published, chief())
    first = autosave(writer, edit_address(published), {**posted, "feel": "One."}).json()
    carried = {"overwrite_revision_id": first["revision_id"]}
    second = autosave(writer, edit_address(published), {**posted, **carried, "feel": "Two."}).json()
    seen = second["field_updates"]
    assert writer.post(edit_address(published), {**posted, "feel": "Three."}).status_code == 409
    assert writer.post(edit_address(published), {**posted, **seen, "feel": "Three."}).status_code == 302


@pytest.mark.parametrize("says_its_version", [True, False])
def test_autosave_over_a_newer_version_is_refused_in_the_platforms_words(
    published: ExercisePage, writer: Client, says_its_version: bool
):
    posted = {**page_as_posted(published, chief()), "feel": TYPED}
    if not says_its_version:
        posted = {name: text for name, text in posted.items() if not name.startswith("loaded_")}
    overtake(published, not_feel=WARNING)
    answer = autosave(writer, edit_address(published), posted)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")


@pytest.mark.parametrize("is_own", [True, False])
def test_what_is_brought_back_has_seen_ones_own_save_whose_answer_never_came_and_no_colleagues(
    published: ExercisePage, writer: Client, is_own: bool
):
    posted = {**page_as_posted(published, chief()), "feel": TYPED}
    if is_own:
        assert autosave(writer, edit_address(published), {**posted, "feel": "Typ"}).status_code == 200
    else:
        overtake(published, not_feel=WARNING)
    answer = writer.post(edit_address(published), {**posted, BRING_BACK: "1"})
    assert answer.status_code == (200 if is_own else 409)
    assert TYPED in answer.text
    if is_own:
        again = {**posted, **as_opened(ExercisePage.objects.get(pk=published.pk))}
        assert str(answer.context["loaded_revision_id"]) == again["loaded_revision_id"]
        assert writer.post(edit_address(published), again).status_code == 302
        assert of_the_newest(published).feel == TYPED


def test_what_the_editor_saves_after_it_was_sent_to_approve_is_not_kept(writer: Client, published: ExercisePage):
    posted = page_as_posted(published, colleague())
    sent = {**posted, "feel": "One.", "action-workflow-action": "true", "workflow-action-name": "approve"}
    before = newest_version(published).pk
    answer = autosave(writer, edit_address(published), sent)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "not_saved")
    assert newest_version(published).pk == before


def test_stale_revert_is_refused(published: ExercisePage, writer: Client):
    old = published.get_latest_revision()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[published.pk, old.pk])
    posted = page_as_posted(published, chief())
    overtake(published, not_feel=WARNING)
    assert writer.post(address, {**posted, "action-publish": "1"}).status_code == 409
    assert of_the_newest(published).not_feel == WARNING
    fresh = {**posted, **as_opened(published), "action-publish": "1"}
    assert writer.post(address, fresh).status_code == 302


def note_and_address() -> tuple[SafetyNote, str]:
    note = factories.note_at(NoteTarget(region="lower_leg"), NoteTarget(region="foot"))
    factories.publish(note, user=chief())
    return note, reverse("wagtailsnippets_clinical_safetynote:edit", args=[note.pk])


@pytest.mark.parametrize("button", BUTTONS.values(), ids=BUTTONS)
def test_stale_note_is_refused_like_a_page(db: None, writer: Client, button: Posted):
    note, address = note_and_address()
    opened = writer.get(address)
    posted = {**filled_in(opened.context["form"]), **as_opened(note), "what_to_do": TYPED, **button}
    newer = of_the_newest(note)
    newer.text = WARNING
    newer.targets = [NoteTarget(region="lower_leg")]
    factories.publish(newer, user=colleague())
    response = writer.post(address, posted)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Ruth Okafor saved another version" in page
    assert WARNING in page
    assert TYPED in page
    assert SafetyNote.objects.get(pk=note.pk).text == WARNING
    box = {REPLACES: version_of(newest_version(note))}
    assert writer.post(address, {**posted, **box}).status_code in {200, 302}


def test_the_platform_as_it_comes_loses_a_notes_text(db: None, writer: Client):
    note, address = note_and_address()
    posted = {**filled_in(writer.get(address).context["form"]), **as_opened(note), "what_to_do": TYPED}
    newer = of_the_newest(note)
    newer.text = WARNING
    newer.save_revision(user=colleague())
    with patch.object(EditSnippet, "post", PlatformsSnippetEditor.post):
        assert writer.post(address, posted).status_code == 302
    assert of_the_newest(note).text != WARNING


def test_fresh_note_is_saved_and_autosaved(db: None, writer: Client):
    note, address = note_and_address()
    posted = {**filled_in(writer.get(address).context["form"]), **as_opened(note), "what_to_do": TYPED}
    first = autosave(writer, address, posted).json()
    assert first["success"]
    carried = {"overwrite_revision_id": first["revision_id"]}
    response = writer.post(address, {**posted, **carried, "action-publish": "1"})
    assert response.status_code == 302, errors_of(response)
    assert SafetyNote.objects.get(pk=note.pk).what_to_do == TYPED


def test_question_and_writing_are_one_transaction_with_the_row_held(
    transactional_db: None, client: Client, monkeypatch: pytest.MonkeyPatch
):
    held = []
    real = editing.hold

    def watched(model: type[Any], pk: Any) -> None:
        held.append((model, connection.in_atomic_block))
        real(model, pk)

    monkeypatch.setattr(editing, "hold", watched)
    home = factories.HomePageFactory(parent=Page.objects.get(depth=1), slug="held")
    home.save_revision()
    client.force_login(chief())
    assert client.post(edit_address(home), page_as_posted(home, chief())).status_code == 302
    _, address = note_and_address()
    client.post(address, filled_in(client.get(address).context["form"]))
    assert held == [(Page, True), (SafetyNote, True)]
