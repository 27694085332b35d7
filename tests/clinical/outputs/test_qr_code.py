"""QR codes: the address alone decides the drawing, with room round it and words for who cannot see it."""

from __future__ import annotations

import re

import segno

from clinical.outputs.qr_code import QUIET_ZONE, qr_inline, qr_svg

ADDRESS = "https://stretch.example/routines/calves/"


def test_code_is_a_picture_with_words_and_a_quiet_rim():
    drawn = qr_inline(ADDRESS)
    assert f'aria-label="QR code of {ADDRESS}"' in drawn
    modules = segno.make(ADDRESS, error="m", micro=False).symbol_size(border=0)[0]
    assert f'viewBox="0 0 {modules + 2 * QUIET_ZONE} {modules + 2 * QUIET_ZONE}"' in drawn
    assert "style=" not in drawn


def test_both_forms_draw_the_same_code():
    path = re.compile(r'\bd="(M4 4[^"]+)"')
    assert path.findall(qr_inline(ADDRESS)) == path.findall(qr_svg(ADDRESS))
    assert len(path.findall(qr_inline(ADDRESS))) == 1


def test_words_of_the_address_are_escaped():
    assert "<b>" not in qr_inline("https://stretch.example/<b>\"'")
