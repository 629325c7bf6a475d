"""The frame of a page names the county whose installation it is."""

from pathlib import Path

import pytest
from django.utils import translation

from turvaverkko.looks.api import site_names as frame_names
from turvaverkko.organisation.site_names import county_names, site_names

pytestmark = pytest.mark.sqlite_only
TINY = Path(__file__).parent / "packs" / "tiny"


@pytest.fixture(autouse=True)
def _read_again() -> object:
    county_names.cache_clear()
    yield
    county_names.cache_clear()


def test_the_frame_asks_this_app() -> None:
    with translation.override("sv"):
        assert frame_names().county == site_names().county == "Norra Österbottens välfärdsområde"


def test_a_language_the_pack_lacks_reads_finnish() -> None:
    with translation.override("ar"):
        assert site_names().county == "Pohjois-Pohjanmaan hyvinvointialue"


def test_another_county_is_only_another_pack(settings: object, tmp_path: Path) -> None:
    settings.COUNTY_PACK = tmp_path  # type: ignore[attr-defined]
    assert site_names().county == ""
    county_names.cache_clear()
    (tmp_path / "pack.yaml").write_text("name: {fi: Esimerkkimaa}\n", encoding="utf-8")
    assert site_names().county == "Esimerkkimaa"
