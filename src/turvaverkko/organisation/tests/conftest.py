"""The cast: a small nation, a small county (Kainuu), and the real North Ostrobothnia."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from turvaverkko.organisation.models import County
from turvaverkko.organisation.packs import registry
from turvaverkko.organisation.packs.applying import apply_pack, check_pack

PACKS = Path(__file__).parent / "packs"
TINY_NATION = PACKS / "national"
TINY = PACKS / "tiny"
OWN_SECTIONS = "turvaverkko.organisation."

Broken = Callable[[str, str], list[str]]


@pytest.fixture(scope="module", autouse=True)
def _only_own_sections() -> Iterator[None]:
    """Other apps' files have tests of their own; here a pack is what this app reads of it."""
    everything = dict(registry._REGISTRY.sections)
    for key, section in everything.items():
        if not section.read.__module__.startswith(OWN_SECTIONS):
            del registry._REGISTRY.sections[key]
    yield
    registry._REGISTRY.sections.update(everything)


@pytest.fixture
def nation(db: None) -> None:
    apply_pack(TINY_NATION, "national")


@pytest.fixture
def kainuu(nation: None) -> County:
    apply_pack(TINY)
    return County.objects.get(code="20")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the small county that a test may spoil."""
    return Path(shutil.copytree(TINY, tmp_path / "kainuu"))


@pytest.fixture
def faults_of(nation: None, pack: Path) -> Broken:
    """Write one file of the small county anew and tell what is then wrong with the pack."""

    def write_and_check(file: str, content: str) -> list[str]:
        (pack / file).write_text(content, encoding="utf-8")
        return [str(error) for error in check_pack(pack)]

    return write_and_check


@pytest.fixture(scope="module")
def _real_nation_and_county(
    _only_own_sections: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """North Ostrobothnia as it is shipped, loaded once for a module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        apply_pack(settings.NATIONAL_PACK, "national")
        apply_pack(settings.COUNTIES / "north-ostrobothnia")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def pohjois_pohjanmaa(_real_nation_and_county: None, db: None) -> County:
    return County.objects.get(code="19")
