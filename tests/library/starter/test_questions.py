"""Readers find it in one try: a set of questions as people write them, and what must come first, on both databases."""

from __future__ import annotations

import sys
from pathlib import Path

from django.http import QueryDict

from stretchsite.finding.lexicon import lexicon
from stretchsite.finding.stems import words_of
from stretchsite.search import Found, search_everything

QUESTIONS = Path(__file__).with_name("questions.tsv")
ANY = "*"
LEAST_QUESTIONS, LEAST_RANK = 120, 0.9


def questions() -> list[tuple[str, list[str]]]:
    """Each question with the addresses of which one must come first."""
    lines = [line for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(words, first.split("|")) for words, first in (line.split("\t") for line in lines)]


def answer(words: str, **more: str) -> Found:
    """What the site answers."""
    address = QueryDict(mutable=True)
    address.update({"q": words, **more})
    return search_everything(address)


def rank(answered: Found, expected: list[str]) -> float:
    """One divided by the place of the first answer that was expected; 0 where it is not on the first page."""
    found = [card.url for card in answered.catalogue.cards]
    places = [place for place, url in enumerate(found, 1) if url in expected or expected == [ANY]]
    return 1 / places[0] if places else 0


def test_every_question_is_answered_and_nearly_all_at_once(starter_site: None, db: None):
    asked = questions()
    answers = {words: answer(words) for words, _expected in asked}
    ranks = {words: rank(answers[words], expected) for words, expected in asked}
    mean = sum(ranks.values()) / len(ranks)
    missed = [f"{words}: {ranks[words]:.2f}" for words in ranks if ranks[words] < 1]
    sys.stdout.write("\n".join([f"{len(asked)} questions, mean reciprocal rank {mean:.3f}", *missed, ""]))
    assert len(asked) >= LEAST_QUESTIONS
    assert mean >= LEAST_RANK, missed
    assert [words for words, answered in answers.items() if not answered.catalogue.count] == []


def test_no_question_of_several_words_stands_whole_in_the_lexicon():
    known = lexicon("en-gb")
    said = {words: tuple(each for each in words_of(words) if each not in known.stop_words) for words, _ in questions()}
    assert [words for words, counted in said.items() if len(counted) > 1 and counted in known.means] == []


def test_what_has_few_of_the_words_does_not_stand_before_what_is_about_the_part_that_was_asked_for(
    starter_site: None, db: None
):
    found = [card.url for card in answer("shoulder pain at night").catalogue.cards]
    about = [url for url in found if "arm-" in url or "neck-" in url]
    assert len(about) >= 3
    assert found[: len(about)] == about, "a plank works the shoulder, and says of it least"
    assert not any("calf" in url or "hamstring" in url for url in found), "pain and night alone say no shoulder"


def test_whoever_asks_for_more_than_any_page_has_is_told(starter_site: None, db: None):
    told = {words: answer(words) for words in ("shoulder pain at night", "calf cramp", "zzzzz", "wrist pain typing")}
    assert {words: (each.is_partly, each.has_most) for words, each in told.items()} == {
        "shoulder pain at night": (True, False),
        "calf cramp": (False, True),
        "zzzzz": (False, False),
        "wrist pain typing": (True, False),
    }
