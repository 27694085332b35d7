"""What the clinic calls itself: every page, paper and letter says the same.

Remembered in each process as the links at the foot are: while a page is made to be kept, under the generation it is
made under (``stretchsite.page_cache.frame_keys``), so that no page is kept with words of before. What is not kept, and
what is asked for outside requests, says at once what was changed in the same process, in the others within seconds.
Answers that must do without a database name the site by the setting (``clinical.web.plain_answers``).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from clinical.clinic.clinic_colours import digest_of, style_sheet
from clinical.clinic.clinic_logo import logo_in_grey, size_in_header
from clinical.safety.parts import alone

#: Under which name the process remembers it; the page cache adds its generation.
KNOWN_AS = "clinic"
#: For how long, in seconds.
REMEMBERED_SECONDS = 10


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """What readers and colleagues are shown of it. Empty: nothing is said."""

    name: str
    footer: str = ""
    email: str = ""
    phone: str = ""
    licence: str = ""
    logo_digest: str = ""
    logo_width: int = 0
    logo_height: int = 0
    accent_light: str = ""
    accent_dark: str = ""

    @property
    def dial(self) -> str:
        """The number as a telephone dials it."""
        from_abroad = self.phone.replace("(0)", "") if self.phone.startswith("+") else self.phone
        return "".join(letter for letter in from_abroad if letter in "+0123456789")

    @property
    def logo_size(self) -> tuple[int, int]:
        """Width and height of the logo in the header, in pixels of the page."""
        return size_in_header(self.logo_width, self.logo_height)

    @property
    def style(self) -> str:
        """Its own style sheet, for its colours; empty where it has none."""
        has_any = self.accent_light or self.accent_dark
        return style_sheet(self.accent_light, self.accent_dark) if has_any else ""

    @property
    def style_digest(self) -> str:
        """What the address of that style sheet is made of; empty where there is none."""
        return digest_of(self.style) if self.style else ""

    @property
    def on_paper(self) -> tuple[str, ...]:
        """What stands at the end of a printed sheet, a sentence each."""
        contact = ", ".join(part for part in (self.email, self.phone) if part)
        said = (
            f"{self.footer.rstrip('.')}." if self.footer and self.footer[-1] not in "!?" else self.footer,
            _("Contact: %s.") % contact if contact else "",
            _("Licence of the content: %s.") % self.licence if self.licence else "",
        )
        return tuple(each for each in said if each)


def clinic() -> Clinic:
    """It, without a query where the process knows."""
    return _named(cache.get_or_set(KNOWN_AS, _read, REMEMBERED_SECONDS) or {})


def clinic_as_stored() -> Clinic:
    """It, as the database has it now."""
    return _named(_read())


def _named(known: dict[str, Any]) -> Clinic:
    return Clinic(**{**known, "name": known.get("name") or settings.WAGTAIL_SITE_NAME})


def forget_clinic() -> None:
    """Ask again the next time: it was changed."""
    cache.delete(KNOWN_AS)


def _read() -> dict[str, Any]:
    rows = apps.get_model("clinical", "ClinicSettings").objects.order_by("pk")
    return rows.values(*(field.name for field in fields(Clinic))).first() or {}


def logo_bytes(digest: str) -> bytes:
    """The logo that has this digest, as a PNG; empty where it is not the clinic's, or not any more. One query."""
    rows = apps.get_model("clinical", "ClinicSettings").objects.filter(logo_digest=digest).exclude(logo_digest="")
    return bytes(rows.values_list("logo", flat=True).first() or b"")


def logo_for_paper() -> str:
    """The logo as an SVG in black and white; empty where there is none."""
    digest = clinic().logo_digest
    content = logo_bytes(digest) if digest else b""
    return alone("logo", lambda: logo_in_grey(content), "") if content else ""
