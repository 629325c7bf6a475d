"""The cast of the directory: a small nation of three descriptions and the small county of Kainuu."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from turvaverkko.directory.loading import sections
from turvaverkko.directory.tests import small_nation
from turvaverkko.organisation.api import apply_pack, check_pack
from turvaverkko.organisation.packs import registry

HERE = Path(__file__).parent / "packs/kainuu"
Broken = Callable[[str, str, str], list[str]]


@pytest.fixture(scope="module", autouse=True)
def _sections_of_the_directory() -> Iterator[None]:
    """Other tests may have narrowed the registry to their own app; here the directory reads packs too."""
    before = dict(registry._REGISTRY.sections)
    sections.register()
    yield
    registry._REGISTRY.sections.clear()
    registry._REGISTRY.sections.update(before)


@pytest.fixture(scope="module")
def _nation_of_the_module(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The small nation, loaded once for a module and rolled back after it."""
    path = small_nation.write(tmp_path_factory.mktemp("national"))
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        apply_pack(path, "national")
        yield path
        transaction.set_rollback(True)


@pytest.fixture
def nation(_nation_of_the_module: Path, db: None, tmp_path: Path) -> Path:
    """The small nation, and a copy of its pack which a test may spoil."""
    return Path(shutil.copytree(_nation_of_the_module, tmp_path / "national"))


def small_county(path: Path) -> Path:
    shutil.copytree(small_nation.TINY_PACKS / "tiny", path)
    shutil.copytree(HERE, path, dirs_exist_ok=True)
    return path


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The small county's pack, which a test may spoil."""
    return small_county(tmp_path / "kainuu")


@pytest.fixture
def kainuu(nation: Path, pack: Path) -> Path:
    """The small county, loaded for one test."""
    apply_pack(pack)
    return pack


@pytest.fixture(scope="module")
def _kainuu_of_the_module(_nation_of_the_module: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = small_county(tmp_path_factory.mktemp("county") / "kainuu")
    apply_pack(path)
    return path


@pytest.fixture
def standing_kainuu(_kainuu_of_the_module: Path, db: None, tmp_path: Path) -> Path:
    """The small county, loaded once for a module whose tests read; each test's writes are rolled back."""
    return Path(shutil.copytree(_kainuu_of_the_module, tmp_path / "kainuu"))


@pytest.fixture
def faults_of(nation: Path, pack: Path) -> Broken:
    """Replace one thing in one file of the small county and tell what is then wrong with the pack."""

    def replace_and_check(file: str, old: str, new: str) -> list[str]:
        change(pack / file, old, new)
        return [str(error) for error in check_pack(pack)]

    return replace_and_check


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The whole country and North Ostrobothnia as shipped, loaded once for a module and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        apply_pack(settings.NATIONAL_PACK, "national")
        apply_pack(settings.COUNTIES / "north-ostrobothnia")
        yield
        transaction.set_rollback(True)
