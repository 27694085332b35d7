"""What stands round the application in every process: counting, and metrics where somebody has asked for them."""

from __future__ import annotations

from django.conf import settings

from stretchsite.observing.counting_pages import Application, CountsPages


def watched(application: Application) -> Application:
    """The application with that round it. Where there are no metrics, nothing of them is loaded."""
    if settings.METRICS_TOKEN:
        from stretchsite.observing.metrics import Measures

        application = Measures(application)
    return CountsPages(application)
