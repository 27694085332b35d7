"""The blocks an exercise is written in: its steps. Plain text, so that every output can carry it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.compare import StructBlockComparison, get_comparison_class_for_block
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from clinical.admin.comparing_media import ChosenMediaComparison
from clinical.publishing.blocks import LosesNothing
from clinical.words.choices import StepKind


class StepComparison(StructBlockComparison):
    """Two versions of a step, under what kind of step it is: notes stand beside steps by their kind."""

    def htmlvalue(self, val: Any) -> str:
        """A step that was added, taken away or is as it was."""
        return self._under_its_kind(val, val, lambda compared, value: compared.htmlvalue(value))

    def htmldiff(self) -> str:
        """A step that was changed."""
        return self._under_its_kind(self.val_a, self.val_b, lambda compared, _value: compared.htmldiff())

    def _under_its_kind(self, before: Any, after: Any, said: Callable[[Any, Any], str]) -> str:
        """Its kind, then what it says; nothing of a picture it does not have."""
        rows = [
            (block.label, said(self._compared(block, before[name], after[name]), after[name]))
            for name, block in self.block.child_blocks.items()
            if before[name] or after[name]
        ]
        told = format_html_join("\n", "<dt>{}</dt>\n<dd>{}</dd>", rows)
        return format_html("<p><strong>{}</strong></p>\n<dl>\n{}\n</dl>", self.block.label, told)

    def _compared(self, block: Any, before: Any, after: Any) -> Any:
        is_media = isinstance(block, blocks.ChooserBlock)
        found = ChosenMediaComparison if is_media else get_comparison_class_for_block(block)
        return found(block, self.exists_a, self.exists_b, before, after)


class StepBlock(blocks.StructBlock):
    """One thing to do, in one or two short sentences, with a picture where words are not enough."""

    text = blocks.TextBlock(
        label=_("What to do"),
        rows=2,
        max_length=2000,
        help_text=_(
            "One or two short sentences, starting with a verb. Leave numbers to the dosage, and the other side to the "
            "site: it tells readers to change over where they are to."
        ),
    )
    picture = ImageChooserBlock(
        required=False, help_text=_("Its alternative text is read out to those who cannot see it.")
    )
    pose = blocks.CharBlock(
        required=False,
        max_length=60,
        help_text=_("The key of a pose of this exercise’s figure, such as start or end; shown small beside the step."),
    )

    video = SnippetChooserBlock(
        "exercises.Video", required=False, help_text=_("With captions and a transcript; it never plays by itself.")
    )

    def get_comparison_class(self) -> type[StepComparison]:
        """How two versions of it are shown beside each other."""
        return StepComparison

    class Meta:
        icon = "list-ul"
        label_format = "{text}"
        template = "exercises/blocks/step.html"


_HELP = {
    StepKind.SET_UP: _("Getting into place, and what must be within reach."),
    StepKind.MOVE: _("The movement into the stretch or effort."),
    StepKind.HOLD: _("Staying there: what to feel, what not to force."),
    StepKind.CONTRACT: _("Pushing against something that does not give: how hard, against what."),
    StepKind.RELAX: _("Letting go of the push, before going further."),
    StepKind.BREATHE: _("How to breathe meanwhile."),
    StepKind.RETURN: _("The way back."),
}


class StepsBlock(LosesNothing):
    """An exercise's steps in order; the kind of each lets a safety note stand beside it.

    The names of these blocks are kept for ever.
    """

    set_up = StepBlock(label=StepKind.SET_UP.label, help_text=_HELP[StepKind.SET_UP])
    move = StepBlock(label=StepKind.MOVE.label, help_text=_HELP[StepKind.MOVE])
    hold = StepBlock(label=StepKind.HOLD.label, help_text=_HELP[StepKind.HOLD])
    contract = StepBlock(label=StepKind.CONTRACT.label, help_text=_HELP[StepKind.CONTRACT])
    relax = StepBlock(label=StepKind.RELAX.label, help_text=_HELP[StepKind.RELAX])
    breathe = StepBlock(label=StepKind.BREATHE.label, help_text=_HELP[StepKind.BREATHE])
    # "return" is a word of Python, so this one is added by name.

    class Meta:
        icon = "list-ul"


StepsBlock.base_blocks["return"] = StepBlock(label=StepKind.RETURN.label, help_text=_HELP[StepKind.RETURN])
StepsBlock.base_blocks["return"].set_name("return")
