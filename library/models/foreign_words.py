"""What the words of other projects' files mean here, as somebody has chosen it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WordSort(models.TextChoices):
    """What a word of another project stands for."""

    MUSCLE = "muscle", _("Muscle")
    EQUIPMENT = "equipment", _("Equipment")
    CATEGORY = "category", _("Category")


class ForeignWord(models.Model):
    """One word that stood in a file, in how many of its records, and the word of ours that was chosen for it."""

    sort = models.CharField(_("what it stands for"), max_length=10, choices=WordSort)
    word = models.CharField(_("word"), max_length=120)
    #: A value of the vocabulary of its sort; empty where nothing of ours is meant, or nobody has chosen.
    meaning = models.CharField(_("means here"), max_length=30, blank=True)
    is_chosen = models.BooleanField(_("chosen"), default=False)
    #: In how many records of the file it stood in last.
    records = models.PositiveIntegerField(_("records"), default=0)

    class Meta:
        default_permissions = ()
        ordering = ["sort", "word"]
        constraints = [models.UniqueConstraint(fields=["sort", "word"], name="library_foreignword_once")]
        verbose_name = _("word of others")
        verbose_name_plural = _("words of others")

    def __str__(self) -> str:
        return self.word
