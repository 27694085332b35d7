"""What a question means: stems, words that do not count, the lexicon, typing errors, and signs that need help first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from stretchsite.finding.help_first import has_a_cramp, is_in_despair, may_be_mended, needs_help
from stretchsite.finding.lexicon import FOLDER, LexiconError, lexicon, parsed
from stretchsite.finding.near_words import near, nearest
from stretchsite.finding.question import MOST_WORDS, question
from stretchsite.finding.red_flags import (
    DESPAIR_ALONE,
    DESPAIR_AS_SAID,
    FLAGS_ALONE,
    FLAGS_AS_SAID,
    IN_DESPAIR,
    RED_FLAGS,
)
from stretchsite.finding.stems import stem_of, words_of

ENGLISH = "en-gb"
#: Every line that ever put help first. Lines are added here with those in the code, and never taken away.
EVER = Path(__file__).with_name("red_flags.json")
NOTES = Path(__file__).parents[3] / "library/starter/notes"


def signs_of_the_library() -> list[str]:
    """Everything the starter library calls a sign of the first tier, in its long and its short words."""
    read = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(NOTES.glob("*.yaml")))
    urgent = [note for note in read if note["tier"] == 1]
    said = ((note["text"], note["in_short"], note.get("family", {}).get("sign", "")) for note in urgent)
    return [words for each in said for words in each if words]


def wanted(text: str) -> list[frozenset[str]]:
    return [each.stems for each in question(text, ENGLISH).wanted]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("stretching", "Stretches"), ("calves", "CALF"), ("don't", "dont"), ("oedema", "edema"), ("feet", "foot")),
        *(("practising", "practicing"), ("Ménière", "meniere"), ("ＣＡＬＦ", "calf")),
    ],
)
def test_forms_and_spellings_of_a_word_are_one(one: str, other: str):
    assert wanted(one) == wanted(other) != []


def test_words_that_say_nothing_do_not_count_unless_there_are_no_others():
    assert wanted("a stretch for my calf") == wanted("stretch calf")
    assert wanted("what is it") != []


def test_lexicon_says_what_people_mean():
    assert wanted("bum") == [{"bum", "buttock", "glute"}]
    assert [{"low", "lumbar", "lumbago"}, {"back", "lumbar", "lumbago"}] == wanted("lumbago")


def test_meanings_are_words_no_saying_hides():
    for file in FOLDER.glob("*.yaml"):
        known = lexicon(file.stem)
        assert known.means
        assert {word for words in known.means.values() for spellings in words for word in spellings} & (
            known.stop_words
        ) == set()


@pytest.mark.parametrize(
    "text", ["means: {Bum: buttock}", "means: {bum: ''}", "forms: {4: four}", "means: {'x-ray': ray}", "more: {}", "[]"]
)
def test_lexicon_that_is_wrong_is_refused(text: str):
    with pytest.raises(LexiconError):
        parsed(text)


def test_typing_errors_are_read_as_the_nearest_word():
    known = ["hamstring", "plank", "calf", "chair", "hip", "neck"]
    typed = ["hamstirng", "plnak", "calff", "hamstringg", "kneck", "hop", "xylophone"]
    assert [nearest(near(word, known)) for word in typed] == [
        ["hamstring"],
        ["plank"],
        ["calf"],
        ["hamstring"],
        ["neck"],
        [],
        [],
    ]


def test_only_the_first_words_count():
    assert len(question("calf " * 5 + "neck wall " * 50, ENGLISH).words) == MOST_WORDS


@pytest.mark.parametrize("line", RED_FLAGS)
def test_every_red_flag_is_read_in_any_order(line: str):
    assert needs_help(question(" and ".join(reversed(line.split())), ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        *IN_DESPAIR,
        *DESPAIR_AS_SAID,
        *sorted(DESPAIR_ALONE),
        *("I want to die", "suicidal thoughts", "I don't want to live any more", "thinking of killing myself"),
        *("I want to end it all", "hurting myself on purpose", "suicde", "there is no reason to live"),
        *("i took too many pills", "want to kill my self", "want to end it", "ending it all", "cutting myself", "kms"),
        *("kil myself", "took all my tablets", "there's no point in living", "I don't want to be here anymore"),
        *("life not worth living", "overdose", "end it", "I can't go on", "killing my self"),
    ],
)
def test_words_of_somebody_in_despair_are_read(text: str):
    assert is_in_despair(question(text, ENGLISH), ENGLISH)
    assert needs_help(question(text, ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "chest pain",
        "I want to live without pain",
        "end of the day stretch",
        "I hurt myself lifting",
        "numb",
        "at the end it hurts",
        "cant go on my toes",
    ],
)
def test_other_words_are_not_those_of_despair(text: str):
    assert not is_in_despair(question(text, ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        *("pins and needles in my hand and foot", "pins and needles in right hand and right foot"),
        *("pins and needles in fingers and toes", "tingling bottom and foot", "pins and needles left hand"),
        *("tight left chest muscles", "pins and needles in my foot cant feel it", "tingling bottom feet"),
    ],
)
def test_only_one_part_alone_is_calm_and_no_left_chest_or_hand(text: str):
    assert needs_help(question(text, ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        *("fell asleep", "foot fell asleep", "fell runner calf stretch", "cycling saddle", "weight loss exercises"),
        *("swimming stroke", "faint hope", "leg hot pack", "red resistance band leg", "blue leg warmers"),
        *("suicide squats", "best suicide sprints", "pins and needles in my left foot"),
    ],
)
def test_what_only_sounds_like_a_sign_alarms_only_with_more_beside_it(text: str):
    assert not needs_help(question(text, ENGLISH), ENGLISH)
    for more in ("arm numb", "both legs weak", "and a stroke", "i want to die"):
        assert needs_help(question(f"{text} {more}", ENGLISH), ENGLISH)


@pytest.mark.parametrize("text", ["i fell running and my hip hurts", "my knee fell running", "red band on my calf"])
def test_what_could_be_a_fall_or_a_streak_alarms(text: str):
    assert needs_help(question(text, ENGLISH), ENGLISH)


def test_typing_error_beside_words_of_despair_is_never_mended():
    said = ("ktting myself", "i tok pilsl and tablets", "too mny pills", "suicidal thougts")
    assert [text for text in said if may_be_mended(question(text, ENGLISH), ENGLISH)] == []
    assert may_be_mended(question("hamstirng stretch", ENGLISH), ENGLISH)


def test_red_flags_are_only_added_to():
    kept = {*RED_FLAGS, *IN_DESPAIR, *FLAGS_AS_SAID, *DESPAIR_AS_SAID, *FLAGS_ALONE, *DESPAIR_ALONE}
    assert set(json.loads(EVER.read_text(encoding="utf-8"))) == kept
    assert not needs_help(question("hamstring stretch in the morning", ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "I have been having pain in my lower back for three weeks and now I can't pee",
        "pain in both legs into my feet since yesterday and numb saddle area",
        "exercise for my calf because since the flight last week it is red hot and swollen",
        *("cannot pee", "can not breathe", "unable to pee", "cannot walk", "fallen and cannot stand"),
        *("stiff back and I cannot feel my legs", "swelling in calf", "thrombossis", "can't urinate", "paralysis"),
        *("shortness of breath", "lost control of bladder", "lost weight", "I can no longer feel my foot"),
        *("red leg", "my leg is hot", "one leg is bigger than the other", "my leg gave way", "felt a pop in my calf"),
        *("crushing chest", "pressure on my chest", "chest hurts", "my face is drooping", "pregnant bleeding"),
        *("no feeling in my leg", "coughing up blood", "blood in urine", "cant lift foot", "can't speak"),
        *("tingling in my groin", "tingling down both legs", "can't put weight on it", "worst pain of my life"),
        *("chestpain", "mychestispainful", "cantbreathe", "pins and needles", "pins and needles in both feet"),
        *("pins and needles in my foot and a weak leg", "tight chest muscles and my arm aches", "legnumb"),
        *(
            "pian in chest",
            "wee problems back pain",
            "d.v.t.",
            "wetting myself",
            "sciatica in both legs",
            "back pain at night",
        ),
    ],
)
def test_red_flags_are_read_in_plain_and_long_questions(text: str):
    assert needs_help(question(text, ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        *signs_of_the_library(),
        *("my foot is cold and pale", "foot gone blue", "cant swallow", "sight gone bad", "both legs painful"),
        *("no feeling during sex", "cramp after a dirty wound", "leg discoloured", "sore hard veins leg"),
        *("leg takes no weight", "back pain and chills", "back pain after a crash"),
    ],
)
def test_signs_of_the_sites_own_notes_are_read(text: str):
    assert needs_help(question(text, ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        *FLAGS_AS_SAID,
        *sorted(FLAGS_ALONE),
        *("angina", "my chest feels heavy", "chest ache", "chest discomfort", "burning chest", "chess pain"),
        *("chest pane", "chestpian", "hart attack", "hartattack", "back pain and weeing myself", "peed myself"),
        *("weed myself", "cant go to the toilet", "cant piss", "leaking pee", "no feeling when i wipe"),
        *("tingling in my bum", "slurring my words", "cant get my words out", "weak on one side", "TIA"),
        *("lost vision", "cant move my arm", "having a fit", "bloodclt", "leg swole up", "pain in calf after flight"),
        *("calf pain after surgery", "phlebitis", "fallen and cant get up", "i have fallen", "ifell", "after a fall"),
        *("broken ankle", "torn calf", "achilles rupture", "snapped achilles", "trouble breathing"),
        *("struggling to breathe", "hurts to breathe", "blood in wee", "vomiting blood", "spitting blood"),
        *("111", "ambulance", "help me", "urgent", "sepsis", "paralized", "face is droopy"),
    ],
)
def test_what_people_type_for_a_sign_is_read(text: str):
    assert needs_help(question(text, ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        *("fallen arches", "stretches to help me sleep", "breathing exercises", "back pain at the end of a run"),
        *("get fit", "both sides", "leg exercise without weights", "toilet", "walk fast", "chill out stretch"),
        *("heel strike when running", "I heard stretching helps back pain", "bowed legs", "after an injection"),
        *("pins and needles in my foot", "stretch for tight chest muscles", "tingling", "numbered", "understand"),
        *("backstroke", "tingling at the bottom of my foot", "back pain has changed my life"),
        *("chest stretch", "bending", "pressure on the ball", "feeling good in the morning"),
        *("warm up legs", "stretch both legs", "legs at night", "a bigger ball"),
        *("leg pain for a week", "towel stretch", "shoulder blade", "number of times", "stretches for a long flight"),
        "I lost my way in the middle of the morning routine with the lunges and the bridge and the calf stretch",
    ],
)
def test_ordinary_words_are_no_red_flags(text: str):
    assert not needs_help(question(text, ENGLISH), ENGLISH)


@pytest.mark.parametrize(
    "text", ["chest pa", "chest pai", "numb le", "numbn", "blood clo", "clotti", "thromb", "cant sta"]
)
def test_red_flag_that_is_half_typed_is_read_while_it_is_typed(text: str):
    assert needs_help(question(text, ENGLISH), ENGLISH, is_typing=True)


@pytest.mark.parametrize(
    "text", ["chest p", "leg pa", "leg pai", "calf re", "stre", "number", "shoulder bla", "warm up le"]
)
def test_ordinary_words_that_are_half_typed_are_no_red_flags(text: str):
    assert not needs_help(question(text, ENGLISH), ENGLISH, is_typing=True)


def test_cramp_is_read_in_its_names():
    said = ("calf cramps", "Charlie horse", "cramping", "kramp", "crampinleg", "my calf siezed up", "leg ceased up")
    assert [text for text in said if not has_a_cramp(question(text, ENGLISH), ENGLISH)] == []
    assert not has_a_cramp(question("my back has seized up", ENGLISH), ENGLISH)


def test_saying_that_stands_for_a_cramp_is_one():
    added = {("rocky", "leg"): (("calf",), ("cramp",)), ("knotty",): (("cramp", "stiff"),)}
    known = lexicon(ENGLISH).with_sayings(added)
    assert has_a_cramp(question("Rocky legs rocky leg at night", ENGLISH, known), ENGLISH)
    assert not has_a_cramp(question("knotty calf", ENGLISH, known), ENGLISH)


def test_language_nobody_has_written_a_lexicon_for_is_searched_by_its_words():
    assert stem_of("dehnungen", "de") == stem_of("dehnung", "de")
    assert [each.stems for each in question("ふくらはぎ", "ja").wanted] == [{words_of("ふくらはぎ")[0]}]
    assert lexicon("../en").means == {}
