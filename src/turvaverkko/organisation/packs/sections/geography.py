"""County: service areas, which municipality belongs to which, and the postal codes."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.organisation.models import Area, AreaMembership, PostalCode
from turvaverkko.organisation.packs import lookups
from turvaverkko.organisation.packs.lookups import NOT_IN_SOURCES
from turvaverkko.organisation.packs.pack import Entry, Pack
from turvaverkko.organisation.packs.shapes import DAY, SLUG, SOURCE, TEXT, cells, entry_schema
from turvaverkko.organisation.packs.syncing import Applying

ORDER = {"type": "string", "pattern": "^[0-9]{1,3}$", "x-advice": _("Kirjoita pelkkä luku.")}
POSTAL_CODE = {"type": "string", "pattern": "^[0-9]{5}$", "x-advice": _("Postinumerossa on viisi numeroa.")}

AREA = entry_schema(
    ["slug", "name_fi", "order", "source"],
    **cells("name_sv", "name_en", slug=SLUG, name_fi=TEXT, order=ORDER, valid_from=DAY, source=SOURCE),
)
MEMBER = entry_schema(
    ["municipality", "source"],
    **cells("area", "municipality", valid_from=DAY, valid_to=DAY, source=SOURCE),
)
POSTAL = entry_schema(
    ["code", "name_fi", "municipality"],
    **cells("name_fi", "name_sv", "municipality", code=POSTAL_CODE),
)

Content = dict[str, list[Entry]]


def read(pack: Pack) -> Content:
    """Read areas, their members and the postal codes."""
    areas = pack.csv_rows("areas.csv", AREA)
    members = pack.csv_rows("area_members.csv", MEMBER)
    postal = pack.csv_rows("postal_codes.csv", POSTAL)
    for entry in areas:
        pack.declare("area", entry)
    for entry in members:
        pack.refer(entry, "municipality", "own-municipality")
        pack.refer(entry, "area", "area")
        _check_member(pack, entry)
    _check_once(pack, members)
    for entry in postal:
        pack.declare("postal-code", entry)
        pack.refer(entry, "municipality", "own-municipality")
    return {"areas": areas, "members": members, "postal": postal}


def apply(content: Content, applying: Applying) -> None:
    """Write areas, their members and the postal codes."""
    _areas(content["areas"], applying)
    _members(content["members"], applying)
    _postal(content["postal"], applying)


def _check_member(pack: Pack, entry: Entry) -> None:
    unknown = entry["source"] == NOT_IN_SOURCES
    if unknown and "area" in entry.data:
        text = gettext("Alue on annettu, mutta lähde on ”%(word)s”. Kirjoita lähde tai jätä alue tyhjäksi.")
        pack.fault(entry, "source", text % {"word": NOT_IN_SOURCES})
    if not unknown and "area" not in entry.data:
        text = gettext("Alue puuttuu. Kirjoita alue tai lähteeksi ”%(word)s”.")
        pack.fault(entry, "area", text % {"word": NOT_IN_SOURCES})


def _check_once(pack: Pack, members: list[Entry]) -> None:
    seen: dict[tuple[str, str], Entry] = {}
    for entry in members:
        first = seen.setdefault((entry["municipality"], entry.get("valid_from", "")), entry)
        if first is not entry:
            text = gettext("Kunta on jo kohdassa %(place)s samalla alkupäivällä. Poista toinen.")
            pack.fault(entry, "municipality", text % {"place": first.place})


def _areas(entries: list[Entry], applying: Applying) -> None:
    wanted = {
        entry["slug"]: {
            "county": applying.county,
            "slug": entry["slug"],
            "name_fi": entry["name_fi"],
            "name_sv": entry.get("name_sv", ""),
            "name_en": entry.get("name_en", ""),
            "order": int(entry["order"]),
            "valid_from": entry.day("valid_from"),
            "valid_to": None,
            "source": entry["source"],
        }
        for entry in entries
    }
    stored = Area.objects.filter(county=applying.county)
    applying.sync("areas", Area, wanted, stored=stored, key=lambda row: row.slug, end=applying.end_kept)


def _members(entries: list[Entry], applying: Applying) -> None:
    municipalities = lookups.municipalities()
    areas = lookups.areas(applying.county)
    wanted = {}
    for entry in entries:
        municipality = municipalities[entry["municipality"]]
        wanted[municipality.pk, entry.day("valid_from")] = {
            "municipality": municipality,
            "county": applying.county,
            "area": areas[entry["area"]] if "area" in entry.data else None,
            "source": entry["source"],
            "valid_from": entry.day("valid_from"),
            "valid_to": entry.day("valid_to"),
        }
    applying.sync(
        "area-members",
        AreaMembership,
        wanted,
        stored=AreaMembership.objects.filter(county=applying.county),
        key=lambda row: (row.municipality_id, row.valid_from),
        end=applying.end_dated,
    )


def _postal(entries: list[Entry], applying: Applying) -> None:
    municipalities = lookups.municipalities()
    wanted = {
        entry["code"]: {
            "code": entry["code"],
            "name_fi": entry["name_fi"],
            "name_sv": entry.get("name_sv", ""),
            "municipality": municipalities[entry["municipality"]],
            "valid_to": None,
        }
        for entry in entries
    }
    own = lookups.own_municipality_names(applying.county.code)
    applying.sync(
        "postal-codes",
        PostalCode,
        wanted,
        stored=PostalCode.objects.filter(municipality__slug__in=own),
        key=lambda row: row.code,
        end=applying.end_dated,
    )
