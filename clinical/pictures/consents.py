"""Who agreed in writing to be shown, and until when: a register of references, without a name of anybody.

The paper itself, and whose it is, are kept elsewhere. What stands here is enough to hide at once everything that was
shown on the strength of it: photos and videos, on every page, when its last day is over or it is taken back.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.search import index

from clinical.publishing.shared_words import SharedWordsMixin, SharedWordsQuerySet, Words, tell_again
from clinical.publishing.stale_saves import OpenedStateForm
from clinical.serving.write_lock import write_lock
from clinical.words.legible import LegibleMixin

#: A number of a register: no spaces, and a figure in it, so that nobody writes a name.
REFERENCE = r"^(?=.*\d)[A-Za-z0-9][A-Za-z0-9./_-]*$"

#: How the name of a file begins that shows somebody: browsers ask for it each time. nginx.conf knows it too.
BY_CONSENT = "consent-"


class Consent(models.TextChoices):
    """Whether anybody recognisable is shown, and whether they agreed in writing. Nobody asks twice if it is said."""

    NOBODY_SHOWN = "nobody_shown", gettext_lazy("Nobody is shown")
    GIVEN = "given", gettext_lazy("The person shown agreed in writing")


class WrittenConsentForm(OpenedStateForm):
    """The editor's form of a consent."""


class WrittenConsentQuerySet(SharedWordsQuerySet):
    """Consents, asked in the register's words."""

    def over(self, today: date) -> WrittenConsentQuerySet:
        """Those that have ended or were taken back: what they were given for is hidden."""
        return self.filter(models.Q(is_taken_back=True) | models.Q(ends_on__lt=today))

    def take_sizes_down(self, today: date) -> None:
        """The same as each does when it is taken back, for those that have ended by the clock. Mostly one query."""
        sizes = models.Q(pictures__renditions__isnull=False)
        for consent in self.over(today).filter(sizes).distinct():
            consent.take_sizes_down()

    def named(self) -> WrittenConsentQuerySet:
        """Those that a photo or video names, of whatever floor it is."""
        found = models.Q(pk__in=[])
        for relation in self.model._meta.related_objects:
            things: Any = relation.related_model
            found |= models.Q(pk__in=things._base_manager.values("written_consent"))
        return self.filter(found)


class WrittenConsent(SharedWordsMixin, LegibleMixin, index.Indexed, models.Model):
    """That somebody agreed in writing to be shown. One person may end it, at once; every change is on record."""

    WORDS = ("reference", "ends_on", "is_taken_back")
    IS_ONE_PERSONS = True
    base_form_class = WrittenConsentForm

    reference = models.CharField(
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                REFERENCE,
                gettext_lazy("Write the number of the paper, such as 2026-014. No names: nobody is to be known by it."),
            )
        ],
        help_text=gettext_lazy("The number under which the signed paper is kept, such as 2026-014. Never a name."),
    )
    ends_on = models.DateField(
        gettext_lazy("last day"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The last day on which it may be shown. Leave empty where it holds until taken back."),
    )
    is_taken_back = models.BooleanField(
        gettext_lazy("taken back"),
        default=False,
        help_text=gettext_lazy(
            "Photos and videos it was given for are hidden from every page as soon as this is saved."
        ),
    )
    looked_after_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=gettext_lazy("Who is written to before it ends, and when it has."),
    )

    search_fields = [index.SearchField("reference"), index.AutocompleteField("reference")]

    objects = WrittenConsentQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        verbose_name = gettext_lazy("consent")
        verbose_name_plural = gettext_lazy("consents")

    def __str__(self) -> str:
        return self.reference

    def words(self) -> Words:
        """What is put on record of it, as texts."""
        ends = self.ends_on.isoformat() if isinstance(self.ends_on, date) else self.ends_on or ""
        taken_back = "yes" if self.is_taken_back else ""
        return {"reference": self.reference, "ends_on": ends, "is_taken_back": taken_back}

    @property
    def shown_until(self) -> date | None:
        """The last day on which anything may be shown for it; a day long gone where it was taken back."""
        return date.min if self.is_taken_back else self.ends_on

    @property
    def is_over(self) -> bool:
        """Whether what it was given for is hidden."""
        return is_over(until_of(self))

    def take_sizes_down(self) -> None:
        """Remove what was made for readers of its photos: nobody who knows an address is shown one."""
        for thing in things_shown_by(self):
            take_sizes_down(thing)


def take_sizes_down(thing: Any) -> None:
    """Remove what was made for readers of one photo; a video is given by the site itself, which asks each time."""
    for size in thing.renditions.all() if hasattr(thing, "renditions") else ():
        size.delete()


def things_shown_by(consent: WrittenConsent) -> list[Any]:
    """Every photo and video it was given for."""
    relations = WrittenConsent._meta.related_objects
    return [thing for each in relations for thing in each.related_model._base_manager.filter(written_consent=consent)]


def until_of(consent: WrittenConsent | None) -> str:
    """The last day as pages keep it ready; empty where there is none."""
    last = consent.shown_until if consent else None
    return last.isoformat() if last else ""


def is_over(until: str) -> bool:
    """Whether that day is over, by the site's own clock. Kept pages end at midnight, so they end with it."""
    return bool(until) and until < timezone.localdate().isoformat()


class ShownByConsentMixin(models.Model):
    """Abstract: a photo or video that may show somebody, who agreed in writing."""

    consent = models.CharField(max_length=20, choices=Consent.choices)
    written_consent = models.ForeignKey(
        WrittenConsent,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text=gettext_lazy(
            "The number of the signed paper in the register. When it ends, this is hidden everywhere."
        ),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Whoever is shown has agreed on paper, and the paper has a number. What is from before stays as it is."""
        super().clean()
        if self._state.adding and self.consent == Consent.GIVEN and self.written_consent_id is None:
            raise ValidationError(
                {"written_consent": _("Name the signed paper: choose it, or write its number into the register first.")}
            )

    @property
    def name_begins(self) -> str:
        """How the names of its files for readers begin, so that nobody keeps one whose consent may end."""
        return BY_CONSENT if self.consent == Consent.GIVEN or self.written_consent_id else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; where its consent is another, whoever shows it keeps that at once."""
        if self._has_same_consent():
            super().save(*args, **kwargs)
            return
        with write_lock():
            super().save(*args, **kwargs)
            tell_again(self)

    def _has_same_consent(self) -> bool:
        """Whether the table says the same; of a new one nobody has said anything."""
        names = ("consent", "written_consent_id")
        stored = type(self)._base_manager.filter(pk=self.pk).values_list(*names).first() if self.pk else None
        return stored is None or stored == tuple(getattr(self, name) for name in names)

    @property
    def until(self) -> str:
        """The last day on which it may be shown; empty where there is none."""
        consent: Any = self.written_consent
        return until_of(consent)
