"""Fields of a form that are rarely needed, folded away under their heading."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import MultiFieldPanel


class FoldedPanel(MultiFieldPanel):
    """Several fields behind one line, for inside a row: the platform folds panels at the top of a form only.

    Nothing is hidden that says something: it stands open where a field of it is filled in, or at fault. Works without
    scripts.
    """

    def __init__(self, *args: Any, summary: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.summary = summary

    def clone_kwargs(self) -> dict[str, Any]:
        """What makes the same panel again."""
        return {**super().clone_kwargs(), "summary": self.summary}

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """The panel in one form."""

        template_name = "clinical/panels/folded.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Whether it is open from the beginning."""
            names = self.panel.get_form_options().get("fields", ())
            said = any(self._says_something(name) for name in names if name in self.form.fields)
            return {**super().get_context_data(parent_context), "is_open": said}

        def _says_something(self, name: str) -> bool:
            return name in self.form.errors or self.form[name].value() not in (None, "", False)

        def js_opts(self) -> dict[str, Any]:
            """To the platform's scripts it is the platform's panel."""
            return {**super().js_opts(), "type": MultiFieldPanel.__name__}
