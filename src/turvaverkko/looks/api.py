"""The door of the looks: what the components eat, and the hooks that fill the frame of a page.

A view builds these small values from its queries and hands them to a template; the template gives
them to a component. A component reads attributes, so any object with the same names will do, but
the values here are what the type checker and the gallery know. README.md lists every component.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final, Literal

SignState = Literal["open", "closed", "always", "unknown"]
StepState = Literal["done", "now", "ahead"]
# Unit: options. A column of more check boxes than this is longer than the results beside it.
LONG_FACET: Final = 12


@dataclass(frozen=True, slots=True)
class Link:
    """A label and where it leads."""

    label: str
    url: str
    lang: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """Is somebody there now: the window that is lit or not.

    Attributes:
        state: "open" until `until`, "closed" until `opens`, "always" (round the clock) or "unknown".
        until: when an open service closes. An open sign without it says only that it is open now.
        opens: when a closed service opens next, if that is known.
    """

    state: SignState
    until: datetime | None = None
    opens: datetime | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number with a name; on the crisis list also with a situation and a sign."""

    number: str
    name: str
    when: str = ""
    sign: Sign | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list to choose from.

    Attributes:
        icon: name of an icon, for topics.
        times: what stands in the column of times, for a programme or opening hours.
        lang: language of title and text when it is not the page's.
        own_text: the text is in the page's language although the title is not.
    """

    title: str
    url: str
    text: str = ""
    icon: str = ""
    times: str = ""
    sign: Sign | None = None
    lang: str = ""
    own_text: bool = False


@dataclass(frozen=True, slots=True)
class Age:
    """One knot of the age thread: words ("Odotus") or a range of years."""

    url: str
    label: str = ""
    youngest: int | None = None
    oldest: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How we read one of the person's words, and the address without that reading."""

    words: str
    meaning: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Because:
    """Why a result is here: the person's own words, and what we took them to mean if not the same."""

    words: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result.

    Attributes:
        when: the comparable fact in its own column, "noin 2 viikossa" or "avoin, tule suoraan".
        is_date: `when` is a time on a calendar, not a wait.
        sign: shown in that column instead of `when` if somebody is there now.
        lang: language of title and text when it is not the page's.
        kind, slug: what it is, for what can be done with it.
    """

    title: str
    url: str
    text: str = ""
    for_whom: str = ""
    where: str = ""
    how: str = ""
    when: str = ""
    sign: Sign | None = None
    because: Sequence[Because] = ()
    lang: str = ""
    is_date: bool = False
    kind: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a facet. Leave out those whose count is zero."""

    value: str
    label: str
    count: int | None = None
    checked: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A group of choices that narrows a search."""

    name: str
    legend: str
    options: Sequence[Option]

    @property
    def is_long(self) -> bool:
        """Whether the options are so many that they stay folded until they are asked for."""
        return len(self.options) > LONG_FACET

    @property
    def is_chosen(self) -> bool:
        """Whether any option is ticked."""
        return any(option.checked for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    """An active choice, and the address without it."""

    label: str
    remove_url: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a value; `note` says in quiet words how the value is known."""

    name: str
    value: str
    note: str = ""
    icon: str = ""
    url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A knot on the thread of what happens, in order."""

    title: str
    text: str = ""
    state: StepState = "ahead"


@dataclass(frozen=True, slots=True)
class Tag:
    """A short true thing about a service ("Maksuton")."""

    label: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """The opening hours of one day of the week. Without times the place is closed, `note` says why."""

    name: str
    times: Sequence[tuple[time, time]] = ()
    note: str = ""
    today: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """Something that happens at a place: from when until when, what, for whom. `off`: it is cancelled."""

    starts: time
    ends: time
    title: str
    text: str = ""
    url: str = ""
    lang: str = ""
    off: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a programme. Without slots, `closed` says why."""

    date: date
    slots: Sequence[Slot] = ()
    closed: str = ""
    today: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """Where a place is, in the order an envelope has it."""

    street: str
    postal_code: str = ""
    city: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Centre:
    """A family centre that the finder found."""

    name: str
    area: str = ""
    url: str = ""
    phone: str = ""
    sign: Sign | None = None
    address: Address | None = None
    why: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class FieldError:
    """An error of a form: the id of the field and what to do about it."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Pages:
    """The numbered pages of a list. `gap` entries (number None) stand for pages left out."""

    numbers: Sequence["PageNumber"]
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class PageNumber:
    """One entry of the page numbers; number None is a gap."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `numeric` aligns it to the end and isolates its digits."""

    text: str
    numeric: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table for looking things up. `total` is the last row, if there is one."""

    caption: str
    columns: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class SiteNames:
    """What the frame of the page calls the service and whose it is."""

    name: str = "Turvaverkko"
    county: str = ""


PAGES_AROUND = 1  # neighbours shown on both sides of the current page number


def page_links(current: int, last: int, address: Callable[[int], str]) -> Pages:
    """Return the page numbers to show: the first, the last, the current and its neighbours.

    Args:
        current: the page shown, counted from 1.
        last: the number of pages.
        address: gives the address of a page number.
    """
    wanted = {1, last} | set(range(current - PAGES_AROUND, current + PAGES_AROUND + 1))
    numbers: list[PageNumber] = []
    before = 0
    for number in sorted(n for n in wanted if 1 <= n <= last):
        if number > before + 1:
            numbers.append(PageNumber(None))
        numbers.append(PageNumber(number, address(number), current=number == current))
        before = number
    return Pages(
        numbers,
        previous_url=address(current - 1) if current > 1 else "",
        next_url=address(current + 1) if current < last else "",
    )


_site_names: list[Callable[[], SiteNames]] = [SiteNames]


def name_the_site(provider: Callable[[], SiteNames]) -> None:
    """Let a higher floor say what the site is called. Called once, from an app's `ready`.

    The provider is asked on every page, so it must answer from memory, never from the database.
    """
    _site_names[:] = [provider]


def site_names() -> SiteNames:
    """Return what the site is called."""
    return _site_names[0]()
