"""The site's own guide as the Help of the admin: the documents that authors need, read where they work."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinical.outputs.guide_text import GuideText, guide_text

#: The documents that are shown, by the word in their address; each is a file below ``docs/``.
GUIDES = {
    "authors-guide": gettext_lazy("Authors’ guide"),
    "glossary": gettext_lazy("Glossary"),
    "troubleshooting": gettext_lazy("Troubleshooting"),
}
#: The platform's own helps, which are about the platform.
_NOT_OURS = ("whats-new", "editor-guide")


def address_of(written: str) -> str:
    """Where a link of a document leads in the admin; nothing for a document that is not shown here."""
    path, _hash, anchor = written.partition("#")
    name = path.removesuffix(".md")
    if path and (name not in GUIDES or path == name):
        return ""
    return (reverse("clinical_guide", args=[name]) if path else "") + (f"#{anchor}" if anchor else "")


@cache
def _guide(name: str) -> GuideText:
    """A document, read once: the files change with the code."""
    source = (Path(settings.BASE_DIR) / "docs" / f"{name}.md").read_text(encoding="utf-8")
    return guide_text(source, address_of)


class Guide(WagtailAdminTemplateMixin, TemplateView):
    """One of the documents, for everybody who works here."""

    template_name = "clinical/admin/guide.html"
    header_icon = "help"
    page_title = gettext_lazy("Authors’ guide")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it among those that are shown."""
        super().setup(request, *args, **kwargs)
        if kwargs["name"] not in GUIDES:
            raise Http404(_("There is no such guide."))
        self.guide = _guide(kwargs["name"])

    def get_page_title(self) -> str:
        """What it is called in the menu."""
        return str(GUIDES[self.kwargs["name"]])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the desk."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The document, and the others."""
        others = [(reverse("clinical_guide", args=[name]), label) for name, label in GUIDES.items()]
        return {**super().get_context_data(**kwargs), "guide": self.guide, "guides": others}


def _menu_item(name: str, order: int) -> None:
    label = GUIDES[name]

    @hooks.register("register_help_menu_item")
    def item() -> MenuItem:
        """One of the site's own guides."""
        return MenuItem(label, reverse("clinical_guide", args=[name]), name=name, icon_name="help", order=order)


for _order, _name in enumerate(GUIDES):
    _menu_item(_name, _order)


@hooks.register("construct_help_menu")
def without_helps_about_the_platform(request: HttpRequest, menu_items: list[Any]) -> None:
    """Practitioners look for help with exercises; what the platform can do and has news of is for other people."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(_NOT_OURS)]
