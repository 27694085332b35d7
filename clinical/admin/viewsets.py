"""The "Clinical" part of the admin: safety notes, conditions, practitioners."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, StatusTagColumn, UpdatedAtColumn
from wagtail.admin.widgets import AdminPageChooser
from wagtail.admin.widgets.button import Button
from wagtail.models import get_page_models
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from clinical.admin.bringing_back import AddSnippet
from clinical.admin.buttons import withdraw_note_button
from clinical.admin.condition_chooser import ConditionChooserViewSet
from clinical.admin.consent_list import WrittenConsentViewSet
from clinical.admin.editing import EditPlainSnippet, EditSnippet
from clinical.admin.listings import ConditionFilter, FindsAsReadersDoMixin, StandingFilterSet
from clinical.admin.widgets import ShortSignInput
from clinical.models import ClinicalPage, Condition, NoteTarget, Practitioner, SafetyNote, is_withdrawn
from clinical.outputs.answers import row_number
from clinical.withdrawal.deleting import DeleteSnippet, TakeOffNote
from clinical.withdrawal.withdrawal_screens import MAY_WITHDRAW
from clinical.words.choices import BodyRegion, NoteKind, StartingPosition, Tier
from clinical.words.exercising import Equipment, ExerciseKind


def places(note: SafetyNote) -> str:
    """Where a note applies, as one line."""
    return ", ".join(target.words() for target in note.targets.all())


def status(note: SafetyNote) -> Any:
    """Whether it is in force. The platform's own words for it cost two queries a row."""
    if not note.live:
        return _("withdrawn") if note.is_withdrawn_now else _("draft")
    return _("in force, with changes to come") if note.has_unpublished_changes else _("in force")


class SafetyNoteFilterSet(StandingFilterSet):
    """By status, tier and kind, and by where a note applies."""

    tier = django_filters.MultipleChoiceFilter(label=_("Tier"), choices=Tier.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=NoteKind.choices)
    region = django_filters.ChoiceFilter(
        label=_("Body region"), choices=BodyRegion.choices, field_name="targets__region"
    )
    position = django_filters.ChoiceFilter(
        label=_("Starting position"), choices=StartingPosition.choices, field_name="targets__position"
    )
    equipment = django_filters.ChoiceFilter(
        label=_("Equipment"), choices=Equipment.choices, field_name="targets__equipment"
    )
    exercise_kind = django_filters.ChoiceFilter(
        label=_("Kind of exercise"), choices=ExerciseKind.choices, field_name="targets__exercise_kind"
    )
    condition = ConditionFilter(label=_("Condition"), field_name="targets__condition")

    class Meta:
        model = SafetyNote
        fields: list[str] = []


class SafetyNoteIndexView(FindsAsReadersDoMixin, IndexView):
    """A listing that fetches the places along with the notes."""

    def get_base_queryset(self) -> Any:
        """Places in three queries, however many notes, and in none whether one is withdrawn."""
        notes = super().get_base_queryset().annotate(is_withdrawn_now=is_withdrawn("translation_key"))
        return notes.prefetch_related("targets__condition", "targets__page")


class SafetyNoteEditView(EditSnippet):
    """The editor of a note, which also leads to its withdrawal."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The platform's, and "Withdraw" for whoever may."""
        may = self.request.user.has_perm(MAY_WITHDRAW)
        return [*super().header_more_buttons, *([withdraw_note_button(self.object)] if may else [])]


class SafetyNoteCreateView(AddSnippet):
    """A new note; ``?page=`` or ``?condition=`` in the address says what it is for, ``?kind=`` of which kind."""

    def get_initial_form_instance(self) -> SafetyNote:
        """A note that already applies to the page or condition it was asked for on."""
        note: Any = super().get_initial_form_instance() or SafetyNote()
        for place in ("page", "condition"):
            asked = row_number(self.request.GET.get(place, ""))
            if asked is not None:
                note.targets = [NoteTarget(**{f"{place}_id": asked})]
        if (kind := self.request.GET.get("kind", "")) in NoteKind.values:
            note.kind = kind
            note.follow_the_kind()
        return note


def _clinical_page_chooser() -> AdminPageChooser:
    """Only pages that carry safety notes can be chosen, whatever floor they live on."""
    return AdminPageChooser(target_models=[model for model in get_page_models() if issubclass(model, ClinicalPage)])


def _family_panel() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            HelpPanel(
                _(
                    "Notes that say nearly the same may share one sign on the card; their whole texts stay apart. "
                    "Write it in one of them, and name the others here: all of one kind, tier and urgency. Save again "
                    "when one of them has changed, or each stands with its own sign."
                )
            ),
            FieldPanel("family_sign", widget=ShortSignInput),
            InlinePanel("family_members", label=_("note"), panels=[FieldPanel("member")]),
        ],
        heading=_("Read as one with other notes"),
    )


def _note_tabs() -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldRowPanel(
                                [
                                    FieldPanel("kind"),
                                    FieldPanel("tier", permission="clinical.set_tier"),
                                    FieldPanel("urgency"),
                                ]
                            ),
                            FieldPanel("text"),
                            FieldPanel("what_to_do"),
                            FieldPanel("in_short", widget=ShortSignInput),
                            FieldPanel("concerns"),
                        ],
                        heading=_("What readers must know"),
                    ),
                    MultiFieldPanel(
                        [
                            HelpPanel(
                                _(
                                    "Hang the note on what causes the risk: a region, position, thing or kind if "
                                    "every such exercise carries it, a condition if the complaint does, one page only "
                                    "if nothing else fits. One place a row."
                                )
                            ),
                            InlinePanel(
                                "targets",
                                label=_("place"),
                                panels=[
                                    FieldPanel("everywhere"),
                                    FieldRowPanel([FieldPanel("region"), FieldPanel("position")]),
                                    FieldRowPanel([FieldPanel("equipment"), FieldPanel("exercise_kind")]),
                                    FieldPanel("condition"),
                                    FieldPanel("page", widget=_clinical_page_chooser()),
                                ],
                            ),
                        ],
                        heading=_("Where it applies"),
                    ),
                ],
                heading=_("The note"),
            ),
            ObjectList(
                [
                    FieldPanel("source"),
                    FieldRowPanel(
                        [FieldPanel("reviewed_on", read_only=True), FieldPanel("review_due", read_only=True)]
                    ),
                    _family_panel(),
                    FieldPanel("only_with_condition"),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("action_code"), FieldPanel("polarity")]),
                            FieldRowPanel([FieldPanel("moment"), FieldPanel("concerns_step")]),
                            FieldRowPanel([FieldPanel("rules_out"), FieldPanel("needs_warm_up")]),
                            FieldRowPanel(
                                [FieldPanel("dose_figure"), FieldPanel("dose_least"), FieldPanel("dose_most")]
                            ),
                        ],
                        heading=_("Fine print: what else the site should know about it"),
                    ),
                ],
                heading=_("Source and review"),
            ),
            ObjectList([PublishingPanel()], heading=_("Dates")),
        ]
    )


class SafetyNoteViewSet(SnippetViewSet):
    """Safety notes, most serious first."""

    model = SafetyNote
    copy_view_enabled = False  # the platform's copy writes over a thing that has rows of its own
    icon = "warning"
    menu_label = _("Safety notes")
    index_view_class = SafetyNoteIndexView
    add_view_class = SafetyNoteCreateView
    edit_view_class = SafetyNoteEditView
    delete_view_class = DeleteSnippet
    delete_template_name = DeleteSnippet.template_name
    unpublish_view_class = TakeOffNote
    filterset_class = SafetyNoteFilterSet
    list_per_page = 50
    ordering = ["tier", "kind", "text"]
    list_display = [
        "__str__",
        Column("tier", label=_("Tier"), sort_key="tier"),
        Column("places", label=_("Applies to"), accessor=places),
        Column("review_due", label=_("Review due"), sort_key="review_due"),
        UpdatedAtColumn(),
        StatusTagColumn("status", label=_("Status"), accessor=status, primary=lambda note: note.live),
    ]

    def get_edit_handler(self) -> Any:
        """Built when the page models of every floor are known."""
        return _note_tabs().bind_to_model(self.model)


class ConditionIndexView(FindsAsReadersDoMixin, IndexView):
    """A listing that finds a condition by its other names too."""


class ConditionViewSet(SnippetViewSet):
    """The vocabulary of conditions."""

    model = Condition
    copy_view_enabled = False
    add_view_class = AddSnippet
    edit_view_class = EditPlainSnippet
    delete_view_class = DeleteSnippet
    delete_template_name = DeleteSnippet.template_name
    index_view_class = ConditionIndexView
    chooser_viewset_class = ConditionChooserViewSet
    icon = "tag"
    menu_label = _("Conditions")
    inspect_view_enabled = True
    list_display = ["name", "aliases", "hub"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("aliases"),
        InlinePanel(
            "codes",
            label=_("code"),
            panels=[FieldRowPanel([FieldPanel("system"), FieldPanel("edition"), FieldPanel("code")])],
        ),
    ]


class PractitionerViewSet(SnippetViewSet):
    """The people readers are told about."""

    model = Practitioner
    copy_view_enabled = False
    add_view_class = AddSnippet
    edit_view_class = EditPlainSnippet
    delete_view_class = DeleteSnippet
    delete_template_name = DeleteSnippet.template_name
    icon = "user"
    menu_label = _("Practitioners")
    list_display = ["name", "role", "registration_body", "account"]
    list_filter = ["role"]
    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("registration_body"), FieldPanel("registration_number")]),
        FieldPanel("biography"),
        FieldPanel("photo"),
        FieldPanel("account"),
    ]


class ClinicalGroup(SnippetViewSetGroup):
    """One entry in the menu for what stands under everything."""

    menu_label = _("Clinical")
    menu_icon = "warning"
    menu_order = 210
    items = (SafetyNoteViewSet, ConditionViewSet, PractitionerViewSet, WrittenConsentViewSet)
