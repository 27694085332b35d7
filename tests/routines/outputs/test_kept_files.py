"""Handouts, cards and drawings: whatever the disk does, readers get them whole; what is torn or lacking is not kept."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from clinical.outputs import typesetting
from clinical.serving.storage import UNFINISHED
from clinical.words.choices import NoteKind, Tier
from exercises import drawings
from exercises.models import ExercisePage, redrawing
from exercises.sheet import Step
from routines.models import RoutinePage
from routines.outputs.registry import OUTPUTS
from routines.sheet import RoutineSheet
from testing import factories
from tests import full_disk
from tests.exercises.illustrated import figure_of
from tests.outputs import files_of, plainly_asked
from tests.pure_examples import board, dosage, effective, exercise_sheet, item, routine_sheet, version
from tests.routines.outputs.quickly_made import CARDS, HANDOUT, answers, drawn, quickly_made

ROOMS = [0, 1, 4096, 40_960]
#: How a file from before can be torn: cut, and with a piece the disk lost.
TEARS = [
    lambda whole: b"",
    lambda whole: whole[:10],
    lambda whole: whole[: len(whole) // 2],
    lambda whole: whole[:-1],
    lambda whole: whole[:20] + bytes(40) + whole[60:],
]


@pytest.fixture
def media(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exercise: ExercisePage, routine: RoutinePage
) -> Path:
    """The folder of files of a site whose exercise has a figure; nothing in it yet but drawings."""
    quickly_made(monkeypatch)
    folder = full_disk.use(settings, tmp_path)
    exercise.figure = figure_of()
    factories.publish(exercise)
    return folder


def files(media: Path) -> dict[str, bytes]:
    """What is kept, by its place."""
    return {
        str(path.relative_to(media)): path.read_bytes()
        for path in media.rglob("*")
        if path.is_file() and UNFINISHED not in path.parts
    }


def empty(media: Path) -> None:
    """Take every file away."""
    for name in files(media):
        (media / name).unlink()


def test_disk_that_fills_up_at_any_byte_costs_no_reader_anything(media: Path, client: Client):
    whole = answers(client)
    kept = files(media)
    assert len(kept) == len(whole)
    for room in ROOMS:
        empty(media)
        full_disk.give_room(room)
        assert answers(client) == whole
        assert files(media).items() <= kept.items(), "what is there is whole"
        full_disk.give_room(None)
        assert answers(client) == whole
        assert files(media) == kept


def test_torn_file_from_before_is_made_anew(media: Path, client: Client):
    whole = answers(client)
    kept = files(media)
    for tear in TEARS:
        for name, content in kept.items():
            (media / name).write_bytes(tear(content))
        assert answers(client) == whole
        assert files(media) == kept


def test_storage_that_cannot_be_read_at_all_costs_no_reader_anything(media: Path, client: Client):
    whole = answers(client)
    for folder in ("handouts", "cards", "figures"):
        (media / folder).rename(media / f"old-{folder}")
        (media / folder).write_text("in the way")
    assert answers(client) == whole


def test_page_is_published_on_a_full_disk_with_all_its_figures(media: Path, client: Client):
    before = answers(client)
    empty(media)
    full_disk.give_room(0)
    factories.publish(ExercisePage.objects.get())
    assert client.get("/exercises/wall-calf-stretch/").status_code == 200
    assert answers(client) == before


def test_what_lacks_a_drawing_is_answered_and_not_kept(media: Path, client: Client, monkeypatch: pytest.MonkeyPatch):
    whole = answers(client)
    empty(media)
    with monkeypatch.context() as lost:
        lost.setattr(drawings, "drawn_again", lambda *_: "")
        assert client.get(drawn()[0]).status_code == 404
        found = {address: client.get(address) for address in [HANDOUT, *CARDS]}
        assert {answer.status_code for answer in found.values()} == {200}
        assert all(answer.content != whole[address] for address, answer in found.items())
        assert all("no-store" in answer["Cache-Control"] for answer in found.values())
        tags = {address: answer.get("ETag", "") for address, answer in found.items()}
    assert files(media) == {}
    monkeypatch.setattr(redrawing, "_owners", {})
    monkeypatch.setattr(redrawing, "_known_until", 0.0)
    for address, tag in tags.items():
        assert client.get(address, headers={"if-none-match": tag}).content == whole[address]
    assert answers(client) == whole
    assert len(files(media)) == len(whole)


def test_what_lacks_its_typeface_is_answered_and_not_kept(
    media: Path, client: Client, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    usual = settings.TYPEFACES
    settings.TYPEFACES = tmp_path / "nothing"
    typesetting._fonts.cache_clear()
    answers(client)
    assert {name for name in files(media) if not name.startswith("figures/")} == set()
    settings.TYPEFACES = usual
    whole = answers(client)
    assert len(files(media)) == len(whole)


def test_names_that_no_drawing_has_do_not_make_the_site_search_each_time(
    media: Path, client: Client, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(redrawing, "SECONDS_KNOWN", 3600)
    lost = drawn()[0]
    empty(media)
    with django_assert_max_num_queries(50) as asked:
        for number in range(3):
            assert client.get(f"/figures/{number:020x}.svg").status_code == 404
    assert len([query for query in asked.captured_queries if "figure_ready" in query["sql"]]) == 1
    assert client.get(lost).status_code == 200


def test_lost_drawing_is_found_when_the_exercise_it_was_known_by_has_it_no_more(
    media: Path, client: Client, monkeypatch: pytest.MonkeyPatch
):
    lost = drawn()[0]
    empty(media)
    monkeypatch.setattr(redrawing, "_owners", {Path(lost).stem: 0})
    assert client.get(lost).status_code == 200


def test_many_who_ask_at_once_for_names_that_no_drawing_has_make_the_site_search_once(monkeypatch: pytest.MonkeyPatch):
    searches = []

    def slowly() -> dict[str, int]:
        searches.append(1)
        time.sleep(0.1)
        return {}

    monkeypatch.setattr(redrawing, "_owners", {})
    monkeypatch.setattr(redrawing, "_known_until", 0.0)
    monkeypatch.setattr(redrawing, "_all_owners", slowly)
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(redrawing._owner, ["a", "b", "c", "d"])) == {None}
    assert len(searches) == 1


def kept_sheet(words: str = "you feel faint", hold: int = 30, step: str = "Hold still.") -> RoutineSheet:
    """A routine with one note and one exercise, each under the same key whatever it says."""
    noted = board(effective(version(101, NoteKind.STOP, Tier.DO_NOT, text=words)))
    exercise = exercise_sheet(steps=(Step("hold", step),), safety=noted)
    return routine_sheet(item(exercise=exercise, dosage=dosage(hold_seconds=hold, repetitions=2)), safety=noted)


def test_every_output_that_is_kept_tells_other_words_of_a_note_and_another_dose_by_its_digest():
    others = (kept_sheet(), kept_sheet(words="you feel ill"), kept_sheet(hold=31), kept_sheet(step="Hold on."))
    for output in files_of(OUTPUTS):
        if output.kept is not None:
            assert len({output.kept.digest(sheet, plainly_asked()) for sheet in others}) == len(others), output.name
            assert output.kept.digest(kept_sheet(), plainly_asked()) == output.kept.digest(others[0], plainly_asked())
