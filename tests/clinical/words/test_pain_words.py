"""Words that allow pain an exercise does not: found in what people write, and not in what merely names pain."""

from __future__ import annotations

import pytest

from clinical.words import pain_words
from clinical.words.pain_faults import ANYWHERE, BESIDE_EXERCISE, IN_NOTE, OF_ROUTINE, ON_EXERCISE, pain_in_words_fault
from clinical.words.pain_words import NEVER, allowed_in_words, as_led, without_more_pain

#: What allows pain, and how much of it.
ALLOWS = [
    ("Pain up to 3 of 10 is fine if it settles by next morning", 3),
    ("A pull. Pain of 2-4/10 is normal.", 4),
    ("Work at 5 out of 10 pain", 5),
    ("Some pain is okay.", 1),
    ("Mild soreness is to be expected", 1),
    ("Pain up to 7 out of 10 is fine: it will help you", 7),
    ("Ask nobody: pain of 4 out of 10 is okay", 4),
    ("Pain up to seven out of ten", 7),
    ("Pain of 2.5 out of 10 is fine", 3),
    ("Pain up to 6 is fine", 6),
    ("Pain up to 5/10, more than that: stop", 5),
    ("Stop at sharp pain, but pain up to 5 of 10 is fine", 5),
    ("Pain up to 5 of 10 is fine", 5),
    ("Pain up to five out of ten is fine", 5),
    ("Pain of 3-4/10 is acceptable", 4),
    ("Pain 3\u20135 out of 10", 5),
    ("Pain 3\u20145 out of 10", 5),
    ("Pain between 3 and 5 out of 10 is fine", 5),
    ("Pain 3 or 4 out of 10 is fine", 4),
    ("Pain up to 50% is fine", 5),
    ("VAS 4 is allowed", 4),
    ("VAS up to 4", 4),
    ("NRS 0-4 is acceptable", 4),
    ("NPRS \u2264 5", 5),
    ("Pain VAS 4/10", 4),
    ("Keep pain at a 4 or lower", 4),
    ("Keep pain below 5", 4),
    ("Keep the pain under 4", 3),
    ("Pain less than six is ok", 5),
    ("Pain no more than 5/10", 5),
    ("Keep it to no more than 5/10 on the pain scale", 5),
    ("Up to 5/10 pain", 5),
    ("5 out of ten pain is fine", 5),
    ("No more than 5 out of 10 discomfort", 5),
    ("Discomfort up to 5/10 is fine", 5),
    ("Some discomfort is fine", 1),
    ("Some discomfort is normal", 1),
    ("A little discomfort is ok", 1),
    ("Tolerable ache is fine", 1),
    ("Work into a tolerable ache", 1),
    ("A dull ache is fine", 1),
    ("Aching up to 4/10 is fine", 4),
    ("It should hurt a little", 1),
    ("It may hurt a little", 1),
    ("It is OK if it hurts a bit", 1),
    ("It's fine to feel some pain", 1),
    ("You can have some pain", 1),
    ("Some pain is expected", 1),
    ("Some pain is acceptable during the exercise", 1),
    ("Push through the pain", NEVER),
    ("Work through the pain", NEVER),
    ("Work into pain", 1),
    ("No pain no gain", NEVER),
    ("Mild pain allowed", 1),
    ("Mild pain OK", 1),
    ("Pain is normal", 1),
    ("Tendon pain during the exercise is OK", 1),
    ("A bit of pain is ok", 1),
    ("Moderate discomfort is acceptable", 4),
    ("Pain should stay within 5/10", 5),
    ("Acceptable pain: 0-5", 5),
    ("Don't worry about pain below 5/10", 4),
    ("Do not stop for pain up to 5/10", 5),
    ("You do not need to stop if it hurts a little", 1),
    ("Pain up to 5 on a 0-10 scale is fine", 5),
    ("Pain up to 5 (0 to 10 scale) is fine", 5),
    ("Pain \u22645/10", 5),
    ("Pain max. 5/10", 5),
    ("Max. 5/10 pain", 5),
    ("max 5/10 on VAS", 5),
    ("Pain up to \uff15/\uff11\uff10 is fine", 5),
    ("Pain up to 5\u204410 is fine", 5),
    ("Pain up to 5 \u2215 10 is fine", 5),
    ("Pain up to 5\nout of 10 is fine", 5),
    ("Pain:\nup to 5 of 10 is fine", 5),
    ("Pain.\nUp to 5 of 10 is fine", 5),
    ("Pain is fine. Up to 5 of 10.", 5),
    ("Pain during the exercise is okay. Keep it under 5/10.", 4),
    ("Pain; up to 5/10 is fine", 5),
    ("Pain (e.g. 5/10) is fine", 5),
    ("Pain of approx. 5/10 is fine", 5),
    ("Schmerz bis 5 von 10 ist in Ordnung", 5),
    ("Schmerzen bis 5/10 sind erlaubt", 5),
    ("Douleur jusqu\u2019\xe0 5 sur 10 acceptable", 5),
    ("La douleur peut aller jusqu'\xe0 5/10", 5),
    ("Pain up to 5,5 of 10", 6),
    ("Soreness up to 5/10 is ok", 5),
    ("Painful up to 5/10 is ok", 5),
    ("It can be painful (up to 5/10)", 5),
    ("Pains up to 5/10 are ok", 5),
    ("It hurts up to 5/10: fine", 5),
    ("Symptoms up to 5/10 are ok", 5),
    ("Expect pain of about five", 5),
    ("Pain-level 5 is the limit", 5),
    ("Stop only if pain exceeds 5/10", 5),
    ("Pain up to 5 from 10 is fine", 5),
    ("Pain up to 5 in 10 is fine", 5),
    ("Pain up to 5 of a possible 10 is fine", 5),
    ("Pain up to 5 out of a maximum of 10", 10),
    ("Pain\xa0up to 5\xa0/\xa010", 5),
    ("Pain up to 40/100 is fine", 4),
    ("Pain that is gone by morning is fine", 1),
    ("Pain that settles within an hour is fine", 1),
    ("Pain afterwards is fine if it settles by next morning", 1),
    ("Slight pain during the movement is not a problem", 1),
    ("Do it even if it hurts", NEVER),
    ("Keep going despite the pain", NEVER),
    ("Ignore the pain", NEVER),
    ("A good hurt is fine", 1),
    ("Ask nobody; get on with it: 5/10 pain", 5),
    ("Get to 5 out of 10 pain", 5),
    ("Go to 5/10 pain", 5),
    ("See that the pain stays under 5/10", 4),
    ("Get used to pain of 5 out of 10", 5),
    ("Get pain up to 5 of 10", 5),
    ("Pain does not matter", NEVER),
    ("Never mind the pain", NEVER),
    ("Never mind pain below 3/10", 2),
    ("Don't rest, push through the pain", NEVER),
    ("Do not stop even if it hurts", NEVER),
    ("Pain is good", 1),
    ("Expect some pain. A 4 is ok.", 4),
    ("Pain level: green 0–2, amber 3–5 (carry on), red 6 or more: stop", 5),
    ("Pain:\ngreen 0 to 2\namber 3 to 5: carry on\nred: stop", 5),
    ("Pain: green 0–2, amber 3–5 (do half), red 6 and above (stop)", 2),
]
#: What warns, or measures something else, on an exercise that allows so much.
WARNS = [
    ("A mild pull, never pain", 0),
    ("An effort of 6 out of 10", 0),
    ("Stop if you feel pain.", 0),
    ("Ask your physiotherapist if the pain is 8 out of 10.", 0),
    ("Stop if pain is more than 3 out of 10", 0),
    ("Never let pain reach 4 out of 10", 3),
    ("Do not go above 4/10 pain", 3),
    ("If it is a warning, push into no pain", 0),
    ("stop at any pain\nwork at an effort of 6 out of 10", 0),
    ("No more than 3/10 pain or 6/10 effort", 3),
    ("Do not believe in no pain, no gain", 0),
    ("", 0),
    ("Stop if pain goes above 3 out of 10", 3),
    ("Stop if pain goes above 3 out of 10", 0),
    ("Never push into pain", 0),
    ("Pain of 7 of 10 or more: call", 0),
    ("Pain of 7 of 10 or more: call", 3),
    ("If your pain is 8 out of 10 today, do not start", 0),
    ("If your pain is 8 out of 10 today, do not start", 3),
    ("Do not start with pain of 6 out of 10 or more", 3),
    ("Stop and ring 111 if the pain reaches 8 out of 10", 3),
    ("If the pain is 8 out of 10, ask your physiotherapist", 3),
    ("Stop at once if the pain is 5 out of 10", 3),
    ("Stop if pain reaches 4 out of 10", 3),
    ("Stop when pain hits 4/10", 3),
    ("Rest today if pain was 6/10 last night", 3),
    ("Pain above 3 out of 10 is not fine", 3),
    ("Pain of 4/10 is too much", 3),
    ("Pain over 5/10 means you have done too much", 3),
    ("No pain is fine", 0),
    ("Pain is not normal", 0),
    ("Some pain is not okay", 0),
    ("Sharp pain is never normal", 0),
    ("Stop if pain is felt", 0),
    ("No pain; effort of 6 out of 10", 0),
    ("No pain, effort 6 out of 10", 0),
    ("Without pain, at an effort of 6 out of 10", 0),
    ("Work at 6 out of 10 effort without pain", 0),
    ("Stretch feeling 6/10, pain 0/10", 0),
    ("A pull of 5 out of 10, never pain", 0),
    ("Never pain: a pull of 5 out of 10", 0),
    ("Stop at any pain. A pull of 5 out of 10", 0),
    ("Pain free, pull 4/10", 0),
    ("Pain-free range; 7 out of 10 effort", 0),
    ("Pain-free, RPE 7/10", 0),
    ("Pain free\nEffort 7 of 10", 0),
    ("Back pain: 8 out of 10 people have it once", 0),
    ("Back pain is common: eight out of ten people get it", 0),
    ("Low back pain affects 8 of 10 adults", 0),
    ("Knee pain is normal after a run? No: ask first", 0),
    ("Neck pain gets better in 9 out of 10 people", 0),
    ("For knee pain: 3 sets of 10", 0),
    ("For pain relief do 2 of 10 repetitions slowly", 0),
    ("Stop if it hurts; do 5 of 10 slowly", 0),
    ("Hurts? Do only 5 of 10", 0),
    ("If it hurts do 5 of 10 repetitions", 0),
    ("Pain is a sign to stop", 0),
    ("If there is pain, five seconds are fine", 0),
    ("If you have pain, 5 are fine", 0),
    ("If it hurts, 2 is fine", 0),
    ("Where 10 hurt, 5 are fine", 0),
    ("If pain comes, fewer repetitions: 5 is fine", 0),
    ("If it hurts on one side, one is fine", 0),
    ("Soreness next day of 2/10 is normal", 0),
    ("Mild soreness next day is to be expected", 0),
    ("Muscle soreness the day after is normal", 0),
    ("Slight soreness is normal for two days", 0),
    ("Pain is okay to mention to your physiotherapist", 0),
    ("Pain is all right? No.", 0),
    ("Do not think that pain is normal", 0),
    ("Do not accept that pain is fine", 0),
    ("It is a myth that some pain is okay", 0),
    ("Never work with pain of more than 0 out of 10", 0),
    ("Pain should be 0 out of 10", 0),
    ("Your pain must be zero out of 10", 0),
    ("Call 999 if you have chest pain, even 1 of 10", 0),
    ("Chest pain, even of 2 out of 10: stop and call 999", 0),
    ("In an emergency call 999: chest pain of 2 of 10", 0),
    ("Headache of 7/10: ask first", 0),
    ("Write your pain down from 0 to 10", 0),
    ("Rate your pain out of 10", 0),
    ("On a scale of 0 to 10, pain should stay at 0", 0),
    ("Wait until pain is below 2 out of 10 before you begin", 0),
    ("Only do this when your pain is 2/10 or less", 0),
    ("Go and see your GP if pain is 7/10", 0),
    ("Please call if pain is 7/10", 0),
    ("You should see someone if pain is 7/10", 0),
    ("Do not push past pain of 3 out of 10", 3),
    ("Lower the weight if pain goes to 4 or 5 out of 10", 3),
    ("Worse than 5/10 pain? Stop", 3),
    ("If pain is 6/10 the next day, do half", 3),
    ("No pain, no gain is a myth", 0),
    ("Some pain is normal. Do 5 slowly. The green 2 kg band is fine.", 1),
    ("Pain: green 0, amber 1 to 5: stop and ask, red 6: call", 0),
    ("Stop at any pain. A 4 is fine for the band.", 0),
    ("“No pain, no gain” is wrong", 0),
    ("Pushing through pain makes it worse", 0),
    ("Working through the pain is a mistake", 0),
    ("Stop even if it hurts only a little", 0),
]


@pytest.mark.parametrize(("text", "most"), ALLOWS)
def test_how_much_pain_the_words_allow(text: str, most: int):
    assert allowed_in_words(text) == most


@pytest.mark.parametrize(("text", "most"), WARNS)
def test_words_that_warn_are_left_alone(text: str, most: int):
    assert allowed_in_words(text) <= most


def test_words_may_say_what_the_field_says_and_no_more():
    words = "A pull\nPain up to 3 of 10 is fine"
    assert pain_in_words_fault(words, 3) == ""
    fault = pain_in_words_fault(words, 2)
    assert fault.startswith("“Pain up to 3 of 10 is fine” allows pain of 3 out of 10, the exercise 2.")


def test_only_where_the_field_is_the_refusal_names_it():
    told = (ON_EXERCISE, BESIDE_EXERCISE, OF_ROUTINE, IN_NOTE, ANYWHERE)
    assert [each for each in told if "Pain allowed, out of 10" in each] == [ON_EXERCISE]


def test_a_clause_is_read_once_however_many_figures_it_names(monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    plainly = pain_words._Clause._plainly
    monkeypatch.setattr(
        pain_words._Clause, "_plainly", lambda clause, sign: (read.append(sign), plainly(clause, sign))[1]
    )
    allowed_in_words("if 5/10 pain " * 8_000)
    assert len(read) <= 2


@pytest.mark.parametrize(
    ("words", "most", "left"),
    [
        ("Keep the heel down. Pain up to 3 of 10 is fine.", 3, "Keep the heel down. Pain up to 3 of 10 is fine."),
        ("Keep the heel down. Pain up to 3 of 10 is fine.", 2, "Keep the heel down."),
        ("Pain up to 3 of 10 is fine; keep the heel down", 0, "keep the heel down"),
        ("Pain at most 3 of 10", 0, ""),
        ("Stop if pain is more than 3 of 10.", 0, "Stop if pain is more than 3 of 10."),
        ("", 0, ""),
    ],
)
def test_sentence_that_allows_more_is_left_out_and_no_other(words: str, most: int, left: str):
    assert without_more_pain(words, most) == left


@pytest.mark.parametrize(
    ("lead", "line", "most"),
    [
        ("Do not", "carry on with pain of 5 out of 10", 0),
        ("Do not", "push past pain of 4 out of 10", 0),
        ("Do not", "work through pain", 0),
        ("Do not", "think that pain is fine", 0),
        ("Do not", "Pushing through pain", 0),
        ("Do not", "Stopping at 5 out of 10 pain", 5),
        ("Do not", "Pain up to 5 of 10 is fine", 5),
        ("Do not feel", "Pain of 3 out of 10, or numbness", 0),
        ("Do not feel", "More than a pull. Pain up to 4 of 10 is fine", 4),
        ("Ask first if", "kneeling is painful (5/10)", 0),
        ("Stop if", "it goes on hurting even when it is sore", 0),
    ],
)
def test_what_is_not_to_be_done_allows_nothing_unless_it_says_so(lead: str, line: str, most: int):
    assert allowed_in_words(as_led(lead, f"lean far\n{line}")) == most
