"""Every text there is in the tables, and what guards it on its way to readers. A new one has no place until it is given.

A text is guarded when it is part of what an approval names (the fields of a gated page or note, and of its rows), or is
one of the words of a shared record. Everything else stands here, by model and field, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Locale, Page, Site

from clinical.models.fingerprints import _words
from clinical.models.publishing import Gated
from clinical.models.shared_words import SharedWords

#: The apps whose tables are ours, and what readers see of the platform's.
OURS = ("clinical", "exercises", "routines", "stretchsite")
OF_THE_PLATFORM = (Site, Locale)

FINGERPRINT = "two people: it is part of what an approval names"
AGREEMENT = "two people: proposed by one, confirmed by another"

CLOSED = "one person, and every change is on record: only the person named knows it"
AT_ONCE = "one person, at once, on record: why something was withdrawn cannot wait"
TWO = "two people: the database refuses it from one"
FROM_APPROVED = "made from words that were approved, by code"
CHOICE = "chosen from a list that is code, or an address or key made by code"
OWN = "a practitioner's own word to one patient; checked that it names nobody"
SETTING = "set by whoever runs the site; on record in the platform's own log, and shown nowhere"
NEVER = "never shown to readers"

#: What no approval and no agreement guards, and why that is right.
ELSEWHERE: dict[str, str] = {}


def texts() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field that can hold a text, of every table that may reach a reader. Accounts and logs are among them."""
    for model in (*(model for model in apps.get_models() if model._meta.app_label in OURS), *OF_THE_PLATFORM):
        for field in model._meta.get_fields():
            if isinstance(field, (models.CharField, models.TextField, models.JSONField, models.FileField)):
                yield model, field


def guard_of(model: type[models.Model], field: models.Field) -> str:
    """What keeps one person's text in this field from readers; empty where nothing is known to."""
    if issubclass(model, SharedWords) and field.name in model.WORDS:
        return CLOSED if model.IS_ONE_PERSONS else AGREEMENT
    if _is_in_a_fingerprint(model, field):
        return FINGERPRINT
    owner = Page if field.model is Page else field.model
    return ELSEWHERE.get(f"{owner._meta.label}.{field.name}", "")


def _is_in_a_fingerprint(model: type[models.Model], field: models.Field) -> bool:
    """Asked of the fingerprint itself, with the field filled in: whether the words it names hold this one."""
    parents = [each.related_model for each in model._meta.get_fields() if isinstance(each, ParentalKey)]
    if not any(issubclass(each, Gated) for each in (model, *parents)):
        return False
    from clinical.models import fingerprints

    left_out = fingerprints._NOT_WORDS if issubclass(model, Gated) else frozenset()
    return field.name in _words(_filled(model, field), left_out)


def _filled(model: type[models.Model], field: models.Field) -> Any:
    thing = model()
    values: dict[type, Any] = {}
    stream = hasattr(field, "stream_block")
    values = [("heading", "x")] if stream else {"x": 1} if isinstance(field, models.JSONField) else "x"
    setattr(thing, field.attname, values)
    return thing
