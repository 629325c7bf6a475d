"""Official names in the reader's language. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from turvaverkko.directory.layers import SOURCE_LANGUAGE
from turvaverkko.directory.shapes import Words

# Languages in which counties, municipalities and organisations have official names.
OFFICIAL: Final = ("fi", "sv", "en")


def name_fields(path: str) -> tuple[str, ...]:
    """Return the fields of the names at the end of a relation: `area` gives `area__name_fi` and the rest."""
    return tuple(f"{path}__name_{language}" for language in OFFICIAL)


def official(row: Mapping[str, Any], path: str, language: str) -> Words:
    """Return the official name found in a row of values, in the reader's language or in Finnish."""
    own = row.get(f"{path}__name_{language}") if language in OFFICIAL else None
    if own:
        return Words(own)
    finnish = row.get(f"{path}__name_{SOURCE_LANGUAGE}") or ""
    return Words(finnish, "" if language == SOURCE_LANGUAGE or not finnish else SOURCE_LANGUAGE)
