"""Every output of an exercise, a routine and a share link, by the lists of them: what holds for one holds for all.

Nothing here names an output but those that may do without notes. One that is added to ``OUTPUTS`` is asked all of this.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from wagtail.models import Locale, Page

from clinical.models import NoteTarget, SafetyNote, User
from clinical.safety.sheet import SafetyBoard, example_banner
from clinical.withdrawal.withdrawing import withdraw
from clinical.words.choices import NoteKind, ReviewState, Tier
from exercises.models import ExercisePage
from exercises.outputs.output import FileOutput
from routines.models import RoutineItem, RoutinePage
from routines.outputs.registry import OUTPUTS
from sharing.middleware import HEADERS
from sharing.models import ShareLink, ShareLinkItem
from testing import factories
from tests.clinical.publishing.roads import chief
from tests.outputs import ON_LINKS, ON_PAGES, PLACES, WITH_NOTES, Place, each_of, kind_of, notes_in, says, words_of
from tests.stretchsite import small_site

SLUGS = {"exercise": "wall-calf-stretch", "routine": "calves"}
REASON = "It can tear a tendon that is still healing."
#: What holds nothing to follow, and so may do without notes: the ways to take a routine along, and a picture of it.
MAY_DO_WITHOUT_NOTES = {"share", "card", "app"}
#: Paper is handed to the patient, and leads back by its address and its code.
TELLS_THE_LINK = {"handout"}
#: What nobody may ask of any output, by the names of all that somebody may.
HOSTILE = ["<script>alert(1)</script>", "9" * 400, "-1", "\x00", "' OR 1=1 --", "../../etc/passwd", "٣"]
FIELDS = ("paper", "size", "ticks", "start", "time", "weeks", "day", "alarm", "title", "link", "v")

_site: dict[str, Any] = {}


@pytest.fixture(scope="module")
def standing_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One page of every kind, and a share link to its routine."""
    with small_site.standing(django_db_blocker):
        _site["link"], _site["token"] = factories.link_to(RoutinePage.objects.get())
        yield


@pytest.fixture(autouse=True)
def _everything(standing_site: None, db: None) -> None:
    """Every test has it, and takes back what it changes."""


@pytest.fixture
def officer() -> User:
    """Somebody who withdraws."""
    officer: User = factories.UserFactory.create()
    return officer


def address(place: Place) -> str:
    """Where this output stands."""
    kwargs = {"token": _site["token"]} if place.owner == "shared" else {"slug": SLUGS[place.owner]}
    return reverse(str(place), kwargs=kwargs)


def owner(place: Place) -> Any:
    """The page whose output it is."""
    return ExercisePage.objects.get() if place.owner == "exercise" else RoutinePage.objects.get()


def board(place: Place) -> SafetyBoard:
    """The notes in force where it stands."""
    if place.owner == "shared":
        return ShareLink.objects.get(pk=_site["link"].pk).shared_sheet().sheet.safety
    return owner(place).sheet().safety


def content(client: Client, place: Place) -> bytes:
    """What it says."""
    answer = client.get(address(place))
    assert answer.status_code == 200, address(place)
    return answer.content


def test_only_what_holds_nothing_to_follow_does_without_notes(client: Client):
    without = [place for place in PLACES if not place.output.has_notes]
    assert {place.output.name for place in without} == MAY_DO_WITHOUT_NOTES
    for place in without:
        if kind_of(place.output).startswith("text/"):
            assert not says(place.output, content(client, place), "Lean forward."), place


@each_of(PLACES)
def test_output_is_what_the_list_says(client: Client, place: Place):
    answer, output = client.get(address(place)), place.output
    assert answer.status_code == 200
    assert answer["Content-Type"] == output.content_type
    assert answer["X-Content-Type-Options"] == "nosniff"
    ending = output.file_ending if isinstance(output, FileOutput) else ""
    name = "routine" if place.owner == "shared" else SLUGS[place.owner]
    assert answer.get("Content-Disposition", "") == (f'inline; filename="{name}{ending}"' if ending else "")
    if kind_of(output) != "text/html":
        assert "noindex" in answer["X-Robots-Tag"]


@pytest.mark.parametrize("owner_of_none", ["exercise", "routine", "shared"])
def test_output_stands_nowhere_else(client: Client, owner_of_none: str):
    here = {str(place) for place in PLACES}
    kwargs = {"token": _site["token"]} if owner_of_none == "shared" else {"slug": SLUGS[owner_of_none]}
    for output in OUTPUTS:
        if output.url_name(owner_of_none) not in here:
            with pytest.raises(NoReverseMatch):
                reverse(output.url_name(owner_of_none), kwargs=kwargs)
            assert client.get(reverse(owner_of_none, kwargs=kwargs) + output.path).status_code == 404


@each_of(ON_PAGES)
def test_output_of_a_page_gives_no_cookie_and_is_asked_for_each_time(client: Client, place: Place):
    for headers in ({}, {"cookie": "theme=dark; django_language=de"}):
        answer = client.get(address(place), headers=headers)
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-cache"
        assert {name.strip().lower() for name in answer.get("Vary", "").split(",") if name} <= {"accept-encoding"}
        again = client.get(address(place), headers={**headers, "if-none-match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    client.force_login(chief())
    assert "no-store" in client.get(address(place))["Cache-Control"]


@each_of(ON_LINKS)
def test_output_of_a_link_is_private_and_kept_nowhere(client: Client, place: Place):
    for is_signed_in in (False, True):
        if is_signed_in:
            client.force_login(chief())
        answer = client.get(address(place))
        assert {name: answer[name] for name in HEADERS} == HEADERS
        assert not answer.cookies
        assert "ETag" not in answer


@each_of([place for place in ON_LINKS if place.output.name not in TELLS_THE_LINK])
def test_output_of_a_link_does_not_tell_its_secret_address(client: Client, place: Place):
    assert _site["token"] not in words_of(place.output, content(client, place))


@each_of(PLACES)
def test_output_is_only_read(place: Place):
    careful = Client(enforce_csrf_checks=True)
    for method in (careful.post, careful.put, careful.patch, careful.delete):
        assert method(address(place)).status_code == 405
    head = careful.head(address(place))
    assert (head.status_code, head.content) == (200, b"")


@each_of(PLACES)
def test_hostile_question_is_refused_in_words_or_passed_over(client: Client, place: Place):
    for value in HOSTILE:
        answer = client.get(address(place), dict.fromkeys(FIELDS, value))
        assert answer.status_code in {200, 400}, value
        assert b"<script>alert" not in answer.content


@each_of(WITH_NOTES)
def test_output_says_every_note_in_force(client: Client, place: Place):
    factories.note_at(NoteTarget(everywhere=True), kind=NoteKind.DO, tier=Tier.GOOD_TO_KNOW, text="breathe on")
    keys = {str(key) for key in board(place).keys}
    assert notes_in(place.output, content(client, place), board(place)) == keys, place


@each_of(WITH_NOTES)
def test_output_of_example_content_says_that_it_is_one(client: Client, place: Place):
    assert not says(place.output, content(client, place), example_banner())
    for model in (ExercisePage, RoutinePage):
        model.objects.update(review_state=ReviewState.UNREVIEWED)
    assert says(place.output, content(client, place), example_banner())


@each_of(WITH_NOTES)
def test_output_says_that_the_same_person_wrote_and_checked_it(client: Client, place: Place):
    said = str(ReviewState.SAME_PERSON.label)
    assert not says(place.output, content(client, place), said)
    for model in (ExercisePage, RoutinePage):
        model.objects.update(review_state=ReviewState.SAME_PERSON, reviewer=F("author"))
    assert says(place.output, content(client, place), said)


@each_of(WITH_NOTES)
def test_new_note_is_there_and_a_withdrawn_one_gone_on_the_next_request(client: Client, place: Place, officer: User):
    before = client.get(address(place))
    words = {"kind": NoteKind.DO, "tier": Tier.GOOD_TO_KNOW, "text": "breathe on"}
    note = factories.note_at(NoteTarget(everywhere=True), **words)
    with_it = client.get(address(place), headers={"if-none-match": before.get("ETag", "")})
    assert with_it.status_code == 200
    assert says(place.output, with_it.content, "breathe on")
    withdraw(note, by=officer, reason=REASON)
    without = client.get(address(place), headers={"if-none-match": with_it.get("ETag", "")})
    assert without.status_code == 200
    assert not says(place.output, without.content, "breathe on")


@each_of(PLACES)
def test_withdrawn_page_takes_its_output_along_on_the_next_request(client: Client, place: Place, officer: User):
    tag = client.get(address(place)).get("ETag", "")
    withdraw(owner(place), by=officer, reason=REASON)
    answer = client.get(address(place), headers={"if-none-match": tag})
    assert answer.status_code == 410
    assert "no-store" in answer["Cache-Control"]
    assert b"Lean forward." not in answer.content
    assert b"999" in answer.content


@each_of([place for place in WITH_NOTES if place.owner != "exercise"])
def test_withdrawn_exercise_leaves_the_output_of_its_routine(client: Client, place: Place, officer: User):
    much = "Hold 30 s"
    before = client.get(address(place))
    assert says(place.output, before.content, much), words_of(place.output, before.content)
    withdraw(ExercisePage.objects.get(), by=officer, reason=REASON)
    after = client.get(address(place), headers={"if-none-match": before.get("ETag", "")})
    assert after.status_code == 200
    assert not says(place.output, after.content, much)
    assert says(place.output, after.content, "Wall calf stretch"), "what was taken out is named"


@each_of([place for place in WITH_NOTES if place.owner == "shared"])
def test_what_a_note_no_longer_allows_leaves_the_output_of_a_link_and_is_asked_about(client: Client, place: Place):
    assert says(place.output, content(client, place), "Hold 30 s")
    limits = {"dose_figure": "hold_seconds", "dose_least": 5, "dose_most": 29}
    factories.note_at(NoteTarget(page=ExercisePage.objects.get()), text="Hold it from 5 to 29 seconds.", **limits)
    after = content(client, place)
    assert not says(place.output, after, "Hold 30 s")
    assert says(place.output, after, "Wall calf stretch"), "what is to be asked about is named"


@each_of(WITH_NOTES)
def test_new_words_of_a_note_and_a_new_dose_are_there_on_the_next_request(client: Client, place: Place):
    """A note keeps its key when its words change, and a sheet its key when a dose does: neither says what is in it."""
    words = {"kind": NoteKind.DO, "tier": Tier.GOOD_TO_KNOW, "text": "breathe on"}
    note = factories.note_at(NoteTarget(everywhere=True), **words)
    before = client.get(address(place))
    assert says(place.output, before.content, "breathe on")
    assert says(place.output, before.content, "Hold 30 s")
    SafetyNote.objects.filter(pk=note.pk).update(text="let your breath flow")
    reworded = client.get(address(place), headers={"if-none-match": before.get("ETag", "")})
    assert reworded.status_code == 200
    assert says(place.output, reworded.content, "let your breath flow")
    for model in (ExercisePage, RoutineItem, ShareLinkItem):
        model.objects.update(hold_seconds=47)
    longer = client.get(address(place), headers={"if-none-match": reworded.get("ETag", "")})
    assert longer.status_code == 200
    assert says(place.output, longer.content, "Hold 47 s")


@pytest.mark.parametrize("ending", ["revoked", "replaced", "routine unpublished", "routine private"])
@each_of(ON_LINKS)
def test_output_ends_with_its_link(client: Client, place: Place, ending: str):
    link, routine = ShareLink.objects.get(pk=_site["link"].pk), RoutinePage.objects.get()
    match ending:
        case "revoked":
            link.revoke()
        case "replaced":
            link.replace(link.created_by)
        case "routine unpublished":
            routine.unpublish()
        case _:
            routine.view_restrictions.create(restriction_type="login")
    answer = client.get(address(place))
    assert answer.status_code == 410
    assert {name: answer[name] for name in HEADERS} == HEADERS


@each_of(ON_PAGES)
def test_output_of_a_private_page_is_private(client: Client, place: Place):
    owner(place).view_restrictions.create(restriction_type="login")
    assert client.get(address(place)).status_code == 302


@each_of(WITH_NOTES)
def test_output_says_the_number_to_call_where_its_language_is_spoken(client: Client, place: Place, settings: Any):
    settings.EMERGENCY_NUMBERS = {"en-gb": "999", "cy": "118118"}
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    Page.objects.filter(depth__gt=1).update(locale=Locale.objects.create(language_code="cy"))
    link = factories.link_to(RoutinePage.objects.get())
    with translation.override("cy"):
        asked = address(place).replace(_site["token"], link.token)
    assert asked.startswith("/cy/")
    answer = client.get(asked)
    assert answer.status_code == 200
    assert says(place.output, answer.content, "118118")
    assert not says(place.output, answer.content, "call 999")


@each_of([place for place in PLACES if place.output.label])
def test_labelled_output_is_offered_where_it_stands(client: Client, place: Place):
    page = client.get(reverse("shared", kwargs={"token": _site["token"]}) if place.owner == "shared" else _ways(place))
    start = 'href="' if place.owner == "shared" or not place.output.has_choices else 'action="'
    path = place.output.path if place.owner == "shared" else address(place)
    assert f'{start}{path}"' in page.content.decode()


def _ways(place: Place) -> str:
    return reverse("routine_share", kwargs={"slug": SLUGS[place.owner]})


def test_output_with_a_label_and_no_choices_is_offered_as_a_link(client: Client, monkeypatch: pytest.MonkeyPatch):
    plain: FileOutput[Any] = FileOutput(
        name="x", path="x.txt", content_type="text/plain", make=lambda *_: None, label="As a message"
    )
    monkeypatch.setattr("routines.models.routes.OUTPUTS", (*OUTPUTS, plain))
    monkeypatch.setattr("sharing.views.shared.OUTPUTS", (*OUTPUTS, plain))
    shown = client.get("/routines/calves/share/").content.decode()
    assert 'href="/routines/calves/x.txt">As a message</a>' in shown
    shared = client.get(f"/s/{_site['token']}/").content.decode()
    assert 'href="x.txt">As a message</a>' in shared


@pytest.mark.parametrize(
    ("page_of", "quick"),
    [(ExercisePage, {"", "follow", "sheet.json"}), (RoutinePage, {"", "follow", "share", "sheet.json", "routine.ics"})],
)
def test_nightly_audit_makes_every_output_that_is_quickly_made(page_of: Any, quick: set[str]):
    made = page_of.objects.get().audited_outputs
    assert set(made) >= quick
    left_out = {output.segment for output in page_of.outputs if output.on_pages} - set(made)
    assert left_out <= {"card.png", "handout.pdf"}, "Typesetting is left out; what only writes is asked every night."
