"""``{% unchanging %}`` and ``{% by_value %}``: what is remembered never leaks from one reader's page to another's."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import mark_safe

from clinical.templatetags.by_value_tags import ByValue


class Words:
    """A value equal to any with the same words, which counts how often it was shown."""

    def __init__(self, words: str) -> None:
        self.text = words
        self.asked = 0

    @property
    def words(self) -> str:
        self.asked += 1
        return self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


@pytest.fixture
def piece() -> Template:
    return Template("{% unchanging section %}[{{ section }}{{ reader }}]{% endunchanging %}")


def test_it_is_made_once_for_each_value(piece: Template):
    assert piece.render(Context({"section": "exercises"})) == "[exercises]"
    assert piece.render(Context({"section": "routines"})) == "[routines]"
    assert piece.render(Context({"section": "exercises"})) == "[exercises]"


def test_what_is_not_named_is_refused_and_never_blank(piece: Template):
    for known in ({"section": "exercises", "reader": "Mary"}, {"reader": "Mary"}):
        with pytest.raises(TemplateSyntaxError, match="“reader” is used here and not named"):
            piece.render(Context(known))
    bound = Template("{% unchanging %}{% for reader in '12' %}{{ reader }}{% endfor %}{% endunchanging %}")
    assert bound.render(Context({"reader": "Mary"})) == "12"


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


def test_a_value_that_differs_in_one_letter_is_shown_as_it_is_now():
    piece = Template("{% by_value board %}{{ board.words }}{% endby_value %}")
    shown = [piece.render(Context({"board": Words(words)})) for words in ("stop", "stop!", "stop")]
    assert shown == ["stop", "stop!", "stop"]


def test_an_equal_value_is_not_put_together_again():
    piece = Template("{% by_value board %}{{ board.words }}{% endby_value %}")
    made = [Words("stop"), Words("stop")]
    for board in made:
        assert piece.render(Context({"board": board})) == "stop"
    assert [board.asked for board in made] == [1, 0]


def test_the_oldest_value_makes_room_for_the_newest():
    piece = Template("{% by_value number %}{{ number }}{% endby_value %}")
    [node] = [node for node in piece.nodelist if isinstance(node, ByValue)]
    for number in range(2 * ByValue.most_variants):
        assert piece.render(Context({"number": number})) == str(number)
    assert len(node.made) == ByValue.most_variants
