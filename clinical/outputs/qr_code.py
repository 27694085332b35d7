"""QR codes, drawn here: no address ever goes to another host to become one."""

from __future__ import annotations

import io
import re

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

#: Error correction that survives a coffee stain, and the empty rim a camera needs.
LEVEL, QUIET_ZONE = "m", 4


def qr_svg(address: str) -> str:
    """The code as an SVG document, for the typesetter."""
    drawn = io.BytesIO()
    segno.make(address, error=LEVEL, micro=False).save(drawn, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff")
    return drawn.getvalue().decode()


def qr_inline(address: str, said: str = "") -> SafeString:
    """The code as a picture in a page, black on white in every theme, with words for who cannot see it.

    ``said`` takes the place of the address in them.
    """
    code = segno.make(address, error=LEVEL, micro=False)
    drawn = code.svg_inline(border=QUIET_ZONE, omitsize=True)
    path = re.search(r'\bd="([^"]+)"', drawn)
    if path is None:
        raise ValueError("the code has no drawing")
    wide, _high = code.symbol_size(border=QUIET_ZONE)
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {wide} {wide}">'
        '<path fill="#fff" d="M0 0h{wide}v{wide}h-{wide}z"/><path stroke="#000" d="{}"/></svg>',
        said or _("QR code of %(address)s") % {"address": address},
        path[1],
        wide=wide,
    )
