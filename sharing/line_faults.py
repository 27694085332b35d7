"""What a line beside an exercise must not say: figures other than its dose's, a complaint, words against a stop sign.

Pure. The line is a practitioner's own word, and nobody else reads it first. Figures are judged by the rules and change
with the dose, a line does not; a complaint must not stand on a patient's page (SL11); when to stop is no practitioner's
to take back. It is built to leave ordinary instructions alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clinical.words.pain_faults import pain_in_words_fault
from clinical.words.stop_sign_words import waved_away
from exercises.dosage import FIELDS
from exercises.dosage_fields import Line
from exercises.dosage_words import name_in_words

#: Figures of a dose, by field: the least and the most.
Figures = Mapping[str, tuple[int, int]]

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), start=1)}
_NUMBERS |= {"thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_NUMBERS |= {"ninety": 90}
#: Letters that stand for others where capitals do not count: a long s is found as an s, and would be no word we know.
_LIKE_OURS: dict[str, str | int | None] = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"}
#: Letters of the languages that are written in Latin ones; beyond these are phonetic ones and other alphabets.
_LAST_OF_LATIN, _MORE_LATIN = "\u0250", ("\u1e00", "\u1eff")
_FRACTIONS = "¼½¾⅓⅔"
_NUMBER = (
    rf"(?:(?<!\d[.,])\d{{1,4}}|{'|'.join(sorted((word for word in _NUMBERS if len(word) > 2), key=len, reverse=True))})"
)
_RANGE = rf"(?P<least>{_NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<most>{_NUMBER}))?"

_SECONDS = re.compile(
    rf"\b(?:{_RANGE}|(?P<one>an?|half\s+a))[\s-]*(?:(?:whole|full|more)\s+)?"
    r"(?P<unit>sec(?:ond)?s?|min(?:ute)?s?|(?<=\d)s)\b",
    re.IGNORECASE,
)
#: Short signs of time, where it is said that they are: "2m" alone may be two metres.
_SIGNS_OF_TIME = re.compile(
    rf"\b(?:hold(?:ing)?|keep|stay|stretch)\b[^.;,]*?\b{_RANGE}\s?(?P<unit>m\b|'|′|’(?!\w)|\"|″|”)"
    r"(?=\s*(?:$|[.,;:!)]|(?:and|then|each|per|on|with|at|twice|once|every|for|to)\b))",
    re.IGNORECASE,
)
#: Times of breathing, waiting and getting ready are no part of a dose.
_NO_DOSE = re.compile(r"\b(?:breathe?|breath|wait|sit|lie|before|after|first)\b[^.;,]*$", re.IGNORECASE)
_OFTEN = re.compile(
    rf"\b(?:(?:{_RANGE})\s*(?:x|×|times)?|(?P<word>once|twice))\s*(?:an?|per|each|every|/)?\s*(?P<unit>day|daily|week)\b",
    re.IGNORECASE,
)
_DAYS = re.compile(rf"\b{_RANGE}\s+days\s+(?:a|per|each|every)\s+week\b", re.IGNORECASE)
_EVERY_DAY = re.compile(r"(?<!times )\b(?:every|each)\s+day\b|(?<!times )(?<!once )(?<!twice )\bdaily\b", re.IGNORECASE)
_HOURS = re.compile(rf"\bevery\s+(?:(?P<hours>{_NUMBER})\s+)?hours?\b|\bhourly\b", re.IGNORECASE)
#: Hours awake, in which "hourly" is done so often.
_AWAKE = 16
_OTHER_DAY = re.compile(r"\bevery\s+(?:other|second)\s+day\b", re.IGNORECASE)
_TIMES = re.compile(
    rf"\b(?:{_RANGE})\s*(?:x\b|×|times\b|rep(?:etition)?s?\b)|\b(?:[x×]\s?|repeat\s+(?:it\s+)?)(?P<after>\d{{1,3}})\b",
    re.IGNORECASE,
)
_SETS = re.compile(rf"\b{_RANGE}\s*(?:sets?|rounds?)\b", re.IGNORECASE)

_OF_MINUTES = ("m", "'", "′", "’")

#: Words that change the dose without a figure.
_MEASURES = r"(?:repetitions?|reps?|sets?|rounds?|times|hold(?:s|ing)?(?:\s+time)?|seconds|minutes|dose|amount|number)"
_CHANGING = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        rf"\b(?:double|triple|treble|halve|half|twice|increase|reduce)\s+(?:of\s+)?(?:the\s+|your\s+|all\s+(?:the\s+)?)?"
        rf"(?:number\s+of\s+)?{_MEASURES}\b",
        r"\b(?:twice|double|half|three\s+times|\d{1,2}\s*(?:times|x|×))\s+as\s+(?:many|long|much|often)\b",
        r"\bas\s+(?:many|often)(?:\s+\w+)?\s+as\s+you\s+(?:like|want|can|wish)\b",
        r"\bhold\b[^.;,]*?\bas\s+long\s+as\s+you\s+(?:like|want|can|wish)(?=\s*(?:$|[.;,!]))",
    )
)

#: In which fields a figure may stand; the first that the dose has is named where it stands in none.
_IN_SECONDS = (
    *("hold_seconds", "moving_seconds", "stretch_seconds", "contract_seconds", "relax_seconds"),
    *("rest_between_seconds", "rest_seconds", "seconds_per_repetition"),
    *("tempo_out_seconds", "tempo_hold_seconds", "tempo_back_seconds"),
)
#: Of these nothing is asked where others are counted: a line that names another figure does not mean them.
_BESIDES = ("rest_between_seconds", "rest_seconds", "seconds_per_repetition")
_IN_TIMES = ("repetitions", "repetitions_up_to", "sets")

_NOT = r"(?:do\s+not|don[’']?t|never|no\s+need\s+to|need\s+not|needn[’']?t|without)"
#: Words against stopping at all; what is said of single signs is read as in a note.
_NEVER_STOP = re.compile(
    rf"\b{_NOT}\s+(?:ever\s+)?stop(?:ping)?\b(?!\s+(?:breath|mov|half|short|too\s+suddenly|suddenly|abruptly))",
    re.IGNORECASE,
)

#: Said of any part of the body, and of no strength: nothing beside an exercise at which any pain is a sign to stop.
_MAY_HURT = re.compile(r"\b(?:may|can|should|must|has\s+to|needs\s+to)\s+hurt\b(?!.*\bstop\b)", re.IGNORECASE)

#: Before such words it is what the site itself says: "never push into pain".
_DENIED = re.compile(rf"\b{_NOT}\s+(?:(?:ever|just|simply|try\s+to)\s+)?$", re.IGNORECASE)

_CONDITION = re.compile(r"\b(?:if|when|whenever|until|while|as\s+soon\s+as|stop)\b[^.;]*$", re.IGNORECASE)
_NAMES_IT = re.compile(
    r"\b(?:for|against|because\s+of|due\s+to|your|my|his|her|their)(?:\s+(?:your|the))?\s*$", re.IGNORECASE
)


def faults(
    line: str, figures: Figures, titles: Iterable[str] = (), other_words: Iterable[str] = (), pain_most: int = 0
) -> list[str]:
    """What is wrong with a line beside a dose of these figures, each with what to write instead.

    It may say what pain the exercise allows, which is ``pain_most`` out of 10, and no more.

    ``titles`` are those of complaints, which may stand nowhere; ``other_words`` are what people search for them by,
    which are ordinary words too: "stop if you get a cramp" names nobody's complaint.
    """
    if not line.strip():
        return []
    if strange := _in_other_letters(line):
        return [_("Write “%s” in ordinary letters: whoever reads the line could take it for another word.") % strange]
    line = _plain(line)
    found = [
        _("Take out “%(words)s”: “%(field)s” says something else. Change the figure there.")
        % {"words": words, "field": _label(field)}
        if field
        else _("Take out “%s”: this exercise is not counted so. How much of it stands in the figures above.") % words
        for words, field in dict.fromkeys(_other_figures(line, figures))
    ]
    if changing := next((match.group() for rule in _CHANGING if (match := rule.search(line))), ""):
        told = _("Take out “%s”: it changes how much is done. Change the figures above instead.")
        found.append(told % changing)
    if named := next(_complaints(line, titles, other_words), ""):
        told = _("Take out “%s”: a patient’s page names no complaint. Say how to do the exercise.")
        found.append(told % named)
    if against := next(_against_stopping(line, pain_most), ""):
        told = _("Take out “%s”: it speaks against the stop signs, which say when to stop. Say how to do it.")
        found.append(told % against)
    elif pain := pain_in_words_fault(line, pain_most):
        found.append(pain)
    return found


def _in_other_letters(line: str) -> str:
    """The first word with a letter of another alphabet, or of one that only looks like ours; or nothing.

    No rule here would know it: "ѕіх times" in Cyrillic letters is no figure to a machine, and six to a patient.
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFC", line))
    return next((word for word in words if any(_is_strange(sign) for sign in word)), "")


def _is_strange(sign: str) -> bool:
    if sign in _LIKE_OURS:
        return False
    if not sign.isalpha():
        return sign.isnumeric() and not sign.isascii() and sign not in _FRACTIONS
    return not (sign < _LAST_OF_LATIN or _MORE_LATIN[0] <= sign <= _MORE_LATIN[1])


def _plain(line: str) -> str:
    """Without marks on letters, which a rule would stumble over, and with letters that stand for others replaced."""
    marked = unicodedata.normalize("NFD", line.translate(str.maketrans(_LIKE_OURS)))
    return "".join(sign for sign in marked if unicodedata.category(sign) != "Mn")


def _against_stopping(line: str, pain_most: int) -> Iterator[str]:
    for rule in (_NEVER_STOP,) if pain_most else (_NEVER_STOP, _MAY_HURT):
        for found in rule.finditer(line):
            if not _DENIED.search(line[: found.start()]):
                yield found.group()
    if words := waved_away(line):
        yield words


def _label(field: str) -> str:
    about = FIELDS[field]
    named = "" if isinstance(about, Line) else about.label_when_sharing
    return str(named or capfirst(name_in_words(field)))


def _other_figures(line: str, figures: Figures) -> Iterator[tuple[str, str]]:
    """Figures in the line that the dose does not have, each with the field it belongs to; empty where it has none."""
    left = line
    for found in _OFTEN.finditer(line):
        word = found["word"]
        said = ({"once": 1, "twice": 2}[word.lower()],) * 2 if word else _figures(found)
        field = "days_per_week" if found["unit"].lower() == "week" else "sessions_per_day"
        yield from _unless(said, found, (field,), figures)
        left = left.replace(found.group(), ";" * len(found.group()))
    for pattern, field in ((_DAYS, "days_per_week"), (_EVERY_DAY, "days_per_week"), (_OTHER_DAY, "every_days")):
        for found in pattern.finditer(left):
            said = _figures(found) if pattern is _DAYS else ((2, 2) if pattern is _OTHER_DAY else (7, 7))
            yield from _unless(said, found, (field,), figures)
    for found in _HOURS.finditer(left):
        often = _AWAKE // max(1, _number(found["hours"] or "1"))
        yield from _unless((often, often), found, ("sessions_per_day",), figures)
    for found in _SECONDS.finditer(left):
        if not _NO_DOSE.search(left[: found.start()]):
            yield from _unless(_seconds(found), found, _IN_SECONDS, figures)
    for found in _SIGNS_OF_TIME.finditer(left):
        yield from _unless(_seconds(found), found, _IN_SECONDS, figures)
    for found in _SETS.finditer(left):
        yield from _unless(_figures(found), found, ("sets",), figures)
    for found in _TIMES.finditer(left):
        said = (int(found["after"]),) * 2 if found["after"] else _figures(found)
        yield from _unless(said, found, _IN_TIMES, figures)


def _unless(
    said: tuple[int, int], found: re.Match[str], fields: tuple[str, ...], figures: Figures
) -> Iterator[tuple[str, str]]:
    """The words that were found, unless one of the fields has these figures."""
    having = [field for field in fields if field in figures]
    if not any(figures[field][0] <= said[0] and said[1] <= figures[field][1] for field in having):
        named = [field for field in having if figures[field][1] and field not in _BESIDES]
        yield found.group().strip(), named[0] if named else ("" if len(fields) > 1 else fields[0])


def _figures(found: re.Match[str]) -> tuple[int, int]:
    least, most = found["least"], found["most"]
    return _number(least), _number(most or least)


def _seconds(found: re.Match[str]) -> tuple[int, int]:
    each = 60 if found["unit"].lower().startswith(_OF_MINUTES) else 1
    if one := found.groupdict().get("one"):
        whole = each if one.lower() in {"a", "an"} else each // 2
        return whole, whole
    least, most = _figures(found)
    return least * each, most * each


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]


def _complaints(line: str, titles: Iterable[str], other_words: Iterable[str]) -> Iterator[str]:
    """Complaints the line names."""
    for words in titles:
        if found := _named(words, line):
            yield found.group()
    for words in other_words:
        found = _named(words, line)
        if found and (_NAMES_IT.search(line[: found.start()]) or not _CONDITION.search(line[: found.start()])):
            yield found.group()


def _named(words: str, line: str) -> re.Match[str] | None:
    """The words in the line, in one or several; short capitals are an abbreviation and nothing else."""
    parts = [re.escape(part) for part in re.split(r"[\s-]+", _plain(words).strip()) if part]
    if not parts:
        return None
    is_abbreviation = words.isupper() and len(words) < 4
    pattern = r"(?<!\w)" + r"[-\s]+".join(parts) + r"(?:s|es)?(?!\w)"
    return re.search(pattern, line, 0 if is_abbreviation else re.IGNORECASE)
