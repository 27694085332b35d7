"""The list in the admin of what people say for what the pages say, which reviewers add to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from clinical.admin.bringing_back import AddSnippet
from clinical.admin.editing import EditPlainSnippet
from stretchsite.models import Saying


class SayingViewSet(SnippetViewSet):
    """What is added to the site's own lexicon; who did it stands in the history of each."""

    model = Saying
    copy_view_enabled = False
    add_view_class = AddSnippet
    edit_view_class = EditPlainSnippet
    icon = "search"
    menu_label = _("Words people say")
    add_to_settings_menu = True
    list_display = ["saying", "meaning", UpdatedAtColumn()]
    search_fields = ["saying", "meaning"]
    panels = [FieldPanel("saying"), FieldPanel("meaning"), FieldPanel("language")]

    def register_chooser_viewset(self) -> None:
        """None: nothing on the site chooses one."""
