"""What readers may tell of a page, and where: closed lists. There is no field for words of their own (PD7)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReaderWord(models.TextChoices):
    """What a reader may tell, the most serious first: that it did harm, then what of the page is not right."""

    HURT = "hurt", _("It hurt, or I felt unwell")
    UNCLEAR = "unclear", _("I could not follow it")
    DIFFERS = "differs", _("The picture and the words differ")
    WRONG = "wrong", _("Something looks wrong or is missing")
    BROKEN = "broken", _("Something on the page did not work")


class ToldOn(models.TextChoices):
    """Where the reader stood who told it. Of a link it is kept that it was one, never which (PD7)."""

    PAGE = "page", _("on its own page")
    ROUTINE = "routine", _("in a routine")
    LINK = "link", _("given by link, where the dose may differ")
