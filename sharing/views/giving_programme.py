"""Handing a programme to its patient, and the way back to its exercises with all that was typed.

What is typed here is carried from screen to screen in the forms themselves: a note is no business of an address, and
none of the database's before it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
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

#: The field that carries which exercises of the programme were unticked, by the keys of their rows.
LEFT_OUT = "left_out"
#: What is carried, and what its fields begin with on the screen of the exercises.
CARRIED = (*FREQUENCY, "days", "note", ENDS_EARLIER, LEFT_OUT)
PREFIX = "carried-"
#: A longer note is refused anyway.
_LONGEST = 5_000


def carried(posted: QueryDict, items: Iterable[ProgrammeItem] = ()) -> dict[str, str]:
    """What was typed on the share screen, as the screen of the exercises was sent it or sends it on; or nothing.

    ``items`` are the programme's, in order: those that were unticked there stay so, wherever they are moved here.
    """
    prefix = "" if "return" in posted else PREFIX
    found = {name: str(posted[prefix + name])[:_LONGEST] for name in CARRIED if prefix + name in posted}
    if "return" in posted and (unticked := _unticked(posted, items)):
        found[LEFT_OUT] = " ".join(str(item.pk) for item in unticked)
    return found


def _unticked(posted: QueryDict, items: Iterable[ProgrammeItem]) -> list[ProgrammeItem]:
    keys = keys_sent(posted)
    by_key = {key_of(number, item): item for number, item in enumerate(items, start=1)}
    return [item for key, item in by_key.items() if key in keys and not posted.get(f"{key}-is_given")]


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
            self._leave_out(kept.pop(LEFT_OUT, "").split())
            form = GivingForm(self.routine, data={**kept, "preview": "1"})
            return self.screen(form, self.forms(None)[1], is_complete=form.is_valid())
        return super().post(request, pk)

    def _leave_out(self, keys: list[str]) -> None:
        """Untick these again."""
        items = self.routine.items.order_by("sort_order").values_list("pk", flat=True) if keys else ()
        for row, key in zip(self.rows, items, strict=False):
            row.is_left_out = str(key) in keys

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
        changed, lost = [], []
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
        ProgrammeItem.objects.bulk_update(changed, [*FIELDS, *WEEKS])
        unticked = [item.exercise.title for item in _unticked(self.request.POST, items)]
        stays = _("Left out for this patient, and unticked when you go on: %s. Remove here what is not to come back.")
        for titles, told in ((lost, _("Not kept, since it cannot be done so: how much of %s.")), (unticked, stays)):
            if titles:
                messages.warning(self.request, told % ", ".join(titles))
        if keys_sent(self.request.POST) - by_key.keys():
            messages.warning(self.request, _("Another window changed the list meanwhile. Look at the figures again."))
