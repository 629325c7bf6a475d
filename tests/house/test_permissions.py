"""Every cell of the permission matrix, executed: on objects inside the scope and on foreign ones."""

import importlib
import pkgutil

import pytest
from django.apps import apps

import turvaverkko
from turvaverkko.access import matrix
from turvaverkko.access.api import GuardedManager, Role, Verb, kinds, may, visible_to
from turvaverkko.access.testing import cases, examples

for _found in pkgutil.walk_packages(turvaverkko.__path__, "turvaverkko."):
    if _found.name.endswith(".tests.examples"):
        importlib.import_module(_found.name)

# Kinds of this walk; tests of the matrix itself declare others for a moment.
KINDS = tuple(kinds())
GUARDED = [model for model in apps.get_models() if hasattr(model, "GATE")]


def test_there_is_something_to_walk() -> None:
    assert {"access.matter", "access.break_glass", "work.item"} <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_an_example(kind: str) -> None:
    assert kind in examples(), f'enter example("{kind}", make) in the tests/examples.py of its app'


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model._meta.label)
def test_every_guarded_model_is_of_a_declared_kind_and_guarded(model: type) -> None:
    assert model.GATE.kind in KINDS
    assert isinstance(model._default_manager, GuardedManager)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", KINDS)
def test_a_cell(kind: str, role: Role, verb: Verb) -> None:
    make = examples()[kind]
    allowed = matrix.role_may(role, verb, kind)
    for case in cases(role, verb):
        row = make(case.matter)
        rows = type(row)._base_manager.filter(pk__in=[row.pk])
        expected = allowed and case.own
        assert may(case.actor, verb, row) is expected, f"{case.name}: {role} {verb} {kind}"
        assert visible_to(rows, case.actor, verb).exists() is expected, f"{case.name}: {role} {verb} {kind}"
        alone = type(row)._base_manager.filter(pk=row.pk)
        assert visible_to(alone, case.actor, verb).exists() is expected, f"{case.name}: one row"
