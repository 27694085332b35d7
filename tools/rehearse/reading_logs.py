"""Searches everything that was written while the site ran for what must not stand there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def found_in(folder: Path, secrets: Iterable[str]) -> list[str]:
    """Which file holds what, by the first six letters; the files of all programs, whole."""
    texts = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*.log"))}
    if not any(texts.values()):
        return [f"{folder}: nothing was written there, so nothing was searched"]
    return [f"{name}: {each[:6]}…" for name, text in texts.items() for each in secrets if each in text]
