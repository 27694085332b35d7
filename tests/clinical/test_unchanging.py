"""``{% unchanging %}``: a remembered piece of a template may never leak from one reader's page into another's."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe


@pytest.fixture
def piece() -> Template:
    return Template("{% unchanging section %}[{{ section }}{{ reader }}]{% endunchanging %}")


def test_it_is_made_once_for_each_value(piece: Template):
    assert piece.render(Context({"section": "exercises"})) == "[exercises]"
    assert piece.render(Context({"section": "routines"})) == "[routines]"
    assert piece.render(Context({"section": "exercises"})) == "[exercises]"


def test_it_does_not_see_what_is_not_named(piece: Template):
    assert piece.render(Context({"section": "exercises", "reader": "Mary"})) == "[exercises]"
    assert piece.render(Context({"reader": "Mary"})) == "[]"


def test_a_safe_text_is_not_remembered_for_the_same_text_unsafe(piece: Template):
    assert piece.render(Context({"section": mark_safe("<b>")})) == "[<b>]"
    assert piece.render(Context({"section": "<b>"})) == "[&lt;b&gt;]"


def test_equal_values_of_different_types_are_told_apart(piece: Template):
    assert piece.render(Context({"section": 1})) == "[1]"
    assert piece.render(Context({"section": True})) == "[True]"


def test_each_language_has_its_own():
    piece = Template("{% load i18n %}{% unchanging %}{% get_current_language as code %}{{ code }}{% endunchanging %}")
    for code in ("en-gb", "fr", "en-gb"):
        with translation.override(code):
            assert piece.render(Context()) == code
