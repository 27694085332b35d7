"""The figures as one plain table: the middle and nearly the worst at each size, and how they grew."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.bench.figures import percentile
from tools.bench_scale.questions import Question, Taken

#: What one process that answers may have of the memory, in megabytes.
MOST_MEGABYTES = 200


@dataclass(frozen=True)
class Audited:
    """What ``audit_live`` cost: how much was live, seconds, and megabytes at its peak."""

    live: int
    seconds: float
    megabytes: float

    def __str__(self) -> str:
        """As a line for a person."""
        kept = "kept" if self.megabytes <= MOST_MEGABYTES else "MISSED"
        each = self.seconds * 1000 / max(1, self.live)
        return (
            f"audit_live of {self.live:,}: {self.seconds:.0f} s ({each:.0f} ms each), "
            f"{self.megabytes:.0f} MB at its peak. "
            f"At most {MOST_MEGABYTES} MB: {kept}."
        )


@dataclass(frozen=True)
class Row:
    """One question and what it took, by size, the smallest first."""

    question: Question
    taken: Mapping[int, Taken]

    @property
    def middle(self) -> float:
        """The middle of the largest size, in milliseconds."""
        return statistics.median(self.taken[max(self.taken)].milliseconds)

    @property
    def growth(self) -> float:
        """How many times slower the largest is than the smallest."""
        return self.middle / statistics.median(self.taken[min(self.taken)].milliseconds)

    @property
    def verdict(self) -> str:
        """Whether it kept within its limits, where it has any, and was answered at all."""
        if refused := sum(taken.refused for taken in self.taken.values()):
            return f"MISSED: {refused} not answered"
        if not self.question.most:
            return "–"
        is_kept = self.middle <= self.question.most and (
            not self.question.growth or self.growth <= self.question.growth
        )
        return "kept" if is_kept else "MISSED"

    def cells(self) -> list[str]:
        """The row as texts."""
        figures = (f"{share:.0f}" for taken in self.taken.values() for share in _of(taken))
        most = f"{self.question.most:.0f} ms" if self.question.most else "–"
        grown = f", × {self.question.growth:.0f}" if self.question.growth else ""
        return [self.question.name, *figures, f"× {self.growth:.1f}", most + grown, self.verdict]


def _of(taken: Taken) -> tuple[float, float, float]:
    return statistics.median(taken.milliseconds), percentile(taken.milliseconds, 0.95), taken.busy


def rows(measured: Mapping[int, Mapping[Question, Taken]]) -> list[Row]:
    """A row for each question, whatever its addresses at each size."""
    by_name = {size: {question.name: taken for question, taken in found.items()} for size, found in measured.items()}
    largest = measured[max(measured)]
    return [
        Row(question, {size: found[question.name] for size, found in sorted(by_name.items())}) for question in largest
    ]


def table(found: Sequence[Row]) -> str:
    """All rows as a Markdown table, in milliseconds. On a machine that does something else only CPU can be compared."""
    sizes = list(found[0].taken)
    head = [
        "what is asked",
        *(f"{size:,}: {what}" for size in sizes for what in ("p50", "p95", "CPU")),
        "growth",
        "aim",
        "",
    ]
    lines = [head, ["---", *["--:"] * (len(head) - 3), "---", "---"], *(row.cells() for row in found)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def memory(peaks: Mapping[int, float]) -> str:
    """What the answering process had at most, by size, in megabytes."""
    said = ", ".join(f"{size:,}: {peak:.0f} MB" for size, peak in sorted(peaks.items()))
    kept = "kept" if max(peaks.values()) <= MOST_MEGABYTES else "MISSED"
    return f"Memory of the process that answers, at its peak: {said}. At most {MOST_MEGABYTES} MB: {kept}."
