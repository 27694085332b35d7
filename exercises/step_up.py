"""A dose that steps up: which figure, by how much, every how many days at the earliest, up to what.

Pure. It never steps up by itself: on the day its reader is asked whether the last time was easy, and only yes makes it
more. A dosage says it in one way, with these fields together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import ceil
from typing import Any

from django.utils.translation import gettext_lazy as _

from exercises.choices import StepsUp
from exercises.dosage_fields import About, DosageError, Figure, choice, described, figure, is_said

#: More steps than these are laid out for no timer; a larger step says the same.
MOST_STEPS = 20


@dataclass(frozen=True, kw_only=True)
class StepUp:
    """What steps up, and how; nothing where the dose stays as it is."""

    steps_up: str = choice(
        StepsUp,
        _("Which figure goes up when it has become easy. The reader is asked each time; it never goes up by itself."),
        verbose_name=_("steps up"),
    )
    steps_up_by: int | None = figure(
        (1, 10_000),
        _("By how much, in the unit of the figure: 1 repetition, 5 seconds, 500 grams."),
        verbose_name=_("steps up by"),
        label_when_sharing=_("Steps up by"),
    )
    steps_up_every_days: int | None = figure(
        (1, 28),
        _("After so many days at the earliest; empty for whenever it has become easy."),
        verbose_name=_("steps up every so many days"),
        label_when_sharing=_("Steps up every so many days"),
    )
    steps_up_to: int | None = figure(
        (2, 30_000),
        _("Up to what: 15 repetitions, 60 seconds. Notes that limit the dose are held against it."),
        verbose_name=_("steps up to"),
        label_when_sharing=_("Steps up to"),
    )

    def top_of(self, name: str) -> int | None:
        """Up to what a figure steps up; nothing where it does not."""
        return self.steps_up_to if name and self.steps_up == name else None

    @property
    def figures_stepped(self) -> tuple[int, ...]:
        """What the figure is after one step, after two, up to the top; empty where nothing steps up."""
        least, by, top = getattr(self, self.steps_up or "steps_up_by"), self.steps_up_by, self.steps_up_to
        if not self.steps_up or by is None or top is None:
            return ()
        return tuple(min(least + by * step, top) for step in range(1, ceil((top - least) / by) + 1))


#: Every field of it with what it is, in order.
OF_STEP_UP = described(fields(StepUp))
#: Their names.
STEP_UP = tuple(OF_STEP_UP)


def check_step_up(values: Mapping[str, Any], described_fields: Mapping[str, About], ranges: Mapping[str, str]) -> None:
    """It is said whole, of a figure that is given, upwards, in not too many steps. Raises ``DosageError``."""
    named, by, top = values["steps_up"], values["steps_up_by"], values["steps_up_to"]
    if not any(is_said(values[name]) for name in STEP_UP):
        return
    if not named:
        figures = {name: name for name in StepsUp.values}
        named_all = ", ".join(f"{{{name}}}" for name in figures)
        raise DosageError("steps_up", f"say which figure steps up: {named_all}.", **figures)
    for name in ("steps_up_by", "steps_up_to"):
        if values[name] is None:
            raise DosageError(name, "say by how much, and up to what: what steps up needs both.")
    least, about = values[named], described_fields[named]
    if least is None:
        told = "give {named} too, or name another figure: it steps up from there."
        raise DosageError("steps_up", told, named=named)
    if values.get(ranges.get(named, "")) is not None:
        raise DosageError(ranges[named], "leave empty: it steps up, and how far is {to}.", to="steps_up_to")
    if isinstance(about, Figure) and not least < top <= about.most:
        raise DosageError("steps_up_to", f"write a number above {least}, up to {about.most}.")
    if by > top - least:
        raise DosageError("steps_up_by", f"write at most {top - least}: it steps up from {least} to {top}.")
    if ceil((top - least) / by) > MOST_STEPS:
        fewest = ceil((top - least) / MOST_STEPS)
        raise DosageError("steps_up_by", f"write at least {fewest}: that would be more than {MOST_STEPS} steps.")
