"""Translated texts for templates. A translation is ours, so its markup counts; the values in it are escaped.

Every text is looked up once for each language and kept: a page holds about a hundred. As in Jinja's own
`newstyle` functions a text is always a pattern, so a per cent sign is written twice.
"""

from functools import cache

from django.utils import translation
from markupsafe import Markup


def said(message: str, /, **values: object) -> Markup:
    """Return the text in the reader's language: `_("Soita %(number)s", number=…)`."""
    language = translation.get_language()
    return _pattern(language, message) % values if values else _plain(language, message)


def said_in(context: str, message: str, /, **values: object) -> Markup:
    """Return a text that needs a context to be translated."""
    return _pattern(translation.get_language(), message, context) % values


def counted(one: str, many: str, number: int, /, **values: object) -> Markup:
    """Return the form of the text that goes with `number`."""
    return Markup(translation.ngettext(one, many, number)) % {"num": number, **values}  # noqa: S704


def counted_in(context: str, one: str, many: str, number: int, /, **values: object) -> Markup:
    """Return the form of the text that goes with `number`, in a context."""
    return Markup(translation.npgettext(context, one, many, number)) % {"num": number, **values}  # noqa: S704


@cache
def _pattern(_language: str | None, message: str, context: str = "") -> Markup:
    text = translation.pgettext(context, message) if context else translation.gettext(message)
    return Markup(text)  # noqa: S704 - from our catalogues


@cache
def _plain(language: str | None, message: str) -> Markup:
    return _pattern(language, message) % {}
