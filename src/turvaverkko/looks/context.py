"""What the frame of every page needs. Asks the database nothing and works out nothing unasked."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

from turvaverkko.looks import api


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    name: str
    url: str
    address: str
    current: bool


class Site:
    """The frame of one page. Templates know it as `site`."""

    def __init__(self, request: HttpRequest, *, keeps_query: bool = True) -> None:
        self._request = request
        self._keeps_query = keeps_query

    @cached_property
    def without_query(self) -> "Site":
        """The frame of a page that must not repeat what was typed into the address."""
        return Site(self._request, keeps_query=False)

    @cached_property
    def language(self) -> str:
        """The code of the page's language."""
        return get_language() or settings.LANGUAGE_CODE

    @property
    def direction(self) -> str:
        """Which way the page is read: `rtl` or `ltr`."""
        return "rtl" if get_language_bidi() else "ltr"

    @property
    def demo(self) -> bool:
        """Whether every page must say that its content is example data."""
        return bool(settings.DEMO)

    @cached_property
    def names(self) -> api.SiteNames:
        """What the service is called and whose it is."""
        return api.site_names()

    @cached_property
    def address(self) -> str:
        """The one address of this page, without the query."""
        return self._request.build_absolute_uri(self._request.path)

    @cached_property
    def language_name(self) -> str:
        """The page's language in itself."""
        return dict(settings.LANGUAGES).get(self.language, self.language)

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """This page in each published language, in the order of the settings.

        The addresses differ only in their first part, so they are not resolved again: three
        resolutions a page would cost more than the rest of the frame.
        """
        bare = self._path_without_language()
        query = self._request.META.get("QUERY_STRING", "") if self._keeps_query else ""
        root = self._request.build_absolute_uri("/").rstrip("/")
        return [
            LanguageLink(
                code=code,
                name=str(name),
                url=f"{_prefix(code)}{bare}" + (f"?{query}" if query else ""),
                address=f"{root}{_prefix(code)}{bare}",
                current=code == self.language,
            )
            for code, name in settings.LANGUAGES
        ]

    def _path_without_language(self) -> str:
        path = self._request.path
        prefix = _prefix(self.language)
        return path[len(prefix) :] if prefix and path.startswith(f"{prefix}/") else path


def _prefix(code: str) -> str:
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


def page(request: HttpRequest) -> dict[str, Site]:
    """Context processor: the frame of the page as `site`."""
    return {"site": Site(request)}
