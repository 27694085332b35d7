"""The screen on which somebody chooses what the words of other projects mean here; the next file uses it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinical.serving.write_lock import write_lock
from library.foreign.meanings import USUAL, VOCABULARIES
from library.models import ForeignWord
from library.uploading.loaders import ForLoaders

#: What the form says for a word that means nothing of ours, and for one nobody has decided on.
NOTHING, UNDECIDED = "-", ""


class Asked(NamedTuple):
    """One word, what may be chosen for it, and what holds now."""

    row: ForeignWord
    now: str
    choices: list[tuple[str, str]]


class ForeignWords(ForLoaders, WagtailAdminTemplateMixin, ListView):
    """Every word that stood in a file: those without a meaning first, of these the ones that most records use."""

    template_name = "library/admin/words.html"
    page_title = gettext_lazy("Words of other projects")
    header_icon = "upload"
    paginate_by = 50
    paginator_class = WagtailPaginator
    page_kwarg = "p"

    def get_queryset(self) -> Any:
        """In the order they are to be looked at. One query for all: there are hundreds at most."""
        return sorted(ForeignWord.objects.all(), key=lambda row: (_now(row) != UNDECIDED, -row.records, row.word))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the desk."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words of this page of the list, and how many of all have no meaning yet."""
        context = super().get_context_data(**kwargs)
        undecided = sum(_now(row) == UNDECIDED for row in self.object_list)
        return {**context, "asked": [_asked(row) for row in context["page_obj"]], "undecided": undecided}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what was chosen; a word that is not named stays as it was."""
        sent = {int(name[5:]): value for name, value in request.POST.items() if _names_a_word(name)}
        with write_lock():
            rows = [row for row in ForeignWord.objects.filter(pk__in=sent) if _choose(row, str(sent[row.pk]))]
            ForeignWord.objects.bulk_update(rows, ["meaning", "is_chosen"])
        messages.success(request, _("Kept. The next file that is checked or loaded uses it."))
        return HttpResponseRedirect(request.get_full_path())


def _names_a_word(name: str) -> bool:
    return name.startswith("word-") and name[5:].isascii() and name[5:].isdigit() and len(name) < 20


def _now(row: ForeignWord) -> str:
    """What holds of a word, as the form says it."""
    meaning = row.meaning if row.is_chosen else USUAL.get((row.sort, row.word))
    return UNDECIDED if meaning is None else meaning or NOTHING


def _asked(row: ForeignWord) -> Asked:
    ours = [(value, str(label)) for value, label in VOCABULARIES[row.sort].choices]
    return Asked(row, _now(row), [(UNDECIDED, _("Not decided")), (NOTHING, _("Nothing of ours")), *ours])


def _choose(row: ForeignWord, said: str) -> bool:
    """Whether something else was chosen than held; what is no choice of its sort changes nothing."""
    if said == _now(row) or said not in {UNDECIDED, NOTHING, *VOCABULARIES[row.sort].values}:
        return False
    row.is_chosen = said != UNDECIDED
    row.meaning = "" if said in {UNDECIDED, NOTHING} else said
    return True
