"""What a change of a clinic's settings changed, in words: each field with what was before and what is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from clinical.clinic.clinic_settings import ClinicSettings


def changes_said(changes: Mapping[str, Sequence[Any]]) -> str:
    """As the audit shows it; empty where nothing was changed. A field there is no longer is called by its name."""
    said = _("%(field)s: %(before)s → %(now)s")
    return "; ".join(
        said % {"field": _field(name), "before": _value(before), "now": _value(now)}
        for name, (before, now) in changes.items()
    )


def _field(name: str) -> str:
    if name == "logo_digest":
        return _("logo")
    known = {field.name: str(field.verbose_name) for field in ClinicSettings._meta.concrete_fields}
    return known.get(name, name)


def _value(said: Any) -> str:
    return _("“%s”") % said if said else _("nothing")
