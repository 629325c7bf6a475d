"""Make the national tables of counties, municipalities and postal prefixes, and a county's postal codes.

    python scripts/make_geography.py ../shared/data            writes national/*.csv
    python scripts/make_geography.py ../shared/data 19 FOLDER  writes FOLDER/postal_codes.csv of county 19

Sources: Statistics Finland's classification of municipalities 2022–2026 and population figures of THL's
Sotkanet (both CC BY 4.0), the code list of postal codes of the Finnish Service Catalogue (CC BY 4.0) for
the prefixes, and for the postal codes of the host county alone the postal code list of 2026. The same
input gives the same bytes. The product reads only what this writes.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from turvaverkko.core.ids import slugify_fi

NATIONAL: Final = Path(__file__).resolve().parents[1] / "national"
YEARS: Final = range(2022, 2027)
POPULATION_YEAR: Final = 2022
PREFIX_LENGTH: Final = 3
COUNTY_SUFFIX: Final = " wellbeing services county"
# Which municipality took over one that disappeared, and since when. The classification shows only that a
# code is gone; the new one is checked below against where the postal codes of the old one lie in 2026.
MERGERS: Final = {"588": ("507", date(2025, 1, 1))}
MERGER_SOURCE: Final = (
    "Tilastokeskus, kunnat 2024 ja 2025 (tunnus {old} poistuu); {old}:n postinumerot ovat 2026 kunnassa {new}"
)
CLASSIFICATION: Final = "Tilastokeskus, kunnat 2022–2026"
# Codes of municipalities that ended before 2022 but still stand in the catalogue's list of postal codes.
OLDER_MERGERS: Final = {"911": "541", "099": "214"}


@dataclass
class Municipality:
    """A municipality over the years: its names, and its county year by year."""

    name_fi: str
    name_sv: str
    counties: dict[int, str] = field(default_factory=dict)


Row = Sequence[object]


def main(arguments: Sequence[str]) -> int:
    """Write the tables that the arguments ask for."""
    if len(arguments) not in (1, 3):
        print(__doc__)
        return 2
    source = Path(arguments[0])
    if len(arguments) == 3:
        rows = list(postal_codes(source, arguments[1]))
        write(Path(arguments[2]) / "postal_codes.csv", "code,name_fi,name_sv,municipality", rows)
        return 0
    municipalities, counties = classification(source)
    check_mergers(source)
    write(NATIONAL / "counties.csv", "code,slug,name_fi,name_sv,name_en", counties)
    heading = "code,slug,name_fi,name_sv,valid_to,merged_into,population,population_year,source"
    write(NATIONAL / "municipalities.csv", heading, municipality_rows(source, municipalities))
    heading = "municipality,county,valid_from,valid_to"
    write(NATIONAL / "municipality_counties.csv", heading, membership_rows(municipalities))
    write(NATIONAL / "postal_prefixes.csv", "prefix,county", prefix_rows(source, municipalities))
    return 0


def classification(source: Path) -> tuple[dict[str, Municipality], list[Row]]:
    """The municipalities of all years by code, and the counties as rows."""
    municipalities: dict[str, Municipality] = {}
    counties: dict[str, Row] = {}
    for year in YEARS:
        for row in read(source / "integrations" / "kunnat" / f"kunnat_{year}.csv"):
            code = row["municipality_code"].zfill(3)
            county = row["hyvinvointialue_code"].zfill(2)
            names = row["municipality_name_fi"].strip(), row["municipality_name_sv"].strip()
            municipalities.setdefault(code, Municipality(*names)).counties[year] = county
            name_fi, name_sv, name_en = (row[f"hyvinvointialue_name_{x}"].strip() for x in ("fi", "sv", "en"))
            slug = slugify_fi(place_of(name_en))
            counties[county] = [county, slug, name_fi, name_sv, english(name_en)]
    return municipalities, [counties[code] for code in sorted(counties)]


def english(name: str) -> str:
    """The official English form: "Wellbeing Services County of North Ostrobothnia"."""
    is_county = name.endswith(COUNTY_SUFFIX)
    return f"Wellbeing Services County of {place_of(name)}" if is_county else name


def place_of(name: str) -> str:
    """The place in the name of a county: "North Ostrobothnia", "Helsinki"."""
    return name.removesuffix(COUNTY_SUFFIX).removeprefix("City of ")


def municipality_rows(source: Path, municipalities: Mapping[str, Municipality]) -> Iterable[Row]:
    """One row a municipality; one that merged has its last day and its successor."""
    people = {
        row["municipality_code"].zfill(3): row["primary.value"]
        for row in read(source / "integrations" / "kunnat" / "sotkanet_kunta_vaesto_2000_2022.csv")
        if int(row["year"]) == POPULATION_YEAR
    }
    for code, municipality in sorted(municipalities.items()):
        successor, since = MERGERS.get(code, ("", None))
        last = date.fromordinal(since.toordinal() - 1).isoformat() if since else ""
        told = MERGER_SOURCE.format(old=code, new=successor) if successor else CLASSIFICATION
        names = municipality.name_fi, municipality.name_sv
        year = POPULATION_YEAR if code in people else ""
        slug = slugify_fi(municipality.name_fi)
        yield [code, slug, *names, last, successor, people.get(code, ""), year, told]


def membership_rows(municipalities: Mapping[str, Municipality]) -> Iterable[Row]:
    """The counties of each municipality, from the first to the last year of each spell."""
    for code, municipality in sorted(municipalities.items()):
        years = municipality.counties
        begins = [year for year in years if years.get(year - 1) != years[year]]
        for begin in begins:
            end = begin
            while years.get(end + 1) == years[begin]:
                end += 1
            last = "" if end == max(YEARS) else f"{end}-12-31"
            yield [code, years[begin], f"{begin}-01-01", last]


def prefix_rows(source: Path, municipalities: Mapping[str, Municipality]) -> Iterable[Row]:
    """The counties in which the postal codes with the same first digits lie."""
    found: dict[str, set[str]] = defaultdict(set)
    for item in catalogue_codes(source):
        code = successor_of(item["MunicipalityCode"])
        if code in municipalities:
            found[item["Code"][:PREFIX_LENGTH]].add(municipalities[code].counties[max(YEARS)])
    return [[prefix, county] for prefix in sorted(found) for county in sorted(found[prefix])]


def postal_codes(source: Path, county: str) -> Iterable[Row]:
    """The postal codes of one county."""
    for row in postal_list(source):
        if row["hyvinvointialue_koodi"] == county:
            name_fi, name_sv = spelled(row["nimi_fi"]), spelled(row["nimi_sv"])
            yield [row["postinumero"], name_fi, name_sv if name_sv != name_fi else "", row["kuntakoodi"]]


def spelled(capitals: str) -> str:
    """A name in capitals as it is written.

    Examples:
        >>> spelled("YLI-II"), spelled("KUIVANIEMI KK")
        ('Yli-Ii', 'Kuivaniemi kk')
    """
    first, *rest = capitals.split()
    return " ".join([first.title(), *(word.lower() for word in rest)])


def check_mergers(source: Path) -> None:
    """Stop when the postal codes of a merged municipality do not lie where `MERGERS` says."""
    now = {row["postinumero"]: row["kuntakoodi"] for row in postal_list(source)}
    for old, (new, _since) in MERGERS.items():
        codes = [item["Code"] for item in catalogue_codes(source) if item["MunicipalityCode"] == old]
        places = {now[code] for code in codes if code in now}
        if places != {new}:
            message = f"The postal codes of {old} lie in {sorted(places)}, not in {new}."
            raise SystemExit(message)


def successor_of(code: str) -> str:
    """The municipality that now holds what the code held."""
    return MERGERS[code][0] if code in MERGERS else OLDER_MERGERS.get(code, code)


def catalogue_codes(source: Path) -> list[dict[str, str]]:
    """The postal codes of the Service Catalogue, in its own field names."""
    text = (source / "ptv" / "code_lists" / "PostalCode.json").read_text(encoding="utf-8-sig")
    items: list[dict[str, str]] = json.loads(text)
    return items


def postal_list(source: Path) -> Iterable[dict[str, str]]:
    """The rows of the postal code list of 2026."""
    return read(source / "integrations" / "postinumerot" / "postinumerot_2026-05-26.csv")


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, heading: str, rows: Iterable[Row]) -> None:
    """Write a CSV file and say how long it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading.split(","))
        written = [writer.writerow(row) for row in rows]
    print(f"{len(written)} rows -> {path}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
