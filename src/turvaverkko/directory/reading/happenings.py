"""Happenings: lists, the page of one, what goes on at a place. What is confidential is in none of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from turvaverkko.core.time_source import local_day
from turvaverkko.directory.happening_shapes import (
    HappeningCard,
    HappeningPage,
    Listed,
    ListPage,
    Site,
    Time,
    Wish,
)
from turvaverkko.directory.layers import SOURCE_LANGUAGE
from turvaverkko.directory.models import Happening
from turvaverkko.directory.reading import happening_lists as lists
from turvaverkko.directory.reading import happening_rows as rows
from turvaverkko.directory.reading.names import official
from turvaverkko.directory.reading.place_rows import WITH_PAGE
from turvaverkko.directory.reading.services import Reader, source_note
from turvaverkko.directory.reading.texts import EMPTY_SHELF, Owned, TextShelf, Wanted, fallbacks, words_of
from turvaverkko.directory.recurrence import LONGEST_SERIES
from turvaverkko.directory.shapes import ResolvedText, Words

Row = Mapping[str, Any]
# Unit: days. What a calendar keeps of what has been, so that a cancelled morning does not vanish unseen.
FEED_BEHIND: Final = 14
# Unit: happenings. A calendar of a whole county's happenings is read by nobody; it stays quick to fetch.
FEED_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class _Parts:
    """What cards are made of, read together."""

    reader: Reader
    happenings: Mapping[int, Row]
    times: Mapping[int, Sequence[Row]]
    patterns: Mapping[int, tuple[Any, ...]] = field(default_factory=dict)
    shelf: TextShelf = EMPTY_SHELF

    def with_texts(self, wanted: Wanted | None = None, extra: Iterable[Row] = ()) -> "_Parts":
        """Return the same with texts. One query."""
        every = [
            *self.happenings.values(),
            *(time for found in self.times.values() for time in found),
            *extra,
        ]
        places = {row["place_id"] for row in every if row["place_id"] is not None}
        asked = wanted or Wanted(card_happenings=list(self.happenings))
        shelf = TextShelf.read(replace(asked, card_places=places), self.reader.language)
        return replace(self, shelf=shelf)

    def with_patterns(self) -> "_Parts":
        """Return the same with how often each happening is. One query."""
        return replace(self, patterns=rows.patterns(list(self.happenings)))

    def texts(self, owner: str, key: int) -> dict[str, ResolvedText]:
        return self.shelf.resolve(Owned((owner, key), "municipality"))

    def card(self, key: int) -> HappeningCard:
        row = self.happenings[key]
        texts = self.texts("happening", key)
        site = self.site(row)
        return HappeningCard(
            **{name: row[name] for name in _SAME},
            name=words_of(texts, "name"),
            summary=words_of(texts, "summary"),
            organisation=official(row, "organisation", self.reader.language),
            site=site,
            municipality=site.municipality if site else official(row, "municipality", self.reader.language),
            languages=tuple(row["languages"]),
            patterns=self.patterns.get(key, ()),
            times=tuple(self.time(time) for time in self.times.get(key, ())),
        )

    def time(self, row: Row) -> Time:
        usual = self.happenings[row["happening_id"]]["place_id"]
        return Time(
            **{name: row[name] for name in _SAME_OF_TIME},
            note=_in_language(row["note"], self.reader.language),
            site=self.site(row),
            elsewhere=row["place_id"] != usual,
        )

    def site(self, row: Row) -> Site | None:
        key = row["place_id"]
        if key is None:
            return None
        has_page = row["place__kind"] in WITH_PAGE and row["place__state"] == Happening.State.PUBLISHED
        return Site(
            slug=row["place__slug"] if has_page else "",
            name=words_of(self.texts("place", key), "name"),
            street=row["place__street"],
            postal_code=row["place__postal_code"],
            municipality=official(row, "place__municipality", self.reader.language),
            latitude=row["place__latitude"],
            longitude=row["place__longitude"],
        )


_SAME: Final = (
    "slug", "public_id", "kind", "specialty", "online_url", "min_age", "max_age", "charge", "sign_up",
    "sign_up_url", "phone", "email", "url", "changed_at",
)  # fmt: skip
_SAME_OF_TIME: Final = ("day", "number", "starts_at", "ends_at", "state", "changed_at")


def page_of_series(wish: Wish, reader: Reader, *, offset: int = 0, limit: int) -> ListPage:
    """Return a page of the list with one line for each happening. Six queries, seven by weekdays."""
    found = lists.series(wish, reader)
    starts = {row["happening"]: row["next"] for row in found[offset : offset + limit]}
    times = _first_of_wish(rows.first_times(list(starts), reader.at), starts)
    parts = _Parts(reader, rows.by_key(starts), times).with_texts().with_patterns()
    lines = (_line(parts.card(key), at) for key, at in starts.items() if key in parts.happenings)
    return ListPage(tuple(lines), found.count())


def page_of_times(wish: Wish, reader: Reader, *, offset: int = 0, limit: int) -> ListPage:
    """Return a page of the list with one line for each time. Six queries."""
    found = lists.times(wish, reader)
    wanted = list(found.values_list("happening", "pk")[offset : offset + limit])
    return ListPage(tuple(_lines(wanted, reader)), found.count())


def at_place(place: str, reader: Reader, since: datetime, until: datetime) -> list[Listed]:
    """Return every time at a place between two moments, in order; the series are not told. Two queries."""
    found, times = rows.at_place(place, since, until)
    if not times:
        return []
    parts = _Parts(reader, found, {}).with_texts(extra=times)
    cards = {key: parts.card(key) for key in found}
    return [Listed(cards[row["happening_id"]], parts.time(row)) for row in times]


def for_feed(wish: Wish, reader: Reader) -> list[HappeningCard]:
    """Return the happenings of a calendar, each with every time that fits. Five queries."""
    since = reader.at - timedelta(days=FEED_BEHIND)
    wanted = lists.matching(wish, replace(reader, at=since))
    found: dict[int, list[int]] = {}
    for happening, time in wanted.order_by("starts_at", "pk").values_list("happening", "pk"):
        if happening in found or len(found) < FEED_MOST:
            found.setdefault(happening, []).append(time)
    return _with_all_times(rows.by_key(list(found)), reader, {key for keys in found.values() for key in keys})


def one_for_feed(slug: str, reader: Reader) -> HappeningCard | None:
    """Return one happening with every time of its calendar, or None. Four queries."""
    return next(iter(_with_all_times(rows.by_slug([slug]), reader)), None)


def cards_by_slug(slugs: Sequence[str], reader: Reader) -> list[HappeningCard]:
    """Return the happenings with these slugs in this order. Four queries."""
    parts = _parts(rows.by_slug(slugs), reader)
    by_slug = {row["slug"]: key for key, row in parts.happenings.items()}
    return [parts.card(by_slug[slug]) for slug in dict.fromkeys(slugs) if slug in by_slug]


def read(slug: str, reader: Reader) -> HappeningPage | None:
    """Return the page of a happening, or None. Five queries."""
    row = rows.for_page(slug)
    if row is None:
        return None
    key, successor_slug = row["pk"], _slug_of_successor(row)
    successor = row["successor_id"] if successor_slug else None
    is_over = row["state"] == Happening.State.ARCHIVED
    until = reader.at + timedelta(days=LONGEST_SERIES)
    times = {} if is_over else rows.times([key], reader.at, until)
    parts = _Parts(reader, {key: row}, times).with_texts(
        Wanted(
            happenings=[key],
            places=[row["place_id"]] if row["place_id"] else (),
            card_happenings=[successor] if successor else (),
        )
    )
    parts = parts.with_patterns()
    texts = parts.texts("happening", key)
    card = parts.card(key)
    last = None if card.times else rows.last_began(key)
    return HappeningPage(
        card=card,
        texts=texts,
        times=card.times,
        ended_on=local_day(last) if last else None,
        place_texts=parts.texts("place", row["place_id"]) if row["place_id"] else {},
        successor=words_of(parts.texts("happening", successor), "name") if successor else Words(),
        successor_slug=successor_slug,
        source=source_note(row, reader.today, language=reader.language),
        fallbacks=fallbacks(texts),
    )


def _parts(found: Mapping[int, Row], reader: Reader) -> _Parts:
    if not found:
        return _Parts(reader, {}, {})
    return _Parts(reader, found, rows.first_times(list(found), reader.at)).with_texts().with_patterns()


def _with_all_times(
    found: Mapping[int, Row], reader: Reader, only: Collection[int] | None = None
) -> list[HappeningCard]:
    if not found:
        return []
    since = reader.at - timedelta(days=FEED_BEHIND)
    times = rows.times(list(found), since, reader.at + timedelta(days=LONGEST_SERIES))
    if only is not None:
        times = {key: [row for row in each if row["pk"] in only] for key, each in times.items()}
    parts = _Parts(reader, found, times).with_texts()
    return [parts.card(key) for key in found]


def _lines(wanted: Sequence[tuple[int, int]], reader: Reader) -> Iterable[Listed]:
    """Lines of single times; each card carries its own first times for what it tells of the series."""
    if not wanted:
        return
    times = rows.chosen_times([time for _, time in wanted])
    found = rows.by_key({happening for happening, _ in wanted})
    parts = (
        _Parts(reader, found, rows.first_times(list(found), reader.at))
        .with_texts(extra=times.values())
        .with_patterns()
    )
    cards = {key: parts.card(key) for key in found}
    for happening, time in wanted:
        if happening in cards and time in times:
            yield Listed(cards[happening], parts.time(times[time]))


def _first_of_wish(
    times: Mapping[int, list[Row]], starts: Mapping[int, datetime]
) -> Mapping[int, Sequence[Row]]:
    """Add the time that a line is about where it is not among the first: the next Tuesday of a daily café."""
    missing = {
        key: at for key, at in starts.items() if all(row["starts_at"] != at for row in times.get(key, ()))
    }
    if not missing:
        return times
    more = rows.starting_at(missing, set(missing.values()))
    wanted = {
        key: [row for row in more if (row["happening_id"], row["starts_at"]) == (key, at)]
        for key, at in missing.items()
    }
    return {**times, **{key: [*times.get(key, ()), *found] for key, found in wanted.items()}}


def _line(card: HappeningCard, at: datetime) -> Listed:
    return Listed(card, next(time for time in card.times if time.starts_at == at and time.is_on))


def _slug_of_successor(row: Row) -> str:
    is_shown = row["successor__state"] == Happening.State.PUBLISHED
    return row["successor__slug"] if is_shown and not row["successor__place__confidential"] else ""


def _in_language(note: Mapping[str, str], language: str) -> Words:
    if note.get(language):
        return Words(note[language])
    finnish = note.get(SOURCE_LANGUAGE, "")
    return Words(finnish, SOURCE_LANGUAGE if finnish else "")
