"""Prose: what may stand in it, whoever wrote it and by whatever road it came."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from wagtail.blocks import StreamValue

from clinical.publishing.blocks import ALLOWED_TAGS, AdviceBlocks, cleaned, prose
from exercises.models import ExercisePage
from stretchsite.models import InformationPage

ATTACKS = [
    "<script>alert(1)</script>",
    "<p onclick=alert(1)>x</p>",
    "<img src=x onerror=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" jAvAsCrIpT&colon;alert(1)">x</a>',
    '<a href="java&#10;script:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a style="background:url(javascript:alert(1))">x</a>',
    "<iframe src=//evil.example></iframe>",
    "<style>p{background:url(//evil.example)}</style>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<form action=//evil.example><input name=q></form>",
    "<object data=x></object><embed src=x>",
    '<embed embedtype="media" url="https://evil.example/">',
    '<embed embedtype="image" id="1" alt="&lt;script&gt;">',
    "<base href=//evil.example>",
    '<a linktype="page" id="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">x</a>',
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<<script>script>alert(1)<</script>/script>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
]


def stream(*blocks: tuple[str, object]) -> StreamValue:
    """Prose as it is when it was loaded from the database."""
    raw = [{"type": kind, "value": value, "id": str(number)} for number, (kind, value) in enumerate(blocks)]
    return AdviceBlocks().to_python(raw)


def is_inert(html: str) -> bool:
    """No element, attribute or address in it that could do or load anything."""
    return all(
        element.name in ALLOWED_TAGS
        and set(element.attrs) <= {"href", "rel"}
        and not re.match(r"\s*(java|vb|data)", element.get("href", ""), re.IGNORECASE)
        for element in BeautifulSoup(html, "html.parser").find_all(True)
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_in_a_paragraph_is_shown_inert(db: None, attack: str):
    (block,) = prose(stream(("paragraph", attack)))
    assert is_inert(block.html)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize(("kind", "wrap"), [("heading", str), ("points", lambda text: [{"value": text}])])
def test_attack_in_plain_text_is_shown_as_text(attack: str, kind: str, wrap: Any):
    (block,) = prose(stream((kind, wrap(attack))))
    without_own_list = block.html.replace("<ul>", "").replace("<li>", "").replace("</li>", "").replace("</ul>", "")
    assert "<" not in without_own_list


@pytest.mark.parametrize("attack", ATTACKS)
def test_cleaning_twice_changes_nothing(attack: str):
    assert cleaned(cleaned(attack)) == cleaned(attack)


@pytest.mark.parametrize(
    "html",
    [
        "<p>A <b>bold</b> and <i>slanted</i> word.</p>",
        "<ul><li>one</li></ul><ol><li>two</li></ol>",
        "<p>line<br>line</p>",
    ],
)
def test_structure_and_emphasis_stay(html: str):
    assert cleaned(html) == html


def test_outside_link_tells_the_other_site_nothing():
    link = cleaned('<a href="https://example.org/" target="_blank">there</a>')
    assert link == '<a href="https://example.org/" rel="noopener noreferrer">there</a>'


@pytest.mark.parametrize("address", ["mailto:desk@example.org", "tel:999", "/exercises/"])
def test_mail_telephone_and_own_addresses_stay(address: str):
    assert f'href="{address}"' in cleaned(f'<a href="{address}">there</a>')


def test_link_to_a_page_is_written_out(exercise: ExercisePage):
    (block,) = prose(stream(("paragraph", f'<p><a linktype="page" id="{exercise.pk}">there</a></p>')))
    assert 'href="/exercises/wall-calf-stretch/"' in block.html


@pytest.mark.parametrize("identifier", ["999999", "abc", "", "1 or 1", "9" * 30])
def test_link_to_no_page_is_a_link_to_nowhere(db: None, identifier: str):
    (block,) = prose(stream(("paragraph", f'<p><a linktype="page" id="{identifier}">there</a></p>')))
    assert "there" in block.html
    assert "href" not in block.html


@pytest.mark.parametrize("linktype", ["document", "email", "unknown"])
def test_other_sorts_of_link_never_break_a_page(db: None, linktype: str):
    (block,) = prose(stream(("paragraph", f'<p><a linktype="{linktype}" id="x">there</a></p>')))
    assert "there" in block.html


def test_prose_in_memory_reads_as_prose_from_the_database(db: None):
    blocks = [("heading", "Why"), ("points", ["one", "two"])]
    page = InformationPage(body=blocks)
    assert [(block.kind, block.html) for block in prose(page.body)] == [
        ("heading", "Why"),
        ("points", "<ul><li>one</li><li>two</li></ul>"),
    ]


def test_empty_prose_is_no_blocks():
    assert prose(stream()) == ()


def test_names_of_blocks_are_kept_for_ever():
    assert set(AdviceBlocks().child_blocks) == {"heading", "paragraph", "points"}
