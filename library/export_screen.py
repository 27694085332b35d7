"""The screen on which what the site holds is downloaded as a library."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from library.about import KIND
from library.exporting.about_export import NoSuchLibrary
from library.exporting.outcome import Asked
from library.exporting.sinks import FolderSink, ZipSink
from library.exporting.whole import export
from library.faults import LibraryFaults
from library.models import Library
from library.ownership import LOADED_INTO
from library.reading import read_library
from library.sheets.cell_places import SheetFaults
from library.sheets.writing_sheets import as_workbook
from library.uploading.screens import WORKBOOK

logger = logging.getLogger(__name__)

#: Who may take all of it along.
MAY_EXPORT = "library.export_library"


class ExportLibrary(WagtailAdminTemplateMixin, TemplateView):
    """What an export holds, and the button. The file is made on the disk, so however large it is, memory is not."""

    template_name = "library/export.html"
    page_title = gettext_lazy("Export the library")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Turn away whoever may not."""
        if not request.user.has_perm(MAY_EXPORT):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Itself, below the desk."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Export the library")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whose records are here, and how many. A number of queries that grows with nothing; all are one short list."""
        numbers = _records_by_library()
        loaded = [(each, numbers[each.identifier]) for each in Library.objects.all()]
        return {**super().get_context_data(**kwargs), "libraries": loaded, "written_here": numbers[""]}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The file: a zip, or the same records as a spreadsheet."""
        library = request.POST.get("library", "")
        if request.POST.get("as") == "xlsx":
            return self._spreadsheet(Asked(request.POST.get("drafts") == "on", library))
        file = TemporaryFile()  # noqa: SIM115  (the answer closes it when it is sent)
        try:
            sink = ZipSink(file)
            export(sink, Asked(request.POST.get("drafts") == "on", library))
            sink.close()
            file.seek(0)
        except NoSuchLibrary as error:
            file.close()
            raise Http404 from error
        except BaseException:
            file.close()
            raise
        return FileResponse(
            file, as_attachment=True, filename=f"{library or 'written-here'}.zip", content_type="application/zip"
        )

    def _spreadsheet(self, asked: Asked) -> HttpResponseBase:
        """The same as sheets; why there is none where there is nothing to write, or it does not fit into cells."""
        try:
            return _as_spreadsheet(asked)
        except SheetFaults as error:
            messages.error(self.request, _("No spreadsheet could be made. %s") % error.faults[0])
        except LibraryFaults as error:
            logger.info("No spreadsheet was made: %s", error)
            messages.error(self.request, _("No spreadsheet could be made: there are no records that fit into one."))
        return HttpResponseRedirect(self.request.path)


def _as_spreadsheet(asked: Asked) -> HttpResponse:
    """The records as the sheets they can be loaded from again. They are read back from the very files of an export."""
    with TemporaryDirectory(prefix="stretchsite-sheets-") as name:
        try:
            export(FolderSink(Path(name)), asked)
        except NoSuchLibrary as error:
            raise Http404 from error
        records = read_library(Path(name), drafts=True)
    if not asked.library:  # what came here without a library's name is known again only without one
        records.pop(KIND, None)
    content = as_workbook(records)
    named = {"Content-Disposition": f'attachment; filename="{asked.library or "written-here"}.xlsx"'}
    return HttpResponse(content, content_type=WORKBOOK, headers=named)


def _records_by_library() -> Counter[str]:
    """How many records there are of each library, drafts too; of none, those that were written here."""
    numbers: Counter[str] = Counter()
    for model, *_its_page in LOADED_INTO.values():
        numbers.update(dict(model.objects.order_by().values_list("from_library").annotate(number=Count("pk"))))
    return numbers
