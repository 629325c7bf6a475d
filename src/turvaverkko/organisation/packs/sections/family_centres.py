"""County: family centres and the municipalities or postal codes each of them serves."""

from typing import Any

from django.utils.translation import gettext

from turvaverkko.organisation.models import FamilyCentre, FamilyCentreMunicipality
from turvaverkko.organisation.packs import lookups
from turvaverkko.organisation.packs.pack import Entry, Pack, day_of
from turvaverkko.organisation.packs.sections.geography import POSTAL_CODE
from turvaverkko.organisation.packs.shapes import (
    DAY,
    HOURS,
    LOCAL_PHONE,
    NAME,
    SLUG,
    SOURCE,
    TEXT,
    entry_schema,
)
from turvaverkko.organisation.packs.syncing import Applying

Status = FamilyCentre.Status
FAMILY_CENTRE = entry_schema(
    ["slug", "name", "status", "form", "municipality", "serves", "source"],
    slug=SLUG,
    name=NAME,
    # A centre that has ended is left out of the pack; the apply ends it.
    status={"type": "string", "enum": [Status.OPERATING.value, Status.PREPARING.value]},
    form={"type": "string", "enum": list(FamilyCentre.Form.values)},
    area=SLUG,
    municipality=SLUG,
    street=TEXT,
    postal_code=POSTAL_CODE,
    phone=LOCAL_PHONE,
    hours=HOURS,
    valid_from=DAY,
    source=SOURCE,
    serves={
        "type": "array",
        "minItems": 1,
        "items": entry_schema(
            ["municipality"],
            municipality=SLUG,
            postal_codes={"type": "array", "items": POSTAL_CODE, "minItems": 1, "uniqueItems": True},
            valid_from=DAY,
        ),
    },
)


def read(pack: Pack) -> list[Entry]:
    """Read the family centres."""
    entries = pack.yaml_entries("family_centres.yaml", FAMILY_CENTRE)
    for entry in entries:
        pack.declare("family-centre", entry)
        pack.refer(entry, "area", "area")
        pack.refer(entry, "municipality", "own-municipality")
        served = [row["municipality"] for row in entry["serves"]]
        pack.refer(entry, "serves.municipality", "own-municipality", names=served)
        if len(served) != len(set(served)):
            pack.fault(entry, "serves", gettext("Sama kunta on luettelossa kahdesti. Yhdistä kohdat."))
        for row in entry["serves"]:
            pack.refer(entry, "serves.postal_codes", "postal-code", names=row.get("postal_codes"))
    return entries


def apply(entries: list[Entry], applying: Applying) -> None:
    """Write the family centres and whom they serve; one that left the pack has ended."""
    municipalities = lookups.municipalities()
    areas = lookups.areas(applying.county)
    wanted = {
        entry["slug"]: {
            **_own_values(entry),
            "county": applying.county,
            "area": areas.get(entry.get("area", "")),
            "municipality": municipalities[entry["municipality"]],
        }
        for entry in entries
    }
    centres = applying.sync(
        "family-centres",
        FamilyCentre,
        wanted,
        stored=FamilyCentre.objects.filter(county=applying.county),
        key=lambda row: row.slug,
        end=lambda row: {"status": Status.ENDED.value, **applying.end_kept(row)},
    )
    served = {
        (entry["slug"], row["municipality"]): {
            "family_centre": centres[entry["slug"]],
            "municipality": municipalities[row["municipality"]],
            "postal_codes": row.get("postal_codes", []),
            "valid_from": day_of(row.get("valid_from")),
            "valid_to": None,
        }
        for entry in entries
        for row in entry["serves"]
    }
    applying.sync(
        "family-centre-municipalities",
        FamilyCentreMunicipality,
        served,
        stored=FamilyCentreMunicipality.objects.filter(family_centre__county=applying.county).select_related(
            "family_centre", "municipality"
        ),
        key=lambda row: (row.family_centre.slug, row.municipality.slug),
        end=applying.end_dated,
    )


def _own_values(entry: Entry) -> dict[str, Any]:
    return {
        "slug": entry["slug"],
        "name_fi": entry["name"]["fi"],
        "name_sv": entry["name"].get("sv", ""),
        "name_en": entry["name"].get("en", ""),
        "status": entry["status"],
        "form": entry["form"],
        "street": entry.get("street", ""),
        "postal_code": entry.get("postal_code", ""),
        "phone": entry.get("phone", ""),
        "hours": entry.get("hours", []),
        "valid_from": entry.day("valid_from"),
        "valid_to": None,
        "source": entry["source"],
    }


def elsewhere(county: str) -> list[str]:
    """The slugs of family centres that another county's pack names."""
    return list(FamilyCentre.objects.exclude(county__code=county).values_list("slug", flat=True))
