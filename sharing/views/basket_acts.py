"""What the buttons of a programme's screen do to the programme: add, forget, keep as a template."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from clinical.people.accounts import SignedInRequest
from exercises.dosage_fields import DosageError
from exercises.models import ExercisePage
from routines.choices import Phase
from routines.models import RoutinePage
from sharing.models import Programme, ProgrammeItem
from sharing.models.sources import fitting_warm_up, keep_as_template, take_routine, take_template


def key_sent(posted: QueryDict, button: str) -> int:
    """The key a button sends, or 0."""
    sent = posted.get(button, "")
    return int(sent) if sent.isdecimal() and len(sent) < 19 else 0


class ActsMixin:
    """A screen with a programme that buttons change. Without a programme none of them is pressed."""

    request: SignedInRequest
    programme: Programme | None

    @property
    def known(self) -> Programme:
        """The programme, which is there by the time anything is done to it."""
        if self.programme is None:
            raise ValueError("There is no programme yet.")
        return self.programme

    def do(self, posted: QueryDict) -> None:
        """Add, forget, keep: what the button says. What cannot be done is told."""
        try:
            with transaction.atomic():
                self._add(posted)
        except ObjectDoesNotExist:
            messages.error(self.request, _("This is not there any more. Choose something else."))
        except (ValidationError, DosageError) as error:
            messages.error(self.request, " ".join(getattr(error, "messages", [str(error)])))

    def _tell(self, left: list[str]) -> None:
        """What was not taken along."""
        for words in left:
            messages.warning(self.request, words)

    def _add(self, posted: QueryDict) -> None:
        programme, person = self.known, self.request.user
        of_language = {"locale_id": programme.locale_id}
        if key := key_sent(posted, "add"):
            self._add_exercise(ExercisePage.objects.shown().get(pk=key, **of_language))
        if "warm_up" in posted:
            self._add_warm_up()
        if key := key_sent(posted, "add_routine"):
            self._tell(take_routine(programme, RoutinePage.objects.shown().get(pk=key, **of_language)))
        if key := key_sent(posted, "add_template"):
            self._tell(take_template(programme, Programme.objects.kept_for(person).get(pk=key, **of_language)))
        if key := key_sent(posted, "forget"):
            Programme.objects.forgettable_by(person).get(pk=key).delete()
            messages.success(self.request, _("The template is gone."))
        if "keep" in posted:
            is_for_everybody = posted.get("is_for_everybody") == "on"
            name = posted.get("kept_as", "").strip()
            if not name:
                raise ValidationError(_("Write a name for the template first: it is how you find it again."))
            kept = keep_as_template(programme, name, is_for_everybody=is_for_everybody)
            messages.success(self.request, _("Kept as the template “%s”.") % kept.kept_as)

    def _add_exercise(self, exercise: ExercisePage) -> None:
        """An exercise after the others; a warm-up before them."""
        item = ProgrammeItem.holding(exercise)
        self.known.add([item])
        if item.phase == Phase.WARM_UP:
            self.known.begin_with(item)

    def _add_warm_up(self) -> None:
        """One that fits, where the library has any."""
        fitting = fitting_warm_up(self.known)
        if fitting is None:
            raise ValidationError(
                _("No warm-up for these body regions is published. Choose one from the catalogue, and move it up.")
            )
        self._add_exercise(fitting)
