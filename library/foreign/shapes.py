"""The public field layouts of free-exercise-db, exercemus, wger and OpenTeleRehab, each read into one value.

Pure: nothing is guessed here and no word is changed but HTML taken off. What a shape does not say is empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup

from clinical.safety.made_from import Origin

#: English, by the number it has in wger.
_ENGLISH = 2
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True)
class ForeignExercise:
    """One exercise as another project tells it, in its own words."""

    key: str
    title: str
    origin: Origin
    aliases: tuple[str, ...] = ()
    purpose: str = ""
    steps: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    category: str = ""
    #: Figures it gives as such: "repetitions", "sets".
    figures: tuple[tuple[str, int], ...] = ()


def free_exercise_db(data: Any) -> list[ForeignExercise]:
    """A list of exercises; the whole is in the public domain (Unlicense)."""
    origin = Origin(
        "free-exercise-db",
        "https://github.com/yuhonas/free-exercise-db",
        licence="Unlicense",
        licence_address="https://unlicense.org/",
    )
    return [
        ForeignExercise(
            key=_line(each.get("id")) or _line(each.get("name")),
            title=_line(each.get("name")),
            origin=origin,
            steps=_lines(each.get("instructions")),
            muscles=_lines([*_list(each.get("primaryMuscles")), *_list(each.get("secondaryMuscles"))]),
            equipment=_lines([each.get("equipment")]),
            category=_line(each.get("category")),
        )
        for each in _records(data)
    ]


def exercemus(data: Any) -> list[ForeignExercise]:
    """A map with the list under "exercises"; each may have a licence and an author of its own."""
    return [
        ForeignExercise(
            key=_line(each.get("name")),
            title=_line(each.get("name")),
            origin=_own_licence("exercemus", "https://github.com/exercemus/exercises", each),
            aliases=_lines(each.get("aliases")),
            purpose=_line(each.get("description")),
            steps=_lines(each.get("instructions")),
            tips=_lines(each.get("tips")),
            muscles=_lines([*_list(each.get("primary_muscles")), *_list(each.get("secondary_muscles"))]),
            equipment=_lines(each.get("equipment")),
            category=_line(each.get("category")),
        )
        for each in _records(data, "exercises")
    ]


def wger(data: Any) -> list[ForeignExercise]:
    """The answer of "exerciseinfo", with the list under "results"; only what it says in English."""
    found = []
    for each in _records(data, "results"):
        said = next((said for said in _list(each.get("translations")) if said.get("language") == _ENGLISH), None)
        if said is None or not _line(said.get("name")):
            continue
        own = {**each, **{name: said[name] for name in ("license", "license_author") if said.get(name)}}
        muscles = [_named(one) for name in ("muscles", "muscles_secondary") for one in _list(each.get(name))]
        found.append(
            ForeignExercise(
                key=_line(each.get("uuid")) or _line(each.get("id")),
                title=_line(said.get("name")),
                origin=_own_licence("wger", f"https://wger.de/en/exercise/{each.get('id')}/view/", own),
                aliases=_lines([one.get("alias") for one in _list(said.get("aliases"))]),
                steps=_as_steps(said.get("description")),
                tips=_lines([one.get("comment") for one in _list(said.get("notes"))]),
                muscles=_lines(muscles),
                equipment=_lines([_named(one) for one in _list(each.get("equipment"))]),
                category=_named(each.get("category")),
            )
        )
    return found


def opentelerehab(data: Any) -> list[ForeignExercise]:
    """The answer of the exercise list, under "data"; what is told stands in additional fields, by their names."""
    found = []
    for each in _records(data, "data"):
        told = {_line(one.get("field")).casefold(): one.get("value") for one in _list(each.get("additional_fields"))}
        steps = next(
            (told[name] for name in ("instructions", "instruction", "how", "description") if told.get(name)), ""
        )
        counted = (("repetitions", each.get("reps")), ("sets", each.get("sets")))
        found.append(
            ForeignExercise(
                key=f"{_line(each.get('title'))} {_line(each.get('id'))}".strip(),
                title=_line(each.get("title")),
                origin=Origin("OpenTeleRehab", "https://github.com/OpenTeleRehab"),
                purpose=_line(told.get("aim") or told.get("goal")),
                steps=_as_steps(steps),
                tips=_as_steps(told.get("precautions") or told.get("tips")),
                equipment=_lines(str(told.get("equipment") or "").split(",")),
                muscles=_lines(str(told.get("muscles") or told.get("body part") or "").split(",")),
                category=next(iter(_lines([_named(one) for one in _list(each.get("categories"))])), ""),
                figures=tuple((name, number) for name, number in counted if isinstance(number, int) and number > 0),
            )
        )
    return found


#: Each shape by the name it is chosen by.
SHAPES: Mapping[str, Callable[[Any], list[ForeignExercise]]] = {
    "free-exercise-db": free_exercise_db,
    "exercemus": exercemus,
    "wger": wger,
    "OpenTeleRehab": opentelerehab,
}


def _own_licence(source: str, address: str, each: Mapping[str, Any]) -> Origin:
    licence = each.get("license")
    said = licence if isinstance(licence, dict) else {}
    return Origin(
        source,
        address,
        author=_line(each.get("license_author")),
        licence=_line(said.get("short_name") or said.get("full_name")),
        licence_address=_line(said.get("url")),
    )


def _records(data: Any, within: str = "") -> list[dict[str, Any]]:
    """The records of a file, whether or not they stand in a list of their own."""
    rows = data.get(within) if isinstance(data, dict) and within else data
    return [each for each in _list(rows) if isinstance(each, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _named(value: Any) -> str:
    """The name of a thing that may be told by its name or as a record; a bare number names nothing."""
    if isinstance(value, dict):
        return _line(value.get("name_en") or value.get("name") or value.get("title"))
    return _line(value) if isinstance(value, str) else ""


def _line(value: Any) -> str:
    """The words in one line, without HTML."""
    text = str(value) if isinstance(value, str | int | float) else ""
    if "<" in text or "&" in text:
        text = BeautifulSoup(text, "html.parser").get_text(" ")
    return " ".join(text.split())


def _lines(values: Any) -> tuple[str, ...]:
    given: Iterable[Any] = _list(values)
    return tuple(dict.fromkeys(line for value in given if (line := _line(value))))


def _as_steps(html: Any) -> tuple[str, ...]:
    """Prose as steps: its list items or paragraphs, or else its sentences."""
    soup = BeautifulSoup(str(html or ""), "html.parser")
    parts = soup.find_all("li") or soup.find_all("p")
    pieces = _lines([part.get_text(" ") for part in parts])
    return pieces if len(pieces) > 1 else _lines(_SENTENCES.split(_line(html)))
