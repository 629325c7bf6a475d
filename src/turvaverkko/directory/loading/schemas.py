"""JSON Schemas of what the directory reads from packs: one entry each."""

from typing import Any, Final

from turvaverkko.directory.loading.hours import HOURS
from turvaverkko.directory.models import Channel, Service
from turvaverkko.organisation.api import DAY, SLUG, TRANSLATED

LANGUAGES: Final = ("fi", "sv", "en", "ar", "ru", "uk", "se", "fi-simple")
# Unit: characters. A summary longer than this is not read on a phone.
SUMMARY_LENGTH: Final = 200
NAME_LENGTH: Final = 120

# A text of any length: descriptions are as long as they need to be.
TEXT: Final = {"type": "string", "minLength": 1}
SENTENCES: Final = {"type": "array", "items": TEXT, "minItems": 1}
SLUGS: Final = {"type": "array", "items": SLUG, "uniqueItems": True}
LANGUAGE_CODES: Final = {
    "type": "array",
    "items": {"type": "string", "pattern": "^[a-z]{2,3}$"},
    "uniqueItems": True,
}
AGES: Final = {
    "type": "array",
    "minItems": 2,
    "maxItems": 2,
    "items": {"type": ["integer", "null"], "minimum": 0, "maximum": 120},
}
NUMBER: Final = {
    "type": "string",
    "pattern": r"^\+?[0-9][0-9 ]{1,28}$",
    "x-advice": 'Kirjoita numero numeroina ja välein, esimerkiksi "000 555 010".',
}
URL: Final = {
    "type": "string",
    "pattern": "^https://",
    "maxLength": 500,
    "x-advice": "Osoite alkaa https://.",
}
_POSTAL_CODE: Final = {
    "type": "string",
    "pattern": "^[0-9]{5}$",
    "x-advice": "Viisi numeroa lainausmerkeissä.",
}
_CHARGE: Final = {"enum": [value for value in Service.Charge.values if value != "unknown"]}


def by_language(text: dict[str, Any]) -> dict[str, Any]:
    """A mapping from language to `text`; Finnish is there, the others may leave out what they like."""
    others = {**text, "required": ["name"]}
    return {
        "type": "object",
        "required": ["fi"],
        "additionalProperties": False,
        "properties": {code: text if code == "fi" else others for code in LANGUAGES},
    }


SENTENCES_BY_LANGUAGE: Final = {
    "type": "object",
    "required": ["fi"],
    "additionalProperties": False,
    "properties": dict.fromkeys(LANGUAGES, SENTENCES),
}

KEYWORDS: Final = {
    "type": "object",
    "additionalProperties": False,
    "properties": {code: {"type": "array", "items": TEXT} for code in LANGUAGES},
}

TERM: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["slug", "order", "label", "hint"],
    "additionalProperties": False,
    "properties": {
        "slug": SLUG,
        "order": {"type": "integer", "minimum": 0},
        "icon": {"type": "string"},
        "sensitive": {"type": "boolean"},
        "label": TRANSLATED,
        "hint": TRANSLATED,
        "page_title": TRANSLATED,
        "min": {"type": "integer", "minimum": 0},
        "max": {"type": "integer", "minimum": 0},
    },
}

_WORDS: Final = {"type": "array", "items": TEXT, "minItems": 1}
MAPPING: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "classes": _WORDS,
        "groups": _WORDS,
        "events": _WORDS,
        "words": _WORDS,
        "not_words": _WORDS,
        "situations": SLUGS,
        "ages": AGES,
        "for_families": {"const": True},
    },
    "anyOf": [
        {"required": ["classes"]},
        {"required": ["groups"]},
        {"required": ["events"]},
        {"required": ["words"]},
    ],
}

_CHANNEL: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["type"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": Channel.Type.values},
        "number": NUMBER,
        "url": URL,
        "email": {"type": "string", "pattern": "^[^@ ]+@[^@ ]+$"},
        "place": SLUG,
        "name": TRANSLATED,
        "street": TEXT,
        "postal_code": _POSTAL_CODE,
        "municipality": SLUG,
        "confidential": {"type": "boolean"},
        "label": TRANSLATED,
        "note": TRANSLATED,
        "charge": _CHARGE,
        "hours": HOURS,
    },
    "allOf": [
        {"if": {"properties": {"type": {"const": "phone"}}}, "then": {"required": ["number"]}},
        {
            "if": {"properties": {"type": {"enum": ["web", "eservice", "form", "chat"]}}},
            "then": {"required": ["url"]},
        },
        {
            "if": {"properties": {"type": {"const": "location"}}, "not": {"required": ["place"]}},
            "then": {"required": ["name", "municipality"]},
        },
    ],
}

_LAYER: Final[dict[str, Any]] = {
    "anyOf": [
        {
            "type": "string",
            "pattern": "^(county|area:[a-z0-9-]+)$",
            "x-advice": "county tai area:<alueen tunnus>.",
        },
        {"type": "array", "items": SLUG, "minItems": 1, "uniqueItems": True},
    ]
}

_STEP: Final = {
    "type": "object",
    "required": ["title"],
    "additionalProperties": False,
    "properties": {"title": TEXT, "text": TEXT},
}
SERVICE: Final[dict[str, Any]] = {
    "type": "object",
    "required": [
        "slug",
        "kind",
        "organisation",
        "layer",
        "situations",
        "charge",
        "languages",
        "text",
        "channels",
    ],
    "additionalProperties": False,
    "properties": {
        "slug": SLUG,
        "kind": {"enum": Service.Kind.values},
        "organisation": SLUG,
        "layer": _LAYER,
        "base": TEXT,
        "ages": AGES,
        "situations": {**SLUGS, "minItems": 1},
        "ways": {
            "type": "array",
            "uniqueItems": True,
            "items": {"enum": ["phone", "home", "group", "on-site", "online", "chat", "at-school"]},
        },
        "charge": _CHARGE,
        "referral_needed": {"type": "boolean"},
        "for_families": {"type": "boolean"},
        "languages": LANGUAGE_CODES,
        "interpreter": {"type": "boolean"},
        "keywords": KEYWORDS,
        "text": by_language(
            {
                "type": "object",
                "required": ["name", "summary"],
                "additionalProperties": False,
                "properties": {
                    "name": {**TEXT, "maxLength": NAME_LENGTH},
                    "summary": {**TEXT, "maxLength": SUMMARY_LENGTH},
                    "description": TEXT,
                    "for_whom": TEXT,
                    "requirements": TEXT,
                    "instructions": TEXT,
                    "steps": {"type": "array", "minItems": 1, "items": _STEP},
                    "good_to_know": SENTENCES,
                    "fee": TEXT,
                },
            }
        ),
        "channels": {"type": "array", "minItems": 1, "items": _CHANNEL},
        "confirmed": DAY,
        "origin": TEXT,
    },
}

PLACE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["slug", "kind", "organisations", "municipality", "text"],
    "additionalProperties": False,
    "properties": {
        "slug": SLUG,
        "kind": {"enum": ["meeting-place", "office"]},
        "organisations": {**SLUGS, "minItems": 1},
        "municipality": SLUG,
        "street": TEXT,
        "postal_code": _POSTAL_CODE,
        "easting": {"type": "number"},
        "northing": {"type": "number"},
        "confidential": {"type": "boolean"},
        "family_centre": SLUG,
        "ages": AGES,
        "charge": _CHARGE,
        "languages": LANGUAGE_CODES,
        "phone": NUMBER,
        "hours": HOURS,
        "accessibility": SENTENCES_BY_LANGUAGE,
        "transport": TRANSLATED,
        "text": by_language(
            {
                "type": "object",
                "required": ["name", "summary"],
                "additionalProperties": False,
                "properties": {
                    "name": {**TEXT, "maxLength": NAME_LENGTH},
                    "summary": {**TEXT, "maxLength": SUMMARY_LENGTH},
                    "description": TEXT,
                    "for_whom": TEXT,
                    "first_visit": SENTENCES,
                    "good_to_know": SENTENCES,
                },
            }
        ),
        "criteria_met": {"type": "integer", "minimum": 0, "maximum": 10},
        "confirmed": DAY,
        "origin": TEXT,
    },
}

CRISIS_LINE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["slug", "order", "name", "when", "source", "checked"],
    "additionalProperties": False,
    "properties": {
        "slug": SLUG,
        "number": NUMBER,
        "chat_url": URL,
        "order": {"type": "integer", "minimum": 0},
        "hours": HOURS,
        "name": TRANSLATED,
        "when": TRANSLATED,
        "source": {**TEXT, "maxLength": 200},
        "checked": DAY,
        "local": {"type": "boolean"},
    },
    "anyOf": [{"required": ["number"]}, {"required": ["chat_url"]}],
}

LAYER_TEXT: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["layer", "kind", "mode"],
    "additionalProperties": False,
    "properties": {
        "service": SLUG,
        "base": TEXT,
        "layer": _LAYER,
        "kind": {
            "enum": [
                "name",
                "summary",
                "description",
                "background",
                "for-whom",
                "requirements",
                "instructions",
                "good-to-know",
                "fee",
                "deadline",
                "processing-time",
                "validity",
                "note",
            ]
        },
        "mode": {"enum": ["replace", "add", "hide"]},
        "text": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {code: {"anyOf": [TEXT, SENTENCES]} for code in LANGUAGES},
        },
        "why": TEXT,
    },
    "allOf": [
        {"oneOf": [{"required": ["service"]}, {"required": ["base"]}]},
        {
            "if": {"properties": {"mode": {"enum": ["replace", "add"]}}},
            "then": {"required": ["text"], "properties": {"text": {"required": ["fi"]}}},
        },
    ],
}
