"""What a programme may begin with besides single exercises, and what may be made of it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from wagtail.models import Locale

from exercises.dosage import FIELDS
from exercises.frequency import FREQUENCY
from routines.models.indexes import RoutineIndexPage
from routines.models.routines import RoutineCondition, RoutineItem, RoutinePage
from sharing.models.links import ShareLink
from sharing.models.programme_items import ProgrammeItem
from sharing.models.programmes import Programme

if TYPE_CHECKING:
    from clinical.models import User


#: How often, where nobody has said anything else.
USUALLY: dict[str, Any] = {"sessions_per_day": 1, "days_per_week": 7}


def begun(by: User, **values: Any) -> Programme:
    """A programme with nothing in it yet, in the language of the site."""
    return Programme.objects.create(**{"created_by": by, "locale": Locale.get_default(), **USUALLY, **values})


def take_routine(programme: Programme, routine: RoutinePage) -> None:
    """Add all of a routine: its exercises with their doses and cues, which were reviewed, and what it is for."""
    programme.add([ProgrammeItem.like(item, with_line=True) for item in routine.items.with_exercises()])
    programme.name_conditions(routine.condition_uses.values_list("tag", flat=True))


def take_template(programme: Programme, template: Programme) -> None:
    """Add all of a template."""
    programme.add([ProgrammeItem.like(item, with_line=False) for item in template.items.with_exercises()])
    programme.name_conditions(template.conditions)


def follow_up(link: ShareLink, by: User) -> Programme:
    """A programme that begins with what a link gave, doses and lines included, to be progressed or reduced."""
    given = link.given
    values = {"locale_id": given.locale_id, "weeks": given.weeks, **link.often().frequency_values()}
    programme = begun(by, **values)
    rows = link.items.with_exercises().filter(is_left_out=False)
    programme.add([ProgrammeItem.like(row, with_line=True) for row in rows])
    programme.name_conditions(given.condition_uses.values_list("tag", flat=True))
    return programme


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
