"""The card "Before you start": every serious note has its sign in one group, whatever there is, and none is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from clinical.outputs.note_labels import said_alone
from clinical.outputs.signs import GroupStyle, SignCard, SignGroup, sign_card
from clinical.safety.default_notes import EMERGENCY_KEY, STOP_KEY
from clinical.safety.rules import TIER_OF_KIND, EffectiveNote, effective_notes
from clinical.safety.sheet import AskFirst, EmergencyNumber, SafetyBoard
from clinical.safety.short_signs import Family, words_digest
from clinical.words.choices import BodyRegion, NoteKind, PlaceKind, Tier, Urgency
from clinical.words.concerns import Concern, phrase
from tests.pure_examples import (
    at,
    because,
    board,
    condition,
    effective,
    floor,
    key,
    subject,
    version,
)

K, T, U = NoteKind, Tier, Urgency
#: Every kind at every tier and urgency the gate lets through.
CASES = [
    (kind, tier, urgency)
    for kind, tier in product(K, T)
    if tier <= TIER_OF_KIND[kind]
    for urgency in (U if tier is T.GET_HELP else [""])
]
COMPLETES_IF = {K.RED_FLAG, K.CONTRAINDICATION, K.STOP}
ORDER = ["emergency", "today", "leave", "stop", "not", "ask", "check"]


def note(number: int = 1, kind: NoteKind = K.STOP, tier: Tier = T.DO_NOT, urgency: str = "", **facts) -> EffectiveNote:
    return effective(version(number, kind, tier, urgency=str(urgency), **facts))


def groups_with(card: SignCard, number: int) -> list[SignGroup]:
    """Every group the note stands in, once for each of its signs."""
    return [group for group in card.groups for sign in group.signs if key(number) in sign.keys]


def expected(kind: NoteKind, tier: Tier, urgency: str, in_short: str) -> list[str]:
    """Where a note belongs, written without the code under test."""
    if tier is T.GOOD_TO_KNOW:
        return []
    if tier is T.CHECK_FIRST:
        return ["ask" if kind in {K.CHECK_FIRST, K.POPULATION} and in_short else "check"]
    if kind not in COMPLETES_IF:
        return ["not"]
    if tier is T.GET_HELP:
        return ["emergency" if urgency == U.EMERGENCY else "today"]
    return ["leave" if kind is K.CONTRAINDICATION else "stop"]


def words(card: SignCard, style: GroupStyle) -> list[str]:
    group = card.group(style)
    return [sign.words for sign in group.signs] if group else []


# Every kind × tier


@pytest.mark.parametrize(("kind", "tier", "urgency"), CASES, ids=str)
@pytest.mark.parametrize("in_short", ["", "in short"])
def test_note_has_its_sign_in_exactly_one_group(kind, tier, urgency, in_short):
    card = sign_card(board(note(1, kind, tier, urgency, text="in full", in_short=in_short)))
    found = groups_with(card, 1)
    assert [group.style for group in found] == expected(kind, tier, urgency, in_short)
    for group in found:
        (sign,) = [sign for sign in group.signs if key(1) in sign.keys]
        assert sign.words.endswith(in_short or "in full")


def test_the_table_has_every_kind_and_every_tier():
    assert {kind for kind, _tier, _urgency in CASES} == set(K)
    assert {tier for _kind, tier, _urgency in CASES} == set(T)
    assert {style for case in CASES for in_short in ("", "short") for style in expected(*case, in_short)} == set(ORDER)


@pytest.mark.parametrize(
    ("kind", "tier", "urgency", "said"),
    [
        (K.DONT, T.DO_NOT, "", "Do not bounce"),
        (K.PREPARATION, T.DO_NOT, "", "Do not leave this out: bounce"),
        (K.DO, T.DO_NOT, "", "Do not leave this out: bounce"),
        (K.CHECK_FIRST, T.DO_NOT, "", "Do not start before you have checked: bounce"),
        (K.CAVEAT, T.DO_NOT, "", "Do not start before you have checked: bounce"),
        (K.DONT, T.GET_HELP, U.EMERGENCY, "Emergency, call 999: Do not bounce"),
        (K.DONT, T.GET_HELP, U.SAME_DAY, "To get help today: Do not bounce"),
        (K.PREPARATION, T.GET_HELP, U.EMERGENCY, "Emergency, call 999: bounce"),
    ],
)
def test_raised_note_says_in_the_sixth_group_what_it_asks_for(kind, tier, urgency, said):
    assert words(sign_card(board(note(1, kind, tier, urgency, text="bounce"))), "not") == [said]
    shortened = note(1, kind, tier, urgency, text="in full", in_short="bounce")
    assert words(sign_card(board(shortened)), "not") == [said]


def test_thing_not_to_do_says_so_under_the_label_of_any_tier():
    shown = board(note(1, K.DONT, T.CHECK_FIRST, text="in full", in_short="bounce"))
    assert words(sign_card(shown), "check") == ["Do not bounce"]
    assert words(sign_card(shown), "ask") == []


def test_red_flag_that_is_milder_than_it_may_be_stands_all_the_same():
    assert words(sign_card(board(note(1, K.RED_FLAG, T.DO_NOT, text="your leg is cold"))), "leave") == [
        "your leg is cold"
    ]


@pytest.mark.parametrize(
    ("in_short", "said"),
    [
        ("never bounce", "never bounce"),
        ("do nothing else", "Do not do nothing else"),
        ("donate nothing", "Do not donate nothing"),
    ],
)
def test_what_forbids_is_told_by_whole_words(in_short, said):
    assert words(sign_card(board(note(1, K.DONT, in_short=in_short))), "not") == [said]


@pytest.mark.parametrize("in_short", ["do not bounce", "Do not bounce"])
def test_do_not_is_not_said_twice(in_short):
    assert words(sign_card(board(note(1, K.DONT, in_short=in_short))), "not") == [in_short]


# Groups, their order and their labels


def everything() -> SafetyBoard:
    """A board with a note in every group, written in the wrong order."""
    return board(
        note(7, K.CHECK_FIRST, T.CHECK_FIRST, text="Ask your doctor about it"),
        note(6, K.CHECK_FIRST, T.CHECK_FIRST, text="ask", in_short="you are unsure"),
        note(5, K.PREPARATION, T.DO_NOT, text="hold on"),
        note(4, K.STOP, T.DO_NOT, text="stop"),
        note(3, K.CONTRAINDICATION, T.DO_NOT, text="leave"),
        note(2, K.RED_FLAG, T.GET_HELP, U.SAME_DAY, text="today"),
        note(1, K.RED_FLAG, T.GET_HELP, U.EMERGENCY, text="now"),
    )


def test_groups_stand_in_one_order_whatever_the_order_of_the_notes():
    assert [group.style for group in sign_card(everything()).groups] == ORDER


def test_labels_name_whom_to_call():
    named = replace(everything(), urgent_number=EmergencyNumber("111"))
    assert [group.label for group in sign_card(named).groups] == [
        *("Call 999 now if", "Call 111 today if", "Leave it out if", "Stop if", "Do not", "Ask first if", "Check first")
    ]
    assert sign_card(everything()).groups[1].label == "Get help today if"


def test_group_without_a_sign_is_not_there_and_the_default_notes_always_are():
    card = sign_card(board())
    assert [group.style for group in card.groups] == ["emergency", "stop"]
    assert card.keys == {EMERGENCY_KEY, STOP_KEY}
    assert card.group("ask") is None


def test_default_notes_come_first_in_stop_if():
    earlier = note(1, text="a sign that sorts first")
    shown = SafetyBoard((earlier, *floor()), EmergencyNumber("999"), "en")
    group = sign_card(shown).group("stop")
    assert group is not None
    assert [sign.keys[0] for sign in group.signs] == [STOP_KEY, key(1)]


def test_card_counts_its_signs_its_notes_and_its_words():
    shown = board(note(1, text="your calf swells", in_short="it swells"))
    card = sign_card(shown)
    group = card.group("stop")
    assert group is not None
    assert (group.number, card.notes) == (2, 3)
    read = [group.label for group in card.groups] + [sign.words for group in card.groups for sign in group.signs]
    assert card.words == len(" ".join(read).split())


def test_short_sign_stands_in_place_of_the_text_and_without_one_the_whole_text_stands():
    short, whole = note(1, text="a long text", in_short="short"), note(2, text="another long text")
    assert words(sign_card(board(short, whole)), "stop")[1:] == ["short", "another long text"]


def test_sign_says_which_language_it_is_in():
    group = sign_card(board(note(1, text="Achtung", language="de"))).group("stop")
    assert group is not None
    assert group.signs[-1].language == "de"


# Tier 3 and what the page itself asks


def ask(number: int, *concerns: str, **facts) -> EffectiveNote:
    return note(number, K.POPULATION, T.CHECK_FIRST, concerns=concerns, **facts)


def asked(*notes: EffectiveNote, asks: tuple[AskFirst, ...] = ()) -> list[tuple[str, set[int]]]:
    group = sign_card(board(*notes), asks).group("ask")
    return [(sign.words, {one.int for one in sign.keys}) for sign in group.signs] if group else []


def test_notes_about_the_same_people_are_asked_as_one_and_both_are_named():
    assert asked(ask(1, Concern.PREGNANCY), ask(2, Concern.PREGNANCY)) == [(phrase(Concern.PREGNANCY), {1, 2})]


def test_note_about_two_concerns_stands_under_both():
    assert asked(ask(1, Concern.FALLS, Concern.PREGNANCY)) == [
        (phrase(Concern.PREGNANCY), {1}),
        (phrase(Concern.FALLS), {1}),
    ]


def test_concerns_come_first_then_notes_that_say_it_themselves_then_the_lines_of_the_page():
    own_words = ask(3, Concern.FALLS, in_short="you fell this week")
    plain = ask(2, text="you are unsure")
    lines = (AskFirst("kneeling hurts"), AskFirst(concerns=(Concern.VEINS.value,)), AskFirst("kneeling hurts"))
    assert asked(ask(1, Concern.PREGNANCY), plain, own_words, asks=lines) == [
        (phrase(Concern.PREGNANCY), {1}),
        (phrase(Concern.VEINS), set()),
        ("you fell this week", {3}),
        ("kneeling hurts", set()),
    ]


def test_concern_of_the_page_is_said_though_a_note_in_short_is_about_it_too():
    short = ask(1, Concern.FALLS, in_short="you wear loose shoes")
    page = AskFirst(concerns=(Concern.FALLS.value,))
    assert asked(short, asks=(page,)) == [(phrase(Concern.FALLS), set()), ("you wear loose shoes", {1})]


def test_concern_that_a_note_in_short_says_in_so_many_words_is_not_said_again():
    short = ask(1, Concern.PREGNANCY, Concern.FALLS, in_short="you are pregnant or not well")
    page = AskFirst(concerns=(Concern.PREGNANCY.value, Concern.FALLS.value))
    both = ask(3, Concern.PREGNANCY, Concern.HERNIA)
    assert asked(short, ask(2, Concern.PREGNANCY), both, asks=(page,)) == [
        (phrase(Concern.FALLS), set()),
        (phrase(Concern.HERNIA), {3}),
        ("you are pregnant or not well", {1, 2}),
    ]


@pytest.mark.parametrize(
    ("in_short", "is_said"),
    [
        ("pregnant, numb, unsteady, weak bones, joints", True),
        ("you have arthritis in your neck, or you are pregnant", True),
        ("you are not pregnant but your calf is hot", False),
        ("you are pregnant and bleed", False),
    ],
)
def test_narrower_sign_takes_no_concern_of_another_note(in_short: str, is_said: bool):
    said = asked(ask(1, Concern.PREGNANCY, in_short=in_short), ask(2, Concern.PREGNANCY))
    assert ((phrase(Concern.PREGNANCY), {2}) in said) != is_said


@pytest.mark.parametrize("kind", [K.CHECK_FIRST, K.POPULATION])
def test_whole_text_of_tier_3_stands_under_words_it_is_a_sentence_after(kind):
    card = sign_card(board(note(1, kind, T.CHECK_FIRST, text="People with new hips ask their surgeon.")))
    assert words(card, "check") == ["People with new hips ask their surgeon."]
    assert card.group("ask") is None


@pytest.mark.parametrize("kind", [K.DO, K.PREPARATION, K.CAVEAT])
def test_raised_tip_is_checked_first_whatever_it_concerns(kind):
    raised = note(1, kind, T.CHECK_FIRST, in_short="hold a chair", concerns=(Concern.FALLS,))
    assert words(sign_card(board(raised)), "check") == ["hold a chair"]


def test_concern_the_list_does_not_have_loses_no_note():
    assert asked(ask(1, "hiccups", text="you have hiccups")) == []
    shown = board(ask(1, "hiccups", text="you have hiccups"))
    assert words(sign_card(shown), "check") == ["you have hiccups"]


# Families


NUMB, WEAK = "you are numb between your legs", "both your legs are weak"
FAMILY = Family("your legs go numb or weak", ((key(2), words_digest(WEAK)),))
LEAD = note(1, K.RED_FLAG, T.GET_HELP, U.EMERGENCY, text=NUMB, in_short="numb", family=FAMILY)
MEMBER = note(2, K.RED_FLAG, T.GET_HELP, U.EMERGENCY, text=WEAK, in_short="weak")
CHEST = "chest pain, cannot get your breath, or collapse"


def emergency(*notes: EffectiveNote) -> dict[str, set[int]]:
    group = sign_card(board(*notes)).group("emergency")
    assert group is not None
    return {sign.words: {one.int for one in sign.keys} for sign in group.signs if sign.words != CHEST}


def test_joint_sign_stands_for_all_its_notes_while_all_are_in_force_with_the_same_words():
    assert emergency(LEAD, MEMBER) == emergency(MEMBER, LEAD) == {"your legs go numb or weak": {1, 2}}


@pytest.mark.parametrize(
    ("notes", "stand"),
    [
        pytest.param([LEAD], {"numb": {1}}, id="a member is gone"),
        pytest.param([MEMBER], {"weak": {2}}, id="the lead is gone"),
        pytest.param(
            [LEAD, note(2, K.RED_FLAG, T.GET_HELP, U.EMERGENCY, text="both arms", in_short="arms")],
            {"numb": {1}, "arms": {2}},
            id="a member says something new",
        ),
        pytest.param(
            [LEAD, note(2, K.RED_FLAG, T.GET_HELP, U.SAME_DAY, text=WEAK, in_short="weak")],
            {"numb": {1}},
            id="a member stands under another label",
        ),
    ],
)
def test_otherwise_the_own_sign_of_each_that_is_in_force_stands(notes, stand):
    assert emergency(*notes) == stand
    assert sign_card(board(*notes)).keys == board(*notes).keys


def test_note_that_names_itself_as_a_companion_is_said_once():
    itself = replace(LEAD.note, family=Family("your legs go numb", ((key(1), words_digest(NUMB)),)))
    assert emergency(replace(LEAD, note=itself)) == {"your legs go numb": {1}}
    assert len(sign_card(board(replace(LEAD, note=itself))).groups[0].signs[0].keys) == 1


def test_note_is_spoken_for_by_one_family_only():
    other = replace(FAMILY, sign="your legs are odd")
    rival = note(3, K.RED_FLAG, T.GET_HELP, U.EMERGENCY, text="tingling", in_short="tingling", family=other)
    assert emergency(LEAD, MEMBER, rival) == {"your legs go numb or weak": {1, 2}, "tingling": {3}}


def test_family_of_notes_that_ask_first_is_read_as_one_too():
    family = Family("your back is new to this", ((key(2), words_digest("b")),))
    lead, member = ask(1, text="a", family=family), ask(2, text="b")
    assert asked(lead, member) == [("your back is new to this", {1, 2})]
    assert asked(lead) == []
    assert words(sign_card(board(lead)), "check") == ["a"]


# By part of the body, in a routine

EVERYWHERE = list(PlaceKind).index(PlaceKind.EVERYTHING)


def headings(*notes: EffectiveNote, by_part: bool = True, about: tuple[str, ...] = ()) -> dict[str, set[int]]:
    group = sign_card(board(*notes), by_part=by_part, about=about).group("today")
    assert group is not None
    return {each.heading: {one.int for sign in each.signs for one in sign.keys} for each in group.lists}


def today(number: int, *reasons) -> EffectiveNote:
    return effective(version(number, K.RED_FLAG, T.GET_HELP, urgency=U.SAME_DAY.value), *reasons)


def test_signs_of_tier_1_stand_under_the_part_of_the_body_they_come_from():
    back = today(1, because(2, BodyRegion.LOW_BACK.value))
    calf, thigh = today(2, because(2, BodyRegion.LOWER_LEG.value)), today(3, because(2, BodyRegion.BACK_THIGH.value))
    anywhere = today(4, because(EVERYWHERE))
    assert headings(back, calf, thigh, anywhere) == {"Your back": {1}, "Your leg": {2, 3}, "Anywhere": {4}}
    assert headings(back, calf, thigh, anywhere, by_part=False) == {"": {1, 2, 3, 4}}


@pytest.mark.parametrize(
    ("reasons", "heading"),
    [
        pytest.param(
            [because(EVERYWHERE), because(2, "knee"), because(0)], "Anywhere", id="everything before all else"
        ),
        pytest.param([because(0), because(2, "knee"), because(1, "7")], "Your leg", id="a region before the rest"),
        pytest.param([replace(because(1, "7"), name="Restless legs"), because(0)], "Restless legs", id="a condition"),
        pytest.param([replace(because(1, "8"), name="Gout"), because(0)], "Anywhere", id="not the page's condition"),
        pytest.param([because(0, "x", "Plank")], "Plank", id="a page"),
        pytest.param([because(3, "standing", "Squat")], "Squat", id="a position"),
        pytest.param([because(2, "tail")], "Anywhere", id="a region nobody knows"),
        pytest.param([because(1, "7")], "Anywhere", id="a condition without a name"),
        pytest.param([], "Anywhere", id="no reason"),
    ],
)
def test_heading_is_the_widest_part_a_reader_can_name(reasons, heading):
    assert headings(today(1, *reasons), about=("Restless legs",)) == {heading: {1}}


def test_family_over_two_parts_of_the_body_stands_under_neither():
    family = Family("your back or leg hurts at night", ((key(2), words_digest("leg")),))
    back = effective(
        version(1, K.RED_FLAG, T.GET_HELP, urgency=U.SAME_DAY.value, text="back", family=family),
        because(2, BodyRegion.LOW_BACK.value),
    )
    leg = effective(
        version(2, K.RED_FLAG, T.GET_HELP, urgency=U.SAME_DAY.value, text="leg"), because(2, BodyRegion.KNEE.value)
    )
    assert headings(back, leg) == {"Anywhere": {1, 2}}
    assert headings(back) == {"Your back": {1}}


def test_two_notes_that_say_the_same_are_one_line_and_both_are_found_there():
    back = effective(
        version(1, K.RED_FLAG, T.GET_HELP, urgency=U.SAME_DAY.value, text="back", in_short="it hurts at night"),
        because(2, BodyRegion.LOW_BACK.value),
    )
    leg = effective(
        version(2, K.RED_FLAG, T.GET_HELP, urgency=U.SAME_DAY.value, text="It hurts at night."),
        because(2, BodyRegion.KNEE.value),
    )
    assert headings(back, leg) == {"Anywhere": {1, 2}}
    stop = note(3, K.STOP, T.DO_NOT, text="It hurts at night.")
    card = sign_card(board(back, leg, stop))
    assert [sign.keys for sign in card.group("today").signs] == [(key(1), key(2))], "under another label it stays apart"
    assert key(3) in card.keys


def test_sentences_that_happen_to_say_the_same_stay_sentences():
    said = "Ask your surgeon before you bend the hip far."
    card = sign_card(board(*(note(number, K.CHECK_FIRST, T.CHECK_FIRST, text=said) for number in (1, 2))))
    assert (words(card, "check"), words(card, "ask")) == ([said], [])
    assert card.joint == frozenset(), "nobody approved one sign for both"


def test_thing_not_to_do_is_said_once_where_two_notes_say_it():
    card = sign_card(board(*(note(number, K.DONT, T.DO_NOT, text="bounce") for number in (1, 2))))
    assert words(card, "not") == ["Do not bounce"]


# Beside a step and on paper, where a note stands alone


def alone_in_words(kind: NoteKind, tier: Tier, urgency: str, in_short: str) -> str:
    """How such a note is read, written without the code under test."""
    if kind in COMPLETES_IF:
        calls = {U.EMERGENCY: "Call 999 now if: ", U.SAME_DAY: "Call 111 today if: "}
        if tier is T.GET_HELP:
            return calls[urgency] + "bounce"
        return "Stop if: bounce" if kind is K.STOP else "Leave it out if: bounce"
    own = "Do not bounce" if kind is K.DONT else "bounce"
    if tier is T.GET_HELP:
        return {U.EMERGENCY: "Emergency, call 999: ", U.SAME_DAY: "To get help today: "}[urgency] + own
    if kind is K.DONT or tier is T.GOOD_TO_KNOW:
        return own
    if tier is T.DO_NOT:
        return ("Do not leave this out: " if kind in {K.DO, K.PREPARATION} else NOT_BEFORE) + own
    return ("Ask first if: " if in_short and kind in {K.CHECK_FIRST, K.POPULATION} else "Check first: ") + own


NOT_BEFORE = "Do not start before you have checked: "


@pytest.mark.parametrize(("kind", "tier", "urgency"), CASES, ids=str)
@pytest.mark.parametrize("in_short", ["", "bounce"])
def test_note_that_stands_alone_says_how_it_is_to_be_read(kind, tier, urgency, in_short):
    item = note(1, kind, tier, urgency, text="in full" if in_short else "bounce", in_short=in_short)
    shown = replace(board(item), urgent_number=EmergencyNumber("111"))
    assert " ".join(filter(None, said_alone(item, shown))) == alone_in_words(kind, tier, urgency, in_short)


def test_do_not_is_not_said_twice_where_it_stands_alone():
    item = note(1, K.DONT, in_short="Do not bounce")
    assert said_alone(item, board(item)) == ("", "Do not bounce")


@pytest.mark.parametrize("value", BodyRegion.values)
def test_every_region_has_a_heading(value):
    (heading,) = headings(today(1, because(2, value)))
    assert heading.startswith("Your ")


def test_only_tier_1_is_grouped_by_part_of_the_body():
    shown = board(
        effective(version(1, K.STOP, T.DO_NOT), because(2, "knee")),
        effective(version(2, K.CONTRAINDICATION, T.DO_NOT), because(2, "low_back")),
    )
    card = sign_card(shown, by_part=True)
    assert {each.heading for group in card.groups if group.style in {"stop", "leave"} for each in group.lists} == {""}


def test_condition_is_named_in_words_where_notes_travel_with_it():
    placements = [
        at(replace(condition("7"), name="Leg cramps"), 1, T.GET_HELP, kind=K.RED_FLAG, urgency=U.SAME_DAY.value)
    ]
    (found,) = effective_notes(placements, [subject(conditions={"7"})])
    assert headings(found, about=("Leg cramps",)) == {"Leg cramps": {1}}
    assert headings(found) == {"Anywhere": {1}}, "over a patient's list it would read like a diagnosis"
