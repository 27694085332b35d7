"""The figure of an exercise: its data, which of figure and photo leads, and what a live page's figure must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from exercises import drawings
from exercises.choices import Lead
from figures.fields import FigureField

if TYPE_CHECKING:
    from clinical.publishing.gate import Refusal


class IllustratedMixin(models.Model):
    """Abstract: the figure is kept here whole, in the format of ``figures.engine.pose``, and may be adjusted.

    A draft may hold a figure that cannot be drawn; a live page's is valid.
    """

    figure = FigureField(
        null=True, blank=True, help_text=_("The poses to draw, as data. Leave empty for an exercise without a figure.")
    )
    leads = models.CharField(
        max_length=10,
        choices=Lead.choices,
        default=Lead.FIGURE,
        help_text=_("What stands on the stage when there is both a figure and a photo."),
    )
    figure_ready = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def figure_refusal(self) -> Refusal:
        """What keeps the figure, and the steps that show a pose of it, from being live."""
        refusal: Refusal = {}
        keys: list[str] = []
        if self.figure is not None:
            illustration, _faults = drawings.read(self.figure)
            keys = [pose.key for pose in illustration.figures] if illustration else []
            if faults := drawings.faults(self.figure, self.laterality):  # type: ignore[attr-defined]  # the page's field
                refusal["figure"] = [str(fault) for fault in faults]
        if wrong := list(_unknown_poses(self, keys)):
            refusal["steps"] = wrong
        return refusal

    def make_figure_ready(self) -> None:
        """Draw what is missing and note where it is, so that no reader's request has to."""
        self.figure_ready = drawings.ready(self.figure, self.laterality)  # type: ignore[attr-defined]  # the page's

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """Show the draft's own figure, drawn for this once, whatever stands ready for readers."""
        self.figure_ready = drawings.previewed(self.figure, self.laterality)  # type: ignore[attr-defined]  # the page's
        return super().serve_preview(request, mode_name)  # type: ignore[misc]  # mixed into a page


def _unknown_poses(exercise: Any, keys: list[str]) -> list[str]:
    """A sentence for each step that asks for a pose the figure has not."""
    named = [(number, raw["value"].get("pose")) for number, raw in enumerate(exercise.steps.raw_data, start=1)]
    there = ", ".join(keys) or _("none, since there is no figure")
    return [
        _("%(number)s. there is no pose “%(pose)s”; the figure has: %(there)s")
        % {"number": number, "pose": pose, "there": there}
        for number, pose in named
        if pose and pose not in keys
    ]
