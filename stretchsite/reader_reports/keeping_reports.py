"""Taking a reader's report: how many may come from one network and from everybody, and the one row that is written."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from clinical.models import ClinicalPage
from clinical.serving import rate_limits
from clinical.serving.networks import network_of_request
from clinical.serving.write_lock import write_lock
from clinical.withdrawal.withdrawing import clinical_page_models
from stretchsite.models.reader_reports import ReaderReport
from stretchsite.reader_reports.choices import ReaderWord, ToldOn
from stretchsite.reader_reports.places_told_of import Place

DAY = 24 * 3600
#: A whole clinic may stand behind one network, for an hour and for a day.
OF_NETWORK = rate_limits.Limit("reader-reports-network", most=20, seconds=3600)
OF_NETWORK_A_DAY = rate_limits.Limit("reader-reports-network-a-day", most=60, seconds=DAY)
#: Nobody reads more than this in a day, whoever has sent it. What hurt has a number of its own, which nothing else uses
#: up.
OF_EVERYBODY = rate_limits.Limit("reader-reports", most=300, seconds=DAY)
HURT_OF_EVERYBODY = rate_limits.Limit("reader-reports-hurt", most=300, seconds=DAY)


def seconds_to_wait(request: HttpRequest, what: ReaderWord) -> int:
    """Count one report; how long to wait where there have been too many, else 0."""
    network = network_of_request(request)
    of_all = HURT_OF_EVERYBODY if what == ReaderWord.HURT else OF_EVERYBODY
    return rate_limits.take((OF_NETWORK, network), (OF_NETWORK_A_DAY, network), (of_all, ""))


def keep_report(place: Place, what: ReaderWord, language: str, told_of: ClinicalPage | None) -> bool:
    """Write it down for whoever reviews the page; false where the page has gone meanwhile.

    ``told_of`` is the public page the reader stood on; none where they were given a link.
    """
    page = _page_with(place.key, language)
    if page is None:
        return False
    with write_lock():
        ReaderReport.objects.create(
            page_id=page, what=what, step=place.step, step_words=place.words, **_told_on(place, told_of)
        )
    return True


def _told_on(place: Place, told_of: ClinicalPage | None) -> dict[str, Any]:
    if told_of is None:
        return {"told_on": ToldOn.LINK}
    if told_of.content_key == place.key:
        return {"told_on": ToldOn.PAGE}
    return {"told_on": ToldOn.ROUTINE, "routine_id": told_of.pk}


def _page_with(key: Any, language: str) -> int | None:
    """The live page with this content key: in the reader's language, else in any."""
    for model in clinical_page_models():
        pages = model._base_manager.filter(content_key=key, live=True)
        found = dict(pages.order_by("-pk").values_list("locale__language_code", "pk"))
        if found:
            return int(found.get(language) or min(found.values()))
    return None
