"""Where what a page says comes from: one row a source."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Orderable

from clinical.safety.sheet import Source


class SourceReference(Orderable):
    """Abstract: where a page's statements come from, one a row."""

    #: What others wrote is quoted as it stands, whatever its title says of pain.
    pain_not_read = frozenset({"title", "doi", "pmid"})

    title = models.CharField(max_length=255, help_text=_("What a reader could look up: author, title, year."))
    link = models.URLField(max_length=500, blank=True)
    doi = models.CharField(_("DOI"), max_length=120, blank=True, help_text=_("Such as 10.5664/jcsm.11390."))
    pmid = models.CharField(_("PubMed number"), max_length=20, blank=True)

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title

    def as_value(self) -> Source:
        """Title and best address: the DOI lasts longest, then PubMed, then the link."""
        if self.doi:
            return Source(self.title, f"https://doi.org/{self.doi}")
        if self.pmid:
            return Source(self.title, f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/")
        return Source(self.title, self.link)
