"""What no page kind takes into its own hands: the roads through the publish gate, and the answer to a reader.

A class that overrides one of them could go live unasked, or answer without its notes, and everything else that is
asked of it at the start would still hold. What a kind adds has places of its own, each of which asks the one below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations

from clinical.pages.clinical_pages import ClinicalPage
from clinical.publishing.gate import GatedMixin

#: Where the gate and the platform it stands on are written; every other class only adds.
_OF_THE_GATE = frozenset({"clinical", "django", "wagtail", "modelcluster", "treebeard", "taggit", "builtins"})
#: What decides whether something may be live, and the roads to it.
THE_GATE = frozenset(
    {
        *("save", "_save_or_refuse", "save_revision", "refuse_or_pass", "publish_errors", "completeness_errors"),
        *("signature_refusal", "approval_refusal", "approval_asked_for", "change_refusal", "taking_off_refusal"),
        *("remember_going_live", "stamp", "is_withdrawn", "from_serializable_data", "stands_on"),
    }
)
#: What makes the answer to a reader: of clinical pages alone, a list may answer otherwise.
THE_ANSWER = frozenset({"serve", "render", "get_template", "ajax_template", "route"})
#: What a kind adds to: each must ask the one below it, or it takes the rules of every page away.
ADDED_TO = frozenset(
    {"clinical_refusal", "approval_refusal", "prepare_for_readers", "follow_up", "full_clean", "clean"}
)
#: The overrides there are, by class and method, with the reason.
ALLOWED = {
    ("ExercisePage", "approval_refusal"): "more pain than readers are allowed now takes a second person",
    ("ConditionPage", "approval_refusal"): "another reason not to stop takes a second person",
}


def oversteps_of(model: type[GatedMixin]) -> Iterator[tuple[str, str]]:
    """What a gated kind does that is not its own to do, each with what to write instead."""
    kept = THE_GATE | THE_ANSWER if issubclass(model, ClinicalPage) else THE_GATE
    for owner in model.__mro__:
        if owner.__module__.partition(".")[0] in _OF_THE_GATE:
            continue
        for name in sorted(kept & set(vars(owner))):
            if vars(owner)[name] is not None and (owner.__name__, name) not in ALLOWED:
                yield f"overrides {name} in {owner.__name__}", f"Leave it out: {_INSTEAD}"
        for name in sorted(ADDED_TO & set(vars(owner))):
            if not _asks_the_one_below(vars(owner)[name], name):
                yield f"does not ask super().{name}() in {owner.__name__}", "Begin with what it answers, and add to it."
    yield from _unseen_lists(model)


_INSTEAD = (
    "rules belong in clinical_refusal(), what is made before in prepare_for_readers(), what follows in follow_up(), "
    "what is shown in get_context()."
)


def _asks_the_one_below(method: Any, name: str) -> bool:
    code = getattr(method, "__code__", None)
    return code is not None and {"super", name} <= set(code.co_names)


def _unseen_lists(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Many-to-many fields that no approval would name: it is taken of a thing's own columns and of its rows."""
    rows = {relation.related_model for relation in get_all_child_relations(model)}
    for owner in (model, *sorted(rows, key=lambda row: row.__name__)):
        for field in owner._meta.many_to_many:
            if field.remote_field.through not in rows:
                yield (
                    f"has a many-to-many field {owner.__name__}.{field.name}, which no approval would name",
                    "Use rows instead: a model of its own with a ParentalKey to the page, or a ChoiceSetField.",
                )
