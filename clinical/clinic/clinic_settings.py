"""What a clinic sets so that the site is its own: one record, changed in the admin, every change on record."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from clinical.clinic.clinic_colours import check_on_dark, check_on_light
from clinical.clinic.clinic_form import ClinicSettingsForm
from clinical.clinic.clinic_known import forget_clinic
from clinical.clinic.clinic_logo import Logo, size_in_header
from clinical.clinic.clinic_widgets import colour_on_dark, colour_on_light
from clinical.clinic.clinic_words import STANDS_ABOVE, fault_in, is_for_help
from clinical.words.legible import LegibleMixin

#: What can be dialled, as people write it.
DIALLED = RegexValidator(
    r"^\+?\(?\d(?:[ ()/.-]{0,2}\d){2,19}\Z", _("Write a number that can be dialled, such as +44 20 7946 0000.")
)


#: A longer name would not fit at the head of a handout in large letters.
MOST_LETTERS = 44
#: Of the logo the audit keeps what tells it from others.
NOT_TOLD = frozenset({"logo", "logo_width", "logo_height"})


@register_setting(icon="home")
class ClinicSettings(LegibleMixin, BaseGenericSetting):
    """The clinic's name, logo and colours, and what stands at the foot of its pages and papers.

    There is one. One person changes it, at once; who, when, what before and what after are in the audit.
    """

    name = models.CharField(
        _("name"), max_length=MOST_LETTERS, blank=True, help_text=_("Empty: the name the site was installed under.")
    )
    footer = models.CharField(
        _("footer"),
        max_length=200,
        blank=True,
        help_text=_("A sentence at the foot of every page and printed sheet, such as who you are and where."),
    )
    email = models.EmailField(_("e-mail address for readers"), blank=True, help_text=_("Everybody can read it."))
    phone = models.CharField(
        _("telephone number for readers"),
        max_length=40,
        blank=True,
        validators=[DIALLED],
        help_text=_("Never one for emergencies: those stand above it, and whoever runs the site sets them."),
    )
    licence = models.CharField(
        _("licence of the content"), max_length=120, blank=True, help_text=_("Such as “CC BY 4.0”.")
    )

    logo = models.BinaryField(blank=True, default=b"")
    logo_width = models.PositiveSmallIntegerField(default=0, editable=False)
    logo_height = models.PositiveSmallIntegerField(default=0, editable=False)
    logo_digest = models.CharField(max_length=20, blank=True, editable=False)
    accent_light = models.CharField(
        _("colour on light pages"),
        max_length=7,
        blank=True,
        validators=[check_on_light],
        help_text=_("Of links and buttons, such as #0b6660. Empty: the site’s own."),
    )
    accent_dark = models.CharField(
        _("colour on dark pages"),
        max_length=7,
        blank=True,
        validators=[check_on_dark],
        help_text=_("The same for readers whose device shows dark pages, such as #6fd3c7."),
    )

    #: What the last save has changed: before and now, by field.
    changes: dict[str, list[Any]] = {}
    base_form_class = ClinicSettingsForm
    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("logo_file"), FieldPanel("remove_logo")], heading=_("Logo")),
        MultiFieldPanel(
            [
                FieldPanel("accent_light", widget=colour_on_light()),
                FieldPanel("accent_dark", widget=colour_on_dark()),
            ],
            heading=_("Colours"),
        ),
        MultiFieldPanel(
            [FieldPanel("footer"), FieldPanel("email"), FieldPanel("phone"), FieldPanel("licence")],
            heading=_("At the foot of every page and printed sheet"),
        ),
    ]

    class Meta:
        verbose_name = _("clinic settings")
        verbose_name_plural = _("clinic settings")

    def __str__(self) -> str:
        """What it is called in the audit."""
        return str(_("Clinic settings"))

    def clean(self) -> None:
        """What stands at the foot of every page makes light of no warning above it."""
        super().clean()
        faults = {name: fault_in(getattr(self, name)) for name in ("name", "footer", "licence")}
        faults["phone"] = str(STANDS_ABOVE) if is_for_help(self.phone) else ""
        if said := {name: fault for name, fault in faults.items() if fault}:
            raise ValidationError(said)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it, and say what is other than before: the audit keeps ``changes``."""
        before = type(self)._base_manager.filter(pk=self.pk).values(*self._said()).first() or {}
        now = self._as_told()
        told = {**dict.fromkeys(now, ""), **before}
        self.changes = {name: [told[name], said] for name, said in now.items() if said != told[name]}
        super().save(*args, **kwargs)
        forget_clinic()
        transaction.on_commit(forget_clinic)  # another thread may have asked meanwhile

    def take_logo(self, logo: Logo | None) -> None:
        """Have this logo, or none."""
        self.logo, self.logo_digest = (logo.content, logo.digest) if logo else (b"", "")
        self.logo_width, self.logo_height = (logo.width, logo.height) if logo else (0, 0)

    @property
    def logo_size(self) -> tuple[int, int]:
        """Width and height of the logo in the header, in pixels of the page."""
        return size_in_header(self.logo_width, self.logo_height)

    @classmethod
    def _said(cls) -> list[str]:
        """The fields that are put on record."""
        return [
            field.name for field in cls._meta.concrete_fields if not field.primary_key and field.name not in NOT_TOLD
        ]

    def _as_told(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self._said()}
