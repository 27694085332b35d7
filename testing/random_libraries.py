"""Libraries made at random that use every field of the format, in words that are awkward to write down in YAML.

The same number makes the same library. What the rules for a library as a whole refuse is thrown away and made anew, so
whatever is written here can be loaded as drafts.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from clinical.safety.rules import TIER_OF_KIND
from clinical.words.choices import BodyRegion, EvidenceLevel, Moment, NoteKind, StepKind, Urgency
from clinical.words.concerns import Concern
from exercises.choices import VariationKind
from figures.engine import library as poses
from library.checking import Known, faults_of
from library.reading import Library, read_library
from testing.random_words import DOSES, OFTEN, SIDES, Fields, Words
from testing.small_library import write


def random_library(number: int, folder: Path) -> Library:
    """Write the library of this number into the folder; what it reads as."""
    rng = random.Random(number)  # noqa: S311  (nothing is kept secret by it)
    for attempt in range(20):
        below = folder / str(attempt)
        records = _Maker(rng).records()
        write(below, records)
        for name, record in records.items():
            if name.startswith("pictures/"):
                (below / "pictures" / record["file"]).write_bytes(_pixels(rng, record["file"]))
        library = read_library(below)
        if not faults_of(library, Known()):
            return library
    raise LookupError(f"No library of number {number} could be loaded")


def folder_of(number: int, folder: Path) -> Path:
    """The same, for whoever wants its files."""
    random_library(number, folder)
    return max((path for path in folder.iterdir() if path.is_dir()), key=lambda path: int(path.name))


class _Maker(Words):
    """One library in the making."""

    def __init__(self, rng: random.Random) -> None:
        super().__init__(rng)
        self.conditions = [self.id("condition") for _each in range(2)]
        self.tags = [self.id("tag")]
        self.exercises = [self.id("exercise") for _each in range(3)]
        self.routines = [self.id("routine")]
        self.notes = [self.id("note") for _each in range(4)]
        self.information = [self.id("about")]
        self.pictures = [self.id("picture") for _each in range(2)]
        self.redirects = [self.id("from") for _each in range(2)]

    def records(self) -> dict[str, Fields]:
        """Every record by folder and id."""
        made: dict[str, Fields] = {}
        sorts: tuple[tuple[str, list[str], Callable[[str], Fields]], ...] = (
            ("conditions", self.conditions, self._condition),
            ("tags", self.tags, self._tag),
            ("exercises", self.exercises, self._exercise),
            ("routines", self.routines, self._routine),
            ("notes", self.notes, self._note),
            ("information", self.information, self._information),
            ("pictures", self.pictures, self._picture),
            ("redirects", self.redirects, self._redirect),
        )
        self.doses = {name: self.rng.choice(DOSES) for name in self.exercises}
        for folder, names, maker in sorts:
            for name in names:
                made[f"{folder}/{name}"] = {"id": name, **maker(name)}
        # Each picture is shown somewhere: an export takes no others along.
        shown = made[f"exercises/{self.exercises[0]}"]
        shown["photo"], shown["steps"][0]["picture"] = self.pictures
        return made

    def _tag(self, identifier: str) -> Fields:
        return {"name": f"{identifier} {self.line()}", "aliases": [f"{identifier} also"], "codes": self.codes()}

    def _condition(self, identifier: str) -> Fields:
        now = {
            "title": "Cramp now?",
            "steps": self.lines(1),
            **self.maybe(exercise=self.rng.choice(self.exercises), afterwards=self.line(), sources_differ=self.line()),
        }
        return {
            **self.clinical(identifier),
            **self._tag(identifier),
            "what_it_is": self.prose(),
            "what_helps": self.prose(),
            **self.maybe(pictured=self.rng.choice(list(BodyRegion)).value, right_now=now, usual_sensation=self.line()),
        }

    def _uses(self) -> list[Fields]:
        names = self.rng.sample([*self.conditions, *self.tags], self.rng.randint(0, 2))
        evidence = [each.value for each in EvidenceLevel]
        return [{"condition": name, "evidence": self.rng.choice(evidence), "statement": self.line()} for name in names]

    def _exercise(self, identifier: str) -> Fields:
        dosage, laterality, equipment = self.doses[identifier]
        own = self._own_figure(identifier)
        later = self.exercises[self.exercises.index(identifier) + 1 :]
        ways = [{"kind": self.rng.choice(list(VariationKind)).value, "text": self.line()}]
        ways += [{"kind": "progression", "exercise": other} for other in later]
        return {
            **self.clinical(identifier),
            "clinical_name": self.line(),
            "aliases": self.lines(),
            "kind": self.rng.choice(("static_stretch", "mobility", "strengthening")),
            "regions": self.some(BodyRegion, 1),
            "muscles": self.lines(),
            "laterality": laterality,
            "equipment": equipment,
            "dosage": {**dosage, **self.rng.choice(({}, *OFTEN))},
            "steps": self._steps(own.get("_pose")),
            **{name: value for name, value in own.items() if name != "_pose"},
            "feel": self.text(),
            "not_feel": self.text(),
            "mistakes": self.lines(),
            "variations": ways,
            "conditions": self._uses(),
            **self.maybe(
                instead={equipment[0]: "a belt: any"},
                photo=self.rng.choice(self.pictures),
                leads="photo",
                pain={"most": self.rng.randint(1, 3), **self.maybe(settles_by="next_morning")},
            ),
        }  # fmt: skip

    def _own_figure(self, identifier: str) -> Fields:
        """No figure, one by its name, or one as fields that is nobody else's; with the position it begins in."""
        way = self.rng.randrange(3)
        positions = self.rng.choice(("standing", ["sitting", "standing"], ["supine", "in_bed"]))
        if way == 0:
            return {"position": positions}
        illustration = poses.illustration("squat")
        figure: Any = "squat"
        if way == 1:
            data = illustration.model_dump(mode="json", by_alias=True, exclude_none=True)
            names = list(data)
            self.rng.shuffle(names)
            figure = {**{name: data[name] for name in names}, "id": identifier}
        pose = illustration.figures[0].key
        return {"position": self.rng.choice(("standing", ["standing", "leaning"])), "figure": figure, "_pose": pose}

    def _steps(self, pose: str | None) -> list[Fields]:
        steps = []
        for _each in range(self.rng.randint(1, 4)):
            shown = {"pose": pose} if pose and self.rng.random() < 0.5 else {}
            picture = self.maybe(picture=self.rng.choice(self.pictures))
            steps.append({"kind": self.rng.choice(list(StepKind)).value, "text": self.text(), **shown, **picture})
        return steps

    def _routine(self, identifier: str) -> Fields:
        often = self.rng.choice(OFTEN)
        weeks = self.maybe(weeks=4)
        if weeks:
            weeks |= self.maybe(weeks_most=6)
        items = [self._item(name) for name in self.rng.sample(self.exercises, self.rng.randint(1, 3))]
        return {
            **self.clinical(identifier),
            **often,
            **weeks,
            "moments": self.some([each for each in Moment if each.value != "during_symptoms"], 1),
            "expect_change": self.text(),
            "see_someone": self.text(),
            "items": items,
            "advice": self.prose(),
            "conditions": self._uses(),
        }

    def _item(self, exercise: str) -> Fields:
        _dosage, laterality, _equipment = self.doses[exercise]
        return {
            "exercise": exercise,
            "phase": self.rng.choice(("warm_up", "main", "cool_down")),
            "side": self.rng.choice(SIDES[laterality]),
            **self.maybe(cue=self.line(), from_week=2, to_week=3, dosage={"intensity_cue": self.line()}),
        }

    def _note(self, identifier: str) -> Fields:
        kind = self.rng.choice(list(NoteKind))
        tier = self.rng.randint(1, int(TIER_OF_KIND[kind]))
        urgency = {"urgency": self.rng.choice(list(Urgency)).value} if tier == 1 else {}
        action = (
            {"action": "warm-up-first", "polarity": self.rng.choice(("do", "dont"))} if self.rng.random() < 0.5 else {}
        )
        others = self.notes[self.notes.index(identifier) + 1 :]
        family = {"family": {"sign": "a calf is hot or swollen", "notes": self.rng.sample(others, 1)}} if others else {}
        return {
            "kind": kind.value,
            "tier": tier,
            **urgency,
            **action,
            "text": f"{identifier} {self.text()}",
            **(family if self.rng.random() < 0.4 else {}),
            **self.maybe(
                what_to_do=self.text(),
                in_short="a calf is hot",
                concerns=self.some(Concern, 1),
                only_with_condition=True,
                moment=self.rng.choice(list(Moment)).value,
                concerns_step=self.rng.choice(list(StepKind)).value,
                rules_out=self.rng.choice(self.conditions),
                dose={"figure": "hold_seconds", "least": 5, "most": 30},
                needs_warm_up=True,
                reviews=self.reviews(),
            ),
            "applies_to": self._places(),
            "source": self.line(),
        }

    def _places(self) -> list[Fields]:
        all_of_them: list[Fields] = [
            {"everything": True},
            {"region": "knee"},
            {"position": "standing"},
            {"equipment": "towel"},
            {"kind": "strengthening"},
            {"condition": self.rng.choice([*self.conditions, *self.tags])},
            {"exercise": self.rng.choice(self.exercises)},
            {"routine": self.routines[0]},
            {"hub": self.rng.choice(self.conditions)},
        ]
        return self.rng.sample(all_of_them, self.rng.randint(1, 4))

    def _information(self, identifier: str) -> Fields:
        kept = self.maybe(in_footer=False, slug=f"{identifier}-moved", reviews=self.reviews())
        return {"title": f"{identifier} {self.line()}", "introduction": self.text(), "body": self.prose(), **kept}

    def _picture(self, identifier: str) -> Fields:
        suffix = self.rng.choice(("png", "jpg"))
        described = {"is_decorative": True} if self.rng.random() < 0.3 else {"alternative_text": self.line()}
        focus = {"x": 20, "y": 15, "width": 10, "height": 8}
        return {
            "file": f"{self.rng.choice(('photo', 'step'))}-{identifier}.{suffix}",
            "title": self.line(),
            **described,
            "source": self.line(),
            "licence": "CC BY 4.0: see there",
            "consent": "nobody_shown",
            **self.maybe(focal_point=focus),
        }

    def _redirect(self, identifier: str) -> Fields:
        names = (("exercise", self.exercises), ("routine", self.routines), ("condition", self.conditions))
        called, there = self.rng.choice((*names, ("information", self.information)))
        if self.rng.random() < 0.3:
            return {"address": f"/{identifier}", "to": "/exercises/", **self.maybe(permanent=False)}
        to = {called: self.rng.choice(there)}
        return {"address": f"/old/{identifier}", **to, **self.maybe(part="/sheet", permanent=False)}


def _pixels(rng: random.Random, name: str) -> bytes:
    """A small picture of one colour, with words in it that do not stay."""
    image = Image.new(
        "RGB", (rng.randint(40, 60), rng.randint(30, 40)), tuple(rng.randrange(256) for _each in range(3))
    )
    file = BytesIO()
    image.save(
        file, "PNG" if name.endswith("png") else "JPEG", **({} if name.endswith("png") else {"comment": b"mine"})
    )
    return file.getvalue()
