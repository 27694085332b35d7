"""What must name its sources: a page that says how well a use is supported, and one from a library.

That something is untested needs no source, and what is written here may say no more than that.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from clinical.publishing.refusals import Refusal
from clinical.words.choices import EvidenceLevel


def source_refusal(page: Any) -> Refusal:
    """Why a page without any source may not be live; nothing where it has one, or needs none."""
    if page.sources.all():
        return {}
    if page.library_id:
        return {"sources": [_("Name at least one source.")]}
    uses = page.condition_uses.all() if hasattr(page, "condition_uses") else ()
    if any(use.evidence and use.evidence != EvidenceLevel.UNTESTED for use in uses):
        return {"sources": [_("Name at least one source for the evidence, or call it untested.")]}
    return {}
