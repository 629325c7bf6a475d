"""The columns that happenings and their times are made of, and the prepared queries that bring them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from turvaverkko.core.prepared import Prepared, ids, one_moment, one_word, words
from turvaverkko.directory.models import Happening, HappeningTime, Occurrence
from turvaverkko.directory.reading.coming import at_no_secret, shown
from turvaverkko.directory.reading.names import name_fields
from turvaverkko.directory.recurrence import Every, Pattern

Row = Mapping[str, Any]
# Unit: times. Enough to tell the next one and those before it that are cancelled.
FIRST: Final = 4
_SITE: Final = (
    "place_id",
    "place__slug",
    "place__kind",
    "place__state",
    "place__street",
    "place__postal_code",
    "place__latitude",
    "place__longitude",
    *name_fields("place__municipality"),
)
_FIELDS: Final = (
    "pk",
    "public_id",
    "slug",
    "state",
    "kind",
    "specialty",
    *name_fields("organisation"),
    "organisation__kind",
    *_SITE,
    *name_fields("municipality"),
    "online_url",
    "min_age",
    "max_age",
    "charge",
    "languages",
    "sign_up",
    "sign_up_url",
    "phone",
    "email",
    "url",
    "source",
    "confirmed_on",
    "changed_at",
)
_PAGE_FIELDS: Final = (
    *_FIELDS,
    "successor_id",
    "successor__slug",
    "successor__state",
    "successor__place__confidential",
)
_TIME_FIELDS: Final = (
    "pk",
    "happening_id",
    "day",
    "number",
    "starts_at",
    "ends_at",
    "state",
    "note",
    "changed_at",
    *_SITE,
)
_OF: Final = "happening__"
_PATTERN_FIELDS: Final = ("first", "starts", "ends", "every", "last", "on_holidays", "in_school_breaks")


def _by_key() -> QuerySet[Happening]:
    return Happening.objects.filter(shown(), Q(pk__in=ids("keys")) | Q(slug__in=words("slugs")))


def _for_page() -> QuerySet[Happening]:
    """One that has ended keeps its page as long as something took its place."""
    ended = Q(state=Happening.State.ARCHIVED, successor__state=Happening.State.PUBLISHED)
    ended &= at_no_secret() & at_no_secret("successor__")
    return Happening.objects.filter(shown() | ended, slug=one_word("slug"))


def _visible() -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(at_no_secret(), happening__in=ids("happenings"))


def _first_times() -> QuerySet[Occurrence]:
    in_order = Window(RowNumber(), partition_by=F("happening_id"), order_by=("starts_at", "pk"))
    rows = _visible().filter(ends_at__gt=one_moment("now"))
    return rows.annotate(nth=in_order).filter(nth__lte=FIRST).order_by("starts_at", "pk")


def _at_place() -> QuerySet[Occurrence]:
    """What was moved away from a place is told there too."""
    moved_away = Q(happening__place__slug=one_word("place"), state=Occurrence.State.MOVED)
    rows = Occurrence.objects.filter(shown("happening__"), at_no_secret())
    rows = rows.filter(Q(place__slug=one_word("place")) | moved_away)
    rows = rows.filter(ends_at__gt=one_moment("now"), starts_at__lt=one_moment("until"))
    return rows.order_by("starts_at", "pk")


_BY_KEY: Final = Prepared(_by_key, _FIELDS, "keys", "slugs")
_FOR_PAGE: Final = Prepared(_for_page, _PAGE_FIELDS, "slug")
_FIRST_TIMES: Final = Prepared(_first_times, _TIME_FIELDS, "happenings", "now")
_TIMES: Final = Prepared(
    lambda: (
        _visible()
        .filter(ends_at__gt=one_moment("now"), starts_at__lt=one_moment("until"))
        .order_by("starts_at", "pk")
    ),
    _TIME_FIELDS,
    "happenings",
    "now",
    "until",
)
_BY_TIME: Final = Prepared(
    lambda: Occurrence.objects.filter(at_no_secret(), pk__in=ids("keys")), _TIME_FIELDS, "keys"
)
_STARTING: Final = Prepared(
    lambda: _visible().filter(starts_at__in=[one_moment("starts")]), _TIME_FIELDS, "happenings", "starts"
)
_AT_PLACE: Final = Prepared(
    _at_place, (*_TIME_FIELDS, *(f"{_OF}{name}" for name in _FIELDS)), "place", "now", "until"
)
_PATTERNS: Final = Prepared(
    lambda: HappeningTime.objects.filter(happening__in=ids("happenings")).order_by("first", "starts", "pk"),
    ("happening_id", *_PATTERN_FIELDS),
    "happenings",
)
_LAST: Final = Prepared(
    lambda: _visible().exclude(state=Occurrence.State.CANCELLED).order_by("-starts_at")[:1],
    ("starts_at",),
    "happenings",
)


def by_key(keys: Iterable[int]) -> dict[int, Row]:
    """Return happenings that may be shown, by key. One query."""
    return {row["pk"]: row for row in _BY_KEY.rows(keys=keys, slugs=())}


def by_slug(slugs: Iterable[str]) -> dict[int, Row]:
    """Return happenings that may be shown, by key. One query."""
    return {row["pk"]: row for row in _BY_KEY.rows(keys=(), slugs=slugs)}


def for_page(slug: str) -> Row | None:
    """Return the happening of a page, one that ended too if it has a successor. One query."""
    return next(iter(_FOR_PAGE.rows(slug=[slug])), None)


def first_times(happenings: Collection[int], now: datetime) -> Mapping[int, list[Row]]:
    """Return the first coming times of each. One query."""
    return _grouped(_FIRST_TIMES.rows(happenings=happenings, now=[now]))


def times(happenings: Collection[int], since: datetime, until: datetime) -> Mapping[int, list[Row]]:
    """Return the times that end after one moment and begin before another. One query."""
    return _grouped(_TIMES.rows(happenings=happenings, now=[since], until=[until]))


def chosen_times(keys: Collection[int]) -> Mapping[int, Row]:
    """Return times by key. One query."""
    return {row["pk"]: row for row in _BY_TIME.rows(keys=keys)}


def at_place(place: str, since: datetime, until: datetime) -> tuple[Mapping[int, Row], Sequence[Row]]:
    """Return the happenings and the times at a place between two moments, in order. One query."""
    times = _AT_PLACE.rows(place=[place], now=[since], until=[until])
    happenings = {row["happening_id"]: {name: row[f"{_OF}{name}"] for name in _FIELDS} for row in times}
    return happenings, times


def starting_at(happenings: Iterable[int], starts: Iterable[datetime]) -> list[Row]:
    """Return the times that begin at one of these moments. One query."""
    return list(_STARTING.rows(happenings=happenings, starts=starts))


def last_began(happening: int) -> datetime | None:
    """Return when the last time of all began; None without one. One query."""
    rows = _LAST.tuples(happenings=[happening])
    return rows[0][0] if rows else None


def patterns(happenings: Collection[int]) -> Mapping[int, tuple[Pattern, ...]]:
    """Return how often they are. One query."""
    found: dict[int, list[Pattern]] = defaultdict(list)
    for key, first, starts, ends, every, last, *days_off in _PATTERNS.tuples(happenings=happenings):
        found[key].append(Pattern(first, starts, ends, Every(every), last, *days_off))
    return {key: tuple(rows) for key, rows in found.items()}


def _grouped(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["happening_id"]].append(row)
    return found
