"""Where a pack's entries stand: its county, areas, municipalities and organisations by their slugs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from turvaverkko.organisation.api import Applying, Pack, lookups

Layer = str | list[str]


def source_of(pack: Pack) -> str:
    """Return the code of the source of what a county pack says: "pack:19"."""
    return source_of_county(str(pack.header.get("code", "")))


def source_of_county(code: str) -> str:
    """Return the code of the source of what the pack of a county says."""
    return f"pack:{code}"


@dataclass(frozen=True, slots=True)
class Ground:
    """The county of the pack and what lies in it: ids by slug."""

    county_id: int
    areas: Mapping[str, int]
    municipalities: Mapping[str, int]
    organisations: Mapping[str, int]
    family_centres: Mapping[str, int]

    @classmethod
    def of(cls, applying: Applying) -> "Ground":
        """Read the ground on which a pack is applied."""
        county = applying.county
        return cls(
            county_id=county.pk,
            areas={slug: row.pk for slug, row in lookups.areas(county).items()},
            municipalities={slug: row.pk for slug, row in lookups.municipalities().items()},
            organisations={slug: row.pk for slug, row in lookups.organisations(county).items()},
            family_centres={slug: row.pk for slug, row in lookups.family_centres(county).items()},
        )

    def level(self, layer: Layer) -> str:
        """Return the level that a layer stands for: county, area or municipality."""
        if isinstance(layer, list):
            return "municipality"
        return "county" if layer == "county" else "area"

    def places(self, layer: Layer) -> Iterator[dict[str, int]]:
        """Yield the foreign keys of a layer, one mapping for each place it names."""
        if isinstance(layer, list):
            yield from ({"municipality_id": self.municipalities[slug]} for slug in layer)
        elif layer == "county":
            yield {"county_id": self.county_id}
        else:
            yield {"area_id": self.areas[layer.removeprefix("area:")]}
