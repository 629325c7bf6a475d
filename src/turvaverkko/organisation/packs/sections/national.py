"""National: counties, municipalities, which county each belongs to, and where postal codes begin."""

from collections.abc import Hashable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.organisation.models import (
    County,
    Municipality,
    MunicipalityInCounty,
    PostalPrefix,
)
from turvaverkko.organisation.packs import lookups
from turvaverkko.organisation.packs.pack import Entry, Pack
from turvaverkko.organisation.packs.shapes import DAY, SLUG, TEXT, cells, entry_schema
from turvaverkko.organisation.packs.syncing import Applying

COUNTY_CODE = {"type": "string", "pattern": "^[0-9]{2}$", "x-advice": _("Tunnuksessa on kaksi numeroa.")}
MUNICIPALITY_CODE = {
    "type": "string",
    "pattern": "^[0-9]{3}$",
    "x-advice": _("Tunnuksessa on kolme numeroa."),
}
PREFIX = {"type": "string", "pattern": "^[0-9]{3}$", "x-advice": _("Alussa on kolme numeroa.")}
NUMBER = {"type": "string", "pattern": "^[0-9]{1,8}$", "x-advice": _("Kirjoita pelkkä luku.")}

COUNTY = entry_schema(
    ["code", "slug", "name_fi"], **cells("name_fi", "name_sv", "name_en", code=COUNTY_CODE, slug=SLUG)
)
MUNICIPALITY = entry_schema(
    ["code", "slug", "name_fi", "source"],
    **cells("name_fi", "name_sv", code=MUNICIPALITY_CODE, slug=SLUG, valid_to=DAY),
    merged_into=MUNICIPALITY_CODE,
    population=NUMBER,
    population_year=NUMBER,
    source=TEXT,
)
MEMBERSHIP = entry_schema(
    ["municipality", "county", "valid_from"],
    municipality=MUNICIPALITY_CODE,
    county=COUNTY_CODE,
    valid_from=DAY,
    valid_to=DAY,
)
POSTAL_PREFIX = entry_schema(["prefix", "county"], prefix=PREFIX, county=COUNTY_CODE)

Content = dict[str, list[Entry]]


def read(pack: Pack) -> Content:
    """Read the four national tables."""
    counties = pack.csv_rows("counties.csv", COUNTY)
    municipalities = pack.csv_rows("municipalities.csv", MUNICIPALITY)
    memberships = pack.csv_rows("municipality_counties.csv", MEMBERSHIP)
    prefixes = pack.csv_rows("postal_prefixes.csv", POSTAL_PREFIX)
    for entry in counties:
        pack.declare("county", entry, name=entry["code"])
        pack.declare("county-slug", entry, name=entry["slug"])
    for entry in municipalities:
        pack.declare("municipality", entry, name=entry["code"])
        pack.declare("municipality", entry, name=entry["slug"])
        pack.refer(entry, "merged_into", "municipality")
        if ("merged_into" in entry.data) != ("valid_to" in entry.data):
            pack.fault(
                entry, "merged_into", gettext("Yhdistyneellä kunnalla on sekä loppupäivä että jatkaja.")
            )
    for entry in memberships:
        pack.refer(entry, "municipality", "municipality")
        pack.refer(entry, "county", "county")
    for entry in prefixes:
        pack.refer(entry, "county", "county")
    return {
        "counties": counties,
        "municipalities": municipalities,
        "memberships": memberships,
        "prefixes": prefixes,
    }


def apply(content: Content, applying: Applying) -> None:
    """Write the four national tables."""
    counties = _counties(content["counties"], applying)
    municipalities = _municipalities(content["municipalities"], applying)
    memberships = {
        (entry["municipality"], entry["county"], entry.day("valid_from")): {
            "municipality": municipalities[entry["municipality"]],
            "county": counties[entry["county"]],
            "valid_from": entry.day("valid_from"),
            "valid_to": entry.day("valid_to"),
        }
        for entry in content["memberships"]
    }
    applying.sync(
        "municipality-counties",
        MunicipalityInCounty,
        memberships,
        stored=MunicipalityInCounty.objects.select_related("municipality", "county"),
        key=lambda row: (row.municipality.code, row.county.code, row.valid_from),
        end=applying.end_dated,
    )
    applying.sync(
        "postal-prefixes",
        PostalPrefix,
        {
            (entry["prefix"], entry["county"]): {
                "prefix": entry["prefix"],
                "county": counties[entry["county"]],
            }
            for entry in content["prefixes"]
        },
        stored=PostalPrefix.objects.select_related("county"),
        key=lambda row: (row.prefix, row.county.code),
        end=lambda _row: None,  # a table computed from codes; a pair that is not in it never was true
    )


def _counties(entries: list[Entry], applying: Applying) -> dict[Hashable, County]:
    wanted = {
        entry["code"]: {
            "code": entry["code"],
            "slug": entry["slug"],
            "name_fi": entry["name_fi"],
            "name_sv": entry.get("name_sv", ""),
            "name_en": entry.get("name_en", ""),
        }
        for entry in entries
    }
    return applying.sync(
        "counties",
        County,
        wanted,
        stored=County.objects.all(),
        key=lambda row: row.code,
        end=lambda _row: {},  # a county that is gone is told by its municipalities, whose links have ends
    )


def _municipalities(entries: list[Entry], applying: Applying) -> dict[Hashable, Municipality]:
    # The one that goes on must be there before the one that joins it.
    ordered = sorted(entries, key=lambda entry: "merged_into" in entry.data)
    return applying.sync(
        "municipalities",
        Municipality,
        {entry["code"]: _municipality(entry) for entry in ordered},
        stored=Municipality.objects.all(),
        key=lambda row: row.code,
        end=applying.end_kept,
    )


def _municipality(entry: Entry) -> Any:  # noqa: ANN401 - values, or a function that makes them
    def values(made: Any) -> dict[str, Any]:  # noqa: ANN401
        population = entry.get("population")
        return {
            "code": entry["code"],
            "slug": entry["slug"],
            "name_fi": entry["name_fi"],
            "name_sv": entry.get("name_sv", ""),
            "valid_to": entry.day("valid_to"),
            "merged_into": made.get(entry.get("merged_into")),
            "population": int(population) if population else None,
            "population_year": int(entry["population_year"]) if population else None,
        }

    return values


NAMES = {"county": lookups.county_codes, "municipality": lookups.municipality_names}
