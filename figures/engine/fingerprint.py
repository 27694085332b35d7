"""What names a drawing's file for ever: the same data and the same renderer give the same name."""

from __future__ import annotations

import hashlib
import json

from figures.engine.palette import Theme
from figures.engine.pose import Illustration
from figures.engine.render import RENDERER_VERSION

#: Hexadecimal digits of a fingerprint: enough that two drawings never share one.
DIGITS = 20


def fingerprint(illustration: Illustration, key: str, theme: Theme = "themed") -> str:
    """The name of one pose's drawing. KeyError for an unknown pose."""
    illustration.pose(key)
    return _digest(illustration, key, theme)


def strip_fingerprint(illustration: Illustration) -> str:
    """The name of the movement's drawing; no pose's key can be written like this one."""
    return _digest(illustration, "*strip*", "themed")


def uid_of(fingerprint: str, letter: str = "f") -> str:
    """What begins every id in a drawing's file, so that two drawings can stand in one document."""
    return letter + fingerprint[:8]


def _digest(illustration: Illustration, key: str, theme: Theme) -> str:
    data = illustration.model_dump(mode="json", by_alias=True, exclude={"reviewed_by", "alt"})
    text = json.dumps([RENDERER_VERSION, key, theme, data], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
