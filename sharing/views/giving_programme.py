"""Handing a programme to its patient, and the way back to its exercises with all that was typed.

What is typed here is carried from screen to screen in the forms themselves: a note is no business of an address, and
none of the database's before it is given.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from clinical.serving.write_lock import write_lock
from exercises.dosage import FIELDS
from exercises.frequency import FREQUENCY
from routines.item_weeks import WEEKS
from sharing.models import Programme, ProgrammeItem
from sharing.views.forms import ENDS_EARLIER, ExerciseForm, GivingForm
from sharing.views.making import MAY_SHARE, ShareRoutine, already_given

#: What is carried, and what its fields begin with on the screen of the exercises.
CARRIED = (*FREQUENCY, "days", "note", ENDS_EARLIER)
PREFIX = "carried-"
#: A longer note is refused anyway.
_LONGEST = 5_000


def carried(posted: QueryDict) -> dict[str, str]:
    """What was typed on the share screen, as the screen of the exercises was sent it or sends it on; or nothing."""
    prefix = "" if "return" in posted else PREFIX
    return {name: str(posted[prefix + name])[:_LONGEST] for name in CARRIED if prefix + name in posted}


class ShareProgramme(ShareRoutine):
    """The same of a programme that the practitioner has put together and not yet given."""

    def dispatch(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """What was given once, by this window or another, leads to its link."""
        given = already_given(self.request, pk) if self.request.user.has_perm(MAY_SHARE) else None
        return given or super().dispatch(request, pk=pk)

    def get_given(self, pk: int) -> Programme:
        """Nobody else's: it is no text of the practice's."""
        return get_object_or_404(Programme.objects.begun_by(self.request.user), pk=pk)

    def other_languages(self) -> list[tuple[str, str]]:
        """A combination is in one language."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With a way back."""
        back = reverse("sharing_programme", args=[self.routine.pk])
        return super().get_context_data(may_go_back=True, back=back, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """As ever; or back to the exercises, or from there with what was typed here before."""
        if "return" in request.POST:
            self._keep_doses(self.forms(request.POST)[1])
            address = reverse("sharing_programme", args=[pk])
            return HttpResponseRedirect(address, preserve_request=True)
        if kept := carried(request.POST):
            form = GivingForm(self.routine, data={**kept, "preview": "1"})
            return self.screen(form, self.forms(None)[1], is_complete=form.is_valid())
        return super().post(request, pk)

    def _keep_doses(self, exercises: list[ExerciseForm]) -> None:
        """The figures that were typed are the programme's; those that cannot be done are named."""
        items = list(self.routine.items.with_exercises())
        changed, lost = [], []
        for item, form in zip(items, exercises, strict=True):
            if not any(name.startswith(f"{form.prefix}-") for name in form.data):
                continue
            if not form.is_valid():
                lost.append(item.exercise.title)
                continue
            for name in {*FIELDS, *WEEKS} & set(form.fields):
                setattr(item, name, getattr(form.row, name))
            changed.append(item)
        with write_lock():
            ProgrammeItem.objects.bulk_update(changed, [*FIELDS, *WEEKS])
        if lost:
            told = _("Not kept, since it cannot be done so: how much of %s.")
            messages.warning(self.request, told % ", ".join(lost))
