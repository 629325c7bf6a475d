"""The search benchmark: a corpus file and a query file in, a run file out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from turvaverkko.directory.search.analysis import Mode
from turvaverkko.directory.search.document import Document, Texts
from turvaverkko.directory.search.engine import Engine
from turvaverkko.directory.search.index import MemoryIndex
from turvaverkko.directory.search.places import Gazetteer, Place
from turvaverkko.directory.search.thesaurus import Thesaurus, read

# The corpus calls the whole county by its name; to the engine that is "everywhere".
_WHOLE_COUNTY = frozenset({"", "Pohjois-Pohjanmaa"})
# Unit: results per query. The scorer looks at ten.
_KEPT = 30


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file.

    Raises:
        ValueError: a line is not a JSON object; the message tells which.
    """
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    yield dict(json.loads(line))
                except ValueError as error:
                    message = f"{path.name}, line {number}: not a JSON object ({error})"
                    raise ValueError(message) from error


def document(raw: Mapping[str, Any]) -> Document:
    """One entry of the benchmark's corpus as the engine reads it."""
    own: Texts = {
        "name": raw["name"],
        "summary": raw["summary"],
        "description": raw["description"],
        "keywords": raw["keywords"],
    }
    language = "fi" if "fi" in raw["languages"] else raw["languages"][0]
    texts: dict[str, Texts] = {language: own}
    for other, translated in raw["translations"].items():
        texts[other] = {
            "name": translated.get("name", ""),
            "summary": translated.get("summary", ""),
            "description": translated.get("description", ""),
        }
    youngest, _, oldest = raw["ages"].partition("-")
    place = raw["municipality"]
    return Document(
        key=raw["id"],
        kind=raw["type"],
        texts=texts,
        organisation=raw["provider"],
        municipalities=() if place in _WHOLE_COUNTY else (place,),
        min_age=int(youngest) if youngest else None,
        max_age=int(oldest) if oldest else None,
    )


def engine_for(corpus: Sequence[Document], thesaurus: Path, mode: Mode, names: Sequence[str] = ()) -> Engine:
    """An engine in memory over `corpus`, with the municipalities the corpus and `names` tell."""
    index = MemoryIndex(corpus, mode)
    known = {*names, *(place for entry in corpus for place in entry.municipalities)}
    gazetteer = Gazetteer(Place(name, (name,)) for name in sorted(known))
    return Engine(index, Thesaurus.compiled(read(thesaurus), index.analyzer), gazetteer)


def run(
    engine: Engine, corpus: Sequence[Document], queries: Sequence[Mapping[str, Any]]
) -> dict[str, list[str]]:
    """For every query the keys of the results above the confidence threshold, best first."""
    found = {}
    for query in queries:
        ranked = engine.search(query["query"]).ranked
        numbers = ranked.numbers[ranked.sure()][:_KEPT]
        found[query["id"]] = [corpus[int(number)].key for number in numbers]
    return found
