"""PD2: a note to a patient may hold nothing that says who it is for. The corpora are made here, each of its size."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle, islice, product

import pytest

from sharing.identity import hits, is_nhs_number

TODAY = date(2026, 11, 21)

SENTENCES = (
    "{}",
    "Call {} if unsure",
    "Ref {}.",
    "This is for {}",
    "({}) hold longer",
    "Slowly; {}; then rest",
    "{}, twice a day",
)


def nhs_numbers(count: int) -> list[str]:
    shapes = ("{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}", "{0}.{1}.{2}")
    found: list[str] = []
    number, shape = 400_000_000, cycle(shapes)
    while len(found) < count:
        number += 7_654_321
        body = f"{number % 1_000_000_000:09d}"
        digits = next((f"{body}{last}" for last in range(10) if is_nhs_number(f"{body}{last}")), "")
        if digits:
            found.append(next(shape).format(digits[:3], digits[3:6], digits[6:]))
    return found


def e_mails(count: int) -> list[str]:
    names = ("anna", "b.smith", "o'neill", "c_1961", "jo+legs", "x")
    hosts = ("example.com", "nhs.net", "mail.example.co.uk", "klinik.example.de", "a.io")
    return [f"{name}{number}@{host}" for number, (name, host) in enumerate(islice(cycle(product(names, hosts)), count))]


def phone_numbers(count: int) -> list[str]:
    shapes = (
        "07{0:03d} {1:06d}",
        "07{0:03d}{1:06d}",
        "+44 7{0:03d} {1:06d}",
        "+447{0:03d}{1:06d}",
        "(0{0:03d}0) {1:06d}",
        "020 7{0:03d} {1:04d}",
        "0044 20 7{0:03d} {1:04d}",
        "+1 ({0:03d}) 555-{1:04d}",
        "07{0:03d}-{1:06d}",
        "+49 30 {1:06d}",
    )
    return [
        shape.format(100 + 7 * number % 900, (13 * number * number + 1000) % 9999)
        for number, shape in enumerate(islice(cycle(shapes), count))
    ]


def birth_dates_and_names(count: int) -> list[str]:
    surnames = (
        "Smith",
        "O'Neill",
        "Müller",
        "MacDonald",
        "Patel",
        "de Souza",
        "van der Berg",
        "Smith-Jones",
        "Lee",
        "Øster",
    )
    titles = ("Mr", "Mrs", "Ms", "Miss", "Dr", "Mr.", "Mx", "Prof", "mrs", "Lady")
    names = [f"{title} {surname}" for title, surname in zip(titles * 5, islice(cycle(surnames), 50), strict=True)]
    shapes = (
        "%d/%m/%Y",
        "%d.%m.%Y",
        "%Y-%m-%d",
        "%d %B %Y",
        "%B %d, %Y",
        "%d-%m-%Y",
        "%d %b %y",
        "%d/%m/%y",
        "born %Y",
        "DOB %d %m %Y",
    )
    days = [
        (date(1931, 1, 5) + timedelta(days=577 * number)).strftime(shapes[number % 10]) for number in range(count - 50)
    ]
    return names + days


def clean_notes(count: int) -> list[str]:
    openings = (
        "Hold each stretch for {} seconds.",
        "Start with {} repetitions, then add one a day.",
        "Rest {} minutes between sets.",
        "Do it {} times a day for 2 weeks.",
        "Walk for {} minutes first.",
        "Week 1-2: {} x 30 s; week 3-4: 3 x 30 s.",
        "Stop at {}/10 on the scale and ease off.",
        "Use a chair 45 cm high and {} cushions.",
    )
    endings = (
        "Breathe slowly.",
        "See you on 3 December 2026 at 10:30.",
        "Miss a day if you are sore.",
        "Ask the doctor or physio if it gets worse.",
        "Next check on 14/12/2026, room 2.",
        "Left side first, please; right side when it settles.",
        "May feel tight at first. March on the spot to warm up.",
        "10 000 steps a day is plenty.",
        "Use the blue band (2.5 kg), 10-12-15 repetitions.",
        "Your operation was on 3 March 2026, so go gently.",
    )
    pairs = [f"{first} {last}" for first, last in product(openings, endings)]
    return [pair.format(number % 9 + 1) for number, pair in enumerate(islice(cycle(pairs), count))]


def share_found(texts: list[str]) -> float:
    filled = [sentence.format(text) for text, sentence in zip(texts, cycle(SENTENCES), strict=False)]
    return sum(bool(hits(text, TODAY)) for text in filled) / len(texts)


def test_pd2_every_exact_identity_is_found():
    exact = nhs_numbers(70) + e_mails(65) + phone_numbers(65)
    assert len(set(exact)) == 200
    missed = [
        text for text, sentence in zip(exact, cycle(SENTENCES), strict=False) if not hits(sentence.format(text), TODAY)
    ]
    assert missed == []


def test_pd2_nearly_every_birth_date_and_name_is_found():
    texts = birth_dates_and_names(100)
    assert len(texts) == 100
    assert share_found(texts) >= 0.95


def test_pd2_instructions_are_left_alone():
    notes = clean_notes(200)
    wrong = [(note, hits(note, TODAY)) for note in notes if hits(note, TODAY)]
    assert len(wrong) <= 4, wrong


@pytest.mark.parametrize(
    "link", ["https://x.example", "see www.video.example", "nhs.uk/back", "bit.ly/abc", "Try example.com now"]
)
def test_pd2_a_note_holds_no_link(link: str):
    assert any(hit.looks_like == "a link" for hit in hits(link, TODAY))


@pytest.mark.parametrize("text", ["943\u200b476\u200b5919", "９４３４７６５９１９", "anna\u00ad@example.com"])
def test_pd2_invisible_and_wide_characters_hide_nothing(text: str):
    assert hits(text, TODAY)


@pytest.mark.parametrize(
    ("digits", "valid"), [("9434765919", True), ("9434765918", False), ("943476591", False), ("94347659x9", False)]
)
def test_pd2_the_check_digit_of_an_nhs_number(digits: str, valid: bool):
    assert is_nhs_number(digits) is valid


def test_a_refusal_says_what_to_take_out():
    [hit] = hits("Ring 07700 900123 on Monday", TODAY)
    assert hit.sentence() == "Take out “07700 900123”: it looks like a telephone number."


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Mr  smith",
            "mr smith",
            "MR SMITH",
            "Mr.smith",
            "mR\u00a0\u00a0Smith",
            "mr j smith",
            "Mrs. o'neill",
            "Mister Lee",
        ),
        *("Dr  patel", "DR PATEL", "Ms smith", "Prof. müller", "see Miss jones", "Miss\tJones"),
        *("Herr Müller", "frau  müller", "Mme Dupont", "M. Dupont", "monsieur dupont", "señora garcia", "Sr. López"),
        *("signora rossi", "mevrouw de vries", "господин Иванов", "Dear anna", "Liebe Anna", "Name: anna"),
    ],
)
def test_pd2_a_name_behind_a_title_is_found_however_it_is_written_and_in_other_languages(name: str):
    assert [hit.looks_like for hit in hits(f"For {name}: slowly", TODAY)] == ["a name"]


@pytest.mark.parametrize(
    "text",
    [
        *("Miss a day if you are sore", "Do not miss sessions", "Ask your dr if it hurts", "Your Dr says rest"),
        *("MS needs rest days", "Hold 500 ms longer", "Dear patient, go slowly", "Liebe Grüße", "Mr and Mrs"),
        *("Keep the name in mind", "Patient is tired", "Take a pan of water"),
    ],
)
def test_pd2_words_that_look_like_titles_are_left_alone(text: str):
    assert hits(text, TODAY) == []
