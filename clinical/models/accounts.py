"""Who works here: the account that signs in, and the person readers are told about."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from clinical.models.legible import Legible
from clinical.models.opened import RemembersWhatItOpened


class User(Legible, AbstractUser):
    """An account. Patients never have one; what readers see of its owner is the ``Practitioner``."""

    class Meta(AbstractUser.Meta):
        permissions = [("invite_user", "Can invite people, and deactivate their accounts")]

    def public_name(self) -> str:
        """The name readers are given: the practitioner's, or nothing for an account without a public profile."""
        practitioner = getattr(self, "practitioner", None)
        return practitioner.name if practitioner else ""

    def public_role(self) -> str:
        """The role readers are given, or nothing."""
        practitioner = getattr(self, "practitioner", None)
        return practitioner.role if practitioner else ""


class Practitioner(Legible, index.Indexed, models.Model):
    """A clinician as readers see them. Never shipped, never generated: each describes a person who agreed to it."""

    base_form_class = RemembersWhatItOpened

    account = models.OneToOneField(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="practitioner",
        help_text=_("The account this person signs in with, if they have one."),
    )
    name = models.CharField(max_length=120, help_text=_("As the public should read it."))
    role = models.CharField(max_length=120, help_text=_("Such as “Physiotherapist”."))
    registration_body = models.CharField(max_length=120, blank=True, help_text=_("Such as “HCPC”."))
    registration_number = models.CharField(max_length=40, blank=True)
    biography = models.TextField(blank=True, max_length=600, help_text=_("Two or three sentences."))
    photo = models.ForeignKey("clinical.Picture", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("role")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("practitioner")
        verbose_name_plural = _("practitioners")

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"
