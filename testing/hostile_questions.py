"""Two hundred questions that nobody asks who looks for something: what a search must answer in words, and soon.

Each is written as it arrives behind ``?q=``: encoded already, since some hold what no text can.
"""

from __future__ import annotations

import re
from itertools import chain, islice, product
from urllib.parse import quote

#: How many there are.
NUMBER = 200

#: Below, two blanks or the end of a line stand between one and the next.
_BETWEEN = re.compile(r"  |\n")
#: What the full-text searches of SQLite and PostgreSQL, and the databases themselves, understand in their own way.
_OPERATORS = r"""
"  ""  "calf  '  ''  `  *  calf*  *calf  ^calf  (  )  (calf  calf)  ()  {}  []  NOT  -calf  --calf  +calf  title:calf
calf:  :  :*  calf:*  &  |  !  !calf  <->  <2>  !!!calf  %  _  %%%  calf%  _alf  \  calf\  \\'  $$  $1  ?  %s  %(x)s
{0}  ;  /*  */  pg_sleep(10)  NULL  1e309  0x7fffffff  -1  ${7*7}  ../../etc/passwd  (?:a+)+$  {{ 7*7 }}
NEAR(calf back)  randomblob(1000000000)  <script>alert(1)</script>  '||(SELECT pg_sleep(10))||'  NEAR(calf back, 2
calf NEAR/3 back  NOT calf  AND OR NOT  calf AND  OR calf  calf - -  {title body}: calf
calf & !  calf | & back  calf <-> back
' OR '1'='1  calf <999999> back  '; DROP TABLE wagtailcore_page; --  1 UNION SELECT password FROM clinical_user
\"; SELECT pg_sleep(10); --
"""
#: Letters that are none, are several, or are written elsewhere.
_LETTERS = (
    "\x00  calf\x00back  \x01\x02\x03  \x1b[31m  \ufffe  \uffff  \ufffd  \u200b  ca\u200blf  \u200d\u200c  \u202ecalf  "
    "\ufeffcalf  \u2066calf\u2069  \u00adcal\u00adf  \u0301  c\u0301a\u0301lf  Z\u0338\u0351\u034dalgo  \u2028\u2029  "
    "\U0010ffff  calf\rA: b  ＣＡＬＦ  ﬀﬁﷺ  ßẞıİſ  מתיחה  تمدد  ふくらはぎ  小腿拉伸  🦵🦵🦵  👩\u200d⚕️  𝒸𝒶𝓁𝒻  Ⅷ½²"
)
_MANY = ("9" * 60, "a" + "\u0300" * 180, "🏳️\u200d🌈" * 20, "\u0e33" * 60, "\u1100" * 90, "\ufdfa" * 11)
#: What cannot be written as a text at all: halves of letters, letters cut short, and percent signs that encode nothing.
_RAW = """
%ED%A0%80  %ED%B0%80  calf%ED%A0%BD  %FF%FE  %C0%AF  %F8%88%80%80%80  %E2%82  calf%80  %00%00  %  %%  %zz  %u0041  %2
calf%20%20%20back  %0a%0d%09  %C3%28  %F4%90%80%80  &q=calf  +++++++++++++
"""
#: Words that many pages have, that none has, that are nearly one, and signs of something serious among them.
_WORDS = _BETWEEN.split("stretch  calf  the  zzyzx  hamstirng  numb  a  lumbago  breathe  élève  4711  back")
_LENGTHS = (12, 33, 199, 200, 201, 1_000, 10_000)


def hostile_questions() -> tuple[str, ...]:
    """All of them, always the same and each once."""
    raw, *texts = (_BETWEEN.split(text.strip("\n")) for text in (_RAW, _OPERATORS, _LETTERS))
    written = map(quote, chain(*texts, _MANY, _long()))
    return tuple(islice(dict.fromkeys([*raw, *written]), NUMBER))


def _long() -> list[str]:
    """Long words, many words, the same word again and again, and words that begin many others."""
    words = [(word * length)[:length] for word, length in product(("a", "calf", "\u0416"), _LENGTHS)]
    said = [" ".join([word] * 200)[:200] for word in _WORDS]
    mixed = [" ".join(_WORDS[first:] + _WORDS[:first]) * 2 for first in range(len(_WORDS))]
    begun = [" ".join(letter + second for letter in "abcdefghijkl")[:200] for second in "aeiou"]
    misread = [" ".join(f"{word}{letter}x" for word in _WORDS) for letter in "qjkvw"]
    marks = ("*", '" "', " & ", " OR ", " -", ":", "\u200b", "\x00", "/", ".")
    joined = [mark.join(_WORDS * 2)[:200] for mark in marks]
    return [*words, *said, *mixed, *begun, *misread, *joined]
