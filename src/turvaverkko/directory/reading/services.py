"""Services: cards of lists and the page of one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext

from turvaverkko.core.prepared import Prepared, ids, one_id, words
from turvaverkko.core.time_source import local_day
from turvaverkko.directory.models import Connection, Service, ServiceCoverage
from turvaverkko.directory.reading import choosing, terms
from turvaverkko.directory.reading.atlas import Atlas, Chain
from turvaverkko.directory.reading.channels import Channels
from turvaverkko.directory.reading.names import name_fields, official
from turvaverkko.directory.reading.texts import EMPTY_SHELF, Owned, TextShelf, Wanted, words_of
from turvaverkko.directory.rules import confirmation_due, confirmer, is_stale
from turvaverkko.directory.shapes import Choice, ServiceCard, SourceNote, Words

FIELDS: Final = (
    "pk",
    "slug",
    "level",
    "kind",
    "base_id",
    "min_age",
    "max_age",
    "charge",
    "ways",
    "languages",
    "referral_needed",
    "interpreter",
    "for_families",
    "confirmed_on",
    "source",
    "organisation__slug",
    "organisation__kind",
    *name_fields("organisation"),
)
_COVERAGE: Final = ("county_id", "area_id", "municipality_id")
_WITH_COVERAGE: Final = (*FIELDS, "coverage__pk", *(f"coverage__{name}" for name in _COVERAGE))
# Of the description a service builds on: for its page only.
_PAGE_FIELDS: Final = (*_WITH_COVERAGE, "base__laws")
Row = Mapping[str, Any]
# Nearest first: what a municipality offers itself, then its area, the county, the country.
NEAREST: Final = Case(
    When(level=Service.Level.MUNICIPALITY, then=Value(0)),
    When(level=Service.Level.AREA, then=Value(1)),
    When(level=Service.Level.COUNTY, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: language, municipality and moment."""

    language: str
    at: datetime
    atlas: Atlas
    chain: Chain

    @classmethod
    def of(cls, language: str, municipality: str | None, at: datetime) -> "Reader":
        """Return a reader; one query for the atlas."""
        atlas = Atlas.on(local_day(at))
        return cls(language, at, atlas, atlas.chain(municipality))

    @property
    def today(self) -> date:
        """The day of reading."""
        return local_day(self.at)


def chosen(reader: Reader, choice: Choice) -> QuerySet[Service]:
    """Return the services of a list, nearest first, what is for families before the rest."""
    rows = choosing.listed().filter(choosing.narrowed(choice))
    # Without a municipality every local service is listed, else those offered there.
    if reader.chain.municipality is not None:
        rows = rows.filter(choosing.offered(reader.chain))
    return choosing.in_lists(rows, choice).order_by("-for_families", NEAREST, "slug")


def count(reader: Reader, choice: Choice) -> int:
    """Return how many services a list holds in all. One query."""
    return chosen(reader, choice).count()


def _by(wanted: Q) -> QuerySet[Service]:
    return choosing.published().filter(wanted).order_by("pk", "coverage__pk")


def _at_place() -> QuerySet[Service]:
    there = Connection.objects.filter(channel__place=one_id("place")).values("service")
    rows = choosing.listed().filter(pk__in=there).exclude(level=Service.Level.NATIONAL)
    return rows.order_by("slug", "coverage__pk")


# Two queries rather than one with an "or": an index leads either, and none leads both.
_BY_KEY: Final = Prepared(lambda: _by(Q(pk__in=ids("keys"))), _WITH_COVERAGE, "keys")
_BY_SLUG: Final = Prepared(lambda: _by(Q(slug__in=words("slugs"))), _WITH_COVERAGE, "slugs")
_BY_SLUG_IN_FULL: Final = Prepared(lambda: _by(Q(slug__in=words("slugs"))), _PAGE_FIELDS, "slugs")
_AT_PLACE: Final = Prepared(_at_place, _WITH_COVERAGE, "place")


@dataclass(frozen=True, slots=True)
class Found:
    """Services with where they are offered, by key, in the order in which they were found."""

    rows: Mapping[int, Row]
    coverage: Mapping[int, Sequence[Row]]

    @classmethod
    def of(cls, keys: Iterable[int]) -> "Found":
        """Read published services by key. One query."""
        return cls._of_rows(_BY_KEY.rows(keys=keys))

    @classmethod
    def named(cls, slugs: Iterable[str], *, in_full: bool = False) -> "Found":
        """Read published services by slug; `in_full` with what only a page shows. One query."""
        return cls._of_rows((_BY_SLUG_IN_FULL if in_full else _BY_SLUG).rows(slugs=slugs))

    @classmethod
    def at_place(cls, place: int) -> "Found":
        """Read the services that are met at a place. One query."""
        return cls._of_rows(_AT_PLACE.rows(place=[place]))

    @classmethod
    def _of_rows(cls, found: Iterable[Row]) -> "Found":
        rows: dict[int, Row] = {}
        coverage: dict[int, list[Row]] = defaultdict(list)
        for row in found:
            rows.setdefault(row["pk"], row)
            if row["coverage__pk"] is not None:
                coverage[row["pk"]].append({name: row[f"coverage__{name}"] for name in _COVERAGE})
        return cls(rows, coverage)


def card_list(reader: Reader, choice: Choice) -> list[ServiceCard]:
    """Return a page of a list. Six queries."""
    end = None if choice.limit is None else choice.offset + choice.limit
    return cards(chosen(reader, choice)[choice.offset : end].values_list("pk", flat=True), reader)


def cards_of(slugs: Sequence[str], reader: Reader) -> list[ServiceCard]:
    """Return the published services with these slugs, in this order. Five queries."""
    by_slug = {card.slug: card for card in cards_found(Found.named(slugs), reader)}
    return [by_slug[slug] for slug in dict.fromkeys(slugs) if slug in by_slug]


def cards(keys: Iterable[int], reader: Reader) -> list[ServiceCard]:
    """Return the cards of published services, in the given order. Five queries, however many there are."""
    wanted = list(keys)
    found = Found.of(wanted)
    ordered = {key: found.rows[key] for key in wanted if key in found.rows}
    return cards_found(replace(found, rows=ordered), reader)


def cards_found(found: Found, reader: Reader) -> list[ServiceCard]:
    """Return the cards of services. Four queries, however many there are."""
    if not found.rows:
        return []
    return Cards.read(found, reader).with_texts(card_texts(found.rows.values())).all()


def card_texts(rows: Iterable[Row]) -> Wanted:
    """Return whose texts cards show."""
    rows = list(rows)
    return Wanted(
        card_services=[row["pk"] for row in rows],
        card_bases={row["base_id"] for row in rows if row["base_id"]},
    )


@dataclass(frozen=True, slots=True)
class Cards:
    """What the cards of some services are made of, read together."""

    found: Found
    reader: Reader
    situations: Mapping[int, tuple[str, ...]]
    sensitive: frozenset[str]
    channels: Channels
    shelf: TextShelf = EMPTY_SHELF

    @classmethod
    def read(
        cls, found: Found, reader: Reader, *, places: Iterable[int] = (), in_full: bool = False
    ) -> "Cards":
        """Read situations, channels and hours. Three queries.

        Args:
            found: the services.
            reader: who reads.
            places: places whose hours are read as well.
            in_full: the channels with everything that a page shows of them.
        """
        situations, sensitive = terms.situations_of(found.rows)
        channels = Channels.read(found.rows, places=places, in_full=in_full)
        return cls(found, reader, situations, sensitive, channels)

    def with_texts(self, wanted: Wanted, *, every_language: bool = False) -> "Cards":
        """Return the same with texts. One query."""
        reader = self.reader
        shelf = TextShelf.read(wanted, reader.language, atlas=reader.atlas, every_language=every_language)
        return replace(self, shelf=shelf)

    def all(self) -> list[ServiceCard]:
        """Return the cards in the order of the rows."""
        return [self.card(row) for row in self.found.rows.values()]

    def owned(self, row: Row) -> Owned:
        """Return whose texts a service has, and the chain that speaks about it."""
        chain = self.reader.atlas.chain_for(self.reader.chain, self.found.coverage.get(row["pk"], ()))
        return Owned(("service", row["pk"]), row["level"], row["base_id"], chain)

    def card(self, row: Row) -> ServiceCard:
        """Return the card of a service."""
        texts = self.shelf.resolve(self.owned(row))
        coverage = self.found.coverage.get(row["pk"], ())
        phone, found = self.channels.phone_and_status(row["pk"], self.reader.at)
        situations = self.situations.get(row["pk"], ())
        return ServiceCard(
            slug=row["slug"],
            name=words_of(texts, "name"),
            summary=words_of(texts, "summary"),
            for_whom=words_of(texts, "for-whom"),
            level=row["level"],
            kind=row["kind"],
            organisation=official(row, "organisation", self.reader.language),
            organisation_kind=row["organisation__kind"] or "",
            coverage=coverage_words(coverage, self.reader),
            municipalities=self.reader.atlas.slugs_in(coverage),
            min_age=row["min_age"],
            max_age=row["max_age"],
            charge=row["charge"],
            ways=tuple(row["ways"]),
            languages=tuple(row["languages"]),
            referral_needed=row["referral_needed"],
            interpreter=row["interpreter"],
            phone=phone,
            status=found,
            situations=situations,
            sensitive=any(code in self.sensitive for code in situations),
            for_families=row["for_families"],
            confirmed_on=row["confirmed_on"],
        )


def coverage_of(services: Iterable[int]) -> Mapping[int, list[Row]]:
    """Return where services are offered. One query."""
    found: dict[int, list[Row]] = defaultdict(list)
    rows = ServiceCoverage.objects.filter(service_id__in=list(services)).order_by("pk")
    for row in rows.values("service_id", "county_id", "area_id", "municipality_id"):
        found[row["service_id"]].append(row)
    return found


def coverage_words(coverage: Iterable[Row], reader: Reader) -> Words:
    """Return where a service is offered, in words: "Liminka, Tyrnävä", "Lakeus", "Koko Pohjois-Pohjanmaa"."""
    found: list[Words] = []
    for row in coverage:
        layer = next(name for name in ("county", "area", "municipality") if row[f"{name}_id"] is not None)
        name = reader.atlas.name(layer, row[f"{layer}_id"], reader.language)
        if layer == "county":
            return Words(gettext("Koko %(county)s") % {"county": name.text}, name.lang)
        found.append(name)
    lang = next((words.lang for words in found if words.lang), "")
    return Words(", ".join(sorted(words.text for words in found)), lang)


def source_note(row: Row, today: date, *, language: str, is_meeting_place: bool = False) -> SourceNote:
    """Return whose word a listing is, and how fresh it is."""
    if row.get("level") == Service.Level.NATIONAL:
        name = Words(gettext("Suomi.fi-palvelutietovaranto"))
        return SourceNote(row["source"], name, None, None, is_stale=False)
    by = confirmer(row["organisation__kind"] or "", is_meeting_place=is_meeting_place)
    confirmed = row["confirmed_on"]
    return SourceNote(
        source=row["source"],
        name=official(row, "organisation", language),
        confirmed_on=confirmed,
        due_on=confirmation_due(confirmed, by) if confirmed else None,
        is_stale=is_stale(confirmed, by, today),
    )
