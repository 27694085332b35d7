"""Putting a programme together: the catalogue on one side, what was chosen on the other, on one screen.

Every button sends the whole form, so that nothing typed is lost by adding another exercise. Scripts make it quicker and
are not needed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from clinical.people.accounts import SignedInRequest
from exercises.choices import Laterality, Side
from exercises.dosage import FIELDS
from exercises.frequency import Frequency
from exercises.frequency_words import frequency
from routines.models import RoutineIndexPage
from sharing.models import Programme, ProgrammeItem, ShareLinkItem, issue
from sharing.models.sharing_refusals import NOTHING_SAID, judged
from sharing.models.sources import USUALLY, begun, routine_of
from sharing.views.basket_acts import ActsMixin
from sharing.views.basket_forms import MORE, ItemForm, WholeForm
from sharing.views.forms import GivingForm
from sharing.views.giving_programme import carried
from sharing.views.making import MAY_SHARE, already_given, link_shown_once
from sharing.views.offers import SOURCES, offers

#: The columns of an item that the screen may change.
_CHANGEABLE = ("side", "sort_order", *MORE, *FIELDS)


#: How many programmes that were begun are offered to be gone on with.
MOST_LEFT_LYING = 5
#: By how many exercises each is named.
TITLES_TO_KNOW_IT_BY = 2


class ProgrammeScreen(ActsMixin, WagtailAdminTemplateMixin, View):
    """The one screen. Without a programme yet, the first exercise that is added begins one."""

    request: SignedInRequest

    page_title = gettext_lazy("New programme")
    header_icon = "list-ul"
    template_name = "sharing/admin/programme.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for whoever may make links, and only what they have begun themselves."""
        if not request.user.has_perm(MAY_SHARE):
            return permission_denied(request)
        if "pk" in kwargs and (given := already_given(self.request, kwargs["pk"])):
            return given
        own = Programme.objects.begun_by(self.request.user)
        self.programme = get_object_or_404(own, pk=kwargs["pk"]) if "pk" in kwargs else None
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Under the list of links."""
        links = {"url": reverse("sharing_links"), "label": _("Share links")}
        return [*super().get_breadcrumbs_items(), links, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def items(self) -> list[ProgrammeItem]:
        """What was chosen, in order."""
        return list(self.programme.items.with_exercises()) if self.programme else []

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The screen as it stands."""
        whole = WholeForm(instance=self.programme, person=self.request.user)
        return self._screen([ItemForm(item) for item in self.items], whole)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was typed, then do what was asked. What is removed goes first, whatever else is at fault."""
        posted = request.POST
        if "return" in posted:
            return self.get(request)
        self._remove(posted)
        forms = [ItemForm(item, data=posted) for item in self._sent(posted)]
        person = self.request.user
        whole = WholeForm(posted, instance=self.programme or begun(person), person=person)
        is_complete = all([whole.is_valid(), *(form.is_valid() for form in forms)])
        if not is_complete:
            return self._screen(forms, whole)
        whole.keep()
        self.programme = whole.instance
        self._keep(posted)
        if {"give", "link"} & set(posted) and self._is_refused():
            return self._back(posted)
        if {"give", "link"} & set(posted) and carried(posted):
            address = reverse("sharing_programme_give", args=[self.known.pk])
            return HttpResponseRedirect(address, preserve_request=True)
        if "link" in posted:
            return self._link(request)
        self.do(posted)
        if "routine" in posted:
            return self._routine(request)
        if "give" in posted:
            return redirect("sharing_programme_give", self.programme.pk)
        return self._back(posted)

    def _is_refused(self) -> bool:
        """Whether anything stands against giving it, which is then told here, where it can be mended."""
        said = judged(self.known, sorted(self.items, key=lambda item: item.sort_order))
        words = dict.fromkeys([*said.of_all, *(each for at in said.at.values() for each in at)])
        for each in words:
            messages.error(self.request, each)
        return bool(words)

    def _begun(self) -> list[Any]:
        """What was begun before and left lying, beside an empty screen."""
        if self.programme:
            return []
        left = Programme.objects.begun_by(self.request.user).annotate(count=Count("items")).filter(count__gt=0)
        shown = list(left.order_by("-changed_at")[:MOST_LEFT_LYING])
        rows = ProgrammeItem.objects.filter(programme__in=shown).order_by("sort_order", "pk")
        titles: dict[int, list[str]] = {}
        for key, title in rows.values_list("programme", "exercise__title"):
            titles.setdefault(key, []).append(title)
        return [(each, ", ".join(titles[each.pk][:TITLES_TO_KNOW_IT_BY]), each.count) for each in shown]

    def _remove(self, posted: QueryDict) -> None:
        """Remove an item: it need not be right, and nor need the others."""
        gone = [item for item in self.items if str(item.pk) == posted.get("remove")]
        if gone:
            self.known.items.filter(pk__in=[item.pk for item in gone]).delete()
            self.items = [item for item in self.items if item not in gone]

    def _sent(self, posted: QueryDict) -> list[ProgrammeItem]:
        """The items the form knew of, in the order it had."""
        places = {pk: place for place, pk in enumerate(posted.getlist("order"))}
        sent = [item for item in self.items if str(item.pk) in places]
        return sorted(sent, key=lambda item: places[str(item.pk)])

    def _keep(self, posted: QueryDict) -> None:
        """Save the items as they were sent; what another tab has added comes after them."""
        sent = self._sent(posted)
        others = [item for item in self.items if item not in sent]
        rows = _moved([*sent, *others], posted.get("up"), posted.get("down"))
        side = posted.get("side_all")
        for number, item in enumerate(rows, start=1):
            item.sort_order = number
            if side in Side.values and item.exercise.laterality == Laterality.UNILATERAL == Side(side).fits:
                item.side = side
        ProgrammeItem.objects.bulk_update(rows, _CHANGEABLE)
        Programme.objects.filter(pk=self.known.pk).update(changed_at=timezone.now())

    def _routine(self, request: HttpRequest) -> HttpResponse:
        """A draft of a routine, in the editor."""
        index = get_object_or_404(RoutineIndexPage, locale_id=self.known.locale_id)
        if not index.permissions_for_user(request.user).can_add_subpage():
            return permission_denied(request)
        routine = routine_of(self.known, index, self.request.user)
        messages.success(request, _("A draft. Say what it is for, and submit it for review."))
        return redirect("wagtailadmin_pages:edit", routine.pk)

    def _link(self, request: HttpRequest) -> HttpResponse:
        """The link at once, with the usual end and without a note: of what this window showed, and nothing else."""
        programme = self.known
        if {str(item.pk) for item in self.items} != set(request.POST.getlist("order")):
            messages.error(request, _("Another window has changed what this patient is given. Look at it again."))
            return redirect("sharing_programme", programme.pk)
        rows = [ShareLinkItem.kept_of(item, number) for number, item in enumerate(programme.items.with_exercises())]
        try:
            ends = programme.ends_when_given()
            issued = issue(programme, self.request.user, rows, ends=ends, **GivingForm.usual_values(programme))
        except ValidationError as error:
            for text in error.messages:
                messages.error(request, text)
            return redirect("sharing_programme", programme.pk)
        return link_shown_once(request, issued)

    def _back(self, posted: QueryDict) -> HttpResponse:
        """To the same screen, with the same search; at once where something is carried, which no address may hold."""
        if carried(posted):
            self.__dict__.pop("items", None)
            return self.get(self.request)
        asked = QueryDict(posted.get("back", "")[:1000]).urlencode()
        address = reverse("sharing_programme", args=[self.known.pk])
        return redirect(f"{address}?{asked}" if asked else address)

    @property
    def _place(self) -> str:
        """The address of this screen."""
        if self.programme is None:
            return reverse("sharing_programme_new")
        return reverse("sharing_programme", args=[self.programme.pk])

    def _screen(self, forms: list[ItemForm], whole: WholeForm) -> HttpResponse:
        locale_id = self.programme.locale_id if self.programme else Locale.get_default().pk
        faulty = {form.row.pk for form in forms if form.errors}
        said = judged(self.programme, self.items, unread=faulty) if self.programme and self.items else NOTHING_SAID
        return self.render_to_response(
            self.get_context_data(
                programme=self.programme,
                place=self._place,
                rows=[(form, said.at.get(form.row.pk, [])) for form in forms],
                whole=whole,
                of_all=said.of_all,
                warm_up_for=said.warm_up_for,
                is_faulty=bool(faulty or whole.errors),
                one_sided=sum(item.exercise.laterality == Laterality.UNILATERAL for item in self.items),
                found=offers(self.request.GET, locale_id, self.request.user),
                sources=SOURCES,
                source=self.request.GET.get("from", ""),
                asked=self.request.GET,
                begun=self._begun(),
                ends=self.programme.ends_when_given() if self.programme else None,
                how_often=frequency(self.programme.often() if self.programme else Frequency(**USUALLY)),
                carried=carried(self.request.POST, sorted(self.items, key=lambda item: item.sort_order)),
                back=self.request.POST.get("back", self.request.GET.urlencode()),
            )
        )


def _moved(items: list[ProgrammeItem], up: str | None, down: str | None) -> list[ProgrammeItem]:
    """The items with one of them a place higher or lower."""
    keys = [str(item.pk) for item in items]
    if up in keys[1:]:
        place = keys.index(up)
        items[place - 1], items[place] = items[place], items[place - 1]
    if down in keys[:-1]:
        place = keys.index(down)
        items[place], items[place + 1] = items[place + 1], items[place]
    return items
