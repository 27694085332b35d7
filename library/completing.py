"""What drafts of a library still lack: the answer of the publish gate, kept until the page is written again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist
from django.db.models import Prefetch, QuerySet
from wagtail.models import Page, Revision

from library.models import ToComplete

#: So many pages that were written again are looked at when somebody opens the list; the rest when it is opened next.
MOST_AT_ONCE = 50


def note_what_it_lacks(page: Any, revision: Any) -> None:
    """Keep what a draft lacks, as this version of it stands."""
    found = lacking(page)
    origin = getattr(page, "origin", None)
    kept = {"looked_at": revision.pk, "lacks": found, "is_done": not found, "origin": origin}
    ToComplete.objects.update_or_create(page_id=page.pk, defaults=kept)


def lacking(page: Any) -> list[tuple[str, str]]:
    """What keeps its words from being whole, by what the field is called: the publish gate's own answer, said once."""
    told = ((called(page, field), str(text)) for field, texts in page.completeness_errors().items() for text in texts)
    return list(dict.fromkeys(told))


def called(page: Any, field: str) -> str:
    """What a field of a page, or of a sort of pages, is called."""
    if field == NON_FIELD_ERRORS:
        return ""
    try:
        named = page._meta.get_field(field)
    except FieldDoesNotExist:
        return field.replace("_", " ")
    words = str(getattr(named, "verbose_name", field.replace("_", " ")))
    return words[:1].upper() + words[1:]


def look_again() -> int:
    """Look at pages that were written again since, at most so many; how many are left for the next time."""
    outdated = ToComplete.objects.outdated()
    left = outdated.count()
    for row in outdated.select_related("page__latest_revision")[:MOST_AT_ONCE] if left else ():
        revision: Revision = row.page.latest_revision
        note_what_it_lacks(revision.as_object(), revision)
    return max(left - MOST_AT_ONCE, 0)


def still_to_complete() -> QuerySet[ToComplete]:
    """Those that lack something, with their pages."""
    pages = Prefetch("page", Page.objects.only("title", "draft_title", "content_type", "live", "slug", "url_path"))
    return ToComplete.objects.filter(is_done=False).prefetch_related(pages)


def how_many() -> tuple[int, int]:
    """How many are done, and of how many. One query."""
    told = ToComplete.objects.values_list("is_done", flat=True)
    done = told.filter(is_done=True).count()
    return done, done + told.filter(is_done=False).count()
