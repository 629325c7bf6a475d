"""County: settings in layers, deadline policies and school breaks."""

from collections.abc import Hashable
from datetime import date, time
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.core.deadlines import Unit
from turvaverkko.organisation.models import (
    DeadlinePolicy,
    Municipality,
    RegionalSetting,
    SchoolBreak,
)
from turvaverkko.organisation.packs import lookups
from turvaverkko.organisation.packs.pack import Entry, Pack
from turvaverkko.organisation.packs.schema import faults, nearest
from turvaverkko.organisation.packs.shapes import DAY, NAME, SLUG, SOURCE, TEXT, TIME, cells, entry_schema
from turvaverkko.organisation.packs.syncing import Applying
from turvaverkko.organisation.setting_keys import KEYS

COUNTY_LAYER: Final = "county"
# What a pack writes before the colon of a layer -> the kind of name after it, and the column of the row.
LAYERS: Final = {
    "area": ("area", "area"),
    "municipality": ("own-municipality", "municipality"),
    "centre": ("family-centre", "family_centre"),
}
SETTING = entry_schema(
    ["key", "layer", "value"],
    key=TEXT,
    layer={
        "type": "string",
        "pattern": f"^({COUNTY_LAYER}|({'|'.join(LAYERS)}):[a-z0-9-]+)$",
        "x-advice": _("Kerros on county, area:<alue>, municipality:<kunta> tai centre:<perhekeskus>."),
    },
    value={},
    valid_from=DAY,
    valid_to=DAY,
    source=SOURCE,
)
POLICY = entry_schema(
    ["code", "name", "version", "amount", "unit", "runs_from", "valid_from", "source", "source_checked"],
    code=SLUG,
    name=NAME,
    version={"type": "integer", "minimum": 1, "maximum": 999},
    amount={"type": "integer", "minimum": 0, "maximum": 999},
    unit={"type": "string", "enum": [unit.value for unit in Unit]},
    time_of_day=TIME,
    runs_from=SLUG,
    last_day_moves={"type": "boolean"},
    may_pause={"type": "boolean"},
    valid_from=DAY,
    valid_to=DAY,
    source=TEXT,
    source_checked={"type": "boolean"},
)
SCHOOL_BREAK = entry_schema(
    ["municipality", "name", "first_day", "last_day", "illustrative"],
    **cells("municipality", name=TEXT, first_day=DAY, last_day=DAY),
    illustrative={"type": "string", "enum": ["yes", "no"]},
)
# What of a policy decides how it counts: fixed for ever in a version. `may_pause` is not of them: a limit of
# the law that stood still was a mistake, mended in place; a deadline keeps what held when it started.
COUNTING: Final = ("amount", "unit", "time_of_day", "runs_from", "last_day_moves", "valid_from")

Content = dict[str, list[Entry]]


def read(pack: Pack) -> Content:
    """Read settings, policies and breaks."""
    return {
        "settings": _read_settings(pack),
        "policies": _read_policies(pack),
        "breaks": _read_breaks(pack),
    }


def apply(content: Content, applying: Applying) -> None:
    """Write settings, policies and breaks."""
    _apply_settings(content["settings"], applying)
    _apply_policies(content["policies"], applying)
    _apply_breaks(content["breaks"], applying)


def _read_settings(pack: Pack) -> list[Entry]:
    entries = pack.yaml_entries("settings.yaml", SETTING)
    seen: dict[Hashable, Entry] = {}
    for entry in entries:
        kind, _, name = entry["layer"].partition(":")
        if name:
            pack.refer(entry, "layer", LAYERS[kind][0], names=name)
        _check_value(pack, entry)
        first = seen.setdefault((entry["key"], entry["layer"], entry.get("valid_from")), entry)
        if first is not entry:
            text = gettext("Asetus on jo annettu samalle kerrokselle (%(place)s). Poista toinen.")
            pack.fault(entry, "key", text % {"place": first.place})
    return entries


def _check_value(pack: Pack, entry: Entry) -> None:
    key = entry["key"]
    if key not in KEYS:
        text = gettext("Asetusta ”%(key)s” ei ole. Asetukset: %(keys)s.")
        pack.fault(entry, "key", text % {"key": key, "keys": ", ".join(KEYS)} + nearest(key, list(KEYS)))
        return
    for fault in faults(entry["value"], KEYS[key].schema):
        pack.fault(entry, f"value.{fault.field}".rstrip("."), fault.message)


def _read_policies(pack: Pack) -> list[Entry]:
    entries = pack.yaml_entries("deadline_policies.yaml", POLICY)
    county = pack.header.get("code", "")
    stored = {(p.code, p.version): p for p in DeadlinePolicy.objects.filter(county__code=county)}
    for entry in entries:
        if (entry["unit"] == Unit.AT_ONCE) != (entry["amount"] == 0):
            text = gettext("Määrä on 0 vain, kun yksikkö on at_once; muuten vähintään 1.")
            pack.fault(entry, "amount", text)
        if entry["unit"] == Unit.AT_ONCE and entry.get("may_pause"):
            pack.fault(entry, "may_pause", gettext("Heti tehtävä ei odota ketään. Poista may_pause."))
        pack.declare("deadline-policy", entry, name=f"{entry['code']} v{entry['version']}")
        _check_unchanged(pack, entry, stored.get((entry["code"], entry["version"])))
    return entries


def _check_unchanged(pack: Pack, entry: Entry, stored: DeadlinePolicy | None) -> None:
    """A given promise remembers its version, so a version never counts otherwise than it did."""
    if stored is None:
        return
    values = _policy_values(entry)
    if changed := [name for name in COUNTING if getattr(stored, name) != values[name]]:
        text = gettext(
            "Versio %(version)d laskee jo toisin (%(fields)s). Kirjoita uusi versio alkupäivineen."
        )
        fields = ", ".join(changed)
        pack.fault(entry, "version", text % {"version": entry["version"], "fields": fields})


def _read_breaks(pack: Pack) -> list[Entry]:
    entries = pack.csv_rows("school_breaks.csv", SCHOOL_BREAK)
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        first = seen.setdefault((entry["municipality"], entry["first_day"]), entry)
        if first is not entry:
            text = gettext("Kunnan loma alkaa samana päivänä jo kohdassa %(place)s. Poista toinen.")
            pack.fault(entry, "first_day", text % {"place": first.place})
        pack.refer(entry, "municipality", "own-municipality")
        if entry["first_day"] > entry["last_day"]:
            pack.fault(entry, "last_day", gettext("Loma päättyy ennen kuin se alkaa. Korjaa päivät."))
    return entries


def _apply_settings(entries: list[Entry], applying: Applying) -> None:
    county = applying.county
    owners: dict[str, dict[str, Any]] = {
        "area": dict(lookups.areas(county)),
        "municipality": dict(lookups.municipalities()),
        "family_centre": dict(lookups.family_centres(county)),
    }
    wanted = {}
    for entry in entries:
        kind, _, name = entry["layer"].partition(":")
        values: dict[str, Any] = {"county": None, "area": None, "municipality": None, "family_centre": None}
        column = LAYERS[kind][1] if name else "county"
        owner = values[column] = owners[column][name] if name else county
        wanted[entry["key"], column, owner.pk, entry.day("valid_from")] = {
            **values,
            "key": entry["key"],
            "value": entry["value"],
            "valid_from": entry.day("valid_from"),
            "valid_to": entry.day("valid_to"),
            "source": entry.get("source", ""),
        }
    applying.sync(
        "settings",
        RegionalSetting,
        wanted,
        stored=_settings_of(applying),
        key=_setting_key,
        end=applying.end_dated,
    )


def _settings_of(applying: Applying) -> list[RegionalSetting]:
    own = lookups.own_municipality_names(applying.county.code)
    of_county = (
        Q(county=applying.county)
        | Q(area__county=applying.county)
        | Q(municipality__slug__in=own)
        | Q(family_centre__county=applying.county)
    )
    return list(RegionalSetting.objects.filter(of_county))


def _setting_key(row: RegionalSetting) -> tuple[str, str, int, date | None]:
    for column in ("county", "area", "municipality", "family_centre"):
        if owner := getattr(row, f"{column}_id"):
            return row.key, column, owner, row.valid_from
    return row.key, "national", 0, row.valid_from


def _policy_values(entry: Entry) -> dict[str, Any]:
    at = entry.get("time_of_day")
    return {
        "code": entry["code"],
        "version": entry["version"],
        "name_fi": entry["name"]["fi"],
        "name_sv": entry["name"].get("sv", ""),
        "name_en": entry["name"].get("en", ""),
        "amount": entry["amount"],
        "unit": entry["unit"],
        "time_of_day": time.fromisoformat(at) if at else None,
        "runs_from": entry["runs_from"],
        "last_day_moves": entry.get("last_day_moves", False),
        "may_pause": entry.get("may_pause", False),
        "valid_from": entry.day("valid_from"),
        "valid_to": entry.day("valid_to"),
        "source": entry["source"],
        "source_checked": entry["source_checked"],
    }


def _apply_policies(entries: list[Entry], applying: Applying) -> None:
    wanted = {
        (entry["code"], entry["version"]): {"county": applying.county, **_policy_values(entry)}
        for entry in entries
    }
    applying.sync(
        "deadline-policies",
        DeadlinePolicy,
        wanted,
        stored=DeadlinePolicy.objects.filter(county=applying.county),
        key=lambda row: (row.code, row.version),
        end=applying.end_dated,
    )


def _apply_breaks(entries: list[Entry], applying: Applying) -> None:
    municipalities: dict[str, Municipality] = lookups.municipalities()
    wanted = {}
    for entry in entries:
        municipality = municipalities[entry["municipality"]]
        wanted[municipality.pk, entry.day("first_day")] = {
            "municipality": municipality,
            "name": entry["name"],
            "first_day": entry.day("first_day"),
            "last_day": entry.day("last_day"),
            "illustrative": entry["illustrative"] == "yes",
            "archived_on": None,
        }
    own = lookups.own_municipality_names(applying.county.code)
    applying.sync(
        "school-breaks",
        SchoolBreak,
        wanted,
        stored=SchoolBreak.objects.filter(municipality__slug__in=own),
        key=lambda row: (row.municipality_id, row.first_day),
        end=lambda row: {} if row.archived_on else {"archived_on": applying.today},
    )
