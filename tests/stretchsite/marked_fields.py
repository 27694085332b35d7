"""A site on which every text an author can write is a word of its own, and the list of those texts.

The list is made from the models' own fields: a text field that is added to one of them is in it at once, and has to be
found in every output or stand among the deliberate absences (``absent_fields.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField

from clinical.models import Condition, FamilyMember, NoteTarget, SafetyNote
from clinical.words.choices import NoteKind, Tier, Urgency
from clinical.words.exercising import Equipment
from clinical.words.fields import LinesField
from exercises.choices import VariationKind
from exercises.models import ExerciseCondition, ExercisePage, ExerciseSource, Variation
from exercises.substitutes_field import SubstitutesField
from routines.models import RoutineCondition, RoutineItem, RoutinePage, RoutineSource
from sharing.models import ShareLink, ShareLinkItem
from stretchsite.models import ConditionPage
from stretchsite.models.conditions import HubSource
from testing import factories

ROOTS: tuple[type[models.Model], ...] = (ExercisePage, RoutinePage, ConditionPage, SafetyNote, Condition, ShareLink)

#: Texts that are no words of an author to a reader, and why. By model and field, or by field of every page.
NO_WORDS: dict[str, str] = {
    **dict.fromkeys(("path", "slug", "url_path"), "an address"),
    "Comment": "between colleagues, in the editor",
    "ConditionCode": "a code for other programs",
    "SafetyNote.action_code": "a code by which notes are compared",
    "FamilyMember.words": "a digest, made by the site",
    "ShareLink.digest": "a digest, made by the site",
    "ShareLink.code_digest": "a digest, made by the site",
    "ShareLink.code_key_id": "a key's name, made by the site",
    "ShareLink.key_id": "a key's name, made by the site",
    "ShareLink.language": "a code, chosen by the site",
    "ShareLinkItem": "kept of the routine's item when the link was made",
    "ExercisePage.figure": "poses to draw; their words are asked for in tests/exercises/test_figure_on_pages.py",
    "ExercisePage.steps.pose": "the key of a pose",
}
_TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)


def named(model: type[models.Model], name: str) -> str:
    """How a field is called in these lists."""
    return f"{model.__name__}.{name}"


def texts_of(model: type[models.Model]) -> Iterator[models.Field]:
    """Every field of a model in which an author writes words."""
    for each in model._meta.get_fields():
        is_text = isinstance(each, (models.CharField, models.TextField, models.JSONField, StreamField))
        is_chosen = getattr(each, "choices", None) or getattr(each, "vocabulary", None)
        if is_text and each.editable and not is_chosen and _are_words(model, each.name):
            yield each


def _are_words(model: type[models.Model], name: str) -> bool:
    return not {name, model.__name__, named(model, name)} & set(NO_WORDS)


def parts_of(model: type[models.Model], each: models.Field) -> dict[str, Any]:
    """The places for words in a field, each with its block; of most fields the field itself."""
    if not isinstance(each, StreamField):
        return {named(model, each.name): None}
    found: dict[str, Any] = {}
    for kind, block in each.stream_block.child_blocks.items():
        children = block.child_blocks if isinstance(block, blocks.StructBlock) else {"": block}
        for child, inner in children.items():
            is_text = isinstance(getattr(inner, "child_block", inner), _TEXTS)
            if is_text and f"{named(model, each.name)}.{child}" not in NO_WORDS:
                found[".".join(filter(None, (named(model, each.name), kind, child)))] = block
    return found


def authored() -> Iterator[type[models.Model]]:
    """The pages, notes and links that authors write, and their rows."""
    for root in ROOTS:
        yield root
        yield from (relation.related_model for relation in get_all_child_relations(root))
    yield ShareLinkItem


def all_fields() -> dict[str, type[models.Model]]:
    """Every place for an author's words, with the model it is in."""
    models_of = dict.fromkeys(authored())
    return {name: model for model in models_of for each in texts_of(model) for name in parts_of(model, each)}


@dataclass
class Marks:
    """Which word stands where: by field, each with the record it was written in."""

    of: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    given: int = 0

    def new(self, name: str, record: str) -> str:
        """Another word, part of no other."""
        letters = "".join("bcdfghjkmn"[int(digit)] for digit in f"{self.given:03d}")
        self.given += 1
        self.of.setdefault(name, []).append((record, f"q{letters}z"))
        return f"q{letters}z"

    def write(self, record: str, model: type[models.Model]) -> dict[str, Any]:
        """Values for every text field of a record, each marked."""
        return {each.name: self.value(record, model, each) for each in texts_of(model)}

    def value(self, record: str, model: type[models.Model], each: models.Field) -> Any:
        """What one text field of a record holds: a word for each place in it."""
        if isinstance(each, StreamField):
            return [self._block(name, block, record) for name, block in parts_of(model, each).items()]
        name = named(model, each.name)
        if isinstance(each, LinesField):
            return f"{self.new(name, record)}\n{self.new(name, record)}"
        if isinstance(each, SubstitutesField):
            return {EQUIPMENT[record].value: self.new(name, record)}
        word = self.new(name, record)
        return f"https://{word}.example/" if isinstance(each, models.URLField) else word

    def _block(self, name: str, block: Any, record: str) -> tuple[str, Any]:
        kind = name.split(".")[2]
        if isinstance(block, blocks.StructBlock):
            return kind, {name.split(".")[3]: self.new(name, record)}
        if isinstance(block, blocks.ListBlock):
            return kind, [self.new(name, record), self.new(name, record)]
        word = self.new(name, record)
        return kind, f"<p>{word}</p>" if isinstance(block, blocks.RichTextBlock) else word


#: What each exercise needs, so that each names a substitute of its own.
EQUIPMENT = {"exercise one": Equipment.BAND, "exercise two": Equipment.CHAIR}


def build(home: Any, marks: Marks) -> str:
    """Two exercises, their routine, its condition's page, its notes, and a link. Gives the token of the link."""
    condition = factories.ConditionFactory.create(slug="marked", **marks.write("hub", Condition))
    _notes(marks)
    index = factories.ExerciseIndexPageFactory(parent=home)
    exercises = [index.add_child(instance=_exercise(marks, record, condition)) for record in EQUIPMENT]
    hub = ConditionPage(condition=condition, slug="marked", **marks.write("hub", ConditionPage))
    hub.now_exercise = exercises[0]
    hub.sources = _sources(marks, "hub", HubSource)
    factories.ConditionIndexPageFactory(parent=home).add_child(instance=_signed(hub))
    factories.RoutineIndexPageFactory(parent=home).add_child(instance=_routine(marks, exercises, condition))
    note = marks.new("ShareLink.note", "link")
    return factories.link_to(RoutinePage.objects.get(), note=note).token


def _signed(page: Any) -> Any:
    """With two people and two days, as a colleague approved it."""
    page.author, page.reviewer = factories.UserFactory.create(), factories.UserFactory.create()
    page.reviewed_on, page.review_due = factories.REVIEWED_ON, factories.REVIEW_DUE
    return factories.approve(page)


def _exercise(marks: Marks, record: str, condition: Condition) -> ExercisePage:
    choices = {"kind": "static_stretch", "starting_position": "standing", "laterality": "unilateral"}
    dose = {"hold_seconds": 30, "repetitions": 2, "sets": 3, "rest_seconds": 70}
    words = marks.write(record, ExercisePage)
    page = ExercisePage(slug=record.replace(" ", "-"), body_regions=("lower_leg",), **choices, **dose, **words)
    page.equipment = (EQUIPMENT[record].value,)
    page.sources = _sources(marks, record, ExerciseSource)
    page.condition_uses = [_use(marks, record, ExerciseCondition, condition)]
    page.variations = [
        Variation(kind=kind, sort_order=number, **marks.write(record, Variation))
        for number, kind in enumerate(VariationKind.values)
    ]
    return _signed(page)


def _routine(marks: Marks, exercises: list[ExercisePage], condition: Condition) -> RoutinePage:
    """Each exercise as it is, and the first once more with words of the item's own."""
    often = {"moments": ("any_time",), "sessions_per_day": 2, "days_per_week": 5, "weeks": 4, "weeks_most": 6}
    page = RoutinePage(slug="marked", **often, **marks.write("routine", RoutinePage))
    page.sources = _sources(marks, "routine", RoutineSource)
    page.condition_uses = [_use(marks, "routine", RoutineCondition, condition)]
    plain = [RoutineItem(exercise=exercise, phase="main") for exercise in exercises]
    page.items = [*plain, RoutineItem(exercise=exercises[0], phase="main", **marks.write("item", RoutineItem))]
    for number, item in enumerate(page.items.all()):
        item.sort_order = number
    return _signed(page)


def _use(marks: Marks, record: str, model: type[models.Model], condition: Condition) -> Any:
    return model(tag=condition, evidence="untested", **marks.write(record, model))


def _sources(marks: Marks, record: str, model: type[models.Model]) -> list[Any]:
    """One for each sort of address, for readers are given the one that lasts longest."""
    rows = []
    for number, kind in enumerate(("link", "doi", "pmid")):
        others = {"link", "doi", "pmid"} - {kind}
        words = {each.name: marks.value(record, model, each) for each in texts_of(model) if each.name not in others}
        rows.append(model(sort_order=number, **words))
    return rows


#: A note of each tier, and what it looks like.
NOTES: tuple[dict[str, Any], ...] = (
    {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP, "urgency": Urgency.EMERGENCY},
    {"kind": NoteKind.STOP, "tier": Tier.DO_NOT},
    {"kind": NoteKind.CHECK_FIRST, "tier": Tier.CHECK_FIRST},
    {"kind": NoteKind.DO, "tier": Tier.GOOD_TO_KNOW},
)


def _notes(marks: Marks) -> None:
    """One of each tier, and two of one family; everywhere, for how far notes reach is asked elsewhere."""
    for number, fields in enumerate(NOTES, start=1):
        left_out = {"family_sign"} | ({"in_short"} if fields["tier"] == Tier.GOOD_TO_KNOW else set())
        words = {
            each.name: marks.value(f"note {number}", SafetyNote, each)
            for each in texts_of(SafetyNote)
            if each.name not in left_out
        }
        factories.note_at(NoteTarget(everywhere=True), **fields, **words)
    urgent = {"kind": NoteKind.RED_FLAG, "tier": Tier.GET_HELP, "urgency": Urgency.SAME_DAY}
    member = factories.note_at(NoteTarget(everywhere=True), text="your foot is cold", **urgent)
    lead = factories.note_at(NoteTarget(everywhere=True), text="your leg is cold", live=False, **urgent)
    row = FamilyMember(member=member)
    row.clean()
    lead.family_sign, lead.family_members = marks.new("SafetyNote.family_sign", "family"), [row]
    lead.live = True
    factories.save_live(lead)
