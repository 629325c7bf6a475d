"""County: organisations and their units."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.organisation.models import Organisation, Unit
from turvaverkko.organisation.packs import lookups
from turvaverkko.organisation.packs.pack import Entry, Pack
from turvaverkko.organisation.packs.shapes import SLUG, TEXT, cells, entry_schema
from turvaverkko.organisation.packs.syncing import Applying

BUSINESS_CODE = {
    "type": "string",
    "pattern": "^[0-9]{7}-[0-9]$",
    "x-advice": _("Y-tunnus on muotoa 1234567-8."),
}
KIND = {"type": "string", "enum": list(Organisation.Kind.values)}

ORGANISATION = entry_schema(
    ["slug", "kind", "name_fi"],
    **cells("name_sv", "name_en", "parent", "municipality", slug=SLUG, kind=KIND, name_fi=TEXT),
    business_code=BUSINESS_CODE,
)
UNIT = entry_schema(
    ["slug", "name_fi", "organisation"],
    **cells("name_sv", "name_en", "organisation", "parent", "area", "municipality", slug=SLUG, name_fi=TEXT),
)

Content = dict[str, list[Entry]]
Made = Mapping[Hashable, Any]


def read(pack: Pack) -> Content:
    """Read the organisations of every `organisations*.csv` and the units."""
    organisations = pack.csv_rows("organisations*.csv", ORGANISATION)
    units = pack.csv_rows("units.csv", UNIT)
    for entry in organisations:
        pack.declare("organisation", entry)
        pack.refer(entry, "parent", "organisation")
        pack.refer(entry, "municipality", "municipality")
    for entry in units:
        pack.declare("unit", entry)
        pack.refer(entry, "organisation", "organisation")
        pack.refer(entry, "parent", "unit")
        pack.refer(entry, "area", "area")
        pack.refer(entry, "municipality", "own-municipality")
    return {
        "organisations": _parents_first(pack, organisations),
        "units": _parents_first(pack, units),
    }


def apply(content: Content, applying: Applying) -> None:
    """Write organisations and units; those that left the pack get an end."""
    municipalities = lookups.municipalities()
    areas = lookups.areas(applying.county)

    def organisation(entry: Entry) -> Callable[[Made], dict[str, Any]]:
        return lambda made: {
            **_names(entry),
            "kind": entry["kind"],
            "parent": made.get(entry.get("parent")),
            "county": applying.county,
            "municipality": municipalities.get(entry.get("municipality", "")),
            "business_code": entry.get("business_code", ""),
        }

    applying.sync(
        "organisations",
        Organisation,
        {entry["slug"]: organisation(entry) for entry in content["organisations"]},
        stored=Organisation.objects.filter(county=applying.county),
        key=lambda row: row.slug,
        end=applying.end_kept,
    )
    organisations = lookups.organisations(applying.county)

    def unit(entry: Entry) -> Callable[[Made], dict[str, Any]]:
        return lambda made: {
            **_names(entry),
            "organisation": organisations[entry["organisation"]],
            "parent": made.get(entry.get("parent")),
            "area": areas.get(entry.get("area", "")),
            "municipality": municipalities.get(entry.get("municipality", "")),
        }

    applying.sync(
        "units",
        Unit,
        {entry["slug"]: unit(entry) for entry in content["units"]},
        stored=Unit.objects.filter(organisation__county=applying.county),
        key=lambda row: row.slug,
        end=applying.end_kept,
    )


def _names(entry: Entry) -> dict[str, Any]:
    return {
        "slug": entry["slug"],
        "name_fi": entry["name_fi"],
        "name_sv": entry.get("name_sv", ""),
        "name_en": entry.get("name_en", ""),
        "valid_to": None,
    }


def _parents_first(pack: Pack, entries: list[Entry]) -> list[Entry]:
    """The entries so that a parent stands before its children; a circle is a fault."""
    waiting = {entry.slug: entry for entry in entries}
    ordered: list[Entry] = []
    while waiting:
        ready = [entry for entry in waiting.values() if entry.get("parent") not in waiting]
        if not ready:
            for entry in waiting.values():
                text = gettext("Yläpuolinen ”%(parent)s” on lopulta tämän oma alainen. Katkaise kehä.")
                pack.fault(entry, "parent", text % {"parent": entry["parent"]})
            return ordered
        ordered += ready
        for entry in ready:
            del waiting[entry.slug]
    return ordered


def elsewhere(county: str) -> list[str]:
    """The slugs of organisations that another county's pack names."""
    return list(Organisation.objects.exclude(county__code=county).values_list("slug", flat=True))


def units_elsewhere(county: str) -> list[str]:
    """The slugs of units that another county's pack names."""
    return list(Unit.objects.exclude(organisation__county__code=county).values_list("slug", flat=True))
