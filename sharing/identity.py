"""What must not stand in a note to a patient: anything that says who the patient is (PD2), or leads elsewhere.

Pure. A detector cannot know names; it knows the shapes identities usually have. It is built to miss none of the exact
ones (health service number, e-mail, telephone) and few of the others, and to leave ordinary instructions alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

#: A date that lies this many years back is taken for a date of birth; an appointment or operation rarely does.
YEARS_BACK = 2

_DIGITS = r"\d[\d\s().\-–/]*\d"
_NUMBER = re.compile(rf"(?<![\w])\+?\(?{_DIGITS}(?!\w)")
_NHS = re.compile(r"(?<!\d)\d(?:[\s.\-–]*\d){9}(?!\d)")
_EMAIL = re.compile(r"[^\s@]+\s?(?:@|\(at\)|\[at\])\s?[^\s@]+\s?(?:\.|\(dot\)|\[dot\])\s?\w{2,}", re.IGNORECASE)
_ENDINGS = "com|org|net|uk|info|health|app|io|eu|ie|de|fr|es|gov|edu|nhs|ly|gl"
_LINK = re.compile(rf"https?:|www\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:{_ENDINGS})\b(?!\w)", re.IGNORECASE)

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_YEAR_FIRST = re.compile(r"(?<!\d)((?:18|19|20)\d\d)[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?!\d)")
_DAY, _MONTH, _GAP = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"\s?[-/.]\s?"
_YEAR_LAST = re.compile(
    rf"(?<!\d)(?:{_DAY}{_GAP}{_MONTH}{_GAP}(?=\d\d)|{_MONTH}{_GAP}{_DAY}{_GAP}(?=\d{{4}}))((?:18|19|20)?\d\d)(?!\d)"
)
_MONTH_NAMED = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?[\s.-]*(?:of\s+)?(?:{_MONTHS})|(?:{_MONTHS})[\s.-]*\d{{1,2}}(?:st|nd|rd|th)?)"
    r"[\s,.'’-]*((?:18|19|20)?\d\d)\b",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:born|birthday|birthdate|d\.?\s?o\.?\s?b\b|date of birth)\D{0,12}\d[\d./-]*", re.IGNORECASE)

_PARTICLE = r"(?:(?:van|von|de|der|den|del|della|di|da|du|la|le|al|el|bin|ibn|ter|ten|st\.?)[\s-])*"
_TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Master|Sir|Dame|Lady|Lord|Rev|Reverend|Father|Madam"
_NOT_NAMES = (
    "Mon(?:day)?|Tue(?:s|sday)?|Wed(?:nesday)?|Thu(?:rs|rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?|"
    "January|February|March|April|May|June|July|August|September|October|November|December|Christmas|Easter|"
    "I|If|It|Or|And|The|This|That|When|A|An|No|Not|Your|You|Any|All|Each|Every|One|Two"
)
_INITIALS = r"(?:[A-Z]\.?\s?){0,3}"
_SURNAME = rf"(?!(?:{_NOT_NAMES})\b)[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*"
_TITLED = re.compile(rf"\b(?:{_TITLES})\b\.?\s+{_INITIALS}(?i:{_PARTICLE}){_SURNAME}")
#: After a title, these begin no name: "Mr and Mrs", "ask your dr if".
_NEVER_AFTER = (
    "and|or|the|a|an|if|to|for|on|in|at|of|as|is|was|has|had|will|may|can|might|should|would|about|first|again|before|"
    "after|when|who|that|this|with|not|says?|said|knows?|agrees?|agreed|advised?|advises|allows?|thinks?|told|wants?|"
    "und|oder|et|ou|y|e|o|en|one|two|any|your|out|it|every|each|some|more|them|no|appointments?|visits?"
)
_ANY_NAME = rf"(?!(?:{_NEVER_AFTER})(?![\w'’-]))[^\W\d_]+(?:['’-][^\W\d_]+)*"
#: Said of nobody but people, however they are written; the other letters of the alphabet too.
_ALWAYS_TITLES = (
    "mr|mrs|mister|missus|mx|herrn?|frau|fr[aä]ulein|monsieur|madame|mademoiselle|mme|mlle|se[nñ]or(?:a|ita)?|senhora?|"
    "signor[ae]?|signorina|meneer|mevrouw|mevr|dhr|fru|fr[oö]ken|shri|smt|господин|госпожа|κύριος|κυρία|السيد|السيدة"
)
_TITLED_ANYHOW = re.compile(rf"\b(?:{_ALWAYS_TITLES})\b[\s.]+{_ANY_NAME}", re.IGNORECASE)
#: With a name in small letters only where the word can be nothing else: "miss" is a verb, "MS" an illness.
_TITLED_LOOSELY = re.compile(
    rf"\b(?i:dr|prof|dott|dra)\b[\s.]+(?i:{_ANY_NAME})|\bMs\b[\s.]+(?i:{_ANY_NAME})"
    rf"|(?<=[a-z,]\s)Miss\s+(?i:{_ANY_NAME})"
    rf"|\b(?:ms|miss|MISS|M\.|Sr|Sra|Sig)(?:\s|\.)\s*{_SURNAME}"
)
_GREETED = "dear|liebe[rs]?|ch[eè]re?|querid[oa]|estimad[oa]|beste"
_ADDRESSED = re.compile(
    rf"\b(?i:{_GREETED}|name(?:\s+is|\s*:)|patient(?:\s+is|\s*:))\s+(?!Grü(?:ß|ss))(?!Patient){_SURNAME}"
    r"|\b(?i:dear\s+(?!(?:all|both|patients?|readers?|friends?|clients?|sir|madam|everyone|me|one)\b)[^\W\d_]{2,}"
    r"|name\s*:\s*[^\W\d_]{2,})"
)


@dataclass(frozen=True)
class Hit:
    """Something that looks like an identity: what it looks like, and the words themselves."""

    looks_like: str
    text: str

    def sentence(self) -> str:
        """The refusal, saying what to take out."""
        return _("Take out “%(text)s”: it looks like %(kind)s.") % {"text": self.text, "kind": self.looks_like}


def hits(text: str, today: date) -> list[Hit]:
    """Everything in the text that looks like an identity or a link; each stretch of text is named once."""
    plain = _plain(text)
    found: list[Hit] = []
    for find, kind in _FINDERS:
        for words in find(plain, today):
            if not any(words in known.text for known in found):
                found.append(Hit(kind(), words))
    return found


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are an NHS number: the last one is the check digit, modulus 11."""
    if len(digits) != 10 or not digits.isdecimal():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def _plain(text: str) -> str:
    """Look-alike characters made alike, and invisible ones taken out, so that they hide nothing."""
    alike = unicodedata.normalize("NFKC", text)
    return "".join(character for character in alike if unicodedata.category(character) != "Cf")


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


def _nhs_numbers(text: str, today: date) -> Iterator[str]:
    for found in _NHS.finditer(text):
        if is_nhs_number(_digits(found.group())):
            yield found.group()


def _birth_dates(text: str, today: date) -> Iterator[str]:
    for pattern in (_YEAR_FIRST, _YEAR_LAST, _MONTH_NAMED):
        for found in pattern.finditer(text):
            year = _full_year(found.group(1), today)
            if year <= today.year - YEARS_BACK and not _is_a_count(found.group(), year):
                yield found.group()
    for found in _BORN.finditer(text):
        yield found.group()


def _is_a_count(text: str, year: int) -> bool:
    """Whether "10-12-15" is more likely a row of repetitions than a day: dashes, and a short year of this century."""
    return "-" in text and re.search(r"\d{3}", text) is None and year >= 2000


def _full_year(year: str, today: date) -> int:
    """The year as four digits; of two digits, the last such year that is not more than one ahead."""
    if len(year) == 4:
        return int(year)
    century = today.year - today.year % 100
    guess = century + int(year)
    return guess if guess <= today.year + 1 else guess - 100


def _phone_numbers(text: str, today: date) -> Iterator[str]:
    """Nine digits or more, or seven that begin as a telephone number does. Dates are no telephone numbers."""
    for pattern in (_YEAR_FIRST, _YEAR_LAST):
        text = pattern.sub(" ; ", text)
    for found in _NUMBER.finditer(text):
        digits = _digits(found.group())
        begins_like_one = found.group().lstrip("(").startswith(("+", "0"))
        if len(digits) >= 9 or (begins_like_one and len(digits) >= 7):
            yield found.group()


def _matches(pattern: re.Pattern[str]) -> Callable[[str, date], Iterator[str]]:
    return lambda text, today: (found.group() for found in pattern.finditer(text))


_FINDERS: tuple[tuple[Callable[[str, date], Iterator[str]], Callable[[], str]], ...] = (
    (_matches(_EMAIL), lambda: _("an e-mail address")),
    (_matches(_LINK), lambda: _("a link")),
    (_nhs_numbers, lambda: _("an NHS number")),
    (_birth_dates, lambda: _("a date of birth")),
    (_phone_numbers, lambda: _("a telephone number")),
    (_matches(_TITLED), lambda: _("a name")),
    (_matches(_TITLED_ANYHOW), lambda: _("a name")),
    (_matches(_TITLED_LOOSELY), lambda: _("a name")),
    (_matches(_ADDRESSED), lambda: _("a name")),
)


def names_nobody(text: str) -> None:
    """Raise where the text holds a link, or anything that looks like an identity (PD2)."""
    faults = [hit.sentence() for hit in hits(text, timezone.localdate())]
    if faults:
        advice = _("Say only how to do it; nothing that tells who it is for.")
        raise ValidationError([*faults, advice])
