"""The closed vocabularies of routines."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinical.words.choices import Moment


def comes_unplanned(moments: Collection[str]) -> bool:
    """Whether a routine is for while symptoms last and for no other moment: nobody knows the day beforehand."""
    return set(moments) == {Moment.DURING_SYMPTOMS}


class Phase(models.TextChoices):
    """The part an item plays in a session, in the order a session goes."""

    WARM_UP = "warm_up", _("Warm-up")
    MAIN = "main", _("Main part")
    COOL_DOWN = "cool_down", _("Cool-down")
