"""Every text field of every model refuses what nobody sees, on every road, and names itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from clinical.models import Condition, NoteTarget, Picture, Practitioner, PublishRefused, User, Withdrawal
from clinical.notes.conditions import ConditionCode
from clinical.words.choices import NoteKind, Tier
from clinical.words.legible import LegibleMixin
from exercises.models import ExercisePage, ExerciseSource
from routines.models import RoutinePage
from testing import factories
from testing.editor import edit_address, errors_of, page_as_posted
from tests.clinical.publishing.roads import chief
from tests.unseen_characters import UNSEEN, WELL_WRITTEN

OURS = ("clinical", "exercises", "routines", "sharing", "stretchsite")
#: What no person writes: the platform's own, identities, what is decided from a list, and what is only kept.
WRITTEN_BY_NOBODY = {"path", "content_hash", "digest", "password", "language", "file", "month"}
HIDDEN = "\u202e"


def text_fields() -> Iterator[models.Field[Any, Any]]:
    """Every field of the site's models, the platform's pages and accounts among them, that words can be written in."""
    kept: dict[int, models.Field[Any, Any]] = {}
    for model in apps.get_models():
        if model._meta.app_label in OURS or model is Page:
            for field in model._meta.fields:
                holds_text = field.get_internal_type() in {"CharField", "TextField", "SlugField", "JSONField"}
                holds_text = holds_text or isinstance(field, (models.CharField, StreamField))
                if holds_text and field.editable and not field.choices and field.name not in WRITTEN_BY_NOBODY:
                    kept[id(field)] = field
    yield from kept.values()


def filled(field: models.Field[Any, Any], words: str) -> list[Any]:
    """Values of a field with these words in it: for prose one for each sort of block and each place in it."""
    if isinstance(field, StreamField):
        stream = field.stream_block
        return [
            stream.to_python([{"type": name, "value": value}])
            for name, block in stream.child_blocks.items()
            for value in _of(block, words)
        ]
    return [{"label": words}] if isinstance(field, models.JSONField) else [words]


def _of(block: Any, words: str) -> list[Any]:
    if isinstance(block, ListBlock):
        return [[value] for value in _of(block.child_block, words)]
    if isinstance(block, StructBlock) and not isinstance(block, StreamBlock):
        texts = {
            name
            for name, inner in block.child_blocks.items()
            if type(inner).__name__.endswith(("CharBlock", "TextBlock"))
        }
        return [{name: words} for name in texts]
    return [words]


def refuses(field: models.Field[Any, Any], value: Any) -> bool:
    """Whether the field says that something in the value cannot be seen."""
    try:
        field.run_validators(value)
    except ValidationError as error:
        return any(each.code == "unseen" for each in error.error_list)
    return False


def test_every_text_field_refuses_every_one_of_them_and_nothing_that_is_well_written():
    fields = list(text_fields())
    assert len(fields) > 70
    for field in fields:
        for character in UNSEEN:
            for value in filled(field, f"calf{character}stretch"):
                assert refuses(field, value), (field, character)
        for words in WELL_WRITTEN.values():
            assert not any(refuses(field, value) for value in filled(field, words)), (field, words)


def test_every_record_outside_the_gate_asks_when_it_is_saved():
    asked_elsewhere = {
        *("approval", "auditentry"),  # append-only, and shown to nobody but colleagues
        "clinicalreviewstep",  # a remark to its author
        *(
            "clinicalreviewtask",
            "heartbeat",
            "picturerendition",
            "ratecount",
            "toldchange",
        ),  # no words of their own, or for colleagues
    }
    for model in apps.get_models():
        has_words = any(field.model is model for field in text_fields())
        is_row_or_gated = hasattr(model, "publish_errors") or any(
            isinstance(field, models.ForeignKey) and type(field).__name__ == "ParentalKey"
            for field in model._meta.fields
        )
        if model._meta.app_label in OURS and has_words and not is_row_or_gated:
            assert issubclass(model, LegibleMixin) or model._meta.model_name in asked_elsewhere, model


def test_editor_says_it_at_the_field(exercise: ExercisePage, client: Client):
    client.force_login(chief())
    exercise.title = f"Hold {HIDDEN}03"
    exercise.steps = [("move", {"text": f"Lean{HIDDEN}.", "picture": None})]
    exercise.sources = [ExerciseSource(title=f"A textbook{HIDDEN}", sort_order=0)]
    posted = page_as_posted(exercise, chief())
    response = client.post(edit_address(exercise), posted)  # a draft
    said = errors_of(response)
    for field, before in {"title": "Hold", "steps": "Lean", "sources": "A textbook"}.items():
        assert f"U+202E (right-to-left override). Type the text again after “{before}”" in said, field
    assert {"title", "steps"} <= set(response.context["form"].errors)
    assert not exercise.revisions.exists()


def test_nothing_of_it_goes_live_from_a_shell(exercise: ExercisePage):
    exercise.feel = f"A mild{HIDDEN} pull."
    exercise.steps = [("move", {"text": f"Lean{HIDDEN}.", "picture": None})]
    with pytest.raises(PublishRefused) as refused:
        factories.save_live(exercise)
    assert set(refused.value.refusal) >= {"feel", "steps"}
    words = {"kind": NoteKind.STOP, "tier": Tier.DO_NOT, "text": f"it{HIDDEN} hurts"}
    with pytest.raises(PublishRefused, match="U\\+202E"):
        factories.note_at(NoteTarget(everywhere=True), **words)


def test_nothing_of_it_hides_in_a_paragraph_as_an_entity(condition: Condition):
    hub = factories.draft_hub(condition, what_it_is=[("paragraph", "<p>Tight&#8238;calves.</p>")], live=False)
    assert "U+202E" in hub.completeness_errors()["what_it_is"][0]
    hub.what_it_is = [("paragraph", "<p>The sign &amp;#8238; as it is written.</p>")]
    assert "what_it_is" not in hub.completeness_errors()


def test_records_outside_the_gate_are_not_saved_with_it(routine: RoutinePage, practitioner: User):
    link = factories.link_to(routine, practitioner).link
    link.note = f"Slowly.\nBreathe{HIDDEN}."
    practitioner.first_name = f"Ann{HIDDEN}"
    bad = {
        "name": Condition(name=f"Cramp{HIDDEN}", slug="cramp"),
        "aliases": Condition(name="Cramp", slug="cramp", aliases=f"a\nb{HIDDEN}"),
        "code": ConditionCode(system="ICD", edition="1", code=f"M{HIDDEN}"),
        "biography": Practitioner(name="Ann", role="Physiotherapist", biography=f"I{HIDDEN}"),
        "alternative_text": Picture(title="A", alternative_text=f"A leg{HIDDEN}"),
        "reason": Withdrawal(title="A", reason=f"It hurts{HIDDEN}", withdrawn_by=practitioner),
        "introduction": factories.InformationPageFactory.build(introduction=f"A{HIDDEN}"),
        "note": link,
        "first_name": practitioner,
    }
    for name, record in bad.items():
        with pytest.raises(ValidationError) as refused:
            record.save()
        assert list(refused.value.message_dict) == [name], record
    link.note = "Slowly.\nBreathe. 👩🏾‍⚕️"
    link.save()


def test_what_people_write_in_their_languages_goes_live(exercise: ExercisePage):
    exercise.steps = [("move", {"text": words, "picture": None}) for words in WELL_WRITTEN.values()]
    exercise.title = WELL_WRITTEN["Arabic"]
    exercise.dos = "\n".join(WELL_WRITTEN.values())
    factories.save_live(exercise)
    assert ExercisePage.objects.get().title == WELL_WRITTEN["Arabic"]


def test_title_that_shows_nothing_is_none(exercise: ExercisePage):
    exercise.title = "\u2800\u00a0"
    assert "Write something here" in exercise.completeness_errors()["title"][0]


def test_look_alike_letters_in_a_title_are_pointed_out_and_not_refused(exercise: ExercisePage, client: Client):
    client.force_login(chief())
    exercise.title = "Cаlf stretch"  # with a Cyrillic а
    response = client.post(edit_address(exercise), page_as_posted(exercise, chief()), follow=True)
    assert "“Cаlf” mixes letters of two alphabets" in response.content.decode()
    assert ExercisePage.objects.get().get_latest_revision_as_object().title == "Cаlf stretch"


@pytest.mark.parametrize("form", ["withdraw", "invite"])
def test_forms_without_a_model_say_it_at_their_field(routine: RoutinePage, client: Client, form: str):
    client.force_login(chief())
    address = {"withdraw": reverse("clinical_withdraw_page", args=[routine.pk]), "invite": reverse("clinical_invite")}
    response = client.post(address[form], {"reason": f"It{HIDDEN}.", "name": f"Ann{HIDDEN}"})
    assert "U+202E" in response.context["form"].errors[{"withdraw": "reason", "invite": "name"}[form]][0]


def test_search_takes_every_one_of_them(home_page: Page, client: Client):
    for words in ("a".join(UNSEEN), *UNSEEN[:2]):
        assert client.get(reverse("search"), {"q": words}).status_code == 200
