"""Which services the pages of a situation, an age and a municipality list: keys only, nearest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from turvaverkko.core.prepared import Prepared, one_word
from turvaverkko.directory.models import Service
from turvaverkko.directory.reading import choosing, terms
from turvaverkko.directory.reading.atlas import Chain
from turvaverkko.directory.reading.services import NEAREST, Reader
from turvaverkko.directory.remembering import remembered
from turvaverkko.directory.shapes import TermCard

# Unit: services shown under "others nearby".
RELATED: Final = 4
# Unit: shapes of queries. Terms are few, and a chain has or lacks its three layers.
_SHAPES: Final = 500


@dataclass(frozen=True, slots=True)
class Cut:
    """What a page shows: how many services of each sort (None = all), and whether places are wanted."""

    local: int | None = None
    national: int | None = None
    places: bool = True
    # Slugs of local services that stand before all others: those where somebody answers now.
    first: frozenset[str] = frozenset()


def of_term(vocabulary: str, term: TermCard, reader: Reader, cut: Cut) -> list[int]:
    """Return the services of a situation or age, those for families only, nearest first. Two queries."""
    chain = reader.chain if reader.chain.municipality is not None else Chain()
    near = choosing.shape(chain)
    limit = None if cut.first else cut.local
    local = _local_of_term(vocabulary, term, near, limit).tuples(**_values(chain))
    if cut.first:
        local = sorted(local, key=lambda row: row[1] not in cut.first)[: cut.local]
    national = _national_of_term(vocabulary, term, cut.national)
    return [*_keys(local), *_keys(national.tuples())]


def local_to(reader: Reader, limit: int | None) -> list[int]:
    """Return what counties, areas and municipalities offer to the reader, nearest first. One query."""
    return _keys(_local(choosing.shape(reader.chain), limit).tuples(**_values(reader.chain)))


@remembered
def situations_near(chain: Chain) -> frozenset[int]:
    """Return the situations in which something is offered to somebody in a chain."""
    link = Service.terms.through.objects
    near = choosing.listed().filter(choosing.local_to(chain)).values("pk")
    rows = link.filter(service__in=near, term__vocabulary__code=terms.SITUATION)
    return frozenset(rows.values_list("term_id", flat=True).distinct())


@remembered
def related_to(slug: str, chain: Chain) -> tuple[str, ...]:
    """Return the slugs of services that share most situations with one, near the reader. One query."""
    near = chain if chain.municipality is not None else Chain()
    rows = _related(choosing.shape(near)).tuples(slug=[slug], **_values(near))
    return tuple(other for other, _shared in rows)


@lru_cache(maxsize=_SHAPES)
def _local_of_term(vocabulary: str, term: TermCard, near: Chain, limit: int | None) -> Prepared:
    def build() -> QuerySet[Service]:
        rows = choosing.listed().exclude(level=Service.Level.NATIONAL)
        rows = rows.filter(choosing.of_term(vocabulary, term), for_families=True)
        if near.municipality is not None:
            rows = rows.filter(choosing.local_to(near))
        return rows.order_by(NEAREST, "slug")[:limit]

    return Prepared(build, ("pk", "slug"), *near.ids())


@lru_cache(maxsize=_SHAPES)
def _national_of_term(vocabulary: str, term: TermCard, limit: int | None) -> Prepared:
    def build() -> QuerySet[Service]:
        rows = choosing.listed().filter(level=Service.Level.NATIONAL, for_families=True)
        return rows.filter(choosing.of_term(vocabulary, term)).order_by("slug")[:limit]

    return Prepared(build, ("pk",))


@lru_cache(maxsize=_SHAPES)
def _local(near: Chain, limit: int | None) -> Prepared:
    def build() -> QuerySet[Service]:
        return choosing.listed().filter(choosing.local_to(near)).order_by(NEAREST, "slug")[:limit]

    return Prepared(build, ("pk",), *near.ids())


@lru_cache(maxsize=_SHAPES)
def _related(near: Chain) -> Prepared:
    def build() -> QuerySet[Any, Any]:
        link = Service.terms.through.objects
        mine = link.filter(service__slug=one_word("slug"), term__vocabulary__code=terms.SITUATION)
        rows = link.filter(
            term__in=mine.values("term_id"),
            service__state=Service.State.PUBLISHED,
            service__for_families=True,
        ).exclude(Q(service__slug=one_word("slug")) | Q(service__level=Service.Level.NATIONAL))
        if near.municipality is not None:
            rows = rows.filter(choosing.local_to(near, of="service_id"))
        shared = rows.values("service__slug").annotate(shared=Count("pk"))
        return shared.order_by("-shared", "service__slug")[:RELATED]

    return Prepared(build, ("service__slug", "shared"), "slug", *near.ids())


def _values(chain: Chain) -> dict[str, list[int]]:
    return {name: [key] for name, key in chain.ids().items()}


def _keys(rows: Iterable[Sequence[Any]]) -> list[int]:
    return [row[0] for row in rows]
