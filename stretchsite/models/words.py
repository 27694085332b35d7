"""The words pages are found by, in rows that both databases answer from alike (``docs/search.md``).

Made of what stands in the pages, never written by hand: ``manage.py update_index`` makes them anew.
"""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models

from stretchsite.finding.stems import LONGEST_WORD


class IndexedWord(models.Model):
    """One word of one thing that can be searched for: its stem, and how much it says about the thing."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+", db_index=False)
    object_id = models.BigIntegerField()
    stem = models.CharField(max_length=LONGEST_WORD, editable=False, db_index=False)
    weight = models.PositiveIntegerField()

    class Meta:
        verbose_name = "indexed word"
        indexes = [
            # Answers what has a word, and how much it says there, without a look at the rows themselves.
            models.Index(fields=["stem", "content_type", "object_id", "weight"], name="stretchsite_word_found"),
            # The few of which a word says most, read from the front: what is offered while one types.
            models.Index(fields=["stem", "-weight", "object_id", "content_type"], name="stretchsite_word_heaviest"),
            models.Index(fields=["object_id", "content_type"], name="stretchsite_words_of"),
        ]

    def __str__(self) -> str:
        """The stem."""
        return self.stem


class KnownWord(models.Model):
    """A word some page of a language has, whole: what a typing error is compared with."""

    language = models.CharField(max_length=12, editable=False)
    word = models.CharField(max_length=LONGEST_WORD, editable=False)
    stem = models.CharField(max_length=LONGEST_WORD, editable=False)

    class Meta:
        verbose_name = "known word"
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="stretchsite_known_word_once")]

    def __str__(self) -> str:
        """The word."""
        return self.word
