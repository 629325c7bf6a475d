"""County pack: its areas, the map of tiles, definitions of indicators and notes on their quality."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext

from turvaverkko.indicators.loading.names import AREA_NAMES, INDICATOR_NAMES
from turvaverkko.indicators.loading.shapes import INDICATOR, NETWORK, NOTE, TILE
from turvaverkko.indicators.models import Indicator, QualityNote, StatisticalArea
from turvaverkko.indicators.rules import AreaKind, Direction
from turvaverkko.organisation.api import Applying, Area, Entry, Pack, lookups

NOT_SET: Final = "not set"
# Unit: places between two indicators in the order of the file, so that others fit in between.
ORDER_STEP: Final = 10
SOTKANET_FIELDS: Final = ("sotkanet_id", "sotkanet_title_fi", "sotkanet_verified")

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Areas:
    """The areas that the pack names beside its service areas, and where its municipalities stand on a map."""

    networks: list[Entry]
    tiles: list[Entry]


def read_areas(pack: Pack) -> Areas:
    """Read networks and tiles; every service area of the pack is an area of statistics too."""
    networks = pack.csv_rows("networks.csv", NETWORK, needed=False)
    tiles = pack.csv_rows("tiles.csv", TILE, needed=False)
    for slug, entry in pack.declared.get("area", {}).items():
        pack.declare(AREA_NAMES, entry, name=f"{AreaKind.SERVICE_AREA}:{slug}")
    for entry in networks:
        pack.declare(AREA_NAMES, entry, name=f"{AreaKind.NETWORK}:{entry['slug']}")
    places: dict[tuple[int, int], Entry] = {}
    municipalities: dict[str, Entry] = {}
    for entry in tiles:
        pack.refer(entry, "municipality", "own-municipality")
        first = places.setdefault((int(entry["column"]), int(entry["row"])), entry)
        if first is not entry:
            text = gettext("Kohdassa on jo %(municipality)s. Anna kunnalle oma kohta.")
            pack.fault(entry, "column", text % {"municipality": first["municipality"]})
        once = municipalities.setdefault(entry["municipality"], entry)
        if once is not entry:
            text = gettext("Kunta on jo kohdassa %(place)s. Poista toinen.")
            pack.fault(entry, "municipality", text % {"place": once.place})
    return Areas(networks, tiles)


def apply_areas(content: Areas, applying: Applying) -> None:
    """Write the county's areas; one that left the pack ends and keeps its figures."""
    county = StatisticalArea.objects.filter(code=f"county:{applying.county.code}").first()
    wanted = {
        f"{AreaKind.SERVICE_AREA}:{area.slug}": _service_area(area, county)
        for area in Area.objects.filter(county=applying.county)
    } | {f"{AreaKind.NETWORK}:{entry['slug']}": _network(entry) for entry in content.networks}
    for code, values in wanted.items():
        values |= {"code": code, "kind": code.partition(":")[0], "pack": applying.county.code}
    applying.sync(
        "indicator-areas",
        StatisticalArea,
        wanted,
        stored=StatisticalArea.objects.filter(pack=applying.county.code),
        key=lambda row: row.code,
        end=applying.end_kept,
    )
    _tiles(content.tiles, applying)


def _service_area(area: Area, county: StatisticalArea | None) -> Values:
    return {
        "name_fi": area.name_fi,
        "name_sv": area.name_sv,
        "name_en": area.name_en,
        "parent": county,
        "valid_from": area.valid_from,
        "valid_to": area.valid_to,
    }


def _network(entry: Entry) -> Values:
    return {
        "name_fi": entry["name_fi"],
        "name_sv": entry.get("name_sv", ""),
        "name_en": entry.get("name_en", ""),
        "parent": None,
        "valid_from": None,
        "valid_to": None,
    }


def _tiles(entries: list[Entry], applying: Applying) -> None:
    """Put the county's municipalities on the map; one that is not told stands nowhere."""
    municipalities = lookups.municipalities()
    places = {
        f"municipality:{municipalities[entry['municipality']].code}": (
            int(entry["column"]),
            int(entry["row"]),
        )
        for entry in entries
    }
    counts = applying.report.counts("tiles")
    for area in StatisticalArea.objects.filter(
        kind=AreaKind.MUNICIPALITY, parent__code=f"county:{applying.county.code}"
    ):
        place = places.get(area.code, (None, None))
        if place == (area.tile_column, area.tile_row):
            counts.unchanged += place != (None, None)
            continue
        area.tile_column, area.tile_row = place
        area.save(update_fields=["tile_column", "tile_row"])
        counts.changed += 1


def read_indicators(pack: Pack) -> list[Entry]:
    """Read the definitions: each once, with a direction where there is a target."""
    entries = pack.yaml_entries("indicators.yaml", INDICATOR, needed=False)
    for entry in entries:
        pack.declare(INDICATOR_NAMES, entry)
        if entry["target"] != NOT_SET and entry["direction"] == Direction.NEITHER:
            text = gettext("Mittarilla on tavoite mutta ei suuntaa. Kirjoita suunnaksi up tai down.")
            pack.fault(entry, "direction", text)
    return entries


def apply_indicators(entries: list[Entry], applying: Applying) -> None:
    """Write the definitions; one that left the pack ends, because others may hold figures of it."""
    # What somebody linked to the source or checked is theirs: a pack applied again does not undo it.
    by_hand = Q(sotkanet_link__linked_by__gt="") | Q(sotkanet_link__verified_by__gt="")
    linked = Indicator.objects.filter(by_hand).values("code", *SOTKANET_FIELDS)
    kept = {row.pop("code"): row for row in linked}
    wanted = {
        entry["code"]: _indicator(entry)
        | {"order": number * ORDER_STEP, "pack": applying.county.code}
        | kept.get(entry["code"], {})
        for number, entry in enumerate(entries, start=1)
    }
    applying.sync(
        "indicators",
        Indicator,
        wanted,
        stored=Indicator.objects.filter(pack=applying.county.code),
        key=lambda row: row.code,
        end=applying.end_kept,
    )


def _indicator(entry: Entry) -> Values:
    name, unit, sotkanet = entry["name"], entry["unit"], entry.get("sotkanet", {})
    return {
        "code": entry["code"],
        **_in_languages("name", name),
        **_in_languages("unit", unit),
        "decimals": entry.get("decimals", 0),
        "direction": entry["direction"],
        "target": None if entry["target"] == NOT_SET else Decimal(str(entry["target"])),
        "target_fi": entry.get("target_words", ""),
        "source": entry["source"],
        "source_name_fi": entry.get("source_name", ""),
        "owner_role": entry["owner"],
        "numerator_fi": entry.get("numerator", ""),
        "denominator_fi": entry.get("denominator", ""),
        "population_fi": entry.get("population", ""),
        "method_fi": entry.get("method", ""),
        "sotkanet_id": sotkanet.get("id"),
        "sotkanet_title_fi": sotkanet.get("title", ""),
        "sotkanet_verified": sotkanet.get("verified", False),
        "valid_from": None,
        "valid_to": None,
    }


def _in_languages(field: str, texts: Mapping[str, str]) -> Values:
    return {f"{field}_{language}": texts.get(language, "") for language in ("fi", "sv", "en")}


def read_notes(pack: Pack) -> list[Entry]:
    """Read the notes: a break has its day, and an indicator has a note of a name only once."""
    entries = pack.yaml_entries("quality_notes.yaml", NOTE, needed=False)
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        pack.refer(entry, "indicators", INDICATOR_NAMES)
        if entry["kind"] == "break" and "at" not in entry.data:
            pack.fault(
                entry, "at", gettext("Katkolla ei ole päivää. Kirjoita ensimmäinen päivä sen jälkeen.")
            )
        for code in entry["indicators"]:
            first = seen.setdefault((code, entry["code"]), entry)
            if first is not entry:
                text = gettext("Mittarilla ”%(code)s” on jo tämä huomautus (%(place)s). Poista toinen.")
                pack.fault(entry, "code", text % {"code": code, "place": first.place})
    return entries


def apply_notes(entries: list[Entry], applying: Applying) -> None:
    """Write the notes; one that left the pack is gone: what it warned of is mended."""
    indicators = {row.code: row for row in Indicator.objects.filter(pack=applying.county.code)}
    wanted = {
        (code, entry["code"]): {
            "indicator": indicators[code],
            "code": entry["code"],
            "kind": entry["kind"],
            "at": entry.day("at"),
            **_in_languages("text", entry["text"]),
            "pack": applying.county.code,
        }
        for entry in entries
        for code in entry["indicators"]
    }
    applying.sync(
        "quality-notes",
        QualityNote,
        wanted,
        stored=QualityNote.objects.filter(pack=applying.county.code).select_related("indicator"),
        key=lambda row: (row.indicator.code, row.code),
        end=lambda _row: None,
    )
