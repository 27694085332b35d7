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
from sharing.views.forms import ENDS_EARLIER, GivingForm
from sharing.views.making import MAY_SHARE, ShareRoutine, already_given, key_of, keys_sent

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
            self._keep_doses(pk)
            address = reverse("sharing_programme", args=[pk])
            return HttpResponseRedirect(address, preserve_request=True)
        if kept := carried(request.POST):
            form = GivingForm(self.routine, data={**kept, "preview": "1"})
            return self.screen(form, self.forms(None)[1], is_complete=form.is_valid())
        return super().post(request, pk)

    @write_lock()
    def _keep_doses(self, pk: int) -> None:
        """The figures that were typed are the programme's; those that cannot be done are named.

        Another window may have changed the list or given it meanwhile: all is read again under the lock.
        """
        if not Programme.objects.begun_by(self.request.user).filter(pk=pk).exists():
            return
        self.__dict__.pop("rows", None)
        exercises = self.forms(self.request.POST)[1]
        items = self.routine.items.with_exercises().order_by("sort_order")
        by_key = {key_of(number, item): item for number, item in enumerate(items, start=1)}
        changed, lost, unticked = [], [], []
        for form in exercises:
            item = by_key.get(str(form.prefix))
            if item is None or not any(name.startswith(f"{form.prefix}-") for name in form.data):
                continue
            if not form.is_valid():
                lost.append(item.exercise.title)
                continue
            for name in {*FIELDS, *WEEKS} & set(form.fields):
                setattr(item, name, getattr(form.row, name))
            changed.append(item)
            if "is_given" in form.fields and not form.cleaned_data.get("is_given"):
                unticked.append(item.exercise.title)
        ProgrammeItem.objects.bulk_update(changed, [*FIELDS, *WEEKS])
        again = _("%s would be given again from here. Remove what this patient is not to do.")
        for titles, told in ((lost, _("Not kept, since it cannot be done so: how much of %s.")), (unticked, again)):
            if titles:
                messages.warning(self.request, told % ", ".join(titles))
        if keys_sent(self.request.POST) - by_key.keys():
            messages.warning(self.request, _("Another window changed the list meanwhile. Look at the figures again."))
