"""County: `routes.csv`, which unit a kind of work goes to, from a municipality, an area or anywhere."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.organisation.api import (
    SLUG,
    Applying,
    Entry,
    Municipality,
    Pack,
    Section,
    entry_schema,
    lookups,
    register_section,
)
from turvaverkko.work.models import Route
from turvaverkko.work.queries import QUEUE_ROLES

KIND = {
    "type": "string",
    "pattern": r"^[a-z_]+[.][a-z_]+$",
    "maxLength": 40,
    "x-advice": _("Esimerkiksi guidance.request."),
}
PLACE = {"type": "string", "maxLength": 80}
# A row without area and municipality is the county's own: its unit is the duty unit.
ROUTE = entry_schema(["kind", "unit"], kind=KIND, area=PLACE, municipality=PLACE, unit=SLUG)

Key = tuple[str, str, str]


def register() -> None:
    """Add the section; called once, when the app is ready."""
    register_section(Section("routes", "county", 100, read, apply))


def read(pack: Pack) -> list[Entry]:
    """Read the routes. Each kind has a row of the county's own, so that nothing is ever lost."""
    entries = pack.csv_rows("routes.csv", ROUTE, needed=False)
    seen: dict[Key, Entry] = {}
    for entry in entries:
        pack.refer(entry, "area", "area")
        pack.refer(entry, "municipality", "own-municipality")
        pack.refer(entry, "unit", "unit")
        _check_place(pack, entry, seen)
    _check_duty(pack, entries)
    _warn_of_unstaffed(pack, entries)
    return entries


def apply(entries: list[Entry], applying: Applying) -> None:
    """Write the routes; one that left the pack is gone, and what it led to stays where it is."""
    county = applying.county
    areas, municipalities = lookups.areas(county), lookups.municipalities()
    units = {unit.slug: unit for unit in lookups.units(county)}

    def values(entry: Entry) -> dict[str, Any]:
        area = areas.get(entry.get("area", ""))
        municipality = municipalities.get(entry.get("municipality", ""))
        return {
            "kind": entry["kind"],
            "county": None if area or municipality else county,
            "area": area,
            "municipality": municipality,
            "unit": units[entry["unit"]],
        }

    wanted = [values(entry) for entry in entries]
    applying.sync(
        "routes",
        Route,
        {_key(Route(**row)): row for row in wanted},
        stored=Route.objects.filter(unit__organisation__county=county),
        key=_key,
        end=lambda _row: None,
    )


def _key(row: Route) -> tuple[str, int | None, int | None, int | None]:
    return row.kind, row.county_id, row.area_id, row.municipality_id


def _check_place(pack: Pack, entry: Entry, seen: dict[Key, Entry]) -> None:
    area, municipality = entry.get("area", ""), entry.get("municipality", "")
    if area and municipality:
        pack.fault(entry, "area", gettext("Rivillä on sekä alue että kunta. Jätä yksi."))
        return
    first = seen.setdefault((entry["kind"], area, _slug_of(municipality)), entry)
    if first is not entry:
        text = gettext("Sama paikka on jo toisella rivillä (%(place)s). Poista toinen.")
        pack.fault(entry, "unit", text % {"place": first.place})


def _slug_of(municipality: str) -> str:
    """Return the slug of a municipality that may be written by its code, so that it is told twice once."""
    found = Municipality.objects.filter(code=municipality).first() if municipality.isdigit() else None
    return found.slug if found else municipality


def _check_duty(pack: Pack, entries: list[Entry]) -> None:
    with_duty = {
        entry["kind"] for entry in entries if not entry.get("area") and not entry.get("municipality")
    }
    for kind in dict.fromkeys(entry["kind"] for entry in entries):
        if kind not in with_duty:
            entry = next(entry for entry in entries if entry["kind"] == kind)
            text = gettext(
                "Työllä ”%(kind)s” ei ole päivystävää yksikköä. Lisää rivi ilman aluetta ja kuntaa."
            )
            pack.fault(entry, "kind", text % {"kind": kind})


def _warn_of_unstaffed(pack: Pack, entries: list[Entry]) -> None:
    """Say which units on a route have nobody, where the pack names the staff at all."""
    units, staff = pack.declared.get("unit", {}), pack.declared.get("staff", {})
    if not staff:
        return
    roles = [role for entry in staff.values() for role in entry["roles"] if role["role"] in QUEUE_ROLES]
    for entry in entries:
        above = list(_with_those_above(entry["unit"], units))
        if above and not any(_reaches(role, unit) for role in roles for unit in above):
            text = gettext("Yksikössä ”%(unit)s” ei ole ketään, joka näkee sen jonon.")
            pack.warn(entry, "unit", text % {"unit": entry["unit"]})


def _with_those_above(slug: str, units: dict[str, Entry]) -> Iterator[Entry]:
    seen: set[str] = set()
    while slug in units and slug not in seen:
        seen.add(slug)
        yield units[slug]
        slug = units[slug].get("parent", "")


def _reaches(role: dict[str, str], unit: Entry) -> bool:
    if "unit" in role:
        return role["unit"] == unit.slug
    scope = "organisation" if "organisation" in role else "area"
    return bool(role.get(scope) == unit.get(scope))
