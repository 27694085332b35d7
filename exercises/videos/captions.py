"""Captions as WebVTT: read line by line, refused in words with the line, and written anew as plain text with times.

Pure. What is kept is made from the cues alone: no styles, no places on the screen, no comments.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: No film has more hours than three digits say; longer ones are no times.
_TIME = r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_TAG = re.compile(r"</?(?:b|i|u|c|v|lang|ruby|rt)(?:[. ][^<>]*)?>|<\d[\d:.]*>")
#: A sign by its number; none has more than seven digits.
_NO_SIGN = re.compile(r"&#\d{8,};?")
#: Captions may go on a moment after the end that the file states.
_GRACE_SECONDS = 2
MOST_CUES = 1000


class Cue(NamedTuple):
    """What is said from when to when, in thousandths of a second."""

    start: int
    end: int
    text: str


def read(text: str, seconds: int = 0) -> str:
    """The captions of a video that is so long, as they may be kept. Raises ``ValidationError`` with the line."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise _fault(1, _("captions begin with a line that says WEBVTT"))
    head, *blocks = _blocks(lines)
    if any("-->" in line for line in head[1]):
        raise _fault(2, _("leave an empty line below WEBVTT"))
    cues = sorted(cue for number, block in blocks if (cue := _cue(number, block)))
    if not cues:
        raise ValidationError(
            _("There is no caption in it. Where nobody speaks, say so: a time line, and below it “[No speech]”.")
        )
    if len(cues) > MOST_CUES:
        raise ValidationError(_("There are more than %d captions in it.") % MOST_CUES)
    if seconds and cues[-1].start > (seconds + _GRACE_SECONDS) * 1000:
        raise ValidationError(
            _("The last caption begins at %(last)s, and the video ends at %(end)s: are they of another video?")
            % {"last": _written(cues[-1].start), "end": _written(seconds * 1000)}
        )
    return _as_text(cues)


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """What stands between empty lines, each with the number of its first line; the head is the first."""
    found: list[tuple[int, list[str]]] = []
    open_block = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            open_block = False
        elif open_block:
            found[-1][1].append(line)
        else:
            found.append((number, [line]))
            open_block = True
    return found


def _cue(number: int, block: list[str]) -> Cue | None:
    """The caption a block holds; none for remarks and styles, which are left out."""
    if re.match(r"(NOTE|STYLE|REGION)\b", block[0]) and "-->" not in block[0]:
        return None
    if "-->" not in block[0] and len(block) > 1:
        number, block = number + 1, block[1:]  # its name
    if "-->" not in block[0]:
        raise _fault(number, _("a caption needs a time line, such as 00:00.000 --> 00:04.000"))
    if not (times := _TIMES.fullmatch(block[0].strip())):
        raise _fault(number, _("write the times as 00:00.000 --> 00:04.000, with a point before the thousandths"))
    start, end = _thousandths(times.groups()[:4]), _thousandths(times.groups()[4:])
    if end <= start:
        raise _fault(number, _("it ends before it begins"))
    words = "\n".join(_plain(line) for line in block[1:]).strip()
    if not words:
        raise _fault(number, _("there is nothing below the time line"))
    if "-->" in words:
        raise _fault(number, _("leave an empty line between two captions"))
    return Cue(start, end, words)


def _plain(line: str) -> str:
    """The words of a line; a sign that does not exist is shown as missing."""
    return " ".join(unescape(_NO_SIGN.sub("\ufffd", _TAG.sub("", line))).split())


def _thousandths(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def _written(thousandths: int) -> str:
    seconds, rest = divmod(thousandths, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _as_text(cues: list[Cue]) -> str:
    escaped = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
    blocks = [f"{_written(cue.start)} --> {_written(cue.end)}\n{cue.text.translate(escaped)}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _fault(line: int, why: str) -> ValidationError:
    return ValidationError(_("Line %(line)d of the captions: %(why)s.") % {"line": line, "why": why})
