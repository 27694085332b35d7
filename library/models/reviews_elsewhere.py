"""Reviews that took place elsewhere, as libraries tell of them. None of them approves anything here."""

from __future__ import annotations

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.words.legible import LegibleMixin


class ReviewElsewhere(LegibleMixin):
    """A review a library names: by whom, where and when. It is told beside what it is of, and counts for nothing."""

    content_key = models.UUIDField(db_index=True)
    position = models.PositiveSmallIntegerField(default=0)
    publisher = models.CharField(gettext_lazy("publisher"), max_length=255)
    reviewer = models.CharField(gettext_lazy("reviewer"), max_length=255, blank=True)
    role = models.CharField(gettext_lazy("role"), max_length=255, blank=True)
    reviewed_on = models.DateField(gettext_lazy("reviewed on"))
    by_its_author = models.BooleanField(default=False)

    class Meta:
        ordering = ["content_key", "position"]
        default_permissions = ()
        permissions = [("export_library", "Can export what the site holds as a library")]
        constraints = [models.UniqueConstraint(fields=["content_key", "position"], name="library_review_in_its_place")]

    def __str__(self) -> str:
        return self.said()

    def said(self) -> str:
        """Who reviewed it, and that it was not us."""
        named = ", ".join(word for word in (self.reviewer, self.role) if word) or _("somebody who is not named")
        said = {"where": self.publisher, "who": named, "day": date_format(self.reviewed_on, "j F Y")}
        if self.by_its_author:
            return _("Reviewed at %(where)s by its author, %(who)s, on %(day)s, not by us.") % said
        return _("Reviewed at %(where)s by %(who)s on %(day)s, not by us.") % said
