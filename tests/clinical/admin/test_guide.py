"""The help of the admin is the site's own guide: whole, safe, and its links lead to what is shown there."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from clinical.admin.guide import GUIDES, address_of
from clinical.outputs.guide_text import guide_text
from tests.clinical.publishing.roads import chief

pytestmark = pytest.mark.django_db


def test_blocks_and_lines_become_what_they_mean_and_nothing_else():
    made = guide_text(
        "# A guide\n\n## One & two\n\nSay **Save** and *see* `a|b` <b>.\n\n- a\n  goes on\n- b\n\n1. c\n\n"
        "| x | y |\n|---|---|\n| 1 | [z](#one--two) |\n\n[no](secret.md)",
        lambda written: written if written.startswith("#") else "",
    )
    assert (made.title, made.chapters) == ("A guide", (("one--two", "One & two"),))
    html = re.sub(r"(?<=>)\n(?=<)", "", made.html).replace("\n", " ")
    for part in (
        '<h2 id="one--two">One &amp; two</h2>',
        "<strong>Save</strong> and <em>see</em> <code>a|b</code> &lt;b&gt;.",
        "<ul><li>a goes on</li><li>b</li></ul>",
        "<ol><li>c</li></ol>",
        '<td><a href="#one--two">z</a></td>',
        "<p>no</p>",
    ):
        assert part in html


@pytest.mark.parametrize("name", GUIDES)
def test_every_link_of_a_guide_leads_to_a_heading_that_is_there(client: Client, name: str):
    client.force_login(chief())
    text = client.get(reverse("clinical_guide", args=[name])).content.decode()
    body = text.partition('<div class="guide">')[2]
    assert "|---" not in body
    assert "](" not in body
    for address in re.findall(r'<a href="([^"]+)"', body.partition("</div>\n")[0]):
        path, _hash, anchor = address.partition("#")
        there = client.get(path).content.decode() if path else text
        assert not anchor or f'id="{anchor}"' in there, address


def test_other_documents_and_strangers_guides_are_not_led_to(client: Client):
    assert address_of("deployment.md#settings") == ""
    assert address_of("../CHANGELOG.md") == ""
    client.force_login(chief())
    assert client.get(reverse("clinical_guide", args=["deployment"])).status_code == 404
