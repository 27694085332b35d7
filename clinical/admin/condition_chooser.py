"""The chooser of conditions in the editors: it offers what its reader may choose, and names what is only proposed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsViewMixin, ChooseViewMixin, CreationFormMixin
from wagtail.snippets.views.chooser import BaseSnippetChooseView, SnippetChooserViewSet

from clinical.admin.listings import found_by
from clinical.models import Condition
from clinical.notes.offered_conditions import offered_to


class ConditionFilterForm(SearchFilterMixin, BaseFilterForm):
    """Search by words; what is offered need not be known to the search."""

    def filter(self, objects: Any) -> Any:
        """What is found among what is offered."""
        words = self.cleaned_data.get("q", "")
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return objects.filter(pk__in=found_by(words, Condition))


class _ConditionChoices(BaseSnippetChooseView):
    """What the chooser lists."""

    filter_form_class = ConditionFilterForm

    def get_object_list(self) -> Any:
        """The conditions that are offered to whoever looks."""
        return offered_to(self.request.user)

    @property
    def columns(self) -> list[Column]:
        """Its name, and whether a colleague has agreed to it yet."""
        proposed = Column("proposed", label=_("Status"), accessor=lambda it: _("Proposed") if it.is_proposed else "")
        return [*super().columns, proposed]


class ConditionChooseView(ChooseViewMixin, CreationFormMixin, _ConditionChoices):
    """The chooser's window."""


class ConditionChooseResultsView(ChooseResultsViewMixin, CreationFormMixin, _ConditionChoices):
    """The chooser's list, on its own."""


class ConditionChooserViewSet(SnippetChooserViewSet):
    """Choosing a condition, in a page or a note."""

    choose_view_class = ConditionChooseView
    choose_results_view_class = ConditionChooseResultsView
