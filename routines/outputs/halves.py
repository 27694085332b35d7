"""A list cut in two where both parts are about as long, so that two columns end on about the same line. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def halves(things: Sequence[Thing], length: Callable[[Thing], int]) -> Iterator[list[Thing]]:
    """The things in order, in two parts whose longer one is as short as can be; in one part where there is but one."""
    if not things:
        return
    lengths = [length(each) for each in things]
    cut = min(range(1, len(things) + 1), key=lambda place: (_longer(lengths, place), -place))
    yield list(things[:cut])
    if things[cut:]:
        yield list(things[cut:])


def _longer(lengths: Sequence[int], cut: int) -> int:
    return max(sum(lengths[:cut]), sum(lengths[cut:]))
