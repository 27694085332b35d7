"""What to do right now: the first thing on a condition's page for whoever opens it in the middle of a cramp."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel

from clinical.addresses import hub_address
from clinical.models import ShownClinicalPages
from clinical.pages.visible import is_shown
from clinical.publishing.refusals import Refusal
from clinical.safety.parts import alone
from clinical.words.fields import LinesField, lines
from exercises.assembly import address
from stretchsite.hubs import RightNow

#: More than these nobody reads with a cramp.
MOST_STEPS = 4
#: How many conditions readers are offered help with right now.
MOST_NOW = 4


class RightNowPages(ShownClinicalPages):
    """Questions about pages that may say what to do right now."""

    def offered_right_now(self, language: str) -> tuple[tuple[str, str], ...]:
        """The questions readers of a language are offered, with the address of each page. One query."""
        asking = self.shown().filter(locale__language_code=language).exclude(now_title="")
        rows = asking.order_by("title").values_list("now_title", "slug")[:MOST_NOW]
        return tuple((title, hub_address(slug)) for title, slug in rows)


class RightNowMixin(models.Model):
    """Abstract: a question such as "Cramp now?", a few steps, and an exercise to follow one by one."""

    now_title = models.CharField(
        _("right now"), max_length=40, blank=True, help_text=_("A question of two words or three: “Cramp now?”")
    )
    now_steps = LinesField(
        _("what to do"), blank=True, help_text=_("Three short steps, one a line. They stand above everything else.")
    )
    now_exercise = models.ForeignKey(
        "exercises.ExercisePage",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("exercise to follow"),
    )
    now_afterwards = models.TextField(
        _("afterwards"), blank=True, max_length=600, help_text=_("How to get up safely, and when to see a doctor.")
    )
    now_sources = models.TextField(
        _("where sources differ"), blank=True, max_length=600, help_text=_("Said aloud where sources disagree.")
    )

    class Meta:
        abstract = True

    def right_now(self) -> RightNow | None:
        """The same as a value; none for a page without."""
        if not self.now_title:
            return None
        exercise = self._exercise_to_follow()
        url = alone(f"link to “{exercise.title}”", lambda: address(exercise), "") if exercise else ""
        return RightNow(
            title=self.now_title,
            steps=lines(self.now_steps),
            exercise=exercise.title if exercise and url else "",
            url=f"{url}follow/?now" if url else "",
            afterwards=self.now_afterwards,
            sources=self.now_sources,
        )

    def _exercise_to_follow(self) -> Any:
        """Its exercise, while that may be done."""
        exercise = self.now_exercise if self.now_exercise_id else None
        return exercise if exercise and is_shown(exercise) and not exercise.is_withdrawn() else None

    def right_now_refusal(self) -> Refusal:
        """A question comes with its steps, a few of them, and none without it."""
        steps = lines(self.now_steps)
        if bool(self.now_title) != bool(steps):
            return {"now_steps": [_("Give both or neither: the question, and what to do.")]}
        if len(steps) > MOST_STEPS:
            return {"now_steps": [_("Give at most %d steps; more are not read with a cramp.") % MOST_STEPS]}
        return {}


def right_now_panel() -> MultiFieldPanel:
    """Its fields in the editor."""
    return MultiFieldPanel(
        [
            FieldPanel("now_title"),
            FieldPanel("now_steps"),
            PageChooserPanel("now_exercise"),
            FieldPanel("now_afterwards"),
            FieldPanel("now_sources"),
        ],
        heading=_("Right now, above everything else"),
    )
