"""The settings that a region may give, and the shape of each. Pure.

A key that is not here is a fault in a pack: a misspelt setting would otherwise do nothing, silently.
"""

from dataclasses import dataclass
from typing import Final

from turvaverkko.organisation.packs.shapes import (
    DAY,
    HOURS,
    LANGUAGE,
    LOCAL_PHONE,
    TRANSLATED,
    Schema,
    entry_schema,
)

CONTACT_LABEL: Final = "contact.label"
CONTACT_PHONE: Final = "contact.phone"
OFFICE_HOURS: Final = "office.hours"
CLOSING_DAYS: Final = "office.closing-days"
SERVICE_LANGUAGES: Final = "languages.service"
REVIEWED_KINDS: Final = "listings.reviewed-kinds"


@dataclass(frozen=True, slots=True)
class SettingKey:
    """One setting: its JSON Schema and what it decides."""

    schema: Schema
    meaning: str


KEYS: Final[dict[str, SettingKey]] = {
    CONTACT_LABEL: SettingKey(TRANSLATED, "The name of the way to ask for help, such as Pyydä apua."),
    CONTACT_PHONE: SettingKey(
        entry_schema(["number"], number=LOCAL_PHONE, hours=HOURS, label=TRANSLATED),
        "The telephone behind that way, and when it is answered.",
    ),
    OFFICE_HOURS: SettingKey(HOURS, "When the offices are open."),
    CLOSING_DAYS: SettingKey(
        {"type": "array", "items": DAY, "uniqueItems": True},
        "Days on which the offices are closed beside holidays and eves. The nearest layer's list holds "
        "alone: a centre that closes more often writes the county's days too.",
    ),
    SERVICE_LANGUAGES: SettingKey(
        {"type": "array", "items": LANGUAGE, "minItems": 1, "uniqueItems": True},
        "The languages in which help is given without an interpreter.",
    ),
    REVIEWED_KINDS: SettingKey(
        {
            "type": "array",
            "items": {"enum": ["ngo", "parish", "company", "municipality", "school", "state", "health"]},
            "uniqueItems": True,
        },
        "Kinds of organisations whose listings the county looks at before they are public, unless an "
        "organisation has its trust.",
    ),
}
