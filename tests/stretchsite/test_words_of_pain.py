"""Every text readers see is read for words that allow more pain than they may, or is on a closed list that says why."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Comment

from clinical.models import FamilyMember, SafetyNote, SourceReference
from clinical.publishing.gate import GatedMixin
from clinical.publishing.pain_read import pain_refusal, texts_of
from clinical.publishing.rows import PLACE_IN_TREE
from clinical.words.choices import NoteKind
from clinical.words.fields import ChoiceSetField
from exercises.models import ExercisePage
from routines.models import RoutinePage
from routines.models.item_faults import ItemFaultsMixin
from sharing.models import ShareLink
from stretchsite.models import ConditionPage
from tests.stretchsite.words_readers_see import (
    AGREEMENT,
    AT_ONCE,
    CHOICE,
    CLINIC,
    CLOSED,
    FOUND_BY,
    FROM_APPROVED,
    FROZEN,
    NEVER,
    SETTING,
    TWO,
    guard_of,
    texts,
)

AGAINST_PAIN = "You walk. Push through the pain!"

#: What is not read, by what guards it.
NOT_READ_BY_GUARD = {
    CHOICE: "no words of a person's",
    FROM_APPROVED: "read where it was written, and read again when it is shown",
    NEVER: "no reader sees it",
    SETTING: "says nothing of exercises",
    CLINIC: "asked when it is saved: ClinicSettings.clean",
    CLOSED: "a person's name and role",
    AGREEMENT: "names, and what pictures show",
    AT_ONCE: "says why something is gone; nothing is done beside it",
    TWO: "why two people chose otherwise, beside the warning itself",
    FOUND_BY: "what questions are read by",
    FROZEN: "read with each exercise that shows it: media_refusal",
}
#: Fields that are not read though they are in a fingerprint or a practitioner's own: of which kind of record, and why.
NOT_READ: tuple[tuple[type, frozenset[str], str], ...] = (
    (SafetyNote, frozenset({"source"}), "what others wrote, as it is called"),
    (SourceReference, frozenset({"title", "doi", "pmid"}), "what others wrote, as it is called"),
    (FamilyMember, frozenset({"words"}), "a digest"),
    (ItemFaultsMixin, frozenset({"cue", "intensity_cue"}), "judged by its own exercise: misfits, line_faults"),
    (ShareLink, frozenset({"note"}), "judged by the strictest exercise it is given with: refuse_note"),
)


def is_read(model: type[models.Model], field: models.Field) -> bool:
    """Whether words against pain in this field are found."""
    thing: Any = model()
    setattr(thing, field.attname, _saying(field))
    if issubclass(model, GatedMixin):
        return bool(pain_refusal(thing))
    for key in model._meta.get_fields():
        if isinstance(key, ParentalKey) and not key.related_model._meta.abstract:
            parent: Any = key.related_model()
            setattr(parent, key.remote_field.get_accessor_name(), [thing])
            return bool(pain_refusal(parent))
    return False


def _saying(field: models.Field) -> Any:
    if isinstance(field, StreamField):
        name, block = next(iter(field.stream_block.child_blocks.items()))
        value: Any = block.get_default() if hasattr(block, "child_blocks") else AGAINST_PAIN
        return [(name, {**value, "text": AGAINST_PAIN} if hasattr(block, "child_blocks") else value)]
    return {"said": AGAINST_PAIN} if isinstance(field, models.JSONField) else AGAINST_PAIN


def _why_not(model: type[models.Model], field: models.Field) -> str:
    """Why it is not read; empty where nothing says so."""
    if field.choices or isinstance(field, (ChoiceSetField, models.SlugField, models.URLField)):
        return NOT_READ_BY_GUARD[CHOICE]
    by_guard = NOT_READ_BY_GUARD.get(guard_of(model, field), "")
    said = (why for kind, names, why in NOT_READ if issubclass(model, kind) and field.name in names)
    return by_guard or next(said, "")


def test_every_text_readers_see_is_read_or_says_why_not(db: None):
    unread = {
        f"{model._meta.label}.{field.name}"
        for model, field in texts()
        if not _why_not(model, field) and not is_read(model, field)
    }
    assert not unread, "Say in NOT_READ why their words of pain are not read:\n" + "\n".join(sorted(unread))


def test_closed_list_names_nothing_that_is_gone_or_read(db: None):
    for kind, names, _why in NOT_READ:
        of_kind = [(model, field) for model, field in texts() if issubclass(model, kind) and field.name in names]
        assert {field.name for _model, field in of_kind} == names
        assert not [place for place in of_kind if is_read(*place)]


@pytest.mark.parametrize(
    ("kind", "has", "field", "words", "is_refused"),
    [
        # A mistake is named, not told to be made; what should not be felt is none to feel.
        (ExercisePage, {"pain_most": 0}, "common_mistakes", "Pushing through the pain", False),
        (ExercisePage, {"pain_most": 3}, "common_mistakes", "Pain up to 5 of 10 is fine", True),
        (ExercisePage, {"pain_most": 0}, "not_feel", "Pain of 3 out of 10", False),
        (ExercisePage, {"pain_most": 3}, "not_feel", "A cramp. Pain up to 5 of 10 is fine.", True),
        (ExercisePage, {"pain_most": 0}, "check_first_if", "kneeling is painful (5/10)", False),
        (ExercisePage, {"pain_most": 3}, "who_it_is_for", "Pain up to 5 of 10 is fine", True),
        (ExercisePage, {"pain_most": 3}, "who_it_is_for", "Pain up to 3 of 10 is fine", False),
        (ExercisePage, {"pain_most": 0}, "title", "Heel drop: some pain is fine", True),
        (RoutinePage, {}, "see_someone", "Push through the pain for a week, then ring us", True),
        (RoutinePage, {}, "see_someone", "Pain of 7/10 for two weeks", False),
        (RoutinePage, {}, "see_someone", "Pain of 3 out of 10; pain of 5 of 10 at night.", False),
        (RoutinePage, {}, "see_someone", "Pain up to 5 of 10 is fine for a week", True),
        (RoutinePage, {}, "advice", [("paragraph", "<p>Walk.</p><p>Pain up to <b>5 of 10</b> is fine.</p>")], True),
        # What belongs to no exercise may allow what some exercise may, and tell nobody to go on against pain.
        (SafetyNote, {"kind": NoteKind.CAVEAT}, "text", "Tendons: pain up to 5 of 10 is fine", False),
        (SafetyNote, {"kind": NoteKind.CAVEAT}, "text", "Pain up to 6 of 10 is fine", True),
        (SafetyNote, {"kind": NoteKind.DO}, "what_to_do", "Push through the pain", True),
        (SafetyNote, {"kind": NoteKind.CHECK_FIRST}, "text", "Back pain of 8 out of 10", False),
        (SafetyNote, {"kind": NoteKind.POPULATION}, "text", "Pain of 7 of 10 in the first weeks", False),
        (SafetyNote, {"kind": NoteKind.POPULATION}, "text", "Older people: push through the pain", True),
        (SafetyNote, {"kind": NoteKind.DONT}, "text", "push through the pain", False),
        (SafetyNote, {"kind": NoteKind.STOP}, "in_short", "you go on despite pain", False),
        (ConditionPage, {}, "what_helps", [("points", ["Walk", "Ignore the pain"])], True),
    ],
)
def test_words_are_read_as_readers_take_them(
    db: None, kind: Any, has: dict[str, Any], field: str, words: Any, is_refused: bool
):
    assert list(pain_refusal(kind(**has, **{field: words}))) == ([field] if is_refused else [])


def test_place_of_a_page_in_its_tree_is_no_text(db: None):
    assert not PLACE_IN_TREE & {name for name, _text in texts_of(RoutinePage(path="pain"), [])}


def test_remarks_of_reviewers_are_not_read(db: None):
    page: Any = ExercisePage()
    page.wagtail_admin_comments = [Comment(text=f"Leave out “{AGAINST_PAIN}”", contentpath="feel")]
    assert pain_refusal(page) == {}
