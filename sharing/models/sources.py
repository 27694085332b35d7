"""What a programme may begin with besides single exercises, and what may be made of it afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from wagtail.models import Locale

from clinical.models import NoteTarget
from clinical.pages.asking import asked_first
from clinical.publishing.origins import keys_of
from clinical.words.exercising import ExerciseKind
from exercises.dosage import FIELDS
from exercises.dosage_fields import DosageError
from exercises.frequency import FREQUENCY
from exercises.models import ExercisePage
from exercises.querysets import works
from routines.models.indexes import RoutineIndexPage
from routines.models.routines import RoutineCondition, RoutineItem, RoutinePage
from sharing.models.links import ShareLink
from sharing.models.programme_items import ProgrammeItem
from sharing.models.programmes import MOST_ITEMS, Programme

if TYPE_CHECKING:
    from clinical.models import User


#: How often, where nobody has said anything else.
USUALLY: dict[str, Any] = {"sessions_per_day": 1, "days_per_week": 7}


def begun(by: User, **values: Any) -> Programme:
    """A programme with nothing in it yet, in the language of the site; it is not saved."""
    return Programme(**{"created_by": by, "locale": Locale.get_default(), **USUALLY, **values})


def take_routine(programme: Programme, routine: RoutinePage) -> list[str]:
    """Add all of a routine: its exercises with their doses and cues, which were reviewed, and what it is for.

    Raises ``ValidationError`` where safety notes hang on the routine itself, which its exercises would not bring along.
    Says what is not taken along.
    """
    refuse_notes_of_its_own(routine)
    _as_often(programme, routine, routine.weeks_most or routine.weeks)
    items, left = _taken(routine.items.with_exercises(), with_line=True)
    programme.add(items)
    programme.name_conditions(routine.condition_uses.values_list("tag", flat=True))
    return [*left, *_asks_left(routine)]


def fitting_warm_up(programme: Programme) -> ExercisePage | None:
    """A warm-up readers may see, for a body region that the programme works, and not in it yet. Two queries.

    Of several the one for the most of these regions, then by title.
    """
    held = list(programme.items.values_list("exercise", "exercise__body_regions"))
    regions = {region for _key, found in held for region in found}
    fits = Q()
    for region in regions:
        fits |= works(region)
    warm_ups = ExercisePage.objects.shown().filter(kind=ExerciseKind.WARM_UP, locale_id=programme.locale_id)
    others = warm_ups.exclude(pk__in=[key for key, _found in held]).filter(fits) if regions else warm_ups.none()
    return min(others, key=lambda page: (-len(regions.intersection(page.body_regions)), page.title), default=None)


def take_template(programme: Programme, template: Programme) -> list[str]:
    """Add all of a template. Says what is not taken along."""
    _as_often(programme, template, template.weeks)
    items, left = _taken(template.items.with_exercises(), with_line=False)
    programme.add(items)
    programme.name_conditions(template.conditions)
    return left


@transaction.atomic
def follow_up(link: ShareLink, by: User) -> tuple[Programme, list[str]]:
    """A programme that begins with what a link gave, doses and lines included, and what of it could not be taken along.

    Raises ``ValidationError`` where the link was made of a routine that has safety notes of its own, or is withdrawn.
    """
    given, asks = link.given, []
    if isinstance(given, RoutinePage):
        refuse_notes_of_its_own(given)
        asks = _asks_left(given)
    programme = begun(
        by,
        locale_id=given.locale_id,
        weeks=given.weeks_most or given.weeks,
        follows=link,
        **link.often().frequency_values(),
    )
    programme.save()
    items, left = _taken(link.items.with_exercises().filter(is_left_out=False), with_line=True)
    programme.add(items[:MOST_ITEMS])
    programme.name_conditions(given.condition_uses.values_list("tag", flat=True))
    return programme, [*left, *(_not_taken(item) for item in items[MOST_ITEMS:]), *asks]


def refuse_notes_of_its_own(routine: RoutinePage) -> None:
    """Raise ``ValidationError`` for a routine whose exercises alone would be without notes that hang on all of it."""
    notes = NoteTarget.objects.in_force().filter(content_key__in=keys_of(routine))
    if routine.is_withdrawn():
        raise ValidationError(gettext("This routine is withdrawn. Choose another one."))
    if routine.chosen_despite or notes.exists():
        words = gettext(
            "“%s” has safety notes of its own, which its exercises do not bring along. Share it as a routine."
        )
        raise ValidationError(words % routine.title)


def _asks_left(routine: RoutinePage) -> list[str]:
    """That a routine itself asks some people to check first, which its exercises say only of themselves."""
    if not asked_first(routine):
        return []
    words = gettext("Not taken along: whom “%s” as a whole asks to check first. Read it there, and ask this patient.")
    return [words % routine.title]


def _as_often(programme: Programme, source: Any, weeks: int | None) -> None:
    """Done as often, and for as many weeks, as what it begins with; what was begun already keeps its own."""
    if programme.items.exists():
        return
    programme.weeks = programme.weeks or weeks
    often = source.often()
    for name, value in often.frequency_values().items() if often.is_whole else ():
        setattr(programme, name, value)
    programme.save()


def _taken(rows: Iterable[Any], *, with_line: bool) -> tuple[list[ProgrammeItem], list[str]]:
    """What can be taken of these rows, without lines that name somebody; and which cannot, since they do not fit."""
    items, left = [], []
    for row in rows:
        try:
            item = ProgrammeItem.like(row, with_line=with_line)
            item.forget_names()
            item.check_fields()
        except (ValidationError, DosageError):
            left.append(_not_taken(row))
        else:
            items.append(item)
    return items, left


def _not_taken(row: Any) -> str:
    return gettext("Not taken along: “%s”. Add it from the catalogue.") % row.exercise.title


def keep_as_template(programme: Programme, name: str, *, is_for_everybody: bool) -> Programme:
    """Keep exercises, order, sides and doses, and what they are for; never a line, a label or a note."""
    kept = {field: getattr(programme, field) for field in ("created_by", "locale", "weeks", *FREQUENCY)}
    template = Programme(kept_as=name, is_for_everybody=is_for_everybody, **kept)
    template.full_clean()
    template.save()
    template.add([ProgrammeItem.like(item, with_line=False) for item in programme.items.with_exercises()])
    template.name_conditions(programme.conditions)
    return template


def routine_of(programme: Programme, index: RoutineIndexPage, by: User) -> RoutinePage:
    """A draft of a routine with the same exercises and doses, to be written and reviewed as any other."""
    day = date_format(timezone.localdate(), "j F Y")
    routine: Any = RoutinePage(
        title=gettext("Routine from a programme, %s") % day,
        owner=by,
        author=by,
        live=False,
        weeks=programme.weeks,
        **{name: getattr(programme, name) for name in FREQUENCY},
    )
    named = ("exercise_id", "sort_order", "phase", "side", "from_week", "to_week", *FIELDS)
    routine.items = [
        RoutineItem(**{name: getattr(item, name) for name in named}) for item in programme.items.with_exercises()
    ]
    routine.condition_uses = [RoutineCondition(tag_id=number) for number in programme.conditions]
    index.add_child(instance=routine)
    routine.save_revision(user=by, log_action=True, clean=False)
    return routine
