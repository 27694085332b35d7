"""The ground floor's part of the admin."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from clinical.viewsets import ClinicalGroup

register_snippet(ClinicalGroup)
