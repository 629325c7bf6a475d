"""JSON Schema pieces that the files of packs share."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

Schema = dict[str, Any]

TEXT: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": 300}
SLUG: Final[Schema] = {"type": "string", "pattern": r"^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 80}
DAY: Final[Schema] = {"type": "string", "format": "date"}
TIME: Final[Schema] = {
    "type": "string",
    "pattern": "^[0-2][0-9]:[0-5][0-9]$",
    "format": "time",
    "x-advice": _("Esimerkiksi 08:30."),
}
SOURCE: Final[Schema] = {"type": "string", "minLength": 3, "maxLength": 200}
LANGUAGE: Final[Schema] = {
    "type": "string",
    "pattern": "^[a-z]{2,3}(-[a-z]+)?$",
    "x-advice": _("Esimerkiksi fi."),
}
LANGUAGE_CODES: Final = ("fi", "sv", "en", "ar", "ru", "uk", "se", "fi-simple")
# A short text in several languages; Finnish is always there, because it stands in for the others.
TRANSLATED: Final[Schema] = {
    "type": "object",
    "required": ["fi"],
    "additionalProperties": False,
    "properties": dict.fromkeys(LANGUAGE_CODES, TEXT),
}
# The official name of a body or a place.
NAME: Final[Schema] = {
    "type": "object",
    "required": ["fi"],
    "additionalProperties": False,
    "properties": {key: {**TEXT, "maxLength": 200} for key in ("fi", "sv", "en")},
}
WEEKDAYS: Final = "mon|tue|wed|thu|fri|sat|sun"
# Opening hours, as in the service files of a pack.
HOURS: Final[Schema] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "days": {
                "type": "string",
                "pattern": f"^({WEEKDAYS})([-,]({WEEKDAYS}))*$",
                "x-advice": _("Esimerkiksi mon-fri tai mon,wed."),
            },
            "from": TIME,
            "to": TIME,
            "over_midnight": {"type": "boolean"},
            "always": {"type": "boolean"},
            "by_appointment": {"type": "boolean"},
            "closed": {"type": "boolean"},
            "date": DAY,
            "valid_from": DAY,
            "valid_to": DAY,
        },
    },
}
LOCAL_PHONE: Final[Schema] = {
    "type": "string",
    "pattern": "^[0-9+][0-9 ]{2,28}$",
    "x-advice": _("Esimerkiksi 000 555 010."),
}


def entry_schema(required: list[str], **properties: Schema) -> Schema:
    """The schema of an entry or row with these fields and no others."""
    return {
        "type": "object",
        "required": required,
        "additionalProperties": False,
        "properties": properties,
    }


def cells(*names: str, **special: Schema) -> dict[str, Schema]:
    """Properties of a CSV row: plain texts for `names`, and the given schema for the others."""
    return {**{name: {"type": "string", "maxLength": 300} for name in names}, **special}
