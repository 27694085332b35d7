"""The register of consents in the admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from clinical.admin.bringing_back import AddSnippet
from clinical.admin.editing import EditPlainSnippet
from clinical.pictures.consents import WrittenConsent
from clinical.withdrawal.deleting import DeleteSnippet


def status(consent: WrittenConsent) -> Any:
    """Whether what it was given for may be shown."""
    if consent.is_taken_back:
        return _("taken back")
    return _("ended") if consent.is_over else _("holds")


class AddConsent(AddSnippet):
    """A new consent, looked after by whoever writes it down unless they say who else."""

    def get_initial_form_instance(self) -> WrittenConsent:
        """One that is theirs."""
        consent: Any = super().get_initial_form_instance() or WrittenConsent()
        consent.looked_after_by = self.request.user
        return consent


class ChoosingOnlyViewSet(SnippetChooserViewSet):
    """A chooser in which nothing is written in passing: it has more to it than fits there."""

    def get_urlpatterns(self) -> list[Any]:
        """Without the platform's address for writing."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class WrittenConsentViewSet(SnippetViewSet):
    """Consents by their number; those that end first can be sorted to the top."""

    model = WrittenConsent
    copy_view_enabled = False
    add_view_class = AddConsent
    edit_view_class = EditPlainSnippet
    delete_view_class = DeleteSnippet
    delete_template_name = DeleteSnippet.template_name
    chooser_viewset_class = ChoosingOnlyViewSet
    icon = "clipboard-list"
    menu_label = _("Consents")
    list_per_page = 50
    list_display = [
        "reference",
        Column("ends_on", label=_("Last day"), sort_key="ends_on"),
        StatusTagColumn("status", label=_("Status"), accessor=status, primary=lambda consent: not consent.is_over),
    ]
    panels = [
        FieldPanel("reference"),
        FieldRowPanel([FieldPanel("ends_on"), FieldPanel("is_taken_back")]),
        FieldPanel("looked_after_by"),
    ]
