"""The closed vocabularies of routines."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    """The part an item plays in a session, in the order a session goes."""

    WARM_UP = "warm_up", _("Warm-up")
    MAIN = "main", _("Main part")
    COOL_DOWN = "cool_down", _("Cool-down")
