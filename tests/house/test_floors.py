"""The walls that a linter of imports cannot see: foreign keys and migrations name apps in strings."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

# From the top down. Same number = strangers to each other. Keep in step with ARCHITECTURE.md.
FLOORS = {
    "family_portal": 60,
    "outreach_portal": 60,
    "upkeep_portal": 60,
    "evaluation": 55,
    "guidance": 50,
    "baskets": 42,  # another room inside the directory
    "editing": 42,  # a room inside the directory
    "ptv": 42,  # a room inside the directory, above its search
    "search": 41,  # a room inside the directory
    "staying": 42,  # another, above it
    "directory": 40,
    "sotkanet": 41,  # a room inside the indicators
    "entry": 41,  # another
    "indicators": 40,
    "work": 36,
    "access": 34,
    "notices": 32,
    "organisation": 30,
    "trail": 20,
    "looks": 10,
    "core": 0,
}
# Django's own apps lie under the house. Nothing of ours is known to them.
UNDER_THE_HOUSE = {"auth", "contenttypes", "sessions"}

OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("turvaverkko.")]


def test_every_app_of_ours_has_a_floor() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("turvaverkko.")}
    assert ours == set(FLOORS)


def relations(model: type[models.Model]) -> list[models.Field]:
    fields = [*model._meta.get_fields(include_hidden=False)]
    return [field for field in fields if field.is_relation and not field.auto_created and field.concrete]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model: type[models.Model]) -> None:
    here = FLOORS[model._meta.app_label]
    for field in relations(model):
        target = field.related_model._meta.app_label
        assert target in UNDER_THE_HOUSE or target == model._meta.app_label or FLOORS[target] < here, (
            f"{model._meta.label}.{field.name} points to {target}, which is not below"
        )


def test_migrations_depend_downwards() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    for (app, name), migration in loader.disk_migrations.items():
        if app not in FLOORS:
            continue
        for target, _ in migration.dependencies:
            if target in UNDER_THE_HOUSE or target in {app, "__setting__"}:
                continue
            assert FLOORS[target] < FLOORS[app], f"{app}.{name} depends on {target}, which is not below"


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_what_it_keeps_of_persons(model: type[models.Model]) -> None:
    assert "Personal data:" in (model.__doc__ or "")


# An app is entered through its door. `looks.words`, `.markup` and `.desk` are part of the door of `looks`.
DOORS = ("api", "words", "markup", "desk")
APPS = (
    "portals.family",
    "portals.upkeep",
    "evaluation",
    "guidance",
    "indicators",
    "directory",
    "work",
    "access",
    "notices",
    "organisation",
    "trail",
    "looks",
)


def app_of(module: str) -> str | None:
    inside = module.removeprefix("turvaverkko.")
    return next((app for app in APPS if inside == app or inside.startswith(f"{app}.")), None)


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_another_app_is_entered_through_its_door() -> None:
    source = Path(__file__).resolve().parents[2] / "src"
    strays = []
    for path in sorted(source.rglob("*.py")):
        if {"tests", "migrations"} & set(path.parts) or path.name == "conftest.py":
            continue
        here = app_of(".".join(path.relative_to(source).with_suffix("").parts))
        for module in imports_of(path):
            there = app_of(module)
            if here and there and there != here:
                room = module.removeprefix(f"turvaverkko.{there}.")
                rooms = room.split(".")
                if not any(room in DOORS or room.endswith("_api") for room in rooms[:2]):
                    strays.append(f"{path.relative_to(source)} reaches into {module}")
    assert strays == []
