"""Addresses of things, for lists that hold many of one kind."""

from collections.abc import Callable
from functools import cache
from typing import Final

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

_MARK: Final = "0" * 16  # has the form of a public id and of a slug, and is neither


def addresses_of(name: str) -> Callable[[str], str]:
    """Return what gives the address of a thing by its public id or slug, as `reverse` does.

    It is that of the reader's language. The pattern is worked out once: a list of fifty would ask for the
    same one fifty times.

    Args:
        name: of a URL pattern whose one argument is a public id or a slug.

    Raises:
        NoReverseMatch: there is no such pattern.
    """
    before, after = _around(name, get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return lambda named: f"{before}{named}{after}"


@cache
def _around(name: str, _language: str | None, _urlconf: str, _prefix: str) -> tuple[str, str]:
    before, _mark, after = reverse(name, args=[_MARK]).partition(_MARK)
    return before, after
