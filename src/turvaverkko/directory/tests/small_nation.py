"""Three descriptions in the shape of the national base, for tests of its loader."""

import gzip
import json
import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
TINY_PACKS = ROOT / "src/turvaverkko/organisation/tests/packs"

CLINIC_ID = "a0a18850-0000-4000-8000-000000000001"
CLINIC_TWIN_ID = "a0a18850-0000-4000-8000-000000000002"
WASTE_ID = "a0a18850-0000-4000-8000-000000000003"


def described(identity: str, code: str, texts: dict[str, dict[str, str]], **more: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "reference_code": code,
        "type": "Service",
        "charge": "Free",
        "texts": texts,
        "laws": [],
        "classes": [],
        "groups": [],
        "events": [],
        "subjects": [],
    } | more


DESCRIPTIONS = [
    described(
        CLINIC_ID,
        "SOTE-0027",
        {
            "name": {"fi": "Lastenneuvolapalvelut", "sv": "Barnrådgivning"},
            "summary": {"fi": "Neuvola seuraa.", "sv": "Rådgivningen följer."},
            "background": {"fi": "Neuvola auttaa.\n\nKunta järjestää.", "sv": "Hjälper.\n\nKommunen ordnar."},
            "instructions": {"fi": "Soita kuntaan.", "sv": "Ring kommunen."},
        },
        classes=["P5.2"],
        groups=["KR1.2"],
        laws=[{"name": {"fi": "Terveydenhuoltolaki"}, "url": {"fi": "http://www.finlex.fi/fi/laki/1326"}}],
        subjects=[{"uri": "http://www.yso.fi/onto/koko/p1", "fi": "neuvolat"}],
    ),
    described(
        CLINIC_TWIN_ID, "SOTE-0027", {"name": {"fi": "Lastenneuvolapalvelut"}, "summary": {"fi": "Vanha."}}
    ),
    described(WASTE_ID, "", {"name": {"fi": "Jätehuolto"}, "summary": {"fi": "Roskat."}}, charge="Charged"),
]


def write(folder: Path, descriptions: list[dict[str, Any]] = DESCRIPTIONS) -> Path:
    """A small national pack: few municipalities, our real situations and ages, three descriptions."""
    shutil.copytree(TINY_PACKS / "national", folder, dirs_exist_ok=True)
    for name in ("situations.yaml", "ages.yaml", "situation_map.yaml"):
        shutil.copy(ROOT / "national" / name, folder)
    (folder / "ptv").mkdir(exist_ok=True)
    for name in ("service_classes.json", "life_events.json", "target_groups.json", "service_languages.json"):
        shutil.copy(ROOT / "national/ptv" / name, folder / "ptv")
    with gzip.open(folder / "ptv/general_descriptions.json.gz", "wt", encoding="utf-8") as file:
        json.dump(descriptions, file)
    return folder
