"""Exercises that allow pain, in a routine and under a link: the strictest limit above all, the exception at its row."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.template.loader import render_to_string
from django.test import Client

from clinical.review.live_audit import findings
from clinical.safety.default_notes import STOP_KEY
from clinical.safety.pain import NO_PAIN, PainLimit
from exercises.models import ExercisePage
from routines.models import RoutineItem, RoutinePage
from routines.models.objections import prescriptions_that_no_longer_fit
from sharing.models import ShareLink, ShareLinkItem
from testing import factories
from testing.small_library import Records, load, small_library, write
from tests.outputs import body, printed, squeezed
from tests.sharing.share_links import address

EXCEPTION = "Here: pain up to 3 out of 10 is fine if it settles by next morning."
STRICT = "you feel pain, numbness, weakness or dizziness"
SCOPED = "pain is more than 3 out of 10 or is worse next morning, or you feel numbness, weakness or dizziness"
SCOPED_IN_SHORT = "pain over 3/10 or worse later, numbness, weakness, dizziness"


def hurting(*allowing: str) -> Records:
    """The small library, in which these exercises may hurt a little."""
    records = small_library()
    for name in allowing:
        records[f"exercises/{name}"]["pain"] = {"most": 3, "settles_by": "next_morning"}
    return records


def loaded(folder: Path, *allowing: str) -> RoutinePage:
    load(write(folder, hurting(*allowing)), publish=True)
    return RoutinePage.objects.get()


def answers(client: Client, routine: RoutinePage) -> dict[str, str]:
    """What each output of the routine says, without the spaces; on its page and under a link."""
    link = address(factories.link_to(routine).token)
    page = routine.sheet().url
    found = {}
    for name, made in (
        *((f"page {end}", f"{page}{end}") for end in ("", "follow/", "sheet.json", "handout.pdf", "routine.ics")),
        *((f"link {end}", f"{link}{end}") for end in ("", "follow/", "handout.pdf", "routine.ics")),
    ):
        response = client.get(made)
        assert response.status_code == 200, made
        content = response.getvalue() if response.streaming else response.content
        found[name] = plain(content)
    return found


def plain(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return squeezed(printed(content))
    words = content.decode().replace("\r\n ", "").replace("\\,", ",")
    return squeezed(body(content) if "<body" in words else words)


def test_limit_as_data_words_every_stop_sign_and_nothing_stops_at_any_pain(
    set_up_site: None, db: None, tmp_path: Path, client: Client
):
    """Case B3: pain up to 3 of 10 was fine, and beside it stood that any pain is a reason to stop."""
    routine = loaded(tmp_path, "easy-walking", "calf-stretch")
    assert routine.sheet().items[0].pain_words == ""
    for name, words in answers(client, routine).items():
        assert squeezed(SCOPED) in words, name
        assert "youfeelpain" not in words, name


def test_strictest_limit_stands_in_every_output_and_the_exception_at_its_row_and_step(
    set_up_site: None, db: None, tmp_path: Path, client: Client
):
    told = answers(client, loaded(tmp_path, "calf-stretch"))
    assert [name for name, words in told.items() if squeezed(STRICT) not in words] == []
    in_one_sentence = ("page ", "page sheet.json", "page routine.ics", "link ", "link routine.ics")
    for name in (*in_one_sentence, "page handout.pdf", "link handout.pdf"):
        assert told[name].count(squeezed(EXCEPTION)) == 1, name
    for name in ("page follow/", "link follow/"):
        walking, stretching = re.findall(r"<strong>Stopif:</strong>(.*?)<a", told[name])
        assert squeezed(STRICT) in walking, name
        assert squeezed(SCOPED) in stretching, name
        assert "youfeelpain" not in stretching, name


def test_card_of_a_routine_says_the_strictest_in_short(set_up_site: None, db: None, tmp_path: Path):
    routine = loaded(tmp_path, "easy-walking", "calf-stretch")
    (stop,) = (sign for group in routine.sheet().signs.groups for sign in group.signs if STOP_KEY in sign.keys)
    assert stop.words == SCOPED_IN_SHORT


def test_every_board_of_a_routine_keeps_the_same_notes(set_up_site: None, db: None, tmp_path: Path):
    sheet = loaded(tmp_path, "calf-stretch").sheet()
    whole = {item.key: item.note.text for item in sheet.safety}
    assert whole[STOP_KEY] == STRICT
    for each, limit in zip(sheet.items, (NO_PAIN, PainLimit(3, "next_morning")), strict=True):
        own = {item.key: item.note.text for item in each.exercise.safety}
        assert each.exercise.pain == limit
        assert own.keys() <= whole.keys()
        assert {key: text for key, text in own.items() if key != STOP_KEY}.items() <= whole.items()
        assert own[STOP_KEY] == (SCOPED if limit.most else STRICT)


def test_link_follows_the_exercise_as_it_is_now_and_keeps_no_limit(
    set_up_site: None, db: None, tmp_path: Path, client: Client
):
    routine = loaded(tmp_path, "calf-stretch")
    link = address(factories.link_to(routine).token)
    assert EXCEPTION in client.get(link).content.decode()
    load(write(tmp_path, hurting()), publish=True)
    assert EXCEPTION not in client.get(link).content.decode()
    for row in (ShareLinkItem, RoutineItem):
        assert not {"pain_most", "settles_by"} & {field.name for field in row._meta.get_fields()}


def test_words_kept_for_a_patient_allow_no_more_than_the_exercise_does_now(
    set_up_site: None, db: None, tmp_path: Path, client: Client
):
    routine = loaded(tmp_path, "calf-stretch")
    with pytest.raises(ValidationError, match="Your note’s “Some pain is fine” allows some pain, the strictest"):
        factories.link_to(routine, note="Some pain is fine.")
    link = factories.link_to(routine)
    calf = ShareLinkItem.objects.filter(exercise__slug="calf-stretch")
    calf.update(cue="Keep the heel down. Pain up to 3 of 10 is fine.", intensity_cue="Pain at most 3 of 10")
    ShareLink.objects.update(note="Well done. Pain up to 4 of 10 is fine.")
    ends = ("", "follow/", "sheet.json", "handout.pdf", "routine.ics")
    for allows, make in ((True, lambda: None), (False, lambda: load(write(tmp_path, hurting()), publish=True))):
        make()
        for end in ends:
            response = client.get(f"{address(link.token)}{end}")
            said = plain(response.getvalue() if response.streaming else response.content)
            assert "Keeptheheeldown" in said, end
            assert "Welldone" in said or end not in {"", "handout.pdf"}
            assert "4of10" not in said, end
            assert ("Painupto3of10isfine" in said) is allows, end
            assert "Painatmost3of10" not in said or allows, end
    kept = ShareLink.objects.get()
    assert kept.replace(kept.created_by).link.note == "Well done."


def test_exercise_is_lowered_at_once_and_what_a_routine_says_of_more_pain_is_left_out_and_audited(
    set_up_site: None, db: None, tmp_path: Path
):
    routine = loaded(tmp_path, "calf-stretch", "easy-walking")
    RoutinePage.objects.filter(pk=routine.pk).update(
        dos="Pain up to 3 out of 10 is fine.\nBreathe out.", expect_change="Pain up to 3 out of 10 is fine."
    )
    kept = RoutinePage.objects.get(pk=routine.pk).sheet()
    assert (len(kept.dos), kept.expect_change) == (2, "Pain up to 3 out of 10 is fine.")
    walking = ExercisePage.objects.get(slug="easy-walking")
    walking.pain_most, walking.settles_by = 0, "at_once"
    assert prescriptions_that_no_longer_fit(walking) == []
    ExercisePage.objects.filter(pk=walking.pk).update(pain_most=0, settles_by="at_once")
    read = RoutinePage.objects.get(pk=routine.pk).sheet()
    assert (read.dos, read.expect_change) == (("Breathe out.",), "")
    told = [sentence for finding in findings() for sentence in finding.sentences]
    assert [sentence for sentence in told if "“Pain up to 3 out of 10 is fine” allows" in sentence]


def test_library_loaded_again_never_raises_what_is_live(set_up_site: None, db: None, tmp_path: Path):
    loaded(tmp_path, "easy-walking")
    with pytest.raises(CommandError) as refused:
        load(write(tmp_path, hurting("calf-stretch")), publish=True)
    assert "takes a second person" in str(refused.value.__cause__)
    assert ExercisePage.objects.get(slug="calf-stretch").pain_limit() == NO_PAIN


def test_only_what_is_shown_counts(set_up_site: None, db: None, tmp_path: Path):
    routine = loaded(tmp_path, "calf-stretch")
    ExercisePage.objects.get(slug="easy-walking").unpublish()
    (stop,) = (item.note for item in RoutinePage.objects.get(pk=routine.pk).sheet().safety if item.key == STOP_KEY)
    assert stop.text == SCOPED


def test_shared_exercise_says_what_pain_is_fine(set_up_site: None, db: None, tmp_path: Path):
    sheet = loaded(tmp_path, "calf-stretch").sheet()
    words: Any = [render_to_string("components/feel.html", {"sheet": item.exercise}) for item in sheet.items]
    assert "out of 10" not in words[0]
    assert "Pain up to 3 out of 10 is fine if it settles by next morning. More than that: stop." in words[1]
