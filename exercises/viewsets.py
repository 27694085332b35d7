"""The exercise library in the admin: its listing, and the chooser routines pick exercises with."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from clinical.admin.listings import (
    ClinicalFilterSet,
    ClinicalIndexView,
    FiguresColumn,
    ListMenuItem,
    columns_around,
)
from clinical.models import Condition
from clinical.notes.offered_conditions import ConditionField, offered_to
from clinical.words.choices import BodyRegion, StartingPosition
from clinical.words.exercising import Equipment, ExerciseKind
from exercises.assembly import card_figures, dosage_line
from exercises.models import ExercisePage
from exercises.querysets import starts, works


def region_words(exercise: ExercisePage) -> str:
    """The body regions as one line."""
    return ", ".join(str(BodyRegion(region).label) for region in exercise.body_regions)


class ExerciseFilterSet(ClinicalFilterSet):
    """Status, author, kind, equipment, condition, region, position and review."""

    region = django_filters.ChoiceFilter(label=_("Body region"), choices=BodyRegion.choices, method="filter_region")
    starting_position = django_filters.ChoiceFilter(
        label=_("Starting position"), choices=StartingPosition.choices, method="filter_position"
    )

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ExerciseKind.choices)
    equipment = django_filters.ChoiceFilter(label=_("Equipment"), choices=Equipment.choices, method="filter_equipment")

    class Meta:
        model = ExercisePage
        fields: list[str] = []

    def filter_equipment(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that need the thing."""
        return queryset.filter(equipment__contains=f"|{value}|")

    def filter_region(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that stretch or work the region."""
        return queryset.filter(works(value))

    def filter_position(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that may be done in the position."""
        return queryset.filter(starts(value))


class ExerciseListing(PageListingViewSet):
    """All exercises in one list."""

    name = "exercises"
    model = ExercisePage
    icon = "pick"
    menu_label = _("Exercises")
    menu_order = 200
    add_to_admin_menu = True
    menu_item_class = ListMenuItem
    index_view_class = ClinicalIndexView
    filterset_class = ExerciseFilterSet
    columns = columns_around(
        FiguresColumn("figures", label=_("Figure"), accessor=card_figures),
        Column("regions", label=_("Body region"), accessor=region_words),
        Column("starting_position", label=_("Position"), accessor="get_starting_position_display"),
    )


def _acts_at_once() -> forms.Select:
    """A filter that the platform's chooser watches: what is chosen narrows the list, without a key to press."""
    return forms.Select(attrs={"data-chooser-modal-search-filter": True})


class ExerciseFilterForm(SearchFilterMixin, BaseFilterForm):
    """Search by words, and narrow by region, position and condition."""

    region = forms.ChoiceField(
        label=_("Body region"),
        required=False,
        choices=[("", _("Any")), *BodyRegion.choices],
        widget=_acts_at_once(),
    )
    position = forms.ChoiceField(
        label=_("Starting position"),
        required=False,
        choices=[("", _("Any")), *StartingPosition.choices],
        widget=_acts_at_once(),
    )
    condition: Any = ConditionField(
        label=_("Used for"),
        required=False,
        queryset=Condition.objects.none(),
        empty_label=_("Any"),
        widget=_acts_at_once(),
    )

    def filter(self, objects: Any) -> Any:
        """Narrow first, then search: the search backend cannot be narrowed afterwards."""
        if region := self.cleaned_data.get("region"):
            objects = objects.for_region(region)
        if position := self.cleaned_data.get("position"):
            objects = objects.starting(position)
        if condition := self.cleaned_data.get("condition"):
            objects = objects.for_condition(condition.slug)
        return super().filter(objects)


class PictureColumn(Column):
    """The drawing an exercise has in every list, or the sign of its position. Decoration beside its title."""

    cell_template_name = "exercises/admin/picture_cell.html"


class _ExerciseChoices(BaseChooseView):
    """What the chooser lists: the exercise, where it works, how it starts, how much; none that is withdrawn."""

    filter_form_class = ExerciseFilterForm
    ordering = "title"
    per_page = 12

    def get_object_list(self) -> Any:
        """Nothing that is withdrawn: nobody should be given it any more. Without the data figures are drawn from."""
        return super().get_object_list().not_withdrawn().defer("figure")

    def get_filter_form(self) -> ExerciseFilterForm:
        """With the conditions this person may choose."""
        form: ExerciseFilterForm = super().get_filter_form()
        form.fields["condition"].queryset = offered_to(self.request.user)
        return form

    @property
    def columns(self) -> list[Column]:
        """Title and what tells two exercises apart."""
        return [
            PictureColumn("picture", label=_("Picture"), accessor=card_figures, width="1%"),
            self.title_column,
            Column("regions", label=_("Body region"), accessor=region_words),
            Column("position", label=_("Position"), accessor="get_starting_position_display"),
            Column("dosage", label=_("Dosage"), accessor=dosage_line),
            Column("live", label=_("Published"), accessor=lambda exercise: _("Yes") if exercise.live else _("Not yet")),
        ]


class ExerciseChooseView(ChooseViewMixin, CreationFormMixin, _ExerciseChoices):
    """The chooser's window."""


class ExerciseChooseResultsView(ChooseResultsViewMixin, CreationFormMixin, _ExerciseChoices):
    """The chooser's list, on its own."""


class ExerciseChooserViewSet(ChooserViewSet):
    """Choosing one exercise, or many at once."""

    model = ExercisePage
    icon = "pick"
    choose_one_text = _("Choose an exercise")
    choose_another_text = _("Choose another exercise")
    edit_item_text = _("Edit this exercise")
    choose_view_class = ExerciseChooseView
    choose_results_view_class = ExerciseChooseResultsView

    def get_urlpatterns(self) -> list[Any]:
        """Choosing only: an exercise is not written in passing, so the platform's address for that is left out."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


exercise_listing = ExerciseListing("exercises")
exercise_chooser = ExerciseChooserViewSet("exercise_chooser")
