"""Which conditions are offered to whom: one that is only proposed, to whoever proposed it and to those who review.

Proposed is what somebody has added in the admin and no colleague has agreed to since, by approving a page about it, a
page used for it, or a note that hangs on it. What came with a library or from a shell is no proposal.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from clinical.notes.conditions import Condition, ConditionUse
from clinical.notes.targets import NoteTarget

#: Whoever sets tiers reviews, and is shown what colleagues propose.
MAY_REVIEW = "clinical.set_tier"


def offered_to_readers() -> QuerySet[Condition]:
    """The conditions among the filters of what is public: those that something public is about. One query."""
    return Condition.objects.filter(_is_agreed())


def offered_to(person: Any, *, besides: Any = ()) -> QuerySet[Condition]:
    """The conditions this person may choose, each with ``is_proposed``; ``besides`` are kept, by number. One query."""
    known: QuerySet[Condition] = _known()
    if person.has_perm(MAY_REVIEW):
        return known
    return known.filter(Q(is_proposed=False) | Exists(_added().filter(user=person)) | Q(pk__in=list(besides)))


def offered_name(condition: Any) -> str:
    """Its name, where it is chosen: what is only proposed is named as that."""
    return _("%s (proposed)") % condition if getattr(condition, "is_proposed", False) else str(condition)


class ConditionNamesMixin(forms.ModelChoiceField):
    """For a field that chooses conditions: each named as it is offered."""

    def label_from_instance(self, obj: Any) -> str:
        """Its name, and whether it is only proposed."""
        return offered_name(obj)


class ConditionField(ConditionNamesMixin):
    """Chooses one."""


class ConditionsField(ConditionNamesMixin, forms.ModelMultipleChoiceField):
    """Chooses several."""


def _known() -> Any:
    return Condition.objects.annotate(is_proposed=ExpressionWrapper(_is_proposed(), output_field=BooleanField()))


def _added() -> QuerySet[ModelLogEntry]:
    """That somebody added a condition in the admin."""
    sort = ContentType.objects.get_for_model(Condition)
    key = Cast(OuterRef("pk"), CharField())
    return ModelLogEntry.objects.filter(action="wagtail.create", content_type=sort, object_id=key).order_by()


def _is_agreed() -> Q:
    agreed = Q(hub__isnull=False) | Q(Exists(NoteTarget.objects.in_force().filter(condition=OuterRef("pk"))))
    for relation in Condition._meta.related_objects:
        if issubclass(relation.related_model, ConditionUse):
            used = relation.related_model._base_manager.filter(tag=OuterRef("pk"), content_object__live=True)
            agreed |= Q(Exists(used))
    return agreed


def _is_proposed() -> Q:
    return Q(Exists(_added())) & ~_is_agreed()
