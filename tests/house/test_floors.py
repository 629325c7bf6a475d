"""The walls that a linter of imports cannot see: foreign keys and migrations name apps in strings."""

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

# From the top down. Same number = strangers to each other. Keep in step with ARCHITECTURE.md.
FLOORS = {
    "family_portal": 60,
    "search": 41,  # a room inside the directory
    "directory": 40,
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
