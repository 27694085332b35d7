"""Pages that came from a library as drafts because something was missing, and what is still missing of each."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ToCompleteQuerySet(models.QuerySet["ToComplete"]):
    """Questions about what is still to complete."""

    def outdated(self) -> models.QuerySet[ToComplete]:
        """Those whose page has been written again since they were looked at."""
        return self.exclude(page__latest_revision=F("looked_at")).filter(page__latest_revision__isnull=False)


class ToComplete(models.Model):
    """One page that was loaded with something missing. It stays when it is done, and is counted as such."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    #: The version that was looked at. A number and no key: versions are removed one day.
    looked_at = models.BigIntegerField(null=True)
    #: What the publish gate missed in it: pairs of a field and a sentence.
    lacks = models.JSONField(_("still to write"), default=list)
    #: What its source seems to say of fields nobody has filled in: a field, a value that may be empty, and its words.
    suggested = models.JSONField(_("found in its source"), default=list, db_default=[])
    #: Whose words it was made from, as the page says it.
    origin = models.JSONField(_("made from"), null=True)
    is_done = models.BooleanField(_("done"), default=False)

    objects = ToCompleteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["is_done"], name="library_tocomplete_done", condition=Q(is_done=False))]
        verbose_name = _("page to complete")
        verbose_name_plural = _("pages to complete")

    def __str__(self) -> str:
        return str(self.page)
