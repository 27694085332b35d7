"""What stands round the application in every process: counting."""

from __future__ import annotations

from stretchsite.observing.counting_pages import Application, CountsPages


def watched(application: Application) -> Application:
    """The application with that round it."""
    return CountsPages(application)
