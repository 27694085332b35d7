"""One word for the thing: review. Neither moderation nor workflow stands on a screen of those who write and review."""

from __future__ import annotations

import gettext
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from stretchsite.group_permissions import PRACTITIONERS, REVIEWERS
from testing.editor import edit_address
from tests.stretchsite.test_desk import draft_of, member, signed_in, submitted

CATALOGUE = settings.LOCALE_PATHS[0] / "en_GB" / "LC_MESSAGES"


class _Words(HTMLParser):
    """Collects what stands between the tags, but for scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def seen(text: str) -> str:
    """The words of a page, without its markup."""
    words = _Words()
    words.feed(text)
    return " ".join(" ".join(words.said).split())


def test_compiled_words_are_those_that_are_written():
    source = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    pairs = dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', source, re.MULTILINE))
    with (CATALOGUE / "django.mo").open("rb") as compiled:
        known = gettext.GNUTranslations(compiled)
    assert len(pairs) > 100
    unquoted = {key.replace('\\"', '"'): words.replace('\\"', '"') for key, words in pairs.items()}
    assert {key: known.gettext(key) for key in unquoted} == unquoted


@pytest.mark.django_db
@pytest.mark.usefixtures("set_up_site")
def test_screens_of_a_review_speak_of_review(client: Client):
    writer, colleague = member(PRACTITIONERS, "writer"), member(REVIEWERS, "colleague")
    draft, waiting = draft_of(writer, 1), submitted(writer, 2)
    step = waiting.current_workflow_task_state
    screens = [
        (writer, edit_address(draft)),
        (writer, edit_address(waiting)),
        (writer, reverse("exercises:index")),
        (colleague, edit_address(waiting)),
        (colleague, reverse("wagtailadmin_reports:workflow")),
        (colleague, reverse("wagtailadmin_reports:workflow_tasks")),
        (colleague, reverse("wagtailadmin_pages:workflow_history", args=[waiting.pk])),
        (colleague, reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", step.pk])),
    ]
    for person, address in screens:
        said = seen(signed_in(client, person).get(address).content.decode())
        assert not re.findall(r".{40}(?:[Mm]oderat|[Ww]orkflow).{20}", said), address
    assert "Submit for review" in seen(signed_in(client, writer).get(edit_address(draft)).content.decode())


@pytest.mark.django_db
@pytest.mark.usefixtures("set_up_site")
def test_whoever_approves_reads_the_notes_that_will_stand_and_whoever_schedules_the_time_zone(client: Client):
    waiting, colleague = submitted(member(PRACTITIONERS, "writer")), member(REVIEWERS, "colleague")
    step = waiting.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[waiting.pk, "approve", step.pk])
    dialog = signed_in(client, colleague).get(address).json()["html"]
    assert re.search(r"\d+ safety notes? will stand on it", dialog)
    assert all(words in dialog for words in ("Stop sign", "Set up", "Stand tall."))
    form = client.get(edit_address(waiting)).content.decode()
    assert f"Times are those of {settings.TIME_ZONE}" in form
