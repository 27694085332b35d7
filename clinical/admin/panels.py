"""Panels shared by everything clinical: provenance, evidence rows, and the safety notes in force."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, Panel

from clinical.safety.budgets import EXERCISE, ROUTINE, budget_warnings, card_warnings, without_short_sign
from clinical.safety.sheet import MissingSafety, SafetyBoard

T = TypeVar("T")


class NotesInForcePanel(Panel):
    """Read-only: every note readers of this page see, why each is there, and a way to write another for it."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one page being edited."""

        template_name = "clinical/panels/notes_in_force.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The board of the page as it was last saved, with what an author should thin out."""
            context = super().get_context_data(parent_context)
            page = self.instance
            can_write = self.request.user.has_perm("clinical.add_safetynote")
            context |= {"page": page, "can_write": can_write, "board": _made(page.board) if page.pk else None}
            return context | (_told(page, context["board"]) if context["board"] else {})


class OriginPanel(Panel):
    """Read-only, on a copy: what it was copied from, and whose that was."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one page being edited."""

        template_name = "clinical/panels/origin.html"

        def is_shown(self) -> bool:
            """Only on a copy."""
            return bool(self.instance.copied_from)


def _told(page: Any, board: SafetyBoard) -> dict[str, Any]:
    """What an author should thin out or put in short, and how much there is to read before the first step."""
    opening = _made(page.opening)
    if opening is None:
        return {"warnings": budget_warnings(board)}
    budget = EXERCISE if page.is_one_exercise else ROUTINE
    counts = ((group.label, group.number) for group in opening.card.groups)
    return {
        "warnings": (*card_warnings(counts, opening.words, budget), *budget_warnings(board)),
        "words": opening.words,
        "most_words": budget.words,
        "without_short_sign": without_short_sign(board, opening.card.joint),
    }


def _made(make: Callable[[], T]) -> T | None:
    """What is made; nothing where it cannot be: whoever is to mend the page needs the form."""
    with suppress(MissingSafety):
        return make()
    return None


def conditions_panel() -> MultiFieldPanel:
    """Conditions as rows, the evidence for each beside it."""
    return MultiFieldPanel(
        [
            HelpPanel(
                _(
                    "A condition here means “used for”. It brings that condition’s safety notes along. "
                    "Say beside each how well the use is supported; “untested” is an honest answer."
                )
            ),
            InlinePanel(
                "condition_uses",
                label=_("condition"),
                panels=[FieldRowPanel([FieldPanel("tag"), FieldPanel("evidence")]), FieldPanel("statement")],
            ),
        ],
        heading=_("Conditions it is used for"),
    )


def safety_panels() -> list[Panel]:
    """What must be true of a reader, and the notes they will see."""
    return [
        FieldPanel("who_it_is_for"),
        FieldPanel("check_first_concerns"),
        FieldPanel("check_first_if"),
        FieldRowPanel([FieldPanel("dos"), FieldPanel("donts")]),
        NotesInForcePanel(heading=_("Safety notes in force")),
    ]


def review_panels() -> list[Panel]:
    """Who stands behind the page, and on what grounds."""
    return [
        OriginPanel(heading=_("Copied from")),
        MultiFieldPanel(
            [
                FieldPanel("review_state", read_only=True),
                FieldRowPanel([FieldPanel("author", read_only=True), FieldPanel("reviewer", read_only=True)]),
                FieldRowPanel([FieldPanel("reviewed_on", read_only=True), FieldPanel("review_due", read_only=True)]),
            ],
            heading=_("Review"),
            help_text=_(
                "Filled in when a colleague who did not write it approves it. Submit it for review when it is ready."
            ),
        ),
        FieldPanel("evidence_summary"),
        InlinePanel(
            "sources",
            label=_("source"),
            panels=[
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("link"), FieldPanel("doi"), FieldPanel("pmid")]),
            ],
        ),
    ]
