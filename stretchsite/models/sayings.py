"""What people say for what the pages say, as reviewers add it to the site's own lexicon (``docs/search.md``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinical.words.legible import LegibleMixin
from stretchsite.finding.help_first import needs_help
from stretchsite.finding.lexicon import LexiconError, lexicon, meaning_of, saying_of
from stretchsite.finding.question import question
from stretchsite.finding.stems import words_of

#: A longer saying is a whole question.
MOST_WORDS = 4


def content_languages() -> list[tuple[str, str]]:
    """The languages pages may be in."""
    return [(code, str(name)) for code, name in settings.WAGTAIL_CONTENT_LANGUAGES]


def site_language() -> str:
    """The site's own."""
    return settings.LANGUAGE_CODE


#: "low / lumbar back" is "low/lumbar back".
_AT_STROKE = re.compile(r"\s*/\s*")


class Saying(LegibleMixin):
    """A word or a name that people search by, and the words of our pages that are looked for instead."""

    language = models.CharField(_("language"), max_length=12, choices=content_languages, default=site_language)
    saying = models.CharField(
        _("what people say"),
        max_length=60,
        help_text=_("One word or a name, as people type it: “hammy”, “charley horse”. Never a whole question."),
    )
    meaning = models.CharField(
        _("what is looked for"),
        max_length=120,
        help_text=_(
            "Words of our pages. All of them must be there; put a stroke between words of which any will do: "
            "“low/lumbar back”."
        ),
    )

    class Meta:
        verbose_name = _("word people say")
        verbose_name_plural = _("words people say")
        ordering = ["language", "saying"]
        constraints = [models.UniqueConstraint(fields=["language", "saying"], name="stretchsite_saying_once")]

    def __str__(self) -> str:
        """Both."""
        return f"{self.saying}: {self.meaning}"

    def clean(self) -> None:
        """Bring both to small plain letters, as questions are; refuse what would never be found, field by field."""
        super().clean()
        faults = {}
        for name, check in (("saying", self._check_saying), ("meaning", self._check_meaning)):
            try:
                check()
            except LexiconError as fault:
                faults[name] = str(fault)
        if faults:
            raise ValidationError(faults)

    def _check_saying(self) -> None:
        self.saying = " ".join(words_of(self.saying))
        self._refuse_long("saying")
        words = saying_of(self.saying)
        self._refuse_silent(words)
        if not 1 <= len(words) <= MOST_WORDS:
            raise LexiconError(gettext("Write one word, or a name of at most %d words.") % MOST_WORDS)
        if needs_help(question(self.saying, self.language), self.language):
            raise LexiconError(
                gettext("“%s” can be a sign of something serious: it means nothing else here.") % self.saying
            )
        if words in lexicon(self.language).means:
            raise LexiconError(gettext("The site’s own lexicon says already what “%s” means.") % self.saying)
        same = Saying.objects.filter(language=self.language, saying=self.saying).exclude(pk=self.pk)
        if same.exists():
            raise LexiconError(gettext("“%s” has been added already: change that.") % self.saying)

    def _check_meaning(self) -> None:
        spelt = [
            ["".join(words_of(each)) for each in word.split("/")] for word in _AT_STROKE.sub("/", self.meaning).split()
        ]
        if any(len(spellings) > 1 and not all(spellings) for spellings in spelt):
            raise LexiconError(gettext("Write a word on either side of each stroke: “low/lumbar back”."))
        self.meaning = " ".join("/".join(spellings) for spellings in spelt)
        self._refuse_long("meaning")
        self._refuse_silent([word for spellings in meaning_of(self.meaning) for word in spellings])

    def _refuse_long(self, name: str) -> None:
        """Spelt out in plain letters it may be longer than it was typed: "ﬃ" is three."""
        field: Any = self._meta.get_field(name)
        most: int = field.max_length
        if len(getattr(self, name)) > most:
            raise LexiconError(gettext("Spelt out in plain letters this has more than %d letters.") % most)

    def _refuse_silent(self, words: Iterable[str]) -> None:
        silent = [word for word in words if word in lexicon(self.language).stop_words]
        if silent:
            said = gettext("“%s” is left out of every question, since it says nothing: leave it out here too.")
            raise LexiconError(said % silent[0])
