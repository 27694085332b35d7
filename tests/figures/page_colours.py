"""What a style sheet must set so that drawings on a page have the colours of a theme."""

from __future__ import annotations

from typing import Literal

from figures.engine.palette import PAINTS


def properties(theme: Literal["light", "dark", "print"]) -> dict[str, str]:
    """The custom properties a page sets in a theme: those whose value differs from the fallback in the drawing."""
    values = {}
    for name, paint in PAINTS.items():
        value = {"light": paint.light, "dark": paint.dark, "print": paint.paper or paint.light}[theme]
        if value != paint.light:
            values[f"--fg-{name}"] = value
    return values
