"""The ground on which the catalogue is brought: the whole country's municipalities and code lists."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction

from turvaverkko.directory.loading import sections
from turvaverkko.directory.ptv.rules import Scope
from turvaverkko.directory.ptv.world import World
from turvaverkko.organisation.api import Municipality, apply_pack


@pytest.fixture(scope="package")
def _country(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    sections.register()
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        apply_pack(settings.NATIONAL_PACK, "national")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def country(_country: None, db: None) -> None:
    """The whole country as shipped, without a county's pack."""


@pytest.fixture
def everything(country: None) -> World:
    """A world in which all of the catalogue is taken."""
    Municipality.objects.get_or_create(code="001", defaults={"slug": "testikunta", "name_fi": "Testikunta"})
    codes = frozenset(Municipality.objects.values_list("code", flat=True))
    return World.read(Scope("17", codes, everywhere=True, everyone=True))
