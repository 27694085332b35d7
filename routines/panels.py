"""The editor of a routine: what it is for, its exercises, then what readers need to know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page

from clinical.admin.folded_panel import FoldedPanel
from clinical.admin.panels import conditions_panel, review_panels, safety_panels
from exercises.assembly import card_figures, dosage_line
from exercises.dosage import CONTRACT_RELAX, FIELDS, TEMPO
from exercises.dosage_fields import DosageError
from exercises.dosage_words import amount_in_words, fault_in_words
from exercises.frequency import FREQUENCY
from exercises.panels import FREQUENCY_ROWS, in_rows
from exercises.step_up import STEP_UP
from routines.getting_down import is_on_the_floor, words


@dataclass(frozen=True)
class ItemLine:
    """A row of the editor in one line: which exercise, and how much of it comes of what is filled in."""

    title: str
    dose: str = ""
    fault: str = ""
    figures: tuple[Any, ...] = ()
    sign: str = ""


def item_line(item: Any) -> ItemLine:
    """The line of a row, saved or as it is typed. What cannot be followed is said in words."""
    try:
        exercise = item.exercise
    except ObjectDoesNotExist:
        return ItemLine(str(_("no exercise yet")))
    known = {"title": exercise.title, "figures": card_figures(exercise), "sign": exercise.starting_position}
    try:
        return ItemLine(**known, dose=amount_in_words(item.dosage(), item.chosen_side))
    except DosageError as error:
        return ItemLine(**known, fault=fault_in_words(error))
    except ValueError:  # a side there is none of, which its field says
        return ItemLine(**known)


class ItemsPanel(MultipleChooserPanel):
    """The exercises of a routine, each row folded to one line; what is wrong in a row opens it."""

    class BoundPanel(MultipleChooserPanel.BoundPanel):
        """The rows of one routine."""

        #: What stands in the head of a row; ``inline_panel_child.html`` looks here.
        row_heading = "routines/panels/item_line.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.form is None:
                return
            chosen = [child.instance for child in self.children if child.instance.exercise_id]
            prefetch_related_objects(chosen, "exercise")
            for child in [*self.children, self.empty_child]:
                child.line, child.told = item_line(child.instance), []
            if self.form.is_bound and self.form.errors:
                self._tell_at_the_rows()

        def _tell_at_the_rows(self) -> None:
            """What the gate refuses of a row is said in its line and opens it, besides standing above the form."""
            last = self.form.instance.last_week
            for child in self.children:
                if not child.form.errors and not child.form.cleaned_data.get("DELETE"):
                    child.told = child.instance.faults(last)
                wrong = child.line.fault or next(iter(child.told), "") or (child.form.errors and _("Look at this row."))
                child.line = replace(child.line, fault=str(wrong or ""))

        def js_opts(self) -> dict[str, Any]:
            """To the platform's scripts it is the platform's panel."""
            return {**super().js_opts(), "type": MultipleChooserPanel.__name__}


class UsualDosagePanel(Panel):
    """Read-only: the exercise's own dosage, beside the figures that may override it."""

    class BoundPanel(Panel.BoundPanel):
        """The panel in one row of items; a script fills it in when another exercise is chosen."""

        template_name = "routines/panels/usual_dosage.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The dosage in words, where an exercise is chosen already."""
            context = super().get_context_data(parent_context)
            exercise = self.instance.exercise if self.instance.exercise_id else None
            return {**context, "line": dosage_line(exercise) if exercise else ""}


class GettingDownPanel(Panel):
    """Read-only: how often the body has to get down to the floor and up again, with the exercises as saved."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one routine."""

        template_name = "routines/panels/getting_down.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The words, from the positions of the exercises in their order."""
            context = super().get_context_data(parent_context)
            exercises = [item.exercise for item in self.instance.items.all() if item.exercise_id]
            down = [is_on_the_floor({each.starting_position, *each.other_positions}) for each in exercises]
            return {**context, "words": words(down)}


#: What a routine changes most often in an exercise's dosage; the rest is folded away by itself.
_OFTEN_CHANGED = ("hold_seconds", "repetitions", "moving_seconds", "sets", "rest_seconds", "rest_between_seconds")


def _item_panels() -> list[Panel]:
    return [
        FieldPanel("exercise"),
        UsualDosagePanel(heading=_("The exercise’s own dosage")),
        FieldRowPanel([FieldPanel("phase"), FieldPanel("side")]),
        FieldPanel("cue"),
        FieldRowPanel([FieldPanel("from_week"), FieldPanel("to_week")]),
        FoldedPanel(
            in_rows(_OFTEN_CHANGED, _OFTEN_CHANGED[:3], _OFTEN_CHANGED[3:]),
            summary=_("Another dosage here"),
            help_text=_("Leave empty what should stay as the exercise says."),
        ),
        FoldedPanel(
            in_rows(
                [name for name in FIELDS if name not in {*_OFTEN_CHANGED, *FREQUENCY}],
                ("hold_seconds_most", "repetitions_most", "moving_seconds_most"),
                ("sets_most", "rest_seconds_most", "rest_between_seconds_most"),
                ("repetitions_up_to", *CONTRACT_RELAX),
                ("seconds_per_repetition", *TEMPO),
                ("band", "load_grams", "effort", "effort_most"),
                STEP_UP,
            ),
            summary=_("More of another dosage: a range, tempo, load, a step up"),
        ),
        FoldedPanel(
            in_rows(FREQUENCY, *FREQUENCY_ROWS),
            summary=_("Done more or less often than the routine"),
            help_text=_("It is done as often as the routine says; this is only for an exercise that is an exception."),
        ),
    ]


def routine_tabs() -> TabbedInterface:
    """Four tabs in working order, then the platform's own."""
    return TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title", help_text=_("As patients should read it: “Restless legs: before bed”.")),
                    FieldPanel("purpose"),
                    FieldPanel("moments"),
                    MultiFieldPanel(
                        [
                            *in_rows(FREQUENCY, *FREQUENCY_ROWS),
                            FieldRowPanel([FieldPanel("weeks"), FieldPanel("weeks_most")]),
                        ],
                        heading=_("How often, for how long"),
                    ),
                    FieldPanel("expect_change"),
                    FieldPanel("see_someone"),
                ],
                heading=_("The routine"),
            ),
            ObjectList(
                [
                    HelpPanel(
                        _(
                            "Add as many exercises as you like at once; drag a row by its handle, or use its "
                            "arrows, to change the order. Warm up first."
                        )
                    ),
                    GettingDownPanel(heading=_("Down to the floor and up")),
                    ItemsPanel(
                        "items",
                        chooser_field_name="exercise",
                        label=_("exercise"),
                        heading=_("Exercises"),
                        panels=_item_panels(),
                    ),
                ],
                heading=_("Exercises"),
            ),
            ObjectList(
                [conditions_panel(), *safety_panels(), FieldPanel("advice")], heading=_("Conditions, safety, advice")
            ),
            ObjectList(review_panels(), heading=_("Evidence and review")),
            ObjectList([*Page.promote_panels, *Page.settings_panels], heading=_("Address and dates")),
        ]
    )
