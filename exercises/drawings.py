"""The drawings of figures: made when an exercise is published and kept under their fingerprint.

A drawing's name says what is in it, so a file that is there is never drawn again, and none is ever deleted: an older
version of a page may still point to it. A file that is lost or torn counts as none: it is drawn once more for whoever
asks, and kept if the storage will have it; else in memory until it will. Colours of other themes are put into the
themed drawing when it is read.
"""

from __future__ import annotations

import json
import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from exercises.choices import Laterality
from figures.engine import render, strip, validation, words
from figures.engine.faults import Fault
from figures.engine.fingerprint import fingerprint, strip_fingerprint, uid_of
from figures.engine.mirror import mirrored, shown_side
from figures.engine.pose import Illustration

logger = logging.getLogger(__name__)

_VIEW_BOX = re.compile(r'viewBox="(-?\d+) (-?\d+) (\d+) (\d+)"')
#: How a whole file begins and ends. Where a disk lost pieces of it, there are zeros.
_START, _END, _LOST = "<svg", "</svg>", "\0"

#: What storage would not take, so that nothing is drawn over and over while it is away; and how many at most, of some
#: 15 kB each. The name says what is in it, so none is ever out of date.
_not_kept: OrderedDict[str, str] = OrderedDict()
MOST_NOT_KEPT = 200

#: Gives the file of a fingerprint, calling the second argument where it has to be drawn.
Keep = Callable[[str, Callable[[], str]], str]


@dataclass(frozen=True)
class _Variant:
    """A figure for one side, in words; ``frames`` are (key, label, alternative text, fingerprint)."""

    side: str
    illustration: Illustration
    frames: tuple[tuple[str, str, str, str], ...]
    felt: str


def read(data: Any) -> tuple[Illustration | None, list[Fault]]:
    """A figure's data as an illustration, with its faults; measured once, since every save asks."""
    try:
        written = json.dumps(data, sort_keys=True)
    except ValueError:  # a number longer than Python writes
        return None, [Fault("", "figure", "it has a number that nobody can mean", None, "", "write a shorter one")]
    return _read(written)


def faults(data: Any, laterality: str) -> list[Fault]:
    """All faults of a figure, with the size of its drawings, which are made and kept on the way.

    An editor's form asks before anything is locked, so that a transaction later finds everything drawn.
    """
    illustration, found = read(data)
    if illustration is None or found:
        return found
    return [
        Fault(frame["key"], "drawing", "it has", frame["bytes"], "bytes", f"at most {validation.MOST_BYTES}")
        for variant in _drawn(illustration, laterality, kept)
        for frame in variant["frames"]
        if frame["bytes"] > validation.MOST_BYTES
    ]


def ready(data: Any, laterality: str) -> dict[str, Any]:
    """What a page needs to show a figure: drawn and kept for every side it can be asked for. Empty for a faulty one."""
    illustration, found = read(data)
    return _ready(illustration, laterality, kept) if illustration and not found else {}


def names(ready: dict[str, Any]) -> Iterator[str]:
    """The fingerprints of all drawings a page keeps ready."""
    for variant in ready.get("variants", {}).values():
        yield from (frame["fingerprint"] for frame in variant["frames"])
        yield from filter(None, [variant["strip"]])


def previewed(data: Any, laterality: str) -> dict[str, Any]:
    """The same for a draft: nothing is kept, the drawings stand in the page; and faults do not hide the figure."""
    illustration, _found = read(data)
    if illustration is None:
        return {}
    return _ready(illustration, laterality, lambda _name, draw: draw(), inline=True)


def stored(name: str) -> str | None:
    """The file of a fingerprint; none when there is none, when it cannot be read, or when it is torn."""
    try:
        with default_storage.open(_path(name)) as file:
            text: str = file.read().decode()
    except (OSError, UnicodeDecodeError):
        return None
    is_whole = text.startswith(_START) and text.endswith(_END) and _LOST not in text
    return text if is_whole else None


def drawn_again(data: Any, laterality: str, name: str) -> str:
    """The drawing of that fingerprint from the figure it belongs to, kept if it can be; empty if there is none."""
    illustration, found = read(data)
    if illustration is None or found:
        return ""
    text = illustration.model_dump_json(by_alias=True, exclude_none=True)
    draws = (draw for variant in _variants(text, laterality) for draw in _draws(variant) if draw[0] == name)
    return next((kept(name, draw) for _name, draw in draws), "")


def kept(name: str, draw: Callable[[], str]) -> str:
    """The file of a fingerprint, drawn and stored only where it is missing or broken."""
    text = stored(name)
    if text is None:
        text = _not_kept.pop(name, "") or draw()
        if stored(name) is None:  # nobody else was quicker, with the same drawing
            _store(name, text)
    return text


def _path(name: str) -> str:
    return f"figures/{name}.svg"


def _store(name: str, text: str) -> None:
    path = _path(name)
    try:
        default_storage.delete(path)
        written = default_storage.save(path, ContentFile(text.encode()))
        if written != path:  # somebody else was quicker after all
            default_storage.delete(written)
    except OSError as error:
        logger.warning("%s could not be kept: %s", path, error)
        _not_kept[name] = text
        with suppress(KeyError):  # others forget as well
            while len(_not_kept) > MOST_NOT_KEPT:
                _not_kept.popitem(last=False)


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[Illustration | None, list[Fault]]:
    return validation.read(json.loads(text))


def _ready(illustration: Illustration, laterality: str, keep: Keep, inline: bool = False) -> dict[str, Any]:
    drawn = list(_drawn(illustration, laterality, keep, inline))
    for variant in drawn:
        for frame in variant["frames"]:
            del frame["bytes"]
    first = drawn[0]["side"]
    return {"drawn": first, "variants": {variant["side"]: variant for variant in drawn}}


def _drawn(illustration: Illustration, laterality: str, keep: Keep, inline: bool = False) -> Iterator[dict[str, Any]]:
    """The figure for each side it can be asked for, as it was drawn first. A draft shows only that one."""
    text = illustration.model_dump_json(by_alias=True, exclude_none=True)
    variants = _variants(text, laterality)
    for variant in variants[:1] if inline else variants:
        yield _drawn_variant(variant, keep, inline)


def _drawn_variant(variant: _Variant, keep: Keep, inline: bool) -> dict[str, Any]:
    draws = dict(_draws(variant))
    frames: list[dict[str, Any]] = []
    for key, label, alt, name in variant.frames:
        text = keep(name, draws[name])
        frame = {"key": key, "label": label, "alt": alt, "box": _box(text), "fingerprint": name}
        frames.append({**frame, "bytes": len(text.encode()), **({"markup": text} if inline else {})})
    moving = ""
    if len(frames) > 1 and not inline:
        moving = strip_fingerprint(variant.illustration)
        keep(moving, draws[moving])
    box = strip.shared_box([tuple(frame["box"]) for frame in frames])
    return {"side": variant.side, "felt": variant.felt, "box": list(box), "strip": moving, "frames": frames}


def _frame(illustration: Illustration, key: str, uid: str) -> str:
    return render.draw(illustration, key, uid=uid).svg()


def _draws(variant: _Variant) -> Iterator[tuple[str, Callable[[], str]]]:
    """How each file of a variant is drawn, by its fingerprint."""
    illustration = variant.illustration
    for key, _label, _alt, name in variant.frames:
        yield name, partial(_frame, illustration, key, uid_of(name))
    moving = strip_fingerprint(illustration)
    yield moving, lambda: strip.strip_svg(illustration, uid=uid_of(moving, "s"))


@lru_cache(maxsize=64)
def _variants(text: str, laterality: str) -> tuple[_Variant, ...]:
    """The sides of an exercise, the one it is drawn for first, with their words, which are measured on the body."""
    illustration = Illustration.model_validate_json(text)
    if laterality == Laterality.BILATERAL:
        return (_in_words(illustration, ""),)
    first, other = ("right", "left") if shown_side(illustration) == "R" else ("left", "right")
    return (_in_words(illustration, first), _in_words(mirrored(illustration), other))


def _in_words(illustration: Illustration, side: str) -> _Variant:
    frames = tuple(
        (pose.key, pose.label, words.alternative_text(illustration, pose.key), fingerprint(illustration, pose.key))
        for pose in illustration.figures
    )
    return _Variant(side, illustration, frames, words.where_felt(illustration))


def _box(text: str) -> list[int]:
    found = _VIEW_BOX.search(text)
    if found is None:
        raise ValueError("the drawing has no view box")
    return [int(number) for number in found.groups()]
