"""The addresses of the pages of a long list: first, last and the neighbours, with the filters that are in force."""

from __future__ import annotations

from django.http import QueryDict

from clinical.pages.cards import PageLink


def page_links(count: int, current: int, query: QueryDict) -> tuple[PageLink, ...]:
    """First, last and the pages round this one, with a gap where some are left out. None for a single page."""
    if count < 2:
        return ()
    near = sorted({1, count, *range(max(1, current - 2), min(count, current + 2) + 1)})
    links: list[PageLink] = []
    for before, number in zip([number - 1 for number in near[:1]] + near, near, strict=False):
        if number - before > 1:
            links.append(PageLink("…", ""))
        links.append(PageLink(str(number), page_address(query, number), number == current))
    return tuple(links)


def page_address(query: QueryDict, page: int) -> str:
    """The same list at another of its pages."""
    asked = query.copy()
    asked["page"] = str(page)
    return f"?{asked.urlencode()}"
