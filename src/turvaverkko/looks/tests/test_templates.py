"""What the templates promise: components see what they are given, mistakes are loud, texts are escaped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template import engines
from django.urls import NoReverseMatch
from django.utils import translation
from django.utils.safestring import mark_safe
from jinja2 import Environment, UndefinedError, nodes
from jinja2.meta import find_undeclared_variables

pytestmark = pytest.mark.urls("turvaverkko.looks.tests.urls")

ROOT = Path(settings.PACKAGE)
TEMPLATES = sorted(ROOT.rglob("jinja2/**/*.html"))
COMPONENTS = [path for path in TEMPLATES if path.parent.name == "components"]


def environment() -> Environment:
    return engines["jinja2"].env


def drawn(source: str, **context: object) -> str:
    return engines["jinja2"].from_string(source).render(context)


def arguments_of(name: str) -> tuple[list[str], int]:
    """The arguments of a component and how many of them must be given."""
    path = next(path for path in COMPONENTS if path.stem == name)
    macro = environment().parse(path.read_text()).find(nodes.Macro)
    assert macro is not None, name
    assert macro.name == name
    return [argument.name for argument in macro.args], len(macro.args) - len(macro.defaults)


def calls(path: Path) -> Iterator[tuple[str, set[str]]]:
    for call in environment().parse(path.read_text()).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "component":
            assert len(call.args) == 1, "everything but the name of the component is given by name"
            yield call.args[0].value, {keyword.key for keyword in call.kwargs}


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_uses_only_what_it_is_given(path: Path) -> None:
    used = find_undeclared_variables(environment().parse(path.read_text()))
    assert used <= set(environment().globals)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_components_are_given_what_they_take(path: Path) -> None:
    environment().compile(path.read_text())
    for name, given in calls(path):
        known, needed = arguments_of(name)
        assert given <= set(known), f"{name} does not know {given - set(known)}"
        assert set(known[:needed]) <= given, f"{name} lacks {set(known[:needed]) - given}"


def test_a_component_refuses_what_it_does_not_know() -> None:
    with pytest.raises(TypeError, match="colour"):
        drawn('{{ component("button", label="Soita", colour="red") }}')


def test_a_misspelled_variable_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        drawn("{% if tittle %}x{% endif %}", title="Otsikko")


def test_what_a_reader_typed_is_escaped_once_and_safe_markup_is_left_alone() -> None:
    shown = drawn(
        "{{ typed }} {{ typed|numbers }} {{ safe }} {{ safe|numbers }}",
        typed="<b>&",
        safe=mark_safe("<i>&amp;</i>"),
    )
    assert shown == "&lt;b&gt;&amp; &lt;b&gt;&amp; <i>&amp;</i> <i>&amp;</i>"
    assert drawn('{{ component("button", label=typed) }}', typed="<b>").count("&lt;b&gt;") == 1
    assert drawn("{{ text|numbers|linebreaks }}", text="a<b\n\nc") == "<p>a&lt;b</p>\n\n<p>c</p>"


def test_a_translated_text_is_a_pattern_whose_values_are_escaped() -> None:
    assert drawn('{{ _("Soita %(number)s", number=number) }}', number="<1>") == "Soita &lt;1&gt;"
    assert drawn("{% trans name=name %}Lähellä: {{ name }}{% endtrans %}", name="A&B") == "Lähellä: A&amp;B"
    assert drawn('{{ _("100 %%") }}') == "100 %"
    assert drawn('{{ ngettext("yksi", "%(num)s kpl", 2) }}') == "2 kpl"


def test_texts_and_addresses_follow_the_reader() -> None:
    source = '{{ _("Palvelut") }}, {{ "se"|language_name }}, {{ url("directory:services") }}'
    with translation.override("fi"):
        assert drawn(source) == "Palvelut, pohjoissaame, /palvelut/"
    with translation.override("sv"):
        assert drawn(source) == "Tjänster, nordsamiska, /sv/palvelut/"
    with pytest.raises(NoReverseMatch):
        drawn('{{ url("directory:nothing") }}')


def test_there_is_one_template_language() -> None:
    assert [engine.name for engine in engines.all()] == ["jinja2"]
    with pytest.raises(ImproperlyConfigured):
        engines["django"]
