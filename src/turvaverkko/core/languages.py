"""The languages of the interface and of the content, in one table.

The interface is published in a language when its catalogue is complete enough to be used; the
others are prepared: their codes exist in the content tables and the thesaurus, no page offers them.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code, name in itself, direction, address prefix and whether pages offer it."""

    code: str
    own_name: str
    direction: Literal["ltr", "rtl"]
    prefix: str
    published: bool


LANGUAGES: tuple[Language, ...] = (
    Language("fi", "Suomi", "ltr", "", published=True),
    Language("sv", "Svenska", "ltr", "sv", published=True),
    Language("en", "English", "ltr", "en", published=True),
    Language("ar", "العربية", "rtl", "ar", published=True),
    Language("fi-simple", "Selkosuomi", "ltr", "selko", published=False),
    Language("ru", "Русский", "ltr", "ru", published=False),
    Language("uk", "Українська", "ltr", "uk", published=False),
    Language("se", "Davvisámegiella", "ltr", "se", published=False),
)
SOURCE_LANGUAGE = "fi"
BY_CODE = {language.code: language for language in LANGUAGES}
PUBLISHED = tuple(language for language in LANGUAGES if language.published)
