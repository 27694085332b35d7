"""From records to redirects from addresses that are no longer there.

A redirect has no draft: readers are led by it at once. So it is written only by a loading that publishes. Whose it is
stands in the site's log beside it; a redirect has no column for that.
"""

from __future__ import annotations

from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ModelLogEntry, Page, Site

from exercises.models import ExercisePage
from library.faults import Fault, LibraryFaults
from library.loading import CREATED, FOR_PUBLISH, UNCHANGED, Loading
from library.matching import referred
from library.provenance_records import RedirectRecord
from routines.models import RoutinePage
from stretchsite.models import ConditionPage, InformationPage

PAGE_OF_FOLDER: dict[str, Any] = {
    "exercises": ExercisePage,
    "routines": RoutinePage,
    "conditions": ConditionPage,
    "information": InformationPage,
}
#: So many redirects are followed one after another to see whether they come back.
_MOST_STEPS = 20


def write_redirect(record: RedirectRecord, loading: Loading) -> str:
    """Lead an address that is not there to what took its place; never one that leads somewhere already."""
    page = _page(record, loading)
    wanted = {
        "redirect_page": page.page_ptr if page else None,
        "redirect_page_route_path": Redirect.normalise_page_route_path(record.part) if record.part else "",
        "redirect_link": record.to or "",
        "is_permanent": record.permanent,
    }
    path = Redirect.normalise_path(record.address)
    there = Redirect.objects.filter(old_path=path).first()
    if there is not None and all(getattr(there, name) == value for name, value in wanted.items()):
        return UNCHANGED
    if there is not None:
        raise LibraryFaults([Fault("", "address", "leads somewhere else on this site already; take this file out")])
    _refuse_unfit(path, page, record.to)
    if not loading.publish:
        return FOR_PUBLISH
    made = Redirect(old_path=path, **wanted)
    made.save()
    if loading.library:
        ModelLogEntry.objects.log_action(made, "wagtail.create", data={"from_library": loading.library})
    return CREATED


def keys_of_redirects(library: str) -> list[int]:
    """The redirects that are this library's; of no library those that none has brought. One query."""
    named = ModelLogEntry.objects.filter(
        action="wagtail.create", content_type__app_label="wagtailredirects", data__has_key="from_library"
    )
    owners = {int(key): data["from_library"] for key, data in named.values_list("object_id", "data")}
    if library:
        return [key for key, owner in owners.items() if owner == library]
    return [key for key in Redirect.objects.values_list("pk", flat=True) if key not in owners]


def _refuse_unfit(path: str, page: Any, to: str | None) -> None:
    """Raise ``LibraryFaults`` for an address that has a page, or that readers would be led back to."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page.url_path.rstrip("/") if site else ""
    here = f"{root}{path.partition('?')[0].rstrip('/')}/"
    if (page and page.url_path == here) or (to and _comes_back(path, to)):
        raise LibraryFaults([Fault("", "address", "leads to itself; take this file out")])
    if Page.objects.live().filter(url_path=here).exists():
        raise LibraryFaults([Fault("", "address", "is that of a page readers see; take this file out")])


def _comes_back(path: str, to: str) -> bool:
    """Whether whoever follows it, from one redirect to the next, comes to where they were."""
    at = Redirect.normalise_path(to)
    for _step in range(_MOST_STEPS):
        if at == path:
            return True
        link = Redirect.objects.filter(old_path=at).values_list("redirect_link", flat=True).first()
        if not link:
            return False
        at = Redirect.normalise_path(link)
    return True


def _page(record: RedirectRecord, loading: Loading) -> Any:
    folder, identifier = record.page()
    return referred(PAGE_OF_FOLDER[folder], identifier, loading.library) if folder else None
