"""Words and small pieces of records at random, in ways that are awkward to write down in YAML."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

from clinical.words.concerns import Concern

Fields = dict[str, Any]

#: What YAML, or whoever reads it, may take for something else.
_AWKWARD = (
    *("no", "yes", "null", "~", "0:30", "1e5", "007", "2026-05-31", "1_000", "0x1F", "true", "3.0"),
    *("a: b", "a #b", "- a list", "'quoted'", '"said"', "[a]", "{a}", "@here", "`tick`", "100 %", "% a", "! a", "& a"),
    *(
        "* a",
        "| a",
        "> a",
        "a:",
        "Übung für später",
        "naïve café",
        "smile 🙂",
        "two  spaces",
        "Ελληνικά",
        "מתיחה",
        "back\\slash",
    ),
)
_WORDS = [
    "calf",
    "heel",
    "slow",
    "stretch",
    "breathe",
    "floor",
    "wall",
    "chair",
    "knee",
    "gentle",
    "towel",
    "stand",
    "sit",
    "hold",
    "rest",
    "easy",
    "week",
    "pull",
]


#: A dosage of each measure, with which side is worked and what is needed.
DOSES: tuple[tuple[Fields, str, list[str]], ...] = (
    (
        {"hold_seconds": 20, "hold_seconds_most": 30, "repetitions": 2, "rest_between_seconds": 12},
        "unilateral",
        ["towel"],
    ),
    (
        {
            "hold_seconds": 15,
            "repetitions": 2,
            "repetitions_most": 3,
            "rest_between_seconds": 5,
            "rest_between_seconds_most": 9,
        },
        "unilateral",
        ["wall"],
    ),
    (
        {
            "repetitions": 8,
            "seconds_per_repetition": 4,
            "sets": 2,
            "sets_most": 3,
            "rest_seconds": 45,
            "rest_seconds_most": 60,
        },
        "bilateral",
        ["chair"],
    ),
    ({"repetitions_up_to": 9, "seconds_per_repetition": 4, "effort": 2, "effort_most": 4}, "bilateral", ["support"]),
    (
        {"repetitions": 6, "tempo_out_seconds": 2, "tempo_hold_seconds": 1, "tempo_back_seconds": 3, "band": "green"},
        "alternating",
        ["band"],
    ),
    ({"repetitions": 6, "load_grams": 1500, "seconds_per_repetition": 5}, "bilateral", ["water_bottle"]),
    ({"moving_seconds": 120, "moving_seconds_most": 180, "intensity_cue": "Easy: no more"}, "bilateral", ["step"]),
    ({"contract_seconds": 6, "relax_seconds": 2, "stretch_seconds": 20, "repetitions": 2}, "unilateral", ["mat"]),
    (
        {
            "repetitions": 8,
            "sets": 2,
            "steps_up": "repetitions",
            "steps_up_by": 1,
            "steps_up_every_days": 3,
            "steps_up_to": 12,
        },
        "bilateral",
        ["chair"],
    ),
)
OFTEN: tuple[Fields, ...] = (
    {"sessions_per_day": 1, "sessions_per_day_most": 2, "days_per_week": 4, "days_per_week_most": 5},
    {"sessions_per_day": 1, "every_days": 2},
    {"as_needed": True, "as_needed_most": 4},
)
SIDES = {"unilateral": ["each", "left", "right"], "bilateral": ["both"], "alternating": ["in_turn"]}


class Words:
    """Pieces of records at random; the same beginning makes the same pieces."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def id(self, sort: str) -> str:
        """An id of its own."""
        return f"{sort}-{self.rng.randrange(10**6)}-{self.rng.choice(_WORDS)}"

    def maybe(self, **fields: Any) -> Fields:
        """Some of these fields."""
        return {name: value for name, value in fields.items() if self.rng.random() < 0.6}

    def line(self, most: int = 70) -> str:
        """A line."""
        words = [self.rng.choice(_WORDS) for _each in range(self.rng.randint(1, 8))]
        words.insert(self.rng.randrange(len(words) + 1), self.rng.choice(_AWKWARD))
        return " ".join(words)[:most].strip() or "calf"

    def text(self) -> str:
        """A text, which may have several lines."""
        parts = [self.line() for _each in range(self.rng.randint(1, 4))]
        return self.rng.choice((". ", " ", "\n", "\n\n", "\n  ")).join(parts)

    def some(self, vocabulary: Any, least: int = 0, most: int = 3) -> list[str]:
        """Some words of a vocabulary, each once."""
        words = [getattr(each, "value", each) for each in vocabulary]
        return self.rng.sample(words, self.rng.randint(least, min(most, len(words))))

    def lines(self, least: int = 0) -> list[str]:
        """Some lines, each once."""
        return list(
            dict.fromkeys(f"{self.rng.choice(_WORDS)} {self.line()}" for _each in range(least + self.rng.randint(0, 2)))
        )

    def reviews(self) -> list[Fields]:
        """Who reviewed it elsewhere."""
        return [
            {
                "publisher": self.line(),
                **self.maybe(reviewer=f"Dr {self.line()}", role=self.line(), by_its_author=True),
                "reviewed_on": date(2010, 1, 1).replace(day=self.rng.randint(1, 28)).isoformat(),
            }
            for _each in range(self.rng.randint(0, 2))
        ]

    def codes(self) -> list[Fields]:
        """Codes of a condition."""
        return [
            {"system": system, "edition": "2025", "code": f"M{self.rng.randint(10, 99)}.{self.rng.randint(0, 9)}"}
            for system in self.rng.sample(("ICD-10-CM", "ICD-11", "SNOMED CT"), self.rng.randint(0, 2))
        ]

    def prose(self) -> list[Fields]:
        """Blocks of prose."""
        made: list[Callable[[], Fields]] = [
            lambda: {"heading": f"About {self.line()}"},
            lambda: {"points": self.lines(1)},
            lambda: {"paragraph": '<p>One <b>bold</b> &amp; <a href="/exercises/">link</a>, <a href="https://example.org/?a=1&amp;b=2">two</a>.</p>'},
            lambda: {"paragraph": "<ul><li>One</li><li><i>two</i><br>lines</li></ul>"},
            lambda: {"paragraph": " ".join(self.rng.choice(_WORDS) for _each in range(30))},
        ]  # fmt: skip
        return [self.rng.choice(made)() for _each in range(self.rng.randint(1, 3))]

    def sources(self) -> list[Fields]:
        """Where statements come from."""
        return [
            {"title": f"Book {self.line()}", **self.maybe(link="https://example.org/a?b=c#d", doi="10.1/a", pmid="999")}
            for _each in range(self.rng.randint(1, 3))
        ]  # fmt: skip

    def origin(self) -> Fields:
        """Whose words it was made from."""
        links = self.maybe(address="https://example.org/a?b=c#d", licence_address="https://example.org/licence")
        return {"source": self.line(), **links, **self.maybe(author=self.line(), licence=self.line(40))}

    def clinical(self, identifier: str) -> Fields:
        """What all clinical pages have in common."""
        lists = self.maybe(concerns=self.some(Concern, 1), dos=self.lines(1), donts=self.lines(1))
        return {
            "title": f"{identifier} {self.line()}",
            "purpose": self.line(),
            "who_it_is_for": self.text(),
            "check_first": self.lines(1),
            "evidence_summary": self.text(),
            "sources": self.sources(),
            **lists,
            **self.maybe(slug=f"{identifier}-Moved_2", reviews=self.reviews(), origin=self.origin()),
        }
