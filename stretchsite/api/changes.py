"""What changed since a moment: pages that went live or were withdrawn, and warnings that are new or were changed."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse

from stretchsite.api.answering import answered, json_answer
from stretchsite.api.data import ChangeData, ChangesData
from stretchsite.api.parameters import Moment, read
from stretchsite.changes_feed import Told, changes_from

#: So many in one answer.
MOST = 200
PARAMETERS = (
    Moment(
        name="since",
        description="The moment from which on; that of the last change you know, which is then told again.",
        is_needed=True,
    ),
)


@answered
def changes(request: HttpRequest) -> HttpResponse:
    """The oldest first, so that whoever goes from one answer to the next misses none."""
    found = changes_from(read(PARAMETERS, request.GET)["since"], MOST + 1)
    shown = found[:MOST]
    more = f"?{urlencode({'since': _in_utc(shown[-1].at)})}" if len(found) > MOST else ""
    return json_answer(ChangesData(next=more, results=tuple(map(_change, shown))))


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _change(told: Told) -> ChangeData:
    said = {"words": told.said, "id": told.name, "about": told.key}
    own = {name: getattr(told, name) for name in ("what", "at", "title", "address", "language")}
    return ChangeData.model_validate({**own, **said})
