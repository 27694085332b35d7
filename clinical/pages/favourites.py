"""Favourites: the exercises and routines a person who works here wants at hand. Readers have none."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class Favourite(models.Model):
    """That somebody has put a star on a page; it goes with either of them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    starred_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("favourite")
        verbose_name_plural = _("favourites")
        constraints = [models.UniqueConstraint(fields=["person", "page"], name="clinical_favourite_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.page}"


def star(page: Page, person: Any) -> None:
    """Put a star on it; a second one changes nothing."""
    Favourite.objects.get_or_create(page_id=page.pk, person=person)


def unstar(page: Page, person: Any) -> None:
    """Take the star off again."""
    Favourite.objects.filter(page_id=page.pk, person=person).delete()


def favourites_of(person: Any) -> QuerySet[Any]:
    """What this person has put a star on."""
    return Favourite.objects.filter(person=person)


def is_favourite_of(person: Any) -> Exists:
    """For annotations: whether a page is one."""
    return Exists(favourites_of(person).filter(page=OuterRef("pk")))
