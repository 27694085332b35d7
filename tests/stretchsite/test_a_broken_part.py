"""A part that cannot be shown loses itself and not its page; what keeps readers safe takes its page along.

Faults are planted where each part is made. Every kind of page answers without the part; the log and ``audit_live`` name
it; once it is mended it is back, since nothing that lacks a part is remembered.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import StringIO
from typing import Any
from unittest.mock import PropertyMock, patch

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.test import Client

from clinical.models import NoteTarget
from clinical.outputs.file_cache import Made, kept
from clinical.safety.parts import alone
from clinical.templatetags.unchanging_tags import Unchanging
from exercises.models import ExercisePage
from exercises.outputs import structured_data as of_exercises
from routines.models import RoutinePage
from routines.outputs import structured_data as of_routines
from testing import factories
from tests.clinical.publishing.roads import chief
from tests.outputs import PLACES, WITH_NOTES, Place, notes_in
from tests.stretchsite import small_site

EXERCISE, ROUTINE = "/exercises/wall-calf-stretch/", "/routines/calves/"
LISTS = ("/", "/conditions/", "/exercises/", "/routines/", "/search/?q=calf")
HUBS = ("/conditions/restless-legs/", "/conditions/tight-calves/")
FRAME = {
    "key": "end",
    "label": "Leaning",
    "alt": "Somebody leans on a wall.",
    "box": [0, 0, 100, 200],
    "fingerprint": "0123456789abcdef0123",
}
FIGURE = {
    "drawn": "each",
    "variants": {"each": {"frames": [FRAME], "box": [0, 0, 100, 200], "side": "", "felt": "calf", "strip": ""}},
}
PHOTO = {"photo": {"name": "images/wall.webp", "width": 800, "height": 600, "alt": "A wall", "credit": "Us, CC BY 4.0"}}


@pytest.fixture(scope="module")
def everything(django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    """One page of every kind with a figure and a photo, and a shared link: its address."""
    with small_site.standing(django_db_blocker):
        ExercisePage.objects.update(figure_ready=FIGURE, pictures_ready=PHOTO)
        factories.note_at(NoteTarget(everywhere=True), kind="do", tier=4, text="Breathe on.")
        yield f"/s/{factories.link_to(RoutinePage.objects.get()).token}/"


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Nothing that was put together before a fault was planted, or while it was there."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    for thing in gc.get_objects():
        if issubclass(type(thing), Unchanging):
            thing.made.clear()
    for module in (of_exercises, of_routines):
        module._block.cache_clear()
    caches["process"].clear()


def audit() -> str:
    told = StringIO()
    try:
        call_command("audit_live", stdout=told, stderr=told)
    except CommandError as error:
        return f"{told.getvalue()}{error}"
    return told.getvalue()


def where(place: Place, shared: str) -> str:
    """Where an output stands."""
    return {"exercise": EXERCISE, "routine": ROUTINE, "shared": shared}[place.owner] + place.output.path


def broken(*args: Any, **kwargs: Any) -> Any:
    raise KeyError("planted")


#: What is broken, where it is made, where it is seen, and what is seen of it.
PARTS = {
    "card of an exercise": ("exercises.assembly.card", "/exercises/", "Safety notes first"),
    "card of a routine": ("routines.assembly.card", "/", 'href="/routines/calves/"'),
    "card of a condition": ("stretchsite.hubs.card", "/conditions/", 'href="/conditions/tight-calves/"'),
    "figure": ("exercises.assembly.figure_from", EXERCISE, "Somebody leans on a wall."),
    "picture": ("exercises.instructions._picture", EXERCISE, "/media/images/wall.webp"),
    "structured data of an exercise": (f"{of_exercises.__name__}.medical_page", EXERCISE, "ld+json"),
    "structured data of a routine": (f"{of_routines.__name__}.medical_page", ROUTINE, "ld+json"),
    "link preview": ("clinical.pages.link_previews.link_preview", ROUTINE, "og:title"),
    "offer to keep it": ("exercises.models.exercises.to_keep", EXERCISE, "data-keep-keep"),
    "link at the foot": ("stretchsite.site_links._link", "/exercises/", 'href="/privacy/"'),
    "link to": ("exercises.used_for.hub_address", EXERCISE, 'href="/conditions/restless-legs/"'),
    "code": ("routines.models.routes.qr_inline", f"{ROUTINE}share/", "QR"),
}


def test_every_page_goes_on_without_its_broken_parts(everything: str, db: None, client: Client, caplog: Any):
    """All at once: one at a time takes a minute, and says the same."""
    for name, (_target, address, seen) in PARTS.items():
        assert seen in client.get(address).content.decode(), name
    _forget()
    with ExitStack() as planted:
        for target, _address, _seen in PARTS.values():
            planted.enter_context(patch(target, broken))
        for each in (*LISTS, *HUBS, "/privacy/", "/sitemap.xml", *(where(place, everything) for place in PLACES)):
            assert client.get(each).status_code == 200, each
        assert client.get("/no-such-page/").status_code == 404
        answers = {address: client.get(address) for _target, address, _seen in PARTS.values()}
        named = audit()
    for name, (_target, address, seen) in PARTS.items():
        assert seen not in answers[address].content.decode(), name
        assert answers[address]["Cache-Control"] == "no-store"
        assert not answers[address].has_header("ETag")
        part = next(word for word in ("card", "figure", "picture", "structured data", name) if name.startswith(word))
        assert any(f"{address}: left out {part}" in line for line in caplog.messages), (name, caplog.messages)
        assert part in named, name
    assert "KeyError: 'planted'" in named
    for name, (_target, address, seen) in PARTS.items():
        again = client.get(address)
        assert seen in again.content.decode(), name
        assert again["Cache-Control"] == "no-cache"


def test_site_map_goes_on_without_one_entry(everything: str, db: None, client: Client):
    def only_of_exercises(page: Any, *args: Any) -> str:
        if isinstance(page, ExercisePage):
            raise KeyError("planted")
        return f"http://testserver/{page.slug}/"

    with patch("wagtail.models.Page.get_full_url", only_of_exercises):
        listed = client.get("/sitemap.xml").content.decode()
    assert "/calves/" in listed
    assert "wall-calf-stretch" not in listed


def test_editors_bar_goes_alone(everything: str, db: None, client: Client):
    client.force_login(chief())
    with patch("stretchsite.templatetags.editor_bar_tags.wagtailuserbar", broken):
        assert client.get(ROUTINE).status_code == 200


def test_slug_no_link_can_hold_takes_only_its_link(everything: str, db: None, client: Client):
    """As a title with an accent once stopped every page."""
    ways = {"exercises.assembly.address": "/exercises/", "routines.assembly.address": "/routines/"}
    for target, address in ways.items():
        _forget()
        with patch(target, broken):
            assert client.get("/").status_code == 200
            assert client.get(address).status_code == 200
            assert client.get("/search/?q=calf").status_code == 200
            assert client.get("/conditions/restless-legs/").status_code == 200


def test_nothing_that_lacks_a_part_is_kept(db: None):
    made = iter([b"without", b"whole"])

    def make() -> Made:
        content = next(made)
        if content == b"without":
            alone("drawing", broken, "")
        return Made(content)

    assert [kept("f", "d", ".pdf", make).content for _ in range(3)] == [b"without", b"whole", b"whole"]


def property_that_breaks() -> Any:
    return PropertyMock(side_effect=KeyError("planted"))


#: What keeps readers safe and is broken, and the lists that stand on it too.
SAFETY: dict[str, Callable[[], Any]] = {
    "board": lambda: patch("clinical.notes.board.effective_notes", broken),
    "note": lambda: patch("clinical.notes.targets._version_of", broken),
    "note in a list": lambda: patch("clinical.templatetags.note_tags._note", broken),
    "note passed over in silence": lambda: patch("clinical.safety.sheet.SafetyBoard.dos", property_that_breaks()),
    "label": lambda: patch("clinical.outputs.callouts.NoteList", broken),
    "number": lambda: patch("clinical.notes.board.EmergencyNumber", broken),
}
#: Faults in how notes are written out. They need not reach an output that writes its notes another way.
OF_WRITING = {"note in a list", "label"}


@pytest.mark.parametrize("name", SAFETY)
def test_nothing_is_shown_without_what_keeps_readers_safe(name: str, everything: str, db: None, client: Client):
    whole = {place: client.get(where(place, everything)).content for place in WITH_NOTES}
    board = RoutinePage.objects.get().sheet().safety
    reached = 0
    _forget()
    with SAFETY[name]():
        for place in WITH_NOTES:
            answer = client.get(where(place, everything))
            if name in OF_WRITING and answer.status_code == 200:
                told = notes_in(place.output, answer.content, board)
                assert told == notes_in(place.output, whole[place], board), place
                continue
            reached += 1
            assert_unavailable(answer)
        if name != "label":
            assert_unavailable(client.get(HUBS[1]))
        named = audit() if name in {"board", "note in a list"} else "It is not shown to readers"
    assert reached
    assert "It is not shown to readers" in named
    assert client.get(EXERCISE).status_code == 200


def assert_unavailable(answer: Any) -> None:
    """Not shown, and says when to stop and whom to call."""
    said = answer.content.decode()
    assert answer.status_code == 503, answer.request["PATH_INFO"]
    assert "999" in said
    assert "numbness" in said
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["board", "note"])
def test_cards_of_what_cannot_be_shown_safely_go_and_other_pages_stand(
    name: str, everything: str, db: None, client: Client
):
    with SAFETY[name]():
        for address in (*LISTS, "/privacy/", "/search/", "/sitemap.xml"):
            answer = client.get(address)
            assert answer.status_code == 200, address
            if address != "/sitemap.xml":
                assert "Safety notes first" not in answer.content.decode(), address


def test_only_the_card_of_the_broken_one_goes(everything: str, db: None, client: Client):
    from clinical.notes import board as boards

    real, key = boards.effective_notes, RoutinePage.objects.get().content_key

    def broken_for_one(placements: Any, subjects: Any) -> Any:
        subjects = list(subjects)
        if key in {subject.key for subject in subjects}:
            raise KeyError("planted")
        return real(placements, subjects)

    with patch("clinical.notes.board.effective_notes", broken_for_one):
        found = client.get("/search/?q=calf").content.decode()
        assert client.get(ROUTINE).status_code == 503
        assert client.get(EXERCISE).status_code == 200
    assert f'href="{EXERCISE}"' in found
    assert f'href="{ROUTINE}"' not in found


def test_without_a_number_even_what_is_not_there_says_so(everything: str, db: None, client: Client):
    with SAFETY["number"]():
        for address in ("/", "/privacy/", "/no-such-page/", "/exercises/"):
            assert client.get(address).status_code == 503
    with patch.dict("django.conf.settings.EMERGENCY_NUMBERS", {}, clear=True):
        answer = client.get("/")
        assert answer.status_code == 503
        assert "your local emergency number" in answer.content.decode()
