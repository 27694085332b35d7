"""What a writer does in one interleaving: drawn by its seed, so that the same can be done once more."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, replace

from tools.soak.form import STEPS_TAB, TABS, Sheet

#: How the writing ends: by itself, by hand, by going away at once, or with a colleague who approves it.
WAIT, SAVE, LEAVE, APPROVE = "wait until it is saved", "save", "go away at once", "hand it in, and a colleague approves"
ENDINGS = {WAIT: 35, SAVE: 20, LEAVE: 20, APPROVE: 25}
#: Milliseconds after which the site's answers are heard, and how often.
LATE = {0: 5, 250: 3, 900: 2}
FEWEST, MOST = 3, 7
LONGEST_PAUSE_SECONDS, SHORTEST_PAUSE_SECONDS = 1.5, 0.1


@dataclass(frozen=True)
class Act:
    """One thing a writer does: with words typed into a field or a step, a pause of seconds, a step moved, or a tab."""

    what: str
    name: str = ""
    place: int = 0
    words: str = ""
    pace: int = 0
    seconds: float = 0.0

    def __str__(self) -> str:
        where = self.name or (f"step {self.place + 1}" if self.what in {TYPE_STEP, MOVE_UP, MOVE_DOWN} else "")
        typed = f"{self.words!r}, {self.pace} ms a letter" if self.words else ""
        paused = f"{self.seconds:.2f} s" if self.seconds else ""
        return " ".join(part for part in (self.what, where, typed, paused) if part)


TYPE, TYPE_STEP, PAUSE, MOVE_UP, MOVE_DOWN = "type in", "type in the text of", "pause", "move up", "move down"
SIGN_OUT, SIGN_IN, LOOK = "be signed out", "sign in again", "look at"


@dataclass(frozen=True)
class Interleaving:
    """What is done, in order; how it ends; what the colleague does before approving; how late answers come."""

    seed: int
    is_new: bool
    late: int
    acts: tuple[Act, ...]
    ending: str
    colleague: tuple[Act, ...] = ()

    def __str__(self) -> str:
        begun = "a new exercise" if self.is_new else "an exercise"
        told = [f"seed {self.seed}: {begun}, answers after {self.late} ms", *map(str, self.acts), self.ending]
        return "; ".join([*told, *(f"the colleague: {act}" for act in self.colleague)])


def _letters(draw: random.Random) -> str:
    """With a space between, but none at an end of a field, where the site takes spaces away."""
    letters = "".join(draw.choices(string.ascii_lowercase, k=draw.randint(3, 20)))
    return f"{letters[:2]} {letters[2:]}"


def _pause(draw: random.Random) -> Act:
    return Act(PAUSE, seconds=round(draw.uniform(SHORTEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS), 2))


def _act(draw: random.Random, steps: int, *, is_signed_out: bool) -> Act:
    what = draw.choices(
        [TYPE, TYPE_STEP, PAUSE, MOVE_UP, SIGN_OUT],
        [35, 15 if steps else 0, 30, 15 if steps > 1 else 0, 20 if is_signed_out else 5],
    )[0]
    if what == PAUSE:
        return _pause(draw)
    if what == SIGN_OUT:
        return Act(SIGN_IN if is_signed_out else SIGN_OUT)
    if what == MOVE_UP:
        place = draw.randrange(steps - 1)
        return Act(MOVE_DOWN, place=place) if draw.random() < 0.5 else Act(MOVE_UP, place=place + 1)
    name = draw.choice(list(TABS)) if what == TYPE else ""
    place = draw.randrange(steps) if what == TYPE_STEP else 0
    return Act(what, name, place, _letters(draw), draw.randint(5, 60))


def drawn(seed: int, steps: int) -> Interleaving:
    """The interleaving of this seed, at an exercise with so many steps."""
    draw = random.Random(seed)  # noqa: S311  (chance, not secrecy)
    ending = draw.choices(list(ENDINGS), list(ENDINGS.values()))[0]
    is_new = ending != APPROVE and draw.random() < 0.2
    acts: list[Act] = []
    is_signed_out = False
    for _number in range(draw.randint(FEWEST, MOST)):
        acts.append(_act(draw, 0 if is_new else steps, is_signed_out=is_signed_out))
        is_signed_out = {SIGN_OUT: True, SIGN_IN: False}.get(acts[-1].what, is_signed_out)
    colleague: list[Act] = []
    if ending == APPROVE:
        colleague = [draw.choice([_pause(draw), Act(LOOK, STEPS_TAB)]) for _number in range(draw.randint(0, 2))]
        if draw.random() < 0.2:
            colleague.append(Act(TYPE, "feel", words=_letters(draw), pace=draw.randint(5, 30)))
            colleague += [_pause(draw)] * draw.randint(0, 1)
    late = draw.choices(list(LATE), list(LATE.values()))[0]
    return Interleaving(seed, is_new, late, tuple(acts), ending, tuple(colleague))


def after(sheet: Sheet, act: Act) -> Sheet:
    """What should stand in the form once this has been done."""
    fields, steps = dict(sheet.fields), list(sheet.steps)
    if act.what == TYPE:
        fields[act.name] += act.words
    elif act.what == TYPE_STEP:
        steps[act.place] += act.words
    elif act.what in {MOVE_UP, MOVE_DOWN}:
        steps.insert(act.place + (1 if act.what == MOVE_DOWN else -1), steps.pop(act.place))
    return replace(sheet, fields=fields, steps=steps)
