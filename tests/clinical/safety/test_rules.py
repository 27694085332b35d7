"""Which notes reach whom, merged, ordered and counted: one row or one test for every clause of E3.1–E3.7."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from clinical.safety.default_notes import default_placements
from clinical.safety.reach import Part, Place, Subject, reaches
from clinical.safety.rules import (
    TIER_OF_KIND,
    DoseLimit,
    EffectiveNote,
    NoteVersion,
    effective_notes,
    merge,
    reading_order,
)
from clinical.safety.short_signs import Family
from clinical.words.choices import NoteKind, PlaceKind, Tier, Urgency
from tests.pure_examples import (
    EVERYTHING,
    at,
    because,
    condition,
    effective,
    equipment,
    exercise_kind,
    key,
    page,
    position,
    region,
    subject,
    version,
)

ALL_TIERS = {1, 2, 3, 4}

#: The whole of E3.1–E3.4: down to which tiers a note reaches, by where it hangs and what the subject is.
REACH = [
    (PlaceKind.EVERYTHING, Part.WHOLE, ALL_TIERS),
    (PlaceKind.EVERYTHING, Part.EXERCISE, ALL_TIERS),
    (PlaceKind.EVERYTHING, Part.INGREDIENT, ALL_TIERS),
    (PlaceKind.REGION, Part.WHOLE, ALL_TIERS),
    (PlaceKind.REGION, Part.EXERCISE, ALL_TIERS),
    (PlaceKind.REGION, Part.INGREDIENT, ALL_TIERS),
    (PlaceKind.POSITION, Part.WHOLE, ALL_TIERS),
    (PlaceKind.POSITION, Part.EXERCISE, ALL_TIERS),
    (PlaceKind.POSITION, Part.INGREDIENT, ALL_TIERS),
    (PlaceKind.EQUIPMENT, Part.WHOLE, ALL_TIERS),
    (PlaceKind.EQUIPMENT, Part.EXERCISE, ALL_TIERS),
    (PlaceKind.EQUIPMENT, Part.INGREDIENT, ALL_TIERS),
    (PlaceKind.KIND, Part.WHOLE, ALL_TIERS),
    (PlaceKind.KIND, Part.EXERCISE, ALL_TIERS),
    (PlaceKind.KIND, Part.INGREDIENT, ALL_TIERS),
    (PlaceKind.PAGE, Part.WHOLE, ALL_TIERS),
    (PlaceKind.PAGE, Part.EXERCISE, ALL_TIERS),
    (PlaceKind.PAGE, Part.INGREDIENT, ALL_TIERS),
    (PlaceKind.CONDITION, Part.WHOLE, ALL_TIERS),
    (PlaceKind.CONDITION, Part.EXERCISE, {1, 2}),
    (PlaceKind.CONDITION, Part.INGREDIENT, {1}),
]
HIT = {
    PlaceKind.EVERYTHING: EVERYTHING,
    PlaceKind.REGION: region("lower_leg"),
    PlaceKind.POSITION: position("standing"),
    PlaceKind.EQUIPMENT: equipment("band"),
    PlaceKind.KIND: exercise_kind("strengthening"),
    PlaceKind.PAGE: page(1),
    PlaceKind.CONDITION: condition("calf-cramp"),
}
MISS = {
    PlaceKind.REGION: region("neck"),
    PlaceKind.POSITION: position("supine"),
    PlaceKind.EQUIPMENT: equipment("step"),
    PlaceKind.KIND: exercise_kind("balance"),
    PlaceKind.PAGE: page(2),
    PlaceKind.CONDITION: condition("back-pain"),
}


def calf_stretch(part: Part, number: int = 1, **facts: object):
    return subject(
        number,
        part,
        **{
            "regions": {"lower_leg"},
            "position": "standing",
            "equipment": {"band"},
            "kind": "strengthening",
            "conditions": {"calf-cramp"},
            **facts,
        },
    )


def keys(notes) -> set[int]:
    return {item.key.int for item in notes}


@pytest.mark.parametrize(("kind", "part", "reached"), REACH, ids=lambda value: getattr(value, "name", None))
@pytest.mark.parametrize("tier", Tier)
def test_note_reaches_down_to_the_tiers_of_its_place(kind, part, reached, tier):
    assert reaches(HIT[kind], tier, calf_stretch(part)) is (tier in reached)


def test_the_table_of_reach_is_complete():
    assert {(kind, part) for kind, part, _tiers in REACH} == {(kind, part) for kind in PlaceKind for part in Part}


@pytest.mark.parametrize("kind", MISS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("part", Part, ids=lambda part: part.name)
@pytest.mark.parametrize("tier", Tier)
def test_note_on_another_place_does_not_reach(kind, part, tier):
    assert reaches(MISS[kind], tier, calf_stretch(part)) is False


def test_note_on_no_position_does_not_reach_a_subject_without_one():
    assert not reaches(position(""), Tier.GET_HELP, subject(position=""))


def test_value_of_one_kind_of_place_is_not_mistaken_for_another():
    confusing = subject(regions={"calf-cramp"}, position="calf-cramp")
    assert not reaches(condition("calf-cramp"), Tier.GET_HELP, confusing)
    assert not reaches(region("calf-cramp"), Tier.GET_HELP, subject(conditions={"calf-cramp"}))


@pytest.mark.parametrize(
    ("kind", "tier"),
    [
        ("red_flag", 1),
        ("contraindication", 2),
        ("stop", 2),
        ("check_first", 3),
        ("population", 3),
        ("preparation", 4),
        ("do", 4),
        ("dont", 4),
        ("caveat", 4),
    ],
)
def test_tier_follows_from_kind(kind, tier):
    assert TIER_OF_KIND[NoteKind(kind)] == tier


def test_every_kind_has_a_tier():
    assert set(TIER_OF_KIND) == set(NoteKind)


# E3.1 and E3.2: what comes together on one sheet

LIBRARY = [
    at(EVERYTHING, 1),
    at(region("lower_leg"), 2),
    at(position("standing"), 3),
    at(page(1), 4),
    *(at(condition("calf-cramp"), 10 + tier, tier) for tier in Tier),
    *(at(condition("back-pain"), 20 + tier, tier) for tier in Tier),
    at(page(9), 5),
    at(page(2), 6),
    at(region("neck"), 7),
]
CORE = {1, 2, 3, 4, 11}


def test_core_of_an_exercise_is_global_region_position_own_and_tier_1_of_its_conditions():
    assert keys(effective_notes(LIBRARY, [calf_stretch(Part.INGREDIENT)])) == CORE


def test_own_page_of_an_exercise_adds_tier_2_of_its_conditions():
    assert keys(effective_notes(LIBRARY, [calf_stretch(Part.EXERCISE)])) == CORE | {12}


def test_routine_has_all_notes_of_its_conditions_its_own_and_the_core_of_each_exercise():
    routine = subject(9, Part.WHOLE, conditions={"back-pain"})
    found = effective_notes(LIBRARY, [routine, calf_stretch(Part.INGREDIENT)])
    assert keys(found) == CORE | {21, 22, 23, 24, 5}


def test_hub_has_every_tier_of_its_condition():
    assert keys(effective_notes(LIBRARY, [subject(8, Part.WHOLE, conditions={"calf-cramp"})])) == {1, 11, 12, 13, 14}


def test_a_changed_note_is_in_force_at_once_on_the_same_subjects():
    routine = [subject(9, Part.WHOLE)]
    before = effective_notes([at(page(9), 5)], routine)
    after = effective_notes([at(page(9), 5, Tier.DO_NOT, text="Not after surgery"), at(page(9), 6)], routine)
    assert keys(before) == {5}
    assert [(item.key.int, item.tier, item.note.text) for item in after] == [
        (5, Tier.DO_NOT, "Not after surgery"),
        (6, Tier.GOOD_TO_KNOW, "Note 6"),
    ]


def test_advice_about_iron_does_not_land_in_a_routine_for_the_back():
    iron = at(condition("restless-legs"), 30, Tier.CHECK_FIRST)
    ingredient = subject(1, Part.INGREDIENT, conditions={"restless-legs"})
    assert effective_notes([iron], [subject(9, Part.WHOLE, conditions={"back-pain"}), ingredient]) == ()


def test_clot_in_the_calf_reaches_every_routine_that_stretches_the_calf_through_the_region():
    clot = at(region("lower_leg"), 31, Tier.GET_HELP)
    routine = subject(9, Part.WHOLE, conditions={"back-pain"})
    assert keys(effective_notes([clot], [routine, calf_stretch(Part.INGREDIENT, conditions=())])) == {31}


def test_nothing_placed_or_nobody_to_read_it_gives_nothing():
    assert effective_notes([], [subject()]) == ()
    assert effective_notes([at(EVERYTHING)], []) == ()


def test_placements_and_subjects_may_be_read_only_once():
    found = effective_notes(iter([at(EVERYTHING, 1), at(page(2), 2)]), iter([subject(1), subject(2)]))
    assert keys(found) == {1, 2}
    assert {item.key.int: {reason.brought_by for reason in item.reasons} for item in found} == {
        1: {"Subject 1", "Subject 2"},
        2: {"Subject 2"},
    }


# E3.5: nothing is lowered


def test_version_raised_in_one_language_is_raised_in_all():
    mild = at(condition("calf-cramp"), 40, Tier.CHECK_FIRST, language="en", language_rank=0)
    raised = at(condition("calf-cramp"), 40, Tier.GET_HELP, language="de", language_rank=1)
    found = effective_notes([mild, raised], [calf_stretch(Part.INGREDIENT)])
    assert [(item.tier, item.note.language) for item in found] == [(Tier.GET_HELP, "en")]


def test_version_raised_where_it_does_not_reach_still_counts():
    here = at(condition("calf-cramp"), 40, Tier.CHECK_FIRST)
    elsewhere = at(page(2), 40, Tier.DO_NOT)
    found = effective_notes([here, elsewhere], [calf_stretch(Part.EXERCISE)])
    assert [(item.key.int, item.tier) for item in found] == [(40, Tier.DO_NOT)]


def test_floor_keeps_its_tiers_whatever_hangs_beside_it():
    lowered = [replace(item, note=replace(item.note, tier=Tier.GOOD_TO_KNOW)) for item in default_placements()]
    found = effective_notes([*default_placements(), *lowered], [subject()])
    assert [item.tier for item in found] == [Tier.GET_HELP, Tier.DO_NOT]


# E3.6: said once, with its reasons


def test_note_on_two_places_is_said_once_with_both_reasons_narrowest_first():
    found = effective_notes([at(EVERYTHING), at(region("lower_leg")), at(page(1))], [calf_stretch(Part.EXERCISE)])
    assert len(found) == 1
    assert [(reason.place, reason.value, reason.brought_by) for reason in found[0].sorted_reasons] == [
        (PlaceKind.PAGE, str(key(1)), "Subject 1"),
        (PlaceKind.REGION, "lower_leg", "Subject 1"),
        (PlaceKind.EVERYTHING, "", "Subject 1"),
    ]


def test_note_brought_by_two_exercises_is_said_once_and_names_both():
    exercises = [calf_stretch(Part.INGREDIENT, 1), calf_stretch(Part.INGREDIENT, 2)]
    found = effective_notes([at(region("lower_leg"))], exercises)
    assert [reason.brought_by for reason in found[0].sorted_reasons] == ["Subject 1", "Subject 2"]


def test_reasons_name_only_the_places_that_reach():
    found = effective_notes([at(region("lower_leg")), at(region("neck"))], [calf_stretch(Part.EXERCISE)])
    assert [reason.value for reason in found[0].reasons] == ["lower_leg"]


@pytest.mark.parametrize(
    ("place", "order"),
    [
        (page(1), 0),
        (condition("calf-cramp"), 1),
        (region("lower_leg"), 2),
        (position("standing"), 3),
        (equipment("band"), 4),
        (exercise_kind("strengthening"), 5),
        (EVERYTHING, 6),
    ],
    ids=str,
)
def test_reasons_rank_from_one_page_to_everything(place, order):
    (found,) = effective_notes([at(place)], [calf_stretch(Part.WHOLE)])
    assert [reason.order for reason in found.reasons] == [order]


def test_merging_takes_the_most_cautious_tier_the_most_serious_kind_and_the_fastest_urgency():
    (found,) = merge(
        [
            effective(version(1, NoteKind.DO, Tier.GET_HELP, urgency="same_day")),
            effective(version(1, NoteKind.STOP, Tier.DO_NOT)),
            effective(version(1, NoteKind.RED_FLAG, Tier.GET_HELP, urgency="emergency")),
        ]
    )
    assert (found.tier, found.note.kind, found.urgency) == (Tier.GET_HELP, NoteKind.RED_FLAG, "emergency")


def test_merging_keeps_notes_that_only_look_alike_apart():
    assert keys(merge([effective(version(1, text="Same")), effective(version(2, text="Same"))])) == {1, 2}


def test_merging_unites_the_reasons():
    one, other = because(0, "a"), because(4)
    (found,) = merge([effective(version(1), one), effective(version(1), other)])
    assert found.reasons == {one, other}


@pytest.mark.parametrize(
    ("tier", "written", "read"),
    [
        (Tier.GET_HELP, "", "emergency"),
        (Tier.GET_HELP, "emergency", "emergency"),
        (Tier.GET_HELP, "same_day", "same_day"),
        (Tier.DO_NOT, "emergency", ""),
        (Tier.CHECK_FIRST, "same_day", ""),
        (Tier.GOOD_TO_KNOW, "emergency", ""),
        (Tier.DO_NOT, "", ""),
    ],
)
def test_urgency_is_always_said_for_tier_1_and_never_below(tier, written, read):
    assert EffectiveNote(version(tier=tier, urgency=written), frozenset()).urgency == read
    assert [item.urgency for item in merge([effective(version(tier=tier, urgency=written))])] == [read]


def test_urgency_written_below_tier_1_does_not_hurry_a_note_that_is_raised():
    (found,) = merge(
        [
            effective(version(1, tier=Tier.DO_NOT, urgency=Urgency.EMERGENCY.value)),
            effective(version(1, tier=Tier.GET_HELP, urgency=Urgency.SAME_DAY.value)),
        ]
    )
    assert found.urgency == "same_day"


def test_unknown_urgency_is_refused_rather_than_ranked():
    with pytest.raises(KeyError):
        merge([effective(version(tier=Tier.GET_HELP, urgency="next_week"))])


# E3.7: languages


@pytest.mark.parametrize(("ranks", "read"), [((0, 1, 2), "en"), ((2, 0, 1), "de"), ((1, 2, 0), "fr")])
def test_note_is_read_in_the_readers_language_where_there_is_one(ranks, read):
    languages = zip(("en", "de", "fr"), ranks, strict=True)
    found = merge(
        effective(
            version(1, text=f"Text {language}", what_to_do=f"Act {language}", language=language, language_rank=rank)
        )
        for language, rank in languages
    )
    assert [(item.note.text, item.note.what_to_do, item.note.language) for item in found] == [
        (f"Text {read}", f"Act {read}", read)
    ]


def test_note_missing_in_the_readers_language_is_read_in_another_and_says_which():
    (found,) = effective_notes([at(EVERYTHING, language="de", language_rank=2, text="Achtung")], [subject()])
    assert (found.note.text, found.note.language) == ("Achtung", "de")


@pytest.mark.parametrize("missing", ["", "  \n"])
def test_translation_without_words_does_not_hide_the_source(missing):
    (found,) = merge(
        [
            effective(version(1, text=missing, language="en", language_rank=0)),
            effective(version(1, text="Achtung", language="de", language_rank=1)),
        ]
    )
    assert found.note.text == "Achtung"


@pytest.mark.parametrize("field", ["language", "text", "what_to_do", "concerns_step", "moment", "source"])
def test_versions_of_one_rank_are_chosen_the_same_way_whatever_comes_first(field):
    first, second = (effective(version(1, **{field: words})) for words in ("a", "b"))
    assert merge([first, second]) == merge([second, first]) == (first,)


def test_version_of_the_first_family_is_read_whatever_comes_first():
    families = [Family(sign, ((key(1), "its text"),)) for sign in ("a", "b")]
    first, second = (effective(version(1, family=family)) for family in families)
    assert merge([first, second]) == merge([second, first]) == (first,)


def test_note_concerns_whatever_one_of_its_versions_concerns():
    (found,) = merge(effective(version(1, text=words, concerns=(words,))) for words in ("b", "a"))
    assert found.note.concerns == ("a", "b")


def test_reason_names_the_condition_it_hangs_on():
    hung = Place(PlaceKind.CONDITION, "calf-cramp", name="Calf cramp")
    (found,) = effective_notes([at(hung)], [calf_stretch(Part.WHOLE)])
    assert [reason.name for reason in found.reasons] == ["Calf cramp"]


def test_no_language_lifts_a_limit_that_another_sets():
    lower, upper = DoseLimit("hold_seconds", 5, 20), DoseLimit("hold_seconds", 10, 30)
    versions = [
        version(1, language="de", language_rank=0),
        version(1, language="en", language_rank=1, limits=frozenset([lower])),
        version(1, language="fr", language_rank=2, limits=frozenset([upper])),
    ]
    (found,) = merge(effective(each) for each in versions)
    assert (found.note.language, found.note.limits) == ("de", frozenset([lower, upper]))


# Reading order


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        pytest.param(
            effective(version(2, NoteKind.CAVEAT, Tier.DO_NOT, text="z")),
            effective(version(1, NoteKind.RED_FLAG, Tier.CHECK_FIRST, text="a"), because(0)),
            id="tier before all else",
        ),
        pytest.param(
            effective(version(2, NoteKind.CAVEAT, Tier.GET_HELP, urgency="emergency", text="z")),
            effective(version(1, NoteKind.RED_FLAG, Tier.GET_HELP, urgency="same_day", text="a"), because(0)),
            id="urgency before kind",
        ),
        pytest.param(
            effective(version(2, NoteKind.CONTRAINDICATION, Tier.DO_NOT, text="z"), because(4)),
            effective(version(1, NoteKind.STOP, Tier.DO_NOT, text="a"), because(0)),
            id="kind before reason",
        ),
        pytest.param(
            effective(version(2, text="z"), because(4), because(0)),
            effective(version(1, text="a"), because(1), because(2)),
            id="narrowest reason before text",
        ),
        pytest.param(
            effective(version(2, text="z"), because(4)), effective(version(1, text="a")), id="some reason before none"
        ),
        pytest.param(effective(version(2, text="a")), effective(version(1, text="b")), id="text before key"),
        pytest.param(effective(version(1, text="a")), effective(version(2, text="a")), id="key at last"),
    ],
)
def test_reading_order(earlier, later):
    assert merge([later, earlier]) == merge([earlier, later]) == (earlier, later)
    assert reading_order(earlier) < reading_order(later)


def test_kinds_of_one_tier_are_read_most_serious_first():
    kinds = ["red_flag", "contraindication", "stop", "check_first", "population", "preparation", "do", "dont", "caveat"]
    notes = [effective(version(100 - index, NoteKind(kind), text="x")) for index, kind in enumerate(kinds)]
    assert [item.note.kind.value for item in merge(reversed(notes))] == kinds


def test_places_compare_by_what_they_name():
    assert Place(PlaceKind.REGION, "hip") == region("hip") != position("hip")


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (subject(), "conditions"),
        (EVERYTHING, "kind"),
        (version(), "tier"),
        (at(EVERYTHING), "place"),
        (because(0), "order"),
        (effective(), "note"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_the_rules_speak_of_never_changes(value, field):
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, getattr(value, field))


def test_nothing_is_made_up_where_nothing_was_said():
    bare = NoteVersion(key(1), NoteKind.DO, Tier.GOOD_TO_KNOW, "Breathe")
    assert not any((bare.urgency, bare.what_to_do, bare.language, bare.concerns_step, bare.moment, bare.source))
    assert bare.limits == frozenset()
    alone = Subject(key(1), "Alone", Part.WHOLE)
    assert (alone.regions, alone.positions, alone.equipment, alone.conditions) == (frozenset(),) * 4
    assert alone.kind == ""
    assert Place(PlaceKind.EVERYTHING).value == ""


def test_note_whose_language_nobody_ranked_is_in_the_readers_own():
    assert version().language_rank == 0


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (NoteKind.DONT, "bounce", "Do not bounce"),
        (NoteKind.DONT, "Do not bounce.", "Do not bounce."),
        (NoteKind.DONT, "Never bounce.", "Never bounce."),
        (NoteKind.DONT, "do not bounce", "do not bounce"),
        *((kind, "keep going", "keep going") for kind in NoteKind if kind is not NoteKind.DONT),
    ],
    ids=str,
)
def test_thing_not_to_do_says_so_itself_once_and_every_other_note_is_read_as_written(kind, text, words):
    assert effective(version(kind=kind, text=text)).words == words
