"""What a figure costs: how long a drawing takes, and what it weighs. Paid once, when an exercise is published."""

from __future__ import annotations

import gzip
import statistics
import time
from dataclasses import dataclass

from figures.engine import library, render, strip
from figures.engine.fingerprint import uid_of
from figures.engine.pose import Illustration
from figures.engine.validation import MOST_BYTES

#: Seconds a still may take in the middle, and bytes a movement may have when it is packed.
MOST_SECONDS = 0.5
MOST_STRIP_BYTES = 20 * 1024


@dataclass(frozen=True)
class DrawingCost:
    """Seconds and bytes of each still; bytes of each movement, packed, and the seconds it took."""

    stills: list[tuple[float, int]]
    strips: list[tuple[float, int]]

    @property
    def is_within_bounds(self) -> bool:
        """Whether every bound is kept: the median for time, the worst for weight."""
        return (
            statistics.median(seconds for seconds, _ in self.stills) <= MOST_SECONDS
            and max(size for _, size in self.stills) <= MOST_BYTES
            and max(size for _, size in self.strips) <= MOST_STRIP_BYTES
        )


def cost_of(illustrations: list[Illustration]) -> DrawingCost:
    """Draw every pose and every movement once."""
    stills, strips = [], []
    for illustration in illustrations:
        for pose in illustration.figures:
            started = time.perf_counter()
            svg = render.draw(illustration, pose.key, uid=uid_of("0" * 8)).svg()
            stills.append((time.perf_counter() - started, len(svg.encode())))
        started = time.perf_counter()
        svg = strip.strip_svg(illustration)
        strips.append((time.perf_counter() - started, len(gzip.compress(svg.encode(), mtime=0))))
    return DrawingCost(stills, strips)


def report(cost: DrawingCost) -> str:
    """The cost as lines for a person."""
    stills = _line(f"{len(cost.stills)} stills", cost.stills, f"{1000 * MOST_SECONDS:.0f} ms", "16 KB")
    strips = _line(f"{len(cost.strips)} movements of {strip.FRAMES} frames", cost.strips, "any time", "20 KB packed")
    return f"{stills}\n{strips}\nBounds of figures: {'kept' if cost.is_within_bounds else 'MISSED'}."


def _line(what: str, drawn: list[tuple[float, int]], most_time: str, most_size: str) -> str:
    milliseconds = 1000 * statistics.median(seconds for seconds, _ in drawn)
    sizes = [size / 1024 for _, size in drawn]
    weight = f"{statistics.median(sizes):.1f} KB, the heaviest {max(sizes):.1f} KB"
    return f"{what}: median {milliseconds:.0f} ms ({most_time} allowed), {weight} ({most_size} allowed)."


def starter_library() -> list[Illustration]:
    """Every illustration there is."""
    return [library.illustration(name) for name in library.names()]
