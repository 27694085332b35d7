"""Two versions of a figure, side by side, where revisions are compared."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison

from figures.engine import validation
from figures.engine.render import draw
from figures.engine.words import alternative_text

TEMPLATE = "figures/editor/comparison.html"


class FigureComparison(FieldComparison):
    """Both versions drawn: data in which a knee goes from 20 to 40 tells nobody anything."""

    def htmldiff(self) -> SafeString:
        """The poses of the older version, and below them those of the newer."""
        versions = [
            {"name": _("Before"), "change": "deletion", **drawn_version(self.val_a, "before")},
            {"name": _("After"), "change": "addition", **drawn_version(self.val_b, "after")},
        ]
        return render_to_string(TEMPLATE, {"versions": versions})


def drawn_version(data: Any, uid: str) -> dict[str, Any]:
    """The pictures of one version; without any, ``note`` says why."""
    if data is None:
        return {"note": _("No figure"), "poses": []}
    illustration, faults = validation.read(data)
    if illustration is None:
        return {"note": "; ".join(str(fault) for fault in faults), "poses": []}
    poses = [
        {
            "label": pose.label,
            "svg": draw(illustration, pose.key, "light", f"{uid}-{pose.key}").svg(
                pose.label, alternative_text(illustration, pose.key)
            ),
        }
        for pose in illustration.figures
    ]
    return {"note": "", "poses": poses}
