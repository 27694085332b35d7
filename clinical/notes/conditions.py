"""Conditions: the vocabulary exercises and routines are tagged with. A tag means "used for", never a warning."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from taggit.models import ItemBase, NaturalKeyManager, TagBase
from wagtail.search import index

from clinical.publishing.fixed_words import FixedWordsMixin
from clinical.publishing.from_library import FromLibrary, once
from clinical.publishing.shared_words import SharedWordsMixin, SharedWordsQuerySet
from clinical.publishing.stale_saves import OpenedStateForm
from clinical.words.choices import EvidenceLevel
from clinical.words.fields import LinesField, lines
from clinical.words.legible import LegibleMixin
from clinical.words.slugs import PATTERN, slugs_for


class ConditionForm(FixedWordsMixin, OpenedStateForm):
    """The editor's form of a condition; names readers see are changed by two."""


class Condition(FromLibrary, SharedWordsMixin, LegibleMixin, index.Indexed, TagBase, ClusterableModel):
    """A complaint or diagnosis. One row for all languages; readers see the title of its hub in theirs.

    Once it is in use its names change only by two people: the pages for it were approved under those.
    """

    #: The slug is no word, but addresses hold it, and people keep those.
    WORDS = ("name", "slug", "aliases")

    free_tagging = False
    base_form_class = ConditionForm

    slug = models.SlugField(
        max_length=100,
        unique=True,
        blank=True,
        help_text=_(
            "Part of addresses; leave it empty to have it made from the name. "
            "Do not change it once the condition is in use."
        ),
    )
    aliases = LinesField(blank=True, help_text=_("Other words people search for, one a line: RLS, Willis-Ekbom."))
    hub = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("aliases"),
        index.AutocompleteField("aliases"),
    ]

    objects: ClassVar[Any] = NaturalKeyManager.from_queryset(SharedWordsQuerySet)()

    class Meta:
        ordering = ["name"]
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        constraints = [
            once("clinical_condition"),
            models.CheckConstraint(name="clinical_condition_slug_fits_an_address", condition=Q(slug__regex=PATTERN)),
        ]

    def clean(self) -> None:
        """An empty slug is made from the name before anything asks whether it is free."""
        super().clean()
        self._give_slug()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; the tagging library's own slugs are none an address can hold."""
        self._give_slug()
        super().save(*args, **kwargs)

    def _give_slug(self) -> None:
        if not self.slug:
            others = Condition.objects.exclude(pk=self.pk)
            self.slug = next(slug for slug in slugs_for(self.name) if not others.filter(slug=slug).exists())

    @property
    def alias_list(self) -> tuple[str, ...]:
        """The other words, one by one."""
        return lines(self.aliases)


class ConditionCode(LegibleMixin):
    """A condition's code in one edition of a coding system; a condition may have several."""

    condition = ParentalKey(Condition, on_delete=models.CASCADE, related_name="codes")
    system = models.CharField(max_length=40, help_text=_("Such as ICD-10-CM or SNOMED CT."))
    edition = models.CharField(max_length=40, help_text=_("Such as 2026."))
    code = models.CharField(max_length=40)

    class Meta:
        ordering = ["system", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["condition", "system", "edition", "code"], name="clinical_condition_code_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"


class ConditionUseManager(models.Manager["ConditionUse"]):
    """Each with its condition: a use is never looked at without its name."""

    def get_queryset(self) -> models.QuerySet[ConditionUse]:
        """All of them, in one query."""
        return super().get_queryset().select_related("tag")


class ConditionUse(ItemBase):
    """Abstract: one page is used for one condition, with how well that is supported, said aloud.

    The concrete rows belong to the pages, which live on the floors above.
    """

    # Without this Wagtail never re-indexes the page when a row is saved, and "usage" of a condition is silently wrong.
    wagtail_reference_index_ignore = False

    tag = models.ForeignKey(
        Condition,
        on_delete=models.PROTECT,
        related_name="%(app_label)s_%(class)s_items",
        verbose_name=_("condition"),
    )
    evidence = models.CharField(
        max_length=20,
        choices=EvidenceLevel.choices,
        help_text=_("How well this use is supported. “Untested” is an honest answer."),
    )
    statement = models.CharField(
        max_length=255,
        help_text=_("The same in one sentence for patients: “No trial has tested this stretch for restless legs.”"),
    )

    objects = ConditionUseManager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"],
                name="%(app_label)s_%(class)s_once",
                # Two saved rows may exchange their conditions in one form; only the end result must be unique.
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("This condition is already in the list."),
            ),
        ]

    @property
    def condition_words(self) -> str:
        """What the search should find the page by: the condition's name and its other names, one a line."""
        return "\n".join((self.tag.name, *self.tag.alias_list))


def name_condition(page: Any, condition: Condition) -> None:
    """Say on a page that is not saved yet what it is about, and call it so; or what it is used for."""
    for field in page._meta.fields:
        if field.related_model is Condition:
            setattr(page, field.name, condition)
            page.title = condition.name
    for relation in get_all_child_relations(type(page)):
        if issubclass(relation.related_model, ConditionUse):
            setattr(page, relation.get_accessor_name(), [relation.related_model(tag=condition)])


def conditions_named_by(thing: models.Model) -> set[int]:
    """The conditions a page is used for or about, by its rows and its own columns, as it is in memory."""
    uses = (
        row.tag_id
        for relation in get_all_child_relations(type(thing))
        if issubclass(relation.related_model, ConditionUse)
        for row in getattr(thing, relation.get_accessor_name()).all()
    )
    columns = (getattr(thing, field.attname) for field in thing._meta.fields if field.related_model is Condition)
    return {pk for pk in (*uses, *columns) if pk}
