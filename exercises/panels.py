"""The editor of an exercise: in the order a clinician thinks of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page

from clinical.admin.panels import conditions_panel, review_panels, safety_panels
from exercises.dosage import CONTRACT_RELAX, FIELDS, MEASURE_FIELDS, TEMPO
from exercises.instructions import steps_that_change_sides
from exercises.step_up import STEP_UP


class WrittenSidesPanel(HelpPanel):
    """A warning above the steps: which of them, as last saved, tells readers to change sides."""

    class BoundPanel(HelpPanel.BoundPanel):
        """The warning for one exercise; not there while there is nothing to warn of."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.steps = steps_that_change_sides(self.instance)
            self.content = self.panel.content % {"steps": ", ".join(map(str, self.steps))}

        def is_shown(self) -> bool:
            """Only where a step says it."""
            return super().is_shown() and bool(self.steps)


#: How often, as it is typed in for an exercise, an item and a routine.
FREQUENCY_ROWS = (
    ("sessions_per_day", "sessions_per_day_most"),
    ("days_per_week", "days_per_week_most", "every_days"),
    ("as_needed", "as_needed_most"),
)


def in_rows(names: Iterable[str], *rows: tuple[str, ...]) -> list[Panel]:
    """These fields of a dosage: some beside each other, and below them every one that no row names."""
    placed = {name for row in rows for name in row}
    beside = [FieldRowPanel([FieldPanel(name) for name in row]) for row in rows]
    return [*beside, *(FieldPanel(name) for name in names if name not in placed)]


def dosage_panels() -> list[MultiFieldPanel]:
    """The figures of a dosage, one measure beside the other."""
    return [
        MultiFieldPanel(
            [
                HelpPanel(
                    _(
                        "Give exactly one measure: a hold (and how many times), repetitions, a moving time, or "
                        "tensing, letting go and stretching (and how many times). "
                        "For stretching ACSM suggests 10–30 seconds, 30–60 for older adults, 2–4 times, most days; "
                        "nothing is filled in for you."
                    )
                ),
                *in_rows(
                    MEASURE_FIELDS,
                    ("hold_seconds", "hold_seconds_most"),
                    CONTRACT_RELAX,
                    ("moving_seconds", "moving_seconds_most"),
                    ("repetitions", "repetitions_most", "repetitions_up_to"),
                    ("rest_between_seconds", "rest_between_seconds_most"),
                    ("seconds_per_repetition", *TEMPO),
                ),
            ],
            heading=_("One measure"),
        ),
        MultiFieldPanel(
            in_rows(
                [name for name in FIELDS if name not in MEASURE_FIELDS],
                ("band", "load_grams"),
                ("effort", "effort_most"),
                ("sets", "sets_most"),
                ("rest_seconds", "rest_seconds_most"),
                STEP_UP,
                *FREQUENCY_ROWS,
            ),
            heading=_("How often, and how strong"),
        ),
    ]


def pain_panel() -> MultiFieldPanel:
    """How much pain is allowed, which words the stop sign."""
    return MultiFieldPanel(
        [FieldRowPanel([FieldPanel("pain_most"), FieldPanel("settles_by")])],
        heading=_("Pain that is allowed"),
        help_text=_("It words the stop sign of this exercise. Allowing more than readers are allowed now takes two."),
    )


def exercise_tabs() -> TabbedInterface:
    """Six tabs in working order, then the platform's own."""
    return TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title", help_text=_("As patients should read it: “Wall calf stretch”.")),
                    FieldPanel("clinical_name"),
                    FieldPanel("purpose"),
                    FieldPanel("other_names"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("starting_position"), FieldPanel("laterality")]),
                    FieldPanel("other_positions"),
                    FieldPanel("body_regions"),
                    FieldPanel("target_muscles"),
                    FieldPanel("equipment"),
                    FieldPanel("substitutes"),
                ],
                heading=_("The exercise"),
            ),
            ObjectList(
                [
                    FieldPanel(
                        "figure",
                        help_text=_(
                            "Pick a pose by its picture, then adjust it until it shows this exercise. "
                            "Whom it shows never means anything."
                        ),
                    ),
                    FieldRowPanel([FieldPanel("photo"), FieldPanel("leads")]),
                    FieldPanel("video"),
                ],
                heading=_("Pictures"),
            ),
            ObjectList(
                [
                    WrittenSidesPanel(
                        _(
                            "Step %(steps)s tells readers to do it on the other side too. Leave that out: the site "
                            "says so wherever each side is asked for, and not where a routine asks for one."
                        ),
                        classname="help-warning",
                    ),
                    FieldPanel("steps"),
                    FieldRowPanel([FieldPanel("feel"), FieldPanel("not_feel")]),
                    FieldPanel("common_mistakes"),
                    InlinePanel("variations", label=_("variation"), heading=_("Easier, harder, instead")),
                ],
                heading=_("How to do it"),
            ),
            ObjectList(dosage_panels(), heading=_("Dosage")),
            ObjectList([conditions_panel(), pain_panel(), *safety_panels()], heading=_("Conditions and safety")),
            ObjectList(review_panels(), heading=_("Evidence and review")),
            ObjectList([*Page.promote_panels, *Page.settings_panels], heading=_("Address and dates")),
        ]
    )
