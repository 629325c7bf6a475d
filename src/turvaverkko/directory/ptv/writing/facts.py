"""What the catalogue says and no page asks for by itself, as JSON of one column, and back. Pure."""

from dataclasses import asdict
from typing import Any

from turvaverkko.directory.ptv.shapes import (
    Address,
    Area,
    Channel,
    Entrance,
    Law,
    Organisation,
    Service,
    Words,
)

Json = dict[str, Any]


def of_service(item: Service) -> Json:
    """Return the facts of a service: kind, funding, areas, laws, vouchers."""
    return _said(
        {
            "kind": item.kind,
            "sub_type": item.sub_type,
            "funding": item.funding,
            "charge": item.charge,
            "area_type": item.area_type,
            "areas": of_areas(item.areas),
            "laws": of_laws(item.laws),
            "vouchers_in_use": item.vouchers_in_use,
            "vouchers": item.vouchers,
        }
    )


def of_channel(item: Channel) -> Json:
    """Return the facts of a channel: areas, signing in, signatures, accessibility of an e-service."""
    return _said(
        {
            "oid": item.oid,
            "display": dict(item.display),
            "area_type": item.area_type,
            "areas": of_areas(item.areas),
            "signatures": item.signatures,
            "signature": item.signature,
            "sign_in": item.sign_in,
            "accessibility": item.accessibility,
        }
    )


def of_organisation(item: Organisation) -> Json:
    """Return the facts of an organisation: what our table of organisations has no column for."""
    return _said(
        {
            "type": item.type,
            "oid": item.oid,
            "display": dict(item.display),
            "texts": item.texts,
            "area_type": item.area_type,
            "areas": of_areas(item.areas),
        }
    )


def of_areas(areas: tuple[Area, ...]) -> list[Any]:
    """Return areas as lists."""
    return [[area.type, area.code, list(area.municipalities)] for area in areas]


def areas(said: list[Any]) -> tuple[Area, ...]:
    """Return areas from lists."""
    return tuple(Area(kind, code, tuple(municipalities)) for kind, code, municipalities in said)


def of_laws(found: tuple[Law, ...]) -> list[Json]:
    """Return laws as our other laws are kept, with the names of their pages."""
    return [
        {
            "name": dict(law.names),
            "url": {language: url for language, url, _name in law.pages},
            "page": {language: name for language, _url, name in law.pages if name},
        }
        for law in found
    ]


def laws(said: list[Json]) -> tuple[Law, ...]:
    """Return laws from JSON."""
    return tuple(
        sorted(
            Law(
                words(law["name"]),
                tuple(
                    sorted(
                        (language, url, law.get("page", {}).get(language, ""))
                        for language, url in law["url"].items()
                    )
                ),
            )
            for law in said
        )
    )


def words(said: dict[str, str]) -> Words:
    """Return words from JSON."""
    return tuple(sorted(said.items()))


def tuples(said: Any) -> Any:  # noqa: ANN401 - JSON
    """Return lists of lists as tuples of tuples."""
    return tuple(tuples(one) for one in said) if isinstance(said, list | tuple) else said


def of_entrances(address: Address) -> list[Json]:
    """Return the entrances of an address as JSON."""
    return [_said(asdict(one)) for one in address.entrances]


def entrances(said: list[Json]) -> tuple[Entrance, ...]:
    """Return entrances from JSON."""
    return tuple(Entrance(**{name: tuples(value) for name, value in one.items()}) for one in said)


def _said(facts: Json) -> Json:
    """Without what the source does not say."""
    return {name: value for name, value in facts.items() if value not in ("", None, [], (), {})}
