"""Texts that somebody could write to break out of an output: markup, script, templates, typesetting, calendars."""

from __future__ import annotations

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "{% include 'base.html' %}",
    "&lt;b&gt; &amp; &#60;",
    '#panic("out")',
    '#read("/etc/passwd")',
    '#image("/etc/passwd")',
    "*b* _i_ $x^2$ @ref <label> = heading",
    "#{ 1 + 1 } [x] \\ `raw` ~ -- ...",
    "// comment /* comment */",
    "a\r\nATTENDEE:mailto:x@example.org",
    "BEGIN:VEVENT\nEND:VCALENDAR",
    "a;b,c:d\\n\\,",
    "\x00\x07\x1b[31mred",
    "\u202eright to left\u202c \u200bzero\u200b \ufeff",
    "\u2028\u2029 line ends",
    '{"a": "b"}',
    "=1+1",
    "x" * 3000,
    "word " * 600,
    "مرحبا שלום 你好 😀 👩‍⚕️ ≥ → ﷽",
    "Z̸͉̮̑̐͒a̴l̷g̵o̶",
)
