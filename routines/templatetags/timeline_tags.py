"""The exercises of a routine, a row each. There may be forty, so rows are put together here, not by a template each."""

from __future__ import annotations

from html import escape

from django import template
from django.utils.safestring import SafeString

from clinical.safety.parts import alone
from clinical.safety.rules import EffectiveNote
from clinical.safety.sheet import SafetyBoard
from clinical.templatetags.beside_tags import beside
from clinical.templatetags.symbol_tags import drawing, sign, symbol
from exercises.sheet import ExerciseSheet
from routines.sheet import RoutineSheetItem

register = template.Library()


@register.simple_tag
def timeline_row(
    item: RoutineSheetItem, notes: tuple[EffectiveNote, ...], board: SafetyBoard, is_shared: bool = False
) -> SafeString:
    """One exercise with the notes at its row; ``is_shared`` where it stands below on the same page.

    There its dose is not said once more: it is in the list of today, and beside how to do it.
    What authors have written is escaped here.
    """
    exercise, number = item.exercise, item.number
    stage = alone(f"drawing of “{exercise.title}”", lambda: _stage(exercise), SafeString(""))
    address = f"#exercise-{number}" if is_shared else exercise.url
    title = escape(exercise.title)
    title = f'<a href="{escape(address)}">{title}</a>' if address else title
    words = item.cue or exercise.purpose
    wide = " row--wide" if exercise.figure and exercise.figure.is_wide else ""
    said = f"<p>{escape(words)}</p>\n" if words else ""
    dose = f'<p class="row__dosage">{symbol("clock")} <span>{escape(item.dosage_words)}</span></p>'
    pain = f"\n<p>{escape(item.pain_words)}</p>" if item.pain_words else ""
    return SafeString(
        f'<span class="timeline__number" aria-hidden="true">{number}</span>\n'
        f'<article class="row{wide}">\n<div class="row__stage" aria-hidden="true">{stage}</div>\n'
        f'<div class="row__body">\n'
        f'<h4><span class="visually-hidden">{number}. </span>{title}</h4>\n{said}'
        f"{'' if is_shared else dose}{pain}\n</div>\n"
        f'<p class="row__time">{escape(item.duration_words)}</p>\n'
        f'<div class="row__notes">{beside(notes, board, [ask for ask in exercise.asks if ask.text])}</div>\n</article>'
    )


def _stage(exercise: ExerciseSheet) -> SafeString:
    return drawing(exercise.figure.end) if exercise.figure else sign(exercise.position.value)
