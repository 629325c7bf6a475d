"""The door of the search: what pages and other apps may ask of it.

    page = search("5v raivoaa ja lyö", language="fi", municipality="liminka", facets={"way": ["phone"]})
    page.hits, page.total, page.facets, page.readings, page.suggestions, page.urgent, page.situations

A search never ends in nothing: with no hits, `situations` and `suggestions` say where to go on.
`index_entry(key)` and `remove_entry(key)` belong into the transaction that changed the entry.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from turvaverkko.core.safe_text import clean_query
from turvaverkko.directory.search import browsing, documents, live, queries, services, store
from turvaverkko.directory.search.analysis import active_mode
from turvaverkko.directory.search.engine import Meant, Outcome, Reading, Suggestion, Why
from turvaverkko.directory.search.models import IndexVersion
from turvaverkko.directory.search.rebuilding import Rebuilt
from turvaverkko.directory.search.rebuilding import rebuild as _rebuild
from turvaverkko.directory.search.suggesting import Suggested

__all__ = [
    "PAGE_SIZE",
    "WHOLE_COUNTY",
    "Health",
    "Hit",
    "Meant",
    "Reading",
    "SearchPage",
    "Suggested",
    "Suggestion",
    "Why",
    "browse",
    "health",
    "index_entry",
    "load_thesaurus",
    "read_words",
    "rebuild",
    "remove_entry",
    "search",
    "suggest",
]

# Unit: results. As many as somebody on a phone looks through before they change their words.
PAGE_SIZE: Final = 10
# Value of the facet `municipality` for what the whole county offers.
WHOLE_COUNTY: Final = documents.WHOLE_COUNTY
NO_FACETS: Final[Mapping[str, Sequence[str]]] = {}

load_thesaurus = services.load_thesaurus


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `sure` is false for what is shown with "perhaps"; `why` explains it.

    Attributes:
        key: "service/<slug>" or "place/<slug>".
        name: in the page's language, else Finnish; `lang` is the language it is in when that differs.
        municipalities: slugs; empty = the whole county or country.
    """

    key: str
    slug: str
    kind: str
    level: str
    name: str
    summary: str
    lang: str
    organisation: str
    organisation_kind: str
    municipalities: tuple[str, ...]
    min_age: int | None
    max_age: int | None
    facets: Mapping[str, Sequence[str]]
    score: float
    sure: bool
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of results and everything that stands around it.

    Attributes:
        query: as it was read, without control and direction marks, cut to a sane length.
        sure: whether the query as a whole was understood; else all results are "perhaps".
        facets: name -> value -> how many results would be left.
        readings: how we understood the words; each `key` given back in `ignore` takes it away.
        suggestions: other ways to read the words, the most dangerous first.
        urgent: codes of urgent concepts: crisis help stands above the results.
        situations: slugs of the nearest life situations, for when nothing fits.
        municipality: the one that was used, from the text or from the page.
    """

    query: str
    language: str
    hits: tuple[Hit, ...]
    total: int
    page: int
    pages: int
    sure: bool
    facets: Mapping[str, Mapping[str, int]]
    readings: tuple[Reading, ...]
    suggestions: tuple[Suggestion, ...]
    urgent: tuple[str, ...]
    situations: tuple[str, ...]
    municipality: str | None
    age: int | None


@dataclass(frozen=True, slots=True)
class Health:
    """What the health page says of the search."""

    mode_of_machine: str
    mode_of_index: str
    entries: int
    concepts: int
    revision: int


def search(
    query: str,
    *,
    language: str = "fi",
    municipality: str | None = None,
    facets: Mapping[str, Sequence[str]] = NO_FACETS,
    page: int = 1,
    ignore: Collection[str] = (),
    only: Collection[str] | None = None,
) -> SearchPage:
    """Search the directory. At most three queries when warm.

    Args:
        query: as typed; any length, any marks.
        language: of the page.
        municipality: slug of the family's own; one named in the query goes before it.
        facets: name -> chosen values (kind, level, organisation, charge, way, language, situation, age,
            municipality).
        page: from 1.
        ignore: keys of readings that the family took away.
        only: keys of entries to stay among (those that are open now); None = all. One query more.
    """
    text = clean_query(query)
    now = live.now()
    outcome = now.engine.search(text, language=language, municipality=municipality, ignore=ignore)
    found = outcome.ranked.numbers if only is None else queries.only_of(outcome.ranked.numbers, only)
    numbers, counts = queries.Narrowing(now.index, found).narrowed(facets)
    pages = max(1, -(-len(numbers) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = [int(number) for number in numbers[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    return SearchPage(
        query=text,
        language=language,
        hits=tuple(_hits(now, outcome, shown, language)),
        total=len(numbers),
        page=page,
        pages=pages,
        sure=outcome.sure,
        facets=counts,
        readings=tuple(outcome.readings),
        suggestions=tuple(outcome.suggestions),
        urgent=tuple(outcome.urgent),
        situations=tuple(outcome.situations),
        municipality=outcome.query.place or municipality,
        age=outcome.query.age,
    )


def read_words(text: str) -> Meant:
    """Return what a text of at most `QUERY_LENGTH` signs is about; nothing is searched and nothing kept."""
    return live.now().engine.meant(clean_query(text))


def browse(
    *,
    language: str = "fi",
    facets: Mapping[str, Sequence[str]] = NO_FACETS,
    page: int = 1,
    only: Collection[str] | None = None,
) -> SearchPage:
    """Everything from A to Z, narrowed by choices, for those who have no words. Three queries when warm."""
    now = live.now()
    everything = browsing.alphabetical(language, now.stamp)
    found = everything if only is None else queries.only_of(everything, only)
    numbers, counts = queries.Narrowing(now.index, found).narrowed(facets)
    pages = max(1, -(-len(numbers) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = [int(number) for number in numbers[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    rows = queries.rows(shown)
    return SearchPage(
        query="",
        language=language,
        hits=tuple(
            _hit(rows[number], (), language, score=0.0, sure=True) for number in shown if number in rows
        ),
        total=len(numbers),
        page=page,
        pages=pages,
        sure=True,
        facets=counts,
        readings=(),
        suggestions=(),
        urgent=(),
        situations=(),
        municipality=None,
        age=None,
    )


def suggest(prefix: str, language: str = "fi") -> list[Suggested]:
    """Words, keywords and names that begin with what was typed so far."""
    return live.suggester_now(language).suggest(clean_query(prefix))


def rebuild() -> Rebuilt:
    """Index everything that is published anew and put the new index in force."""
    return _rebuild(documents.every_entry(), current=documents.entry_now)


def index_entry(key: str) -> None:
    """Index one entry as it is now, in the caller's transaction; one no longer published is taken out."""
    entry = documents.entry_now(key)
    if entry is None:
        services.remove_entry(key)
    else:
        services.index_entry(entry)


def remove_entry(key: str) -> None:
    """Take one entry out of the index, in the caller's transaction."""
    services.remove_entry(key)


def health() -> Health:
    """How the search is doing, for the health page."""
    now = live.now()
    version = IndexVersion.objects.filter(pk=now.stamp.version or 0).first()
    return Health(
        active_mode(),
        version.mode if version else "",
        now.index.vocabulary.entries,
        len(now.thesaurus.concepts),
        store.stamp_now().revision,
    )


def _hits(now: live.Live, outcome: Outcome, numbers: Sequence[int], language: str) -> Iterator[Hit]:
    ranked, sure, rows = outcome.ranked, outcome.ranked.sure(), queries.rows(numbers)
    places = {int(ranked.numbers[place]): place for place in np.flatnonzero(np.isin(ranked.numbers, numbers))}
    for number in numbers:
        if number in rows:
            place = places[number]
            why = now.engine.why(outcome, number, language)
            yield _hit(rows[number], why, language, score=float(ranked.scores[place]), sure=bool(sure[place]))


def _hit(row: Mapping[str, Any], why: Sequence[Why], language: str, *, score: float, sure: bool) -> Hit:
    shown = _shown_language(row["texts"], language)
    texts = row["texts"].get(shown, {})
    return Hit(
        key=row["key"],
        slug=row["slug"],
        kind=row["kind"],
        level=row["level"],
        name=texts.get("name", ""),
        summary=texts.get("summary", ""),
        lang="" if shown == language else shown,
        organisation=row["organisation"],
        organisation_kind=row["organisation_kind"],
        municipalities=tuple(row["municipalities"]),
        min_age=row["min_age"],
        max_age=row["max_age"],
        facets=row["facets"],
        score=score,
        sure=sure,
        why=tuple(why),
    )


def _shown_language(texts: Mapping[str, Any], language: str) -> str:
    """The page's language when the entry has a name in it, else Finnish, else whatever there is."""
    for candidate in (language, "fi", *texts):
        if texts.get(candidate, {}).get("name"):
            return candidate
    return language
