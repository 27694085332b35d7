"""``{% unchanging %}`` and ``{% by_value %}``: what is remembered never leaks from one reader's page to another's."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.template import Context, Engine, Template, TemplateSyntaxError
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
    return Template("{% unchanging section %}[{{ section }}]{% endunchanging %}")


def test_it_is_made_once_for_each_value(piece: Template):
    assert piece.render(Context({"section": "exercises"})) == "[exercises]"
    assert piece.render(Context({"section": "routines"})) == "[routines]"
    assert piece.render(Context({"section": "exercises"})) == "[exercises]"


@pytest.mark.parametrize("tag", ["unchanging", "by_value"])
@pytest.mark.parametrize(
    "content",
    [
        "{{ reader }}",
        "{{ reader.name|default:'nobody' }}",
        "{{ section|default:reader }}",
        "{% if section and not reader.is_known %}x{% endif %}",
        "{% for each in reader.links %}{{ section }}{% endfor %}",
        "{% with name=reader %}{{ name }}{% endwith %}",
        "{% include 'components/navigation_links.html' with section=reader safety=section %}",
        "{% load i18n %}{% blocktranslate %}Hello {{ reader }}{% endblocktranslate %}",
        "{% load i18n %}{% blocktranslate with name=reader.name %}Hello {{ name }}{% endblocktranslate %}",
        "{% for each in section %}{% endfor %}{{ reader }}",
        "{% url 'exercise' slug=reader %}",
    ],
)
def test_what_is_not_named_is_refused_when_the_template_is_read(tag: str, content: str):
    with pytest.raises(TemplateSyntaxError, match=r"Used here and not named: .*reader;"):
        Template(f"{{% load by_value_tags unchanging_tags %}}{{% {tag} section %}}{content}{{% end{tag} %}}")


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("{% for reader in '12' %}{{ reader }}{{ forloop.counter }}{% endfor %}", "1122"),
        ("{% with reader='12' %}{{ reader }}{% endwith %}", "12"),
        ("{% load i18n %}{% translate 'Stop if' as reader %}{{ reader }}", "Stop if"),
        ("{% url 'exercises' as reader %}{{ reader }}", "/exercises/"),
        ("{% load static %}{% get_static_prefix as reader %}{{ reader }}", "/static/"),
        ("{% load i18n %}{% blocktranslate with reader='12' %}<{{ reader }}>{% endblocktranslate %}", "<12>"),
        ("{% load i18n %}{% blocktranslate count reader=2 %}one{% plural %}{{ reader }}{% endblocktranslate %}", "2"),
    ],
)
def test_what_the_piece_sets_itself_need_not_be_named(content: str, shown: str):
    made = Template(f"{{% unchanging %}}{content}{{% endunchanging %}}")
    assert made.render(Context({"reader": "Mary"})) == shown


def read(templates: dict[str, str]) -> None:
    """Read the first of these templates, with the others beside it."""
    loaders = [("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", templates)])]
    engine = Engine(loaders=loaders, builtins=["clinical.templatetags.unchanging_tags"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "get_default", staticmethod(lambda: engine))
        engine.get_template(next(iter(templates)))


def test_a_template_that_includes_itself_is_looked_into_once():
    tree = "{{ node.name }}{% for node in node.below %}{% include 'tree' %}{% endfor %}"
    read({"page": "{% unchanging node %}{% include 'tree' %}{% endunchanging %}", "tree": tree})
    with pytest.raises(TemplateSyntaxError, match="Used here and not named: node;"):
        read({"page": "{% unchanging %}{% include 'tree' %}{% endunchanging %}", "tree": tree})


def test_a_template_that_is_missing_is_named_itself():
    with pytest.raises(TemplateSyntaxError, match="There is no template “nope” to include"):
        read({"page": "{% unchanging %}{% include 'nope' %}{% endunchanging %}"})


def test_what_an_included_template_asks_for_must_be_named_too():
    with pytest.raises(TemplateSyntaxError, match="Used here and not named: current;"):
        Template("{% unchanging section safety %}{% include 'components/navigation_links.html' %}{% endunchanging %}")
    Template(
        "{% unchanging section current safety %}{% include 'components/navigation_links.html' %}{% endunchanging %}"
    )


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


def test_room_is_kept_by_many_threads_at_once():
    piece = Template("{% by_value number at_most=8 %}{{ number }}{% endby_value %}")
    [node] = [node for node in piece.nodelist if isinstance(node, ByValue)]
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            shown = list(threads.map(lambda number: piece.render(Context({"number": number})), range(800)))
    finally:
        sys.setswitchinterval(often)
    assert shown == [str(number) for number in range(800)]
    assert len(node.made) == 8
