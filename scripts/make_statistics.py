"""Make the national tables of statistical areas and populations.

    python scripts/make_statistics.py ../shared/data            writes national/*.csv

Sources: Statistics Finland's classification of municipalities 2022–2026, regions and population figures of
THL's Sotkanet (all CC BY 4.0), and the numbers that Sotkanet gave the wellbeing services counties. The same
input gives the same bytes. The product reads only what this writes.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

NATIONAL: Final = Path(__file__).resolve().parents[1] / "national"
YEARS: Final = range(2022, 2027)
COUNTRY: Final = "country:fi"
CLASSIFICATION: Final = "Tilastokeskus, kunnat 2022–2026; Sotkanet, alueet"
REGIONS: Final = "Sotkanet, alueet"
COUNTIES: Final = "Sotkanet, hyvinvointialueiden uudet ja vanhat aluenumerot"
POPULATION: Final = "THL, Sotkanet: väestö 31.12. (CC BY 4.0)"
# Municipalities that still stand among Sotkanet's regions but joined another before 2022: their last day.
ENDED: Final = {
    "413": "2014-12-31",
    "476": "2014-12-31",
    "838": "2014-12-31",
    "164": "2015-12-31",
    "283": "2015-12-31",
    "319": "2015-12-31",
    "532": "2015-12-31",
    "174": "2016-12-31",
    "442": "2016-12-31",
    "911": "2019-12-31",
    "099": "2020-12-31",
}
# Åland's own health service goes on; the other hospital districts gave their work to the counties.
GOES_ON: Final = "22"
HEADING: Final = (
    "code,name_fi,name_sv,name_en,parent,sotkanet_id,former_sotkanet_id,valid_from,valid_to,source"
)

Region = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Write both tables."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    source = Path(arguments[0]) / "integrations"
    regions = json.loads((source / "sotkanet" / "SotkaRegions.json").read_text(encoding="utf-8"))
    _write("statistical_areas.csv", HEADING.split(","), areas(source, regions))
    numbers: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(source / "kunnat" / "sotkanet_kunta_vaesto_2000_2022.csv"):
        numbers[f"municipality:{int(row['municipality_code']):03}"][row["year"]] = row["primary.value"]
    years = sorted({year for by_year in numbers.values() for year in by_year})
    table = ([code, *(numbers[code].get(year, "") for year in years), POPULATION] for code in sorted(numbers))
    _write("populations.csv", ["municipality", *years, "source"], table)
    return 0


def areas(source: Path, regions: list[Region]) -> Iterator[list[object]]:
    """Yield the rows of the areas: country, counties, regions, hospital districts, municipalities."""
    titles = {(region["category"], region["code"]): region for region in regions}
    country = titles["MAA", "358"]
    yield [COUNTRY, "Suomi", "Finland", "Finland", "", country["id"], "", "", "", REGIONS]
    yield from sorted(_counties(source), key=lambda row: str(row[0]))
    for category, kind in (("MAAKUNTA", "region"), ("SAIRAANHOITOPIIRI", "hospital-district")):
        for region in sorted(regions, key=lambda one: str(one["code"])):
            if region["category"] == category:
                ended = "2022-12-31" if kind == "hospital-district" and region["code"] != GOES_ON else ""
                names = [region["title"][language] for language in ("fi", "sv", "en")]
                yield [f"{kind}:{region['code']}", *names, COUNTRY, region["id"], "", "", ended, REGIONS]
    yield from sorted(_municipalities(source, regions), key=lambda row: str(row[0]))


def _counties(source: Path) -> Iterator[list[object]]:
    for row in _rows(source / "sotkanet" / "hyvinvointialueet_sotkanet_ids.csv"):
        code = f"county:{int(row['uusi_code']):02}"
        yield [code, "", "", "", COUNTRY, row["uusi_id"], row["vanha_id"], "2023-01-01", "", COUNTIES]


def _municipalities(source: Path, regions: list[Region]) -> Iterator[list[object]]:
    counties: dict[str, str] = {}
    for year in YEARS:
        for row in _rows(source / "kunnat" / f"kunnat_{year}.csv"):
            counties[f"{int(row['municipality_code']):03}"] = f"county:{int(row['hyvinvointialue_code']):02}"
    region_codes = {one["id"]: f"region:{one['code']}" for one in regions if one["category"] == "MAAKUNTA"}
    for region in regions:
        if region["category"] != "KUNTA":
            continue
        code = region["code"]
        if code in counties:
            yield [
                f"municipality:{code}", "", "", "", counties[code], region["id"], "", "", "", CLASSIFICATION
            ]  # fmt: skip
        else:
            parent = next(region_codes[one] for one in region["memberOf"] if one in region_codes)
            names = [region["title"]["fi"], region["title"]["sv"], ""]
            yield [f"municipality:{code}", *names, parent, region["id"], "", "", ENDED[code], REGIONS]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(name: str, heading: list[str], rows: Any) -> None:  # noqa: ANN401 - rows of texts and numbers
    with (NATIONAL / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
