"""The screens on which a library is uploaded, watched while the worker is at it, and loaded."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinical.people.accounts import SignedInRequest
from library.models.library_upload import LibraryUpload, UploadState, UploadTask
from library.reading import Library
from library.report import LEFT, OUTCOMES, SAME, WAITS
from library.sheets.layout import SHEETS
from library.sheets.tables import with_guard
from library.sheets.writing_sheets import as_csv, as_workbook
from library.uploading.draft_links import addresses_of
from library.uploading.loaders import ForLoaders
from library.uploading.parcels import ENDINGS, MOST_UPLOADED, Finding
from library.uploading.running import ask_for, cancel, take_in

#: So many uploads are listed, the latest first, and so many faults of one shown; the file has all.
MOST_LISTED, MOST_SHOWN = 50, 200
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


#: What the lists of findings are called in the file with the results.
KINDS_OF_FINDINGS = {
    "findings": "to mend before it is loaded",
    "before_publishing": "to mend before it is published",
    "to_know": "to know",
}


#: Of an outcome that is nobody's wish, what lies behind it and what to do.
WHY = {
    LEFT: gettext_lazy("Somebody has edited it here, or taken it off the site, since it was loaded. Edit it here."),
    WAITS: gettext_lazy("It is loaded as a draft; what readers see changes when a colleague approves it."),
}


class Planned(NamedTuple):
    """What would come, or came, of one record."""

    place: str
    row: int
    title: str
    outcome: str
    #: The fields that say something else than before.
    changes: str = ""
    #: Where it is edited, once it is here.
    address: str = ""


class UploadForm(forms.Form):
    """A file with a library."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A spreadsheet (.xlsx or .csv), a library's folder as a .zip, or the exercises of free-exercise-db, "
            "exercemus, wger or OpenTeleRehab (.json, or a .zip of it); 5 MB at most."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    drafts = forms.BooleanField(
        label=gettext_lazy("Load what lacks something as drafts"),
        help_text=gettext_lazy("Each is listed under To complete with what it lacks. Exercises in .json always are."),
        required=False,
    )

    def clean_file(self) -> Any:
        """Refuse at once what the worker would refuse for its size or its name."""
        file = self.cleaned_data["file"]
        if not file.name.casefold().endswith(ENDINGS):
            raise ValidationError(_("Save it as .xlsx, .csv, .zip or .json."))
        if file.size > MOST_UPLOADED:
            raise ValidationError(_("It is larger than 5 MB; load it in parts."))
        return file


class Uploads(ForLoaders, WagtailAdminTemplateMixin, FormView):
    """What was uploaded, and the form to upload more."""

    request: SignedInRequest

    template_name = "library/admin/uploads.html"
    form_class = UploadForm
    page_title = gettext_lazy("Load a library")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the desk."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The latest uploads. Two queries."""
        latest = LibraryUpload.objects.without_files().select_related("by")[:MOST_LISTED]
        return {**super().get_context_data(**kwargs), "uploads": latest, "sheets": SHEETS}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        """Keep it, have it checked, and go where that is seen."""
        file = form.cleaned_data["file"]
        upload = take_in(
            by=self.request.user, name=file.name, raw=file.read(), takes_drafts=form.cleaned_data["drafts"]
        )
        return HttpResponseRedirect(reverse("library_upload", args=[upload.pk]))


class OneUpload(ForLoaders, WagtailAdminTemplateMixin, DetailView):
    """How it stands with one upload, what was found, and what may be done next."""

    template_name = "library/admin/upload.html"
    context_object_name = "upload"
    queryset = LibraryUpload.objects.told().select_related("by")
    page_title = gettext_lazy("Load a library")
    header_icon = "upload"

    def get_page_subtitle(self) -> str:
        """The file."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the uploads, this one."""
        uploads = {"url": reverse("library_uploads"), "label": self.get_page_title()}
        return [*super().get_breadcrumbs_items(), uploads, {"url": "", "label": str(self.object)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was found, as much of it as one can read through."""
        results = self.object.results
        found = {name: findings_in(results, name) for name in ("findings", "before_publishing", "to_know")}
        plan = _planned(results)
        return {
            **super().get_context_data(**kwargs),
            **{name: each[:MOST_SHOWN] for name, each in found.items()},
            "number": len(found["findings"]),
            "plan": [row for row in plan if row.outcome != SAME][:MOST_SHOWN],
            "outcomes": [(number, name) for name in OUTCOMES if (number := sum(row.outcome == name for row in plan))],
            "is_cut": max(len(plan), *map(len, found.values())) > MOST_SHOWN,
            "may_begin": self.object.has_file and not self.object.is_under_way,
            "why": WHY,
            "is_checked": self.object.state == UploadState.CHECKED,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin what was asked for, or cancel it."""
        upload = get_object_or_404(LibraryUpload, pk=kwargs["pk"])
        asked = request.POST.get("do", "")
        if asked == "cancel":
            done = cancel(upload)
            said = _("Cancelled; nothing was written.") if done else _("It had ended before it could be cancelled.")
            messages.success(request, said)
        elif asked in UploadTask.values and upload.has_file and not upload.is_under_way:
            ask_for(upload, asked)
        else:
            messages.error(request, _("Nothing was begun: it is under way already, or its file is no longer kept."))
        return HttpResponseRedirect(reverse("library_upload", args=[upload.pk]))


def _planned(results: dict[str, Any]) -> list[Planned]:
    """What comes of each record; the first of those that are not the same as before lead to where they are edited."""
    plan = [Planned(*each) for each in results.get("plan", ())]
    names = [(str(folder), str(identifier)) for folder, identifier in results.get("names", ())]
    told = [name for name, row in zip(names, plan, strict=False) if row.outcome != SAME][:MOST_SHOWN]
    where = addresses_of(results.get("library", ""), told)
    led = [row._replace(address=where.get(name, "")) for name, row in zip(names, plan, strict=False)]
    return led + plan[len(led) :]


class UploadResults(ForLoaders):
    """What was found in an upload, as a file: a row for each fault."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All that is kept of it."""
        upload = get_object_or_404(LibraryUpload.objects.defer("raw"), pk=pk)
        response = _download(b"\xef\xbb\xbf", f"{upload.name}-results.csv", "text/csv; charset=utf-8")
        writer = csv.writer(response)
        for row in _rows_of_results(upload.results):
            writer.writerow([with_guard(cell) for cell in row])
        return response


def _rows_of_results(results: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """What comes of each record, and everything that is to be mended or known."""
    yield "What", "Sheet or file", "Row", "Column or field", "What it is"
    for name, what in KINDS_OF_FINDINGS.items():
        for each in findings_in(results, name):
            yield what, each.place, str(each.row or ""), each.column, each.message
    for planned in (Planned(*each) for each in results.get("plan", ())):
        yield planned.outcome, planned.place, str(planned.row or ""), planned.changes, planned.title


class SheetTemplate(ForLoaders):
    """The empty sheets to fill in, as a workbook, or one of them as CSV."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The workbook, unless one sheet was asked for by its name."""
        empty: Library = {}
        named = request.GET.get("sheet")
        for layout in SHEETS:
            if layout.name == named:
                return _download(as_csv(layout, empty).encode(), f"{layout.name}.csv", "text/csv; charset=utf-8")
        return _download(as_workbook(empty), "library.xlsx", WORKBOOK)


def findings_in(results: dict[str, Any], name: str = "findings") -> list[Finding]:
    """The faults that were kept of a run."""
    return [Finding(*each) for each in results.get(name, ())]


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in " .-_") else "_" for sign in name)
    response["Content-Disposition"] = f'attachment; filename="{plain}"'
    return response
