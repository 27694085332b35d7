"""Typing errors: the words of the site that are nearest to what was typed.

Pure. Near is counted in letters: one left out, put in, changed, or two that have changed places.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Shorter words are too near to one another to be guessed at.
SHORTEST = 4
#: Of so many letters or more two may be wrong, of fewer one.
TWO_MAY_BE_WRONG = 6


def most_wrong(word: str) -> int:
    """How many letters of a word may be wrong."""
    if len(word) < SHORTEST:
        return 0
    return 2 if len(word) >= TWO_MAY_BE_WRONG else 1


def near(word: str, known: Iterable[str]) -> dict[str, int]:
    """Those of the known words that are near to a typed one, each with how many letters of it are wrong."""
    limit = most_wrong(word)
    if not limit:
        return {}
    sized = (other for other in known if abs(len(other) - len(word)) <= limit and _share_letters(word, other, limit))
    wrong = {other: distance(word, other, limit) for other in sized}
    return {other: letters for other, letters in wrong.items() if letters <= limit}


def nearest(wrong: dict[str, int]) -> list[str]:
    """The nearest of near words, as ``near`` found them and whoever asks may see."""
    fewest = min(wrong.values(), default=0)
    return sorted(word for word, letters in wrong.items() if letters == fewest)


def _share_letters(word: str, other: str, limit: int) -> bool:
    """A quick look before counting: each wrong letter makes at most two differences of this kind."""
    return len(set(word) ^ set(other)) <= 2 * limit


def distance(one: str, other: str, limit: int) -> int:
    """How many letters apart two words are; ``limit`` + 1 as soon as it is more than ``limit``."""
    two_before: list[int] = []
    before = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        row = [i + 1]
        for j, second in enumerate(other):
            steps = min(before[j + 1] + 1, row[j] + 1, before[j] + (letter != second))
            if i and j and letter == other[j - 1] and one[i - 1] == second:
                steps = min(steps, two_before[j - 1] + 1)
            row.append(steps)
        if min(row) > limit:
            return limit + 1
        two_before, before = before, row
    return min(before[-1], limit + 1)
