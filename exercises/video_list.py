"""Videos in the admin: the list, the editor and the chooser. Who may write them is a matter of permissions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from clinical.admin.bringing_back import AddSnippet
from clinical.admin.consent_list import ChoosingOnlyViewSet
from clinical.admin.editing import EditPlainSnippet
from clinical.serving.before_locking import without_write_lock
from clinical.withdrawal.deleting import DeleteSnippet
from exercises.models.videos import Video


class AddVideo(AddSnippet):
    """A new video. It is read and stored before anybody has to wait; what writes takes its turn itself."""

    @without_write_lock
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer."""
        return super().dispatch(request, *args, **kwargs)


class EditVideo(EditPlainSnippet):
    """The editor of one, in the same way."""

    @without_write_lock
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer."""
        return super().dispatch(request, *args, **kwargs)


class VideoViewSet(SnippetViewSet):
    """Videos by their title."""

    model = Video
    copy_view_enabled = False
    add_view_class = AddVideo
    edit_view_class = EditVideo
    delete_view_class = DeleteSnippet
    delete_template_name = DeleteSnippet.template_name
    chooser_viewset_class = ChoosingOnlyViewSet
    icon = "media"
    menu_label = _("Videos")
    menu_order = 320
    add_to_admin_menu = True
    list_per_page = 50
    list_display = ["title", "author", Column("consent_status", label=_("Consent"), accessor="written_consent")]
    list_select_related = ["written_consent"]
    panels = [
        FieldPanel("title"),
        FieldPanel("file"),
        FieldPanel("poster"),
        MultiFieldPanel(
            [
                HelpPanel(
                    _("No video without both: captions for who does not hear it, a transcript for who does not see it.")
                ),
                FieldPanel("language"),
                FieldPanel("captions"),
                FieldPanel("transcript"),
            ],
            heading=_("In words"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("author"), FieldPanel("licence")]),
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("consent"), FieldPanel("written_consent")]),
            ],
            heading=_("Whose it is, and who agreed"),
        ),
    ]
