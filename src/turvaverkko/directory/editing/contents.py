"""What a happening says, as one value that can be kept, compared and shown: fields, texts, times and changes.

Plain JSON, so that a revision stays readable when the tables change: codes and slugs instead of keys, days
and hours as ISO text.
"""

from collections.abc import Mapping
from typing import Any, Final

from turvaverkko.directory.models import Happening

Content = dict[str, Any]

# Fields of the row that are kept as they are.
PLAIN: Final = (
    "kind",
    "online_url",
    "specialty",
    "min_age",
    "max_age",
    "charge",
    "languages",
    "sign_up",
    "sign_up_url",
    "phone",
    "email",
    "url",
)
# Fields that name another row by its slug.
NAMED: Final = ("place", "municipality")
TEXTS: Final = ("name", "summary", "description", "for-whom", "accessibility", "fee")
# Texts that are kept as a list of sentences; in a content each stands on its own line.
LISTS: Final = frozenset({"accessibility"})
LANGUAGES: Final = ("fi", "sv", "en")
TIMES: Final = "times"
CHANGES: Final = "changes"
# What can differ, and what can follow a source; the order is that of the form.
FIELDS: Final = (*TEXTS, *PLAIN, *NAMED, TIMES, CHANGES)

EMPTY: Final[Content] = {
    "kind": Happening.Kind.OPEN.value,
    "online_url": "",
    "specialty": "",
    "min_age": None,
    "max_age": None,
    "charge": Happening.Charge.FREE.value,
    "languages": ["fi"],
    "sign_up": Happening.SignUp.NONE.value,
    "sign_up_url": "",
    "phone": "",
    "email": "",
    "url": "",
    "place": "",
    "municipality": "",
    "texts": {},
    TIMES: [],
    CHANGES: [],
}


def field_of(content: Mapping[str, Any], field: str) -> Any:  # noqa: ANN401 - as the field is
    """Return one field; a text as what it is in each language that has it."""
    if field in TEXTS:
        texts = content.get("texts", {})
        return {language: texts[language][field] for language in texts if texts[language].get(field)}
    return content.get(field, EMPTY.get(field))


def with_field(content: Content, field: str, value: Any) -> Content:  # noqa: ANN401 - as the field is
    """Return the content with one field as `field_of` gave it."""
    if field not in TEXTS:
        return {**content, field: value}
    texts: dict[str, dict[str, str]] = {}
    for language in (*content.get("texts", {}), *value):
        own = {
            kind: text for kind, text in content.get("texts", {}).get(language, {}).items() if kind != field
        }
        texts[language] = {**own, **({field: value[language]} if value.get(language) else {})}
    return {**content, "texts": {language: kinds for language, kinds in texts.items() if kinds}}


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the fields in which two contents differ, in the order of the form."""
    return [field for field in FIELDS if field_of(before, field) != field_of(after, field)]


def name_of(content: Mapping[str, Any], language: str = "fi") -> str:
    """Return the name in a language, else in the first that has one."""
    names = field_of(content, "name")
    return str(names.get(language) or names.get("fi") or next(iter(names.values()), ""))
