"""Who works here: the account that signs in, and the person readers are told about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from clinical.audit.audit_entries import record
from clinical.audit.journal import account_id
from clinical.publishing.shared_words import SharedWordsMixin, SharedWordsQuerySet
from clinical.publishing.stale_saves import OpenedStateForm
from clinical.words.choices import AuditAction
from clinical.words.legible import LegibleMixin


class User(LegibleMixin, AbstractUser):
    """An account. Patients never have one; what readers see of its owner is the ``Practitioner``."""

    #: What of it is somebody's decision, and goes on record when it changes.
    ON_RECORD = ("username", "email", "password", "is_staff", "is_active", "is_superuser")

    class Meta(AbstractUser.Meta):
        permissions = [("invite_user", "Can invite people, and deactivate their accounts")]

    def save(self, *args: Any, reason: str = "", **kwargs: Any) -> None:
        """Save; what was decided by it goes on record with the ``reason``, whoever saves: admin, shell or program.

        Signing in is no decision: it saves the day of the last one, and sometimes the same password hashed better.
        """
        fields = kwargs.get("update_fields")
        if fields is not None and set(fields) <= {"last_login", "password"}:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            before = type(self)._base_manager.filter(pk=self.pk).values(*self.ON_RECORD).first() if self.pk else None
            super().save(*args, **kwargs)
            for action, details in self._decisions(before, fields):
                record(action, self, reason=reason, **details)

    def _decisions(self, before: Any, fields: Any) -> Iterator[tuple[AuditAction, dict[str, Any]]]:
        """What this save decided, given what it was before. Never what a password was, or is."""
        was = before or {"is_active": True, "is_superuser": False}
        changed = [
            name
            for name in self.ON_RECORD
            if name in was and was[name] != getattr(self, name) and (fields is None or name in fields)
        ]
        if before is None:
            yield AuditAction.ACCOUNT_MADE, {}
        if "is_superuser" in changed:
            yield (AuditAction.SUPERUSER_MADE if self.is_superuser else AuditAction.SUPERUSER_UNMADE), {}
        if "is_active" in changed:
            yield (AuditAction.REACTIVATED if self.is_active else AuditAction.DEACTIVATED), {}
        if others := [name for name in changed if name not in {"is_active", "is_superuser"}]:
            yield AuditAction.ACCOUNT_CHANGED, {"fields": others, "formerly": was["username"]}

    def clean(self) -> None:
        """Nobody takes another's e-mail address: it is what single sign-on and links for new passwords go by."""
        super().clean()
        if self.email and any(each.pk != self.pk for each in accounts_with(self.email)):
            raise ValidationError({"email": _("Somebody else has an account with this address.")})

    @property
    def signs_in_by_password(self) -> bool:
        """Whether a password is a way in: for superusers always, who get in when the clinic's provider is away."""
        return self.is_superuser or not settings.OIDC_ONLY

    def in_journal(self) -> dict[str, str]:
        """What the journal knows it by."""
        return {"account": account_id(self)}

    def public_name(self) -> str:
        """The name readers are given: the practitioner's, or nothing for an account without a public profile."""
        practitioner = getattr(self, "practitioner", None)
        return practitioner.name if practitioner else ""

    def public_role(self) -> str:
        """The role readers are given, or nothing."""
        practitioner = getattr(self, "practitioner", None)
        return practitioner.role if practitioner else ""


def accounts_with(address: str) -> list[User]:
    """Whose address it is. A database takes some letters of other scripts for ours ("ı" for "i"); this does not."""
    return [each for each in User.objects.filter(email__iexact=address) if is_same_address(each.email, address)]


def is_same_address(one: str, other: str) -> bool:
    """Whether two addresses are one: capitals count for nothing, but only in our own letters."""
    return one == other or (one.isascii() and other.isascii() and one.lower() == other.lower())


class Practitioner(SharedWordsMixin, LegibleMixin, index.Indexed, models.Model):
    """A clinician as readers see them. Never shipped, never generated: each describes a person who agreed to it.

    One person may change the words, since only the person named knows them; each change is on record.
    """

    WORDS = ("name", "role", "registration_body", "registration_number", "biography", "account_id")
    IS_ONE_PERSONS = True

    base_form_class = OpenedStateForm

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

    objects = SharedWordsQuerySet.as_manager()

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("role")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("practitioner")
        verbose_name_plural = _("practitioners")

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in: every request that the views of the admin are given."""

    user: User
