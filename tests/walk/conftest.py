"""The world of the walk is made once for a module; every visit is undone."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.walk.world import NOW, World, build
from turvaverkko.directory import page_api
from turvaverkko.directory.search import browsing, live


@pytest.fixture(scope="module")
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db: None) -> Iterator[World]:
    for remembered in (page_api, browsing, live):
        remembered.forget()
    with time_machine.travel(NOW, tick=False):
        yield _built
