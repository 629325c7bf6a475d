"""JSON Schema pieces of the files about indicators."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from turvaverkko.indicators.rules import Direction, NoteKind, Qualifier, Source
from turvaverkko.organisation.api import DAY, SLUG, TEXT, entry_schema

Schema = dict[str, Any]

SOURCE: Final[Schema] = {"type": "string", "minLength": 3, "maxLength": 200}
CELL: Final[Schema] = {"type": "string", "maxLength": 200}
LONG: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": 1000}
WHOLE: Final[Schema] = {
    "type": "string",
    "pattern": "^[0-9]{1,9}$",
    "x-advice": _("Kirjoita kokonaisluku ilman välejä."),
}
DECIMAL: Final[Schema] = {
    "type": "string",
    "pattern": r"^-?[0-9]{1,12}([.][0-9]{1,4})?$",
    "x-advice": _("Kirjoita luku ilman välejä ja yksikköä; desimaalit pisteellä, esimerkiksi 711.9."),
}
NATIONAL_CODE: Final[Schema] = {
    "type": "string",
    "pattern": "^(country:[a-z]{2}|(county|region|hospital-district):[0-9]{2}|municipality:[0-9]{3})$",
    "x-advice": _("Esimerkiksi municipality:564, county:19, region:17 tai country:fi."),
}
PLACE_ON_MAP: Final[Schema] = {
    "type": "string",
    "pattern": "^[0-9]{1,2}$",
    "x-advice": _("Kirjoita sarakkeen ja rivin järjestysluku nollasta alkaen."),
}


def _texts(length: int) -> Schema:
    return {
        "type": "object",
        "required": ["fi"],
        "additionalProperties": False,
        "properties": {
            language: {"type": "string", "minLength": 1, "maxLength": length}
            for language in ("fi", "sv", "en")
        },
    }


AREA: Final = entry_schema(
    ["code", "source"],
    code=NATIONAL_CODE,
    name_fi=CELL,
    name_sv=CELL,
    name_en=CELL,
    parent=NATIONAL_CODE,
    sotkanet_id=WHOLE,
    former_sotkanet_id=WHOLE,
    valid_from=DAY,
    valid_to=DAY,
    source=SOURCE,
)
# Unit: years. Columns of the table of populations; a year that nobody has filled in is left out of it.
YEARS: Final = range(1990, 2050)
POPULATION: Final = entry_schema(
    ["municipality", "source"],
    municipality={**NATIONAL_CODE, "pattern": "^municipality:[0-9]{3}$"},
    source=SOURCE,
    **{str(year): WHOLE for year in YEARS},
)
NETWORK: Final = entry_schema(
    ["slug", "name_fi", "source"],
    slug={**SLUG, "maxLength": 50},
    name_fi={**TEXT, "maxLength": 200},
    name_sv=CELL,
    name_en=CELL,
    source=SOURCE,
)
TILE: Final = entry_schema(
    ["municipality", "column", "row"],
    municipality={"type": "string", "maxLength": 80},
    column=PLACE_ON_MAP,
    row=PLACE_ON_MAP,
)
INDICATOR: Final = entry_schema(
    ["code", "name", "unit", "direction", "target", "source", "owner"],
    code=SLUG,
    name=_texts(200),
    unit=_texts(60),
    decimals={"type": "integer", "minimum": 0, "maximum": 4},
    direction={"enum": [str(one) for one in Direction]},
    target={
        "type": ["number", "string"],
        "pattern": "^not set$",
        "x-advice": _("Kirjoita luku tai not set."),
    },
    target_words=LONG | {"maxLength": 300},
    source={"enum": [str(one) for one in Source]},
    source_name=CELL,
    owner={**CELL, "maxLength": 80},
    numerator=LONG,
    denominator=LONG,
    population={**CELL, "maxLength": 120},
    method=LONG,
    sotkanet=entry_schema(
        ["id", "title", "verified"],
        id={"type": "integer", "minimum": 1, "maximum": 99999},
        title={**CELL, "minLength": 1, "maxLength": 300},
        verified={"type": "boolean"},
    ),
)
FIGURE: Final = entry_schema(
    ["key", "indicator", "area", "period", "value"],
    key={
        "type": "string",
        "pattern": "^[a-z]+:[0-9]{1,6}$",
        "x-advice": _("Esimerkiksi seed:12."),
    },
    indicator=SLUG,
    area={"type": "string", "maxLength": 60},
    period={"type": "string", "maxLength": 30},
    group={"type": "string", "maxLength": 40},
    value=DECIMAL,
    numerator=DECIMAL,
    denominator=DECIMAL,
    qualifier={"enum": [str(one) for one in Qualifier if one]},
    status={"enum": ["preliminary", "final", "revised"]},
    footnote=LONG,
)
NOTE: Final = entry_schema(
    ["code", "indicators", "kind", "text"],
    code=SLUG,
    indicators={"type": "array", "items": SLUG, "minItems": 1, "uniqueItems": True},
    kind={"enum": [str(one) for one in NoteKind]},
    at=DAY,
    text=_texts(1000),
)
