"""JSON Schema of one happening in a county pack."""

from typing import Any, Final

from turvaverkko.directory.happening_words import SPECIALTIES
from turvaverkko.directory.loading.hours import DAYS_PATTERN, TIME_PATTERN
from turvaverkko.directory.loading.schemas import (
    AGES,
    KEYWORDS,
    LANGUAGE_CODES,
    NAME_LENGTH,
    NUMBER,
    SENTENCES,
    SENTENCES_BY_LANGUAGE,
    SLUGS,
    SUMMARY_LENGTH,
    TEXT,
    URL,
    by_language,
)
from turvaverkko.directory.models import Happening
from turvaverkko.organisation.api import DAY, SLUG, TRANSLATED

_TIME: Final = {"type": "string", "pattern": TIME_PATTERN, "x-advice": 'Kirjoita se muodossa "09:30".'}
_CLOCK: Final = {"from": _TIME, "to": _TIME, "over_midnight": {"type": "boolean"}}
_TIMES: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["from", "to"],
    "properties": {
        **_CLOCK,
        "date": DAY,
        "every": {"enum": ["week", "two-weeks", "month"]},
        "days": {"type": "string", "pattern": DAYS_PATTERN, "x-advice": "Esimerkiksi mon-fri tai mon,wed."},
        "first": DAY,
        "last": DAY,
        "on_holidays": {"type": "boolean"},
        "in_school_breaks": {"type": "boolean"},
    },
    "oneOf": [{"required": ["date"]}, {"required": ["every", "days", "first", "last"]}],
}
_CHANGE: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["day"],
    "properties": {
        **_CLOCK,
        "day": DAY,
        "cancelled": {"type": "boolean"},
        "moved_to": DAY,
        "place": SLUG,
        "note": TRANSLATED,
    },
}
# Without it nothing is known of the price.
_CHARGES: Final = [value for value in Happening.Charge.values if value != "unknown"]

HAPPENING: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["slug", "kind", "organisation", "times", "text"],
    "additionalProperties": False,
    "properties": {
        "slug": SLUG,
        "kind": {"enum": Happening.Kind.values},
        "organisation": SLUG,
        "place": SLUG,
        "municipality": SLUG,
        "online_url": URL,
        "specialty": {"enum": list(SPECIALTIES)},
        "ages": AGES,
        "charge": {"enum": _CHARGES},
        "languages": LANGUAGE_CODES,
        "sign_up": {"enum": Happening.SignUp.values},
        "sign_up_url": URL,
        "phone": NUMBER,
        "email": {"type": "string", "format": "email", "maxLength": 254},
        "url": URL,
        "situations": SLUGS,
        "keywords": KEYWORDS,
        "times": {"type": "array", "minItems": 1, "items": _TIMES},
        "changes": {"type": "array", "items": _CHANGE},
        "accessibility": SENTENCES_BY_LANGUAGE,
        "successor": SLUG,
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
                    "instructions": TEXT,
                    "good_to_know": SENTENCES,
                    "fee": TEXT,
                },
            }
        ),
        "confirmed": DAY,
        "origin": TEXT,
    },
}
