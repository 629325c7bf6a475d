"""The values that pages, feeds and posters of happenings get. Frozen; nothing here asks the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from turvaverkko.directory.recurrence import CANCELLED, Pattern
from turvaverkko.directory.shapes import NO_TEXT, ResolvedText, SourceNote, TermCard, Words


@dataclass(frozen=True, slots=True)
class Wish:
    """What narrows a list of happenings. Empty values narrow nothing.

    Attributes:
        municipalities: slugs; what is for the whole county or online is found as well.
        ages: terms of ages; of several one is enough.
        weekdays: 0 = Monday.
        free: only what is known to cost nothing.
        online: only what one can join from home.
        until: the last day on which a time may begin.
        place: slug of the one place where it is.
    """

    municipalities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    ages: tuple[TermCard, ...] = ()
    languages: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    free: bool = False
    online: bool = False
    until: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Where something is. `slug` is empty unless the place has a page of its own."""

    slug: str
    name: Words
    street: str
    postal_code: str
    municipality: Words
    latitude: float | None = None
    longitude: float | None = None

    @property
    def words(self) -> str:
        """Name and municipality: "Kohtaamispaikka Tupa, Liminka"."""
        return ", ".join(part for part in (self.name.text, self.municipality.text) if part)

    @property
    def one_line(self) -> str:
        """Name and address on one line, as a calendar shows them."""
        city = f"{self.postal_code} {self.municipality.text}".strip()
        return ", ".join(part for part in (self.name.text, self.street, city) if part)


@dataclass(frozen=True, slots=True)
class Time:
    """One time of a happening.

    Attributes:
        day: that of the series; with the number and the happening its lasting name.
        site: where it is that time; None online and when nobody has told.
        elsewhere: whether it is somewhere else than usually.
    """

    day: date
    number: int
    starts_at: datetime
    ends_at: datetime
    state: str
    note: Words
    site: Site | None
    elsewhere: bool
    changed_at: datetime | None

    @property
    def is_on(self) -> bool:
        """Whether somebody who comes finds it."""
        return self.state != CANCELLED


@dataclass(frozen=True, slots=True)
class HappeningCard:
    """A happening in a list, with its first coming times."""

    slug: str
    public_id: str
    kind: str
    specialty: str
    name: Words
    summary: Words
    organisation: Words
    site: Site | None
    municipality: Words
    online_url: str
    min_age: int | None
    max_age: int | None
    charge: str
    languages: tuple[str, ...]
    sign_up: str
    sign_up_url: str
    phone: str
    email: str
    url: str
    patterns: tuple[Pattern, ...]
    times: tuple[Time, ...]
    changed_at: datetime | None

    @property
    def next(self) -> Time | None:
        """The next time that is not cancelled."""
        return next((one for one in self.times if one.is_on), None)

    @property
    def cancelled_before(self) -> tuple[Time, ...]:
        """Cancelled times before the next one: who comes every week must hear of them."""
        after = self.next
        return tuple(
            one for one in self.times if not one.is_on and (not after or one.starts_at < after.starts_at)
        )

    @property
    def lang(self) -> str:
        """The language of its texts when that is not the reader's."""
        return self.name.lang or self.summary.lang


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list: a happening, and the time that the line is about."""

    card: HappeningCard
    time: Time


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list: a line for each happening, or for each time."""

    lines: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class HappeningPage:
    """Everything the page of a happening shows.

    Attributes:
        times: every coming time.
        ended_on: the last day there was, when nothing comes any more.
        place_texts: of the place where it usually is.
        successor: what took its place: name and slug; empty without one.
    """

    card: HappeningCard
    texts: Mapping[str, ResolvedText]
    times: tuple[Time, ...]
    ended_on: date | None
    place_texts: Mapping[str, ResolvedText]
    successor: Words
    successor_slug: str
    source: SourceNote
    fallbacks: int

    def text(self, kind: str) -> ResolvedText:
        """The text of a kind, or an empty one."""
        return self.texts.get(kind, NO_TEXT)

    def place_text(self, kind: str) -> ResolvedText:
        """The text of a kind of the place, or an empty one."""
        return self.place_texts.get(kind, NO_TEXT)


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is among the coming happenings: choices that would find something."""

    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    free: bool = False
    online: bool = False


@dataclass(frozen=True, slots=True)
class Visits:
    """How often a kind of professional came to where families are, in one area.

    Attributes:
        area: its slug; empty where the municipality belongs to no known area.
        held: times that have begun.
        coming: times that are still to come in the period.
        cancelled: times that were called off.
    """

    area: str
    area_name: Words
    specialty: str
    held: int = 0
    coming: int = 0
    cancelled: int = 0


NOTHING_OFFERED = Offer()
EVERYTHING = Wish()
