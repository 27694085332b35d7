"""The editor of an exercise: in the order a clinician thinks of one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.models import Page

from clinical.admin.panels import conditions_panel, review_panels, safety_panels


def dosage_panels() -> list[MultiFieldPanel]:
    """The figures of a dosage, one measure beside the other."""
    return [
        MultiFieldPanel(
            [
                HelpPanel(
                    _(
                        "Give exactly one measure: a hold (and how many times), repetitions, or a moving time. "
                        "For stretching ACSM suggests 10–30 seconds, 30–60 for older adults, 2–4 times, most days; "
                        "nothing is filled in for you."
                    )
                ),
                FieldRowPanel([FieldPanel("hold_seconds"), FieldPanel("hold_seconds_most")]),
                FieldRowPanel(
                    [FieldPanel("repetitions"), FieldPanel("repetitions_most"), FieldPanel("seconds_per_repetition")]
                ),
                FieldRowPanel([FieldPanel("moving_seconds"), FieldPanel("moving_seconds_most")]),
            ],
            heading=_("One measure"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("sets"), FieldPanel("rest_seconds")]),
                FieldRowPanel([FieldPanel("sessions_per_day"), FieldPanel("days_per_week")]),
                FieldPanel("intensity_cue"),
            ],
            heading=_("How often, and how strong"),
        ),
    ]


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
                    FieldPanel("body_regions"),
                    FieldPanel("target_muscles"),
                    FieldPanel("equipment"),
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
                ],
                heading=_("Pictures"),
            ),
            ObjectList(
                [
                    FieldPanel("steps"),
                    FieldRowPanel([FieldPanel("feel"), FieldPanel("not_feel")]),
                    FieldPanel("common_mistakes"),
                    InlinePanel("variations", label=_("variation"), heading=_("Easier, harder, instead")),
                ],
                heading=_("How to do it"),
            ),
            ObjectList(dosage_panels(), heading=_("Dosage")),
            ObjectList([conditions_panel(), *safety_panels()], heading=_("Conditions and safety")),
            ObjectList(review_panels(), heading=_("Evidence and review")),
            ObjectList([*Page.promote_panels, *Page.settings_panels], heading=_("Address and dates")),
        ]
    )
