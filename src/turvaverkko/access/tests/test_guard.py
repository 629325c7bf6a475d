"""The guard: views, services and templates do not reach rows past the gate."""

import types

import pytest
from jinja2 import Environment

from turvaverkko.access.api import BreakGlass, Grant, Matter, Unguarded
from turvaverkko.access.testing import give
from turvaverkko.access.tests.conftest import Town


def called_from(module: str, source: str, **names: object) -> object:
    """Run an expression as if it stood in a module of that name."""
    pretended = types.ModuleType(module)
    vars(pretended).update(names)
    exec(f"def ask():\n    return {source}", vars(pretended))
    return pretended.ask()


ASKING = [
    "Matter.objects.all()",
    "Matter.objects.filter(kind='x').count()",
    "Matter._default_manager.first()",
    "Matter.objects.create(kind='x')",
    "list(matter.grants.all())",
    "matter.grants.count()",
    "matter.grants.values_list('pk')",
]


@pytest.mark.parametrize("source", ASKING)
@pytest.mark.parametrize(
    "module", ["turvaverkko.guidance.views", "turvaverkko.guidance.services", "manage", ""]
)
def test_elsewhere_nobody_is_answered(town: Town, module: str, source: str) -> None:
    with pytest.raises(Unguarded):
        called_from(module, source, Matter=Matter, matter=town.matter())


@pytest.mark.parametrize(
    "module", ["x.queries", "x.queries.desk", "x.jobs", "x.migrations.0001_a", "x.tests.y"]
)
def test_behind_the_gate_everybody_is_answered(town: Town, module: str) -> None:
    matter = town.matter()
    assert called_from(module, "list(Matter.objects.all())", Matter=Matter) == [matter]


def test_a_template_is_refused(town: Town) -> None:
    matter = town.matter()
    give(town.raahe, matter)
    template = Environment(autoescape=True).from_string(
        "{% for g in matter.grants.all() %}{{ g }}{% endfor %}"
    )
    with pytest.raises(Unguarded):
        template.render(matter=matter)


def test_saving_ones_own_row_needs_no_manager(town: Town) -> None:
    called_from("x.services", "matter.save()", matter=town.matter())


@pytest.mark.parametrize("model", [Matter, Grant, BreakGlass])
def test_what_is_unguarded_has_no_way_back_by_name(model: type) -> None:
    """Unit.objects.values("matters__…") would pass the guard by."""
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model._meta.app_label != "access":
            assert field.remote_field.hidden, field.name
