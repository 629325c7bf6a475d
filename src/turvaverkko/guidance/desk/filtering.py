"""What of the queue is shown: read from the address, told as tabs, lists and removable chips."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from turvaverkko.guidance.desk.groups import LATE_ONES
from turvaverkko.guidance.desk.labels import Labels
from turvaverkko.guidance.desk.queries import ITEM_KIND, Cell
from turvaverkko.guidance.states import WAITING_FAMILY
from turvaverkko.looks.api import Chip, Link, Option
from turvaverkko.work.api import Filters

ALL: Final = "kaikki"
FREE: Final = "vapaat"
MINE: Final = "omat"
LATE: Final = "myohassa"
CLOSED: Final = "paattyneet"
VIEWS: Final = (ALL, FREE, MINE, LATE, CLOSED)
# The name in the address → the attribute of a cell and the column of an item.
PLACES: Final = {"kunta": "municipality", "aihe": "topic", "kieli": "language", "tapa": "channel"}
# Unit: signs. The longest code of a municipality or a topic.
LONGEST_CODE: Final = 40
# Unit: pages. A number from the address goes into a query.
MOST_PAGES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Selection:
    """What somebody chose to see.

    Attributes:
        view: one of `VIEWS`.
        places: chosen codes by the name in the address (`PLACES`).
        page: from 1.
    """

    view: str = ALL
    places: tuple[tuple[str, str], ...] = ()
    page: int = 1

    @property
    def narrowed(self) -> dict[str, str]:
        """Chosen codes by column."""
        return {PLACES[name]: code for name, code in self.places}

    def filters(self) -> Filters:
        """Return the same for the queue of `work`."""
        chosen = self.narrowed
        return Filters(
            kinds=(ITEM_KIND,),
            municipalities=_tuple(chosen, "municipality"),
            topics=_tuple(chosen, "topic"),
            languages=_tuple(chosen, "language"),
            channels=_tuple(chosen, "channel"),
            late=self.view == LATE,
            mine=self.view == MINE,
            free=self.view == FREE,
            last=(WAITING_FAMILY,),
        )

    def url(self, **changes: object) -> str:
        """Return the address of the queue with some of it changed, on its first page."""
        other = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        query = [("nayta", other.view)] if other.view != ALL else []
        query += list(other.places) + ([("sivu", str(other.page))] if other.page > 1 else [])
        address = reverse("guidance:queue")
        return f"{address}?{urlencode(query)}" if query else address

    def without(self, name: str) -> str:
        """Return the address without one of the chosen codes."""
        return self.url(places=tuple(pair for pair in self.places if pair[0] != name))


def read(data: QueryDict) -> Selection:
    """Return what an address asks for; what it does not know is left out."""
    view = data.get("nayta", ALL)
    asked = ((name, data.get(name, "").strip()[:LONGEST_CODE]) for name in PLACES)
    number = data.get("sivu", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) <= len(str(MOST_PAGES)) else 1
    return Selection(
        view if view in VIEWS else ALL,
        tuple((name, code) for name, code in asked if code),
        min(max(page, 1), MOST_PAGES),
    )


def in_view(cell: Cell, view: str) -> bool:
    """Tell whether a cell belongs to a tab of open requests."""
    return {
        FREE: cell.owner == "free",
        MINE: cell.owner == "mine",
        LATE: cell.group in LATE_ONES,
        CLOSED: False,
    }.get(view, True)


def chosen_cells(cells: Iterable[Cell], selection: Selection) -> list[Cell]:
    """Return the cells that the chosen tab and codes leave."""
    return [c for c in cells if in_view(c, selection.view) and _matches(c, selection.narrowed)]


def tabs(cells: Sequence[Cell], selection: Selection) -> list[tuple[Link, int | None]]:
    """Return the tabs with how many the chosen codes leave under each; closed ones are not counted."""
    names = {
        ALL: gettext("Kaikki"),
        FREE: gettext("Vapaat"),
        MINE: gettext("Omat"),
        LATE: gettext("Myöhässä"),
        CLOSED: gettext("Päättyneet"),
    }
    narrowed = selection.narrowed
    return [
        (
            Link(name, selection.url(view=view), current=view == selection.view),
            None if view == CLOSED else total(c for c in cells if in_view(c, view) and _matches(c, narrowed)),
        )
        for view, name in names.items()
    ]


def lists(cells: Sequence[Cell], selection: Selection, labels: Labels) -> list[tuple[str, str, list[Option]]]:
    """Return the lists to narrow by: name in the address, label, options with how many each would leave."""
    named: dict[str, tuple[str, Callable[[str], str]]] = {
        "kunta": (gettext("Kunta"), labels.municipality),
        "aihe": (gettext("Aihe"), labels.topic),
        "kieli": (gettext("Kieli"), labels.language_of),
        "tapa": (gettext("Yhteydenottotapa"), labels.channel),
    }
    chosen = dict(selection.places)
    made = []
    for name, (label, told) in named.items():
        column = PLACES[name]
        others = {key: code for key, code in selection.narrowed.items() if key != column}
        numbers: dict[str, int] = {chosen[name]: 0} if name in chosen else {}
        for cell in cells:
            if in_view(cell, selection.view) and _matches(cell, others) and getattr(cell, column):
                numbers[getattr(cell, column)] = numbers.get(getattr(cell, column), 0) + cell.number
        options = [
            Option(code, told(code), count=number, checked=chosen.get(name) == code)
            for code, number in numbers.items()
        ]
        options.sort(key=lambda option: option.label.casefold())
        made.append((name, label, [Option("", gettext("Kaikki")), *options]))
    return made


def chips(selection: Selection, labels: Labels) -> list[Chip]:
    """Return what is narrowed by, each removable."""
    told = {
        "kunta": labels.municipality,
        "aihe": labels.topic,
        "kieli": labels.language_of,
        "tapa": labels.channel,
    }
    return [Chip(told[name](code), selection.without(name)) for name, code in selection.places]


def total(cells: Iterable[Cell]) -> int:
    """Return how many requests are in some cells."""
    return sum(cell.number for cell in cells)


def _matches(cell: Cell, narrowed: Mapping[str, str]) -> bool:
    return all(getattr(cell, column) == code for column, code in narrowed.items())


def _tuple(chosen: Mapping[str, str], column: str) -> tuple[str, ...]:
    return (chosen[column],) if column in chosen else ()
