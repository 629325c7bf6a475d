"""Where municipalities, areas and counties lie in one another today: one query, small, remembered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from turvaverkko.directory.layers import LEVELS
from turvaverkko.directory.reading.names import name_fields, official
from turvaverkko.directory.remembering import remembered
from turvaverkko.directory.shapes import Words
from turvaverkko.organisation.api import area_memberships


@dataclass(frozen=True, slots=True)
class Chain:
    """The layers that speak to somebody: a county, perhaps an area, perhaps a municipality."""

    county: int | None = None
    area: int | None = None
    municipality: int | None = None

    def layer(self, said_by: tuple[str, int]) -> str | None:
        """Return the layer of a text said by a county, an area or a municipality; None for others."""
        name, key = said_by
        return name if key == getattr(self, name) else None

    def ids(self) -> dict[str, int]:
        """Return the layers that are there, by name."""
        found = {"county": self.county, "area": self.area, "municipality": self.municipality}
        return {name: key for name, key in found.items() if key is not None}


# The chain of somebody of whom nothing is known: only the national layer speaks.
NOWHERE = Chain()


@dataclass(slots=True)
class Atlas:
    """The municipalities of the counties whose packs are loaded, with their areas."""

    rows: Mapping[int, Mapping[str, Any]]
    by_slug: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def on(cls, day: date) -> "Atlas":
        """Return how things lie on a day; read once while nothing changes."""
        return _on(day)

    @classmethod
    def read(cls, day: date) -> "Atlas":
        """Read how things lie on a day. One query."""
        rows = area_memberships(day).values(
            "municipality_id",
            "municipality__slug",
            *name_fields("municipality"),
            "area_id",
            "area__slug",
            *name_fields("area"),
            "county_id",
            *name_fields("county"),
        )
        by_id = {row["municipality_id"]: row for row in rows}
        return cls(by_id, {row["municipality__slug"]: identity for identity, row in by_id.items()})

    def chain(self, municipality: str | None) -> Chain:
        """Return the layers for somebody in a municipality; without one, the county if there is only one."""
        identity = self.by_slug.get(municipality or "")
        if identity is not None:
            return self._chain_of(identity)
        counties = {row["county_id"] for row in self.rows.values()}
        return Chain(county=counties.pop()) if len(counties) == 1 else Chain()

    def chain_for(self, reader: Chain, coverage: Iterable[Mapping[str, Any]]) -> Chain:
        """Return the layers for a service: the reader's where it is offered there, else its own."""
        rows = list(coverage)
        if not rows or any(self._covers(row, reader) for row in rows):
            return reader
        if len(rows) > 1:
            return Chain(county=self._county_of(rows[0]))
        only = rows[0]
        if only["municipality_id"] is not None:
            return self._chain_of(only["municipality_id"])
        return Chain(county=self._county_of(only), area=only["area_id"])

    def name(self, layer: str, identity: int, language: str) -> Words:
        """Return the name of a county, an area or a municipality; nothing where the atlas has none."""
        if layer == "municipality":
            return official(self.rows.get(identity, {}), layer, language)
        row = next((row for row in self.rows.values() if row[f"{layer}_id"] == identity), {})
        return official(row, layer, language)

    def slugs_in(self, coverage: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
        """Return the slugs of the municipalities that a coverage names; none for a whole county."""
        found: list[str] = []
        for row in coverage:
            if row["county_id"] is not None:
                return ()
            if row["municipality_id"] is not None:
                found.append(self.rows.get(row["municipality_id"], {}).get("municipality__slug", ""))
            else:
                found += [
                    other["municipality__slug"]
                    for other in self.rows.values()
                    if other["area_id"] == row["area_id"]
                ]
        return tuple(sorted({slug for slug in found if slug}))

    @staticmethod
    def _covers(row: Mapping[str, Any], reader: Chain) -> bool:
        return any(
            row[f"{name}_id"] is not None and row[f"{name}_id"] == getattr(reader, name)
            for name in LEVELS
            if name != "national"
        )

    def _chain_of(self, municipality: int) -> Chain:
        row = self.rows.get(municipality)
        if row is None:
            return Chain(municipality=municipality)
        return Chain(row["county_id"], row["area_id"], municipality)

    def _county_of(self, row: Mapping[str, Any]) -> int | None:
        if row["county_id"] is not None:
            return int(row["county_id"])
        for other in self.rows.values():
            same_area = row["area_id"] is not None and other["area_id"] == row["area_id"]
            if same_area or other["municipality_id"] == row["municipality_id"]:
                return int(other["county_id"])
        return None


@remembered
def _on(day: date) -> Atlas:
    return Atlas.read(day)


# The atlas of nowhere: names of layers are not asked.
UNCHARTED = Atlas({})
