"""Links to help oneself at once, for pages of the directory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from turvaverkko.directory.layers import SOURCE_LANGUAGE
from turvaverkko.directory.remembering import remembered
from turvaverkko.directory.staying.models import SelfHelpLink
from turvaverkko.looks.api import Row


@dataclass(frozen=True, slots=True)
class SelfHelp:
    """The links that fit some life situations.

    Attributes:
        rows: to choose from.
        checked_on: the day on which the one that was checked longest ago was; None without links.
    """

    rows: list[Row]
    checked_on: date | None


def self_help(situations: Iterable[str], language: str) -> SelfHelp:
    """Return the links for life situations, each once, in the county's order. One query, mostly none."""
    wanted = set(situations)
    found: dict[str, tuple[Row, date]] = {}
    for situation, row, checked_on in _links(language):
        if situation in wanted:
            found.setdefault(row.url, (row, checked_on))
    days = [checked_on for _row, checked_on in found.values()]
    return SelfHelp([row for row, _day in found.values()], min(days, default=None))


@remembered
def _links(language: str) -> tuple[tuple[str, Row, date], ...]:
    shown = SelfHelpLink.objects.filter(archived=False, is_dead=False, situations__isnull=False)
    fields = ("situations__code", "name", "text", "url", "checked_on")
    return tuple(
        (situation, _row(name, text, url, language), checked_on)
        for situation, name, text, url, checked_on in shown.order_by("order", "slug").values_list(*fields)
    )


def _row(name: dict[str, str], text: dict[str, str], url: str, language: str) -> Row:
    lang = "" if language in name and language in text else SOURCE_LANGUAGE
    said = lang or language
    return Row(title=name[said], url=url, text=text[said], lang=lang)
