"""A safety note is in force only when it is complete, whatever road it came by; and its draft never is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.models import Locale, Revision

from clinical.models import NoteTarget, PublishRefused, SafetyNote
from clinical.safety.rules import TIER_OF_KIND
from clinical.words.choices import NoteKind, Polarity, Tier, Urgency
from exercises.models import ExercisePage
from stretchsite.models import HomePage
from testing import factories
from testing.editor import as_opened, errors_of, filled_in
from tests.clinical.notes.note_roads import editor
from tests.clinical.publishing.roads import Road, chief, schedule, shell_publish, shell_save

ADD = "wagtailsnippets_clinical_safetynote:add"
EDIT = "wagtailsnippets_clinical_safetynote:edit"

#: What may be wrong with a note: how it is made, and what the refusal names.
FAULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "nowhere": ("targets", {"targets": []}),
    "no words": ("text", {"text": ""}),
    "words of spaces": ("text", {"text": " \n\t\u00a0"}),
    "invisible words": ("text", {"text": "\u2800\u3164"}),
    "no source": ("source", {"source": "  "}),
    "milder than its kind": ("tier", {"tier": Tier.GOOD_TO_KNOW}),
    "get help, without how fast": ("urgency", {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP, "urgency": ""}),
    "how fast, without get help": ("urgency", {"urgency": Urgency.EMERGENCY}),
    "unknown urgency": ("urgency", {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP, "urgency": "soon"}),
    "unknown kind": ("kind", {"kind": "hint"}),
    "action without whether": ("polarity", {"action_code": "stretch-after-rising"}),
    "whether without action": ("polarity", {"polarity": Polarity.DO}),
    "due in ten years": ("review due", {"reviewed_on": date(2026, 6, 1), "review_due": date(2036, 6, 1)}),
}


def draft_note(**fields: Any) -> SafetyNote:
    """A note in the tables, not in force, with its first version."""
    note = factories.note_at(NoteTarget(everywhere=True), live=False)
    for name, value in fields.items():
        setattr(note, name, value)
    note.save_revision(clean=False)
    return SafetyNote.objects.get(pk=note.pk)


def posted_from(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send from the form at an address."""
    form = client.get(address).context["form"]
    return {**filled_in(form), **as_opened(form.instance)}


ROADS: dict[str, Road] = {
    "shell_publish": shell_publish,
    "shell_save": shell_save,
    "schedule": schedule,
    "editor": editor,
}


#: All roads end at one gate, so each fault takes the shortest, and every road a fault of each sort: a row, a text, a
#: choice.
WALKS = [
    *((fault, "shell_publish") for fault in FAULTS),
    *((fault, road) for road in ROADS if road != "shell_publish" for fault in ("nowhere", "no words", "unknown kind")),
]


@pytest.mark.parametrize(("fault", "road"), WALKS)
def test_note_with_a_fault_is_refused_by_name_and_field(db: None, client: Client, fault: str, road: str):
    field, fields = FAULTS[fault]
    note = draft_note(**fields)
    told = " ".join(ROADS[road](client, note)).replace("_", " ").lower()
    assert field in told
    assert not SafetyNote.objects.filter(live=True).exists()


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)
def test_repaired_note_comes_into_force_by_every_road(db: None, client: Client, road: Road):
    note = draft_note(text="")
    assert shell_publish(client, note)
    note.text = "your calf swells"
    note.save()
    note.save_revision()
    assert "No colleague has approved" in " ".join(road(client, note))
    factories.approve(note)
    assert road(client, note) == []
    assert SafetyNote.objects.filter(live=True).count() == 1


def test_note_is_not_written_and_published_in_one_go_by_one_person(db: None, client: Client):
    client.force_login(chief())
    words = {
        "kind": "red_flag",
        "tier": "1",
        "urgency": "same_day",
        "text": "one leg is hot and swollen",
        "source": "A guideline",
        "targets-TOTAL_FORMS": "1",
        "targets-0-region": "lower_leg",
    }
    response = client.post(reverse(ADD), {**posted_from(client, reverse(ADD)), **words, "action-publish": "1"})
    assert "Submit it for review" in errors_of(response)
    assert not SafetyNote.objects.exists()


@pytest.mark.parametrize("fault", [name for name in FAULTS if not name.startswith(("unknown", "invisible"))])
def test_draft_of_a_note_is_saved_whatever_is_missing(db: None, client: Client, fault: str):
    note = draft_note(**FAULTS[fault][1])
    client.force_login(chief())
    address = reverse(EDIT, args=[note.pk])
    response = client.post(address, posted_from(client, address))
    assert response.status_code == 302, errors_of(response)
    assert not SafetyNote.objects.get().live


def test_empty_note_may_be_drafted(db: None, client: Client):
    client.force_login(chief())
    response = client.post(reverse(ADD), posted_from(client, reverse(ADD)))
    assert response.status_code < 500


def test_note_for_a_page_starts_with_that_page(exercise: ExercisePage, client: Client):
    client.force_login(chief())
    posted = posted_from(client, f"{reverse(ADD)}?page={exercise.pk}")
    assert posted["targets-0-page"] == str(exercise.pk)


@pytest.mark.parametrize("page", ["999999", "x", "-1", "9" * 40])
def test_note_for_a_page_that_is_not_there_starts_empty(db: None, client: Client, page: str):
    client.force_login(chief())
    assert client.get(f"{reverse(ADD)}?page={page}").status_code == 200


def test_place_in_two_ways_is_a_message_in_the_editor(db: None, client: Client):
    note = draft_note()
    client.force_login(chief())
    address = reverse(EDIT, args=[note.pk])
    response = client.post(address, {**posted_from(client, address), "targets-0-region": "neck"})
    assert response.status_code == 200
    assert "Choose exactly one place in each row." in errors_of(response)


def test_page_that_carries_no_notes_is_a_message_in_the_editor(db: None, home_page: HomePage, client: Client):
    note = draft_note()
    client.force_login(chief())
    address = reverse(EDIT, args=[note.pk])
    posted = posted_from(client, address)
    del posted["targets-0-everywhere"]
    response = client.post(address, {**posted, "targets-0-page": str(home_page.pk), "action-publish": "1"})
    assert response.status_code == 200
    assert "Choose an exercise, a routine or a condition’s page." in errors_of(response)


def test_review_due_before_the_review_is_refused_in_words(db: None, client: Client):
    note = draft_note(reviewed_on=date(2026, 6, 1), review_due=date(2026, 5, 1))
    assert "The next review must come after the last." in " ".join(shell_publish(client, note))
    assert "The next review must come after the last." in " ".join(editor(client, note))


@pytest.mark.parametrize("kind", NoteKind)
@pytest.mark.parametrize("tier", Tier)
def test_note_may_be_more_serious_than_its_kind_and_never_milder(db: None, kind: NoteKind, tier: Tier):
    urgency = Urgency.SAME_DAY if tier == Tier.GET_HELP else ""
    note = SafetyNote(kind=kind, tier=tier, urgency=urgency, text="words", source="A textbook", locale_id=1)
    note.targets = [NoteTarget(everywhere=True)]
    assert ("tier" in note.publish_errors()) == (tier > TIER_OF_KIND[kind])


def test_every_kind_knows_its_mildest_tier():
    assert set(TIER_OF_KIND) == set(NoteKind)


def test_live_note_that_loses_its_last_place_is_refused(db: None):
    note = factories.note_at(NoteTarget(everywhere=True))
    emptied = SafetyNote.objects.get()
    emptied.targets = []
    revision = emptied.save_revision()
    with pytest.raises(PublishRefused, match="add at least one place"):
        revision.publish()
    assert NoteTarget.objects.filter(note=note).count() == 1


def test_note_in_force_keeps_its_words_while_a_change_is_drafted(db: None):
    factories.note_at(NoteTarget(everywhere=True))
    changed = SafetyNote.objects.get()
    changed.text, changed.tier = "something else", Tier.GOOD_TO_KNOW
    changed.save_revision(clean=False)
    kept = SafetyNote.objects.get()
    assert (kept.live, kept.text, kept.tier) == (True, "your calf swells", Tier.DO_NOT)


def test_refusal_names_the_note(db: None):
    note = draft_note(urgency=Urgency.EMERGENCY)
    with pytest.raises(PublishRefused) as refused:
        note.get_latest_revision().publish()
    (sentence,) = refused.value.sentences()
    assert sentence.startswith("“Stop sign: your calf swells” cannot go live. Urgency: ")


def test_versions_of_a_note_in_other_languages_are_one_note(db: None):
    note = factories.note_at(NoteTarget(everywhere=True))
    other = note.copy_for_translation(Locale.objects.create(language_code="cy"))
    assert other.content_key == note.content_key


def test_words_typed_with_space_round_them_are_trimmed(db: None):
    note = SafetyNote(kind="stop", tier=2, text="  it hurts ", what_to_do=" Rest. ", source="A textbook")
    note.clean()
    assert (note.text, note.what_to_do) == ("it hurts", "Rest.")


PREVIEWED: dict[str, dict[str, Any]] = {
    "complete": {},
    "empty": {"kind": "", "tier": None, "text": "", "source": ""},
    "unknown kind": {"kind": "hint", "tier": 9},
    "red flag without urgency": {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP},
}


@pytest.mark.parametrize("fields", PREVIEWED.values(), ids=PREVIEWED)
def test_note_is_previewed_with_the_floor_beside_it(db: None, fields: dict[str, Any]):
    words = {"kind": NoteKind.STOP, "tier": Tier.DO_NOT, "text": "your calf swells", "source": "A textbook", **fields}
    response = SafetyNote(**words).make_preview_request(RequestFactory().get("/"))
    answer = response.content.decode()
    assert response.status_code == 200
    assert "you have chest pain" in answer
    assert words["text"] in answer


def test_scheduled_note_is_not_in_force_before_its_time(db: None):
    note = draft_note()
    assert note.get_latest_revision() == Revision.objects.get()
    assert not list(NoteTarget.objects.in_force())
