"""What a question means: for each of its words the stems that answer it.

Pure. The words that say nothing do not count; what the lexicon knows is looked for by what it means.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from stretchsite.finding.lexicon import Lexicon, Meaning, lexicon
from stretchsite.finding.stems import stem_of, words_of

#: More words make a search no better, only slower.
MOST_WORDS = 12
#: So many characters are read at most, and all of their words looked at for signs of something serious.
LONGEST_READ = 2_000
MOST_TYPED = LONGEST_READ // 2


@dataclass(frozen=True)
class Wanted:
    """One thing a question asks for: any of these stems will do. ``typed`` is the word it came from, if it was one.

    Whether it names a part of the body, or only what is wrong with one, the lexicon says.
    """

    stems: frozenset[str]
    typed: str = ""
    is_body: bool = field(default=False, compare=False)
    is_complaint: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Question:
    """A question taken apart: its words as they are read, and all of them as they were typed.

    ``corrected`` says which words are read as which others, ``lexicon`` by what it was read. ``meant`` are the words
    that a saying in it stands for, each of them and no other: "calf" and "cramp". ``mended_plainly`` are its words as
    they would be read if no saying had been added, where one stands in it. ``unsaid`` is how many things it asks for
    besides ``wanted``, of which nothing says any word.
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    corrected: tuple[tuple[str, str], ...] = ()
    lexicon: Lexicon = field(default=Lexicon(), repr=False, compare=False)
    meant: frozenset[str] = frozenset()
    mended_plainly: tuple[str, ...] = ()
    unsaid: int = 0

    @property
    def stems(self) -> frozenset[str]:
        """All stems that are looked for."""
        return frozenset(stem for wanted in self.wanted for stem in wanted.stems)

    def reads(self, typed: str, meant: str, language: str) -> Question:
        """The same question with a typing error mended."""
        words = tuple(meant if word == typed else word for word in self.words)
        return replace(
            _question(words, language, self.lexicon),
            typed=self.typed,
            corrected=(*self.corrected, (typed, meant)),
            mended_plainly=self.mended_plainly,
        )

    def with_stems(self, typed: str, stems: frozenset[str]) -> Question:
        """The same question where a word is only the beginning of others."""
        wanted = (replace(each, stems=each.stems | stems) if each.typed == typed else each for each in self.wanted)
        return replace(self, wanted=tuple(wanted))


def question(text: str, language: str, known: Lexicon | None = None) -> Question:
    """What a text asks for, read by a lexicon: where none is given, by the site's own for the language."""
    typed = tuple(words_of(text[:LONGEST_READ])[:MOST_TYPED])
    return replace(_question(typed[:MOST_WORDS], language, known or lexicon(language)), typed=typed)


def both_ends(text: str, language: str) -> list[Question]:
    """The beginning and the end of what may be too long to be read whole, to look for danger in both."""
    parts = dict.fromkeys((text[:LONGEST_READ], text[-LONGEST_READ:]))
    return [question(part, language) for part in parts]


def _question(words: tuple[str, ...], language: str, known: Lexicon) -> Question:
    wanted, meant, place = [], set[str](), 0
    body, complaints = ({stem_of(word, language) for word in words} for words in (known.body, known.complaints))
    counted = [word for word in words if word not in known.stop_words] or list(words)
    while place < len(counted):
        size, meaning = _saying(counted, place, known)
        own = frozenset({stem_of(counted[place], language)}) if size < 2 else frozenset()
        typed = counted[place] if not meaning else ""
        for spellings in meaning or ((counted[place],),):
            stems = own | {stem_of(word, language) for word in spellings}
            wanted.append(Wanted(stems, typed, not stems.isdisjoint(body), stems <= complaints))
        meant |= {spellings[0] for spellings in meaning if len(spellings) == 1}
        place += max(size, 1)
    once = {each.stems: each for each in wanted}
    return Question(words, words, tuple(once.values()), lexicon=known, meant=frozenset(meant))


def _saying(words: list[str], place: int, known: Lexicon) -> tuple[int, Meaning]:
    """How many words from here on are a saying the lexicon knows, the longest first, and what it means."""
    for size in range(min(known.longest, len(words) - place), 0, -1):
        meaning = known.means.get(tuple(words[place : place + size]))
        if meaning:
            return size, meaning
    return 0, ()
