"""SL16: the code to type has 60 bits nobody knows without its key, tells of its own slips, and is kept out of logs."""

from __future__ import annotations

import itertools

import pytest

from sharing import codes, tokens

KEY = "a key of codes"
ALL = codes.ALPHABET


def some(count: int) -> list[str]:
    return [codes.code_of(tokens.new_token(), KEY) for _number in range(count)]


def test_sl16_it_is_made_of_the_token_by_the_key_alone():
    token = tokens.new_token()
    code = codes.code_of(token, KEY)
    assert code == codes.code_of(token, KEY)
    assert code != codes.code_of(token, "another")
    assert codes.digest(code, KEY) != codes.digest(code, "another")
    assert len(set(some(2_000))) == 2_000


def test_sl16_thirteen_characters_in_three_groups_and_one_without_look_alikes():
    assert len(ALL) == len(set(ALL)) == 32
    assert not set("ILOU") & set(ALL)
    for code in some(200):
        assert codes.is_code(code)
        assert [len(group) for group in codes.in_groups(code).split("-")] == [4, 4, 4, 1]
    assert codes.in_groups("") == ""


def test_sl16_every_place_takes_every_character_as_often():
    made = some(3_200)
    for place in range(codes.LENGTH):
        seen = [code[place] for code in made]
        assert set(seen) == set(ALL)
        assert max(map(seen.count, ALL)) < 200


def differs(one: str, other: str) -> str:
    """The difference of two codes, by place, as the field subtracts: a code itself, since codes add up to codes."""
    return "".join(ALL[ALL.index(a) ^ ALL.index(b)] for a, b in zip(one, other, strict=True))


def test_sl16_codes_add_up_to_codes_so_that_a_slip_is_seen_by_its_difference_alone():
    for one, other in itertools.pairwise(some(500)):
        assert codes.is_code(differs(one, other))


def test_sl16_no_single_wrong_character_passes():
    nothing = "0" * codes.LENGTH
    wrong = [nothing[:place] + letter + nothing[place + 1 :] for place in range(codes.LENGTH) for letter in ALL[1:]]
    assert len(wrong) == 13 * 31
    assert not any(map(codes.is_code, wrong))


def test_sl16_no_two_neighbours_that_changed_places_pass():
    nothing = "0" * codes.LENGTH
    wrong = [nothing[:at] + letter * 2 + nothing[at + 2 :] for at in range(codes.LENGTH - 1) for letter in ALL[1:]]
    assert len(wrong) == 12 * 31
    assert not any(map(codes.is_code, wrong))


def test_sl16_slips_in_codes_as_they_are_printed_are_seen():
    for code in some(40):
        for place, letter in itertools.product(range(codes.LENGTH), ALL):
            if letter != code[place]:
                with pytest.raises(codes.NotACode, match="wrong, or two have changed places"):
                    codes.read(code[:place] + letter + code[place + 1 :])
        for at in range(codes.LENGTH - 1):
            if code[at] != code[at + 1]:
                with pytest.raises(codes.NotACode):
                    codes.read(code[:at] + code[at + 1] + code[at] + code[at + 2 :])


def test_sl16_it_is_read_however_it_is_spaced_and_with_look_alikes():
    for code in some(200):
        spaced = " ".join(code)
        mistaken = code.replace("0", "O").replace("1", "l")
        for typed in (code.lower(), codes.in_groups(code), f" {spaced}\n", mistaken, f"{code[:4]}–{code[4:]}\u200b."):
            assert codes.read(typed) == code


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Type the code"),
        (" - ", "Type the code"),
        ("7K4M-92QX-B3TU-C", "“U” is in none"),
        ("7K4M-92QX-B3TÄ-C", "“Ä” is in none"),
        ("7K4M-92QX", "and here are 8"),
        ("0" * 5000, "and here are 5000"),
    ],
)
def test_sl16_what_can_be_no_code_is_told_in_words(typed: str, told: str):
    with pytest.raises(codes.NotACode, match=told):
        codes.read(typed)
    assert not codes.is_code(typed)


def test_sl16_one_guess_in_thirty_thousand_bears_the_seal():
    assert all(codes.is_sealed(code, KEY) for code in some(100))
    assert not any(codes.is_sealed(code, "another") for code in some(100))


@pytest.mark.parametrize(
    "text",
    [
        "Not Found: /s/{}/",
        "GET /s/{}/handout.pdf HTTP/1.1",
        "next=%2Fs%2F{}%2F",
        "{{'token': '{}'}}",
        "code={}&x",
        "the code {}, typed",
        "/code/{}/",
        "/code/?code={}",
    ],
)
def test_sl16_no_code_is_left_in_a_text(text: str):
    for code in some(20):
        spaced = [code, code.lower(), codes.in_groups(code), codes.in_groups(code).replace("-", " ")]
        gaps = ("%20", "%2D", "\u2013", "%E2%80%93", "  ", ".", "+")
        parts = [[code[at : at + size] for at in range(0, len(code), size)] for size in (1, 2, 3)]
        apart = [gap.join(part) for part in parts for gap in (" ", "+", "%20", " - ", "%E2%80%93", ". ")]
        for written in (*spaced, *apart, *(spaced[-1].replace(" ", gap) for gap in gaps)):
            if any(letter.isdigit() for letter in written) or written.isupper():
                left = tokens.redacted(text.format(written))
                assert tokens.HIDDEN in left, text.format(written)
                assert written not in left


def test_sl16_a_code_with_a_slip_is_hidden_too_where_it_is_one_to_see():
    code = next(each for each in some(50) if each[0] != "9")
    wrong = f"9{code[1:]}"
    assert tokens.redacted(f"q={'+'.join(wrong)}&p=2") == "q=…&p=2"
    assert tokens.redacted(f"typed {codes.in_groups(wrong)}") == "typed …"
    assert tokens.redacted(f"/code/{wrong}/") == "/code/…/"


@pytest.mark.parametrize(
    "text",
    [
        'File "/srv/stretchsite/code/stretchsite/middleware2.py", line 1234',
        "/srv/stretchsite/code/.venv/lib/python3.11/site-packages/django/core/handlers/base.py",
        "123e4567-e89b-12d3-a456-426614174000",
        "an administrator with authorization",
        "/code/",
        "Do it 2 or 3 times a day, on 5 or 6 days in a week, 1 by 1",
    ],
)
def test_sl16_other_texts_stay_as_they_are(text: str):
    assert tokens.redacted(text) == text
