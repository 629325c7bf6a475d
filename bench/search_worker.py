"""One measurement of the search in one process: `python -m bench.search_worker CORPUS_FOLDER SIZE`."""

import json
import random
import statistics
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from turvaverkko.directory.search import api, benchmark, live, services  # noqa: E402
from turvaverkko.directory.search.document import Document  # noqa: E402
from turvaverkko.directory.search.entries import Entry  # noqa: E402
from turvaverkko.directory.search.rebuilding import rebuild  # noqa: E402

SEED = 20261122
REPEATS = 3  # passes over the queries; the first warms the process
EDITS = 40
MUNICIPALITIES = ("oulu", "raahe", "kempele", "liminka", "kuusamo", "ii", "muhos", "ylivieska")
PREFIXES = ("n", "ne", "neuv", "perhe", "imet", "lasten", "vau", "ero", "koulu", "tuki", "hermo", "psy")


def replicated(corpus: list[Document], size: int) -> list[Entry]:
    """`size` entries: copies of the corpus with some words exchanged and other municipalities."""
    chance = random.Random(SEED)
    pool = [word for document in corpus for word in document.texts.get("fi", {}).get("summary", "").split()]
    return [copy(corpus[number % len(corpus)], number, pool, chance) for number in range(size)]


def copy(document: Document, number: int, pool: list[str], chance: random.Random) -> Entry:
    """One perturbed copy."""
    texts = {language: dict(found) for language, found in document.texts.items()}
    for found in texts.values():
        words = str(found.get("summary", "")).split()
        for _ in range(max(1, len(words) // 8)):
            words.insert(chance.randrange(len(words) + 1), chance.choice(pool))
        found["summary"] = " ".join(words)
    places = (chance.choice(MUNICIPALITIES),) if chance.random() < 0.6 else ()
    facets = {
        "kind": [document.kind],
        "way": [chance.choice(("phone", "home", "group"))],
        "families": ["yes"],
    }
    key = f"service/{document.key}-{number}"
    made = replace(document, key=key, texts=texts, municipalities=places, facets=facets)  # type: ignore[arg-type]
    return Entry(made, key.partition("/")[2])


def percentile(values: list[float], share: float) -> float:
    """In milliseconds."""
    return round(sorted(values)[min(int(len(values) * share), len(values) - 1)] * 1000, 2)


def timed(calls: list[Any]) -> list[float]:
    """How long every call took, in seconds."""
    taken = []
    for call in calls:
        begun = perf_counter()
        call()
        taken.append(perf_counter() - begun)
    return taken


def main(folder: Path, size: int) -> dict[str, Any]:
    """Build, search, edit, suggest."""
    call_command("migrate", verbosity=0)
    api.load_thesaurus(settings.NATIONAL_PACK / "thesaurus")
    corpus = [benchmark.document(raw) for raw in benchmark.lines(folder / "corpus.jsonl")]
    texts = [query["query"] for query in benchmark.lines(folder / "queries_public.jsonl")]
    entries = replicated(corpus, size)
    begun = perf_counter()
    built = rebuild(entries, current=lambda _key: None)
    rebuilt = perf_counter() - begun
    begun = perf_counter()
    api.search("neuvola")
    opened = perf_counter() - begun
    engine = live.now().engine
    timed([lambda text=text: engine.search(text) for text in texts])
    reading = timed([lambda text=text: engine.search(text) for text in texts * REPEATS])
    timed([lambda text=text: api.search(text) for text in texts])
    whole = timed([lambda text=text: api.search(text) for text in texts * REPEATS])
    with CaptureQueriesContext(connection) as asked:
        api.search(texts[0])
    chance = random.Random(SEED)
    chosen = [chance.choice(entries) for _ in range(EDITS)]
    edits = timed([lambda entry=entry: edit(entry) for entry in chosen])
    begun = perf_counter()
    api.search("neuvola")
    refreshed = perf_counter() - begun
    api.suggest("n")
    suggestions = timed([lambda prefix=prefix: api.suggest(prefix) for prefix in PREFIXES * 20])
    return {
        "entries": size,
        "terms": built.terms,
        "mode": built.mode,
        "engine p50 ms": percentile(reading, 0.5),
        "engine p95 ms": percentile(reading, 0.95),
        "page p50 ms": percentile(whole, 0.5),
        "page p95 ms": percentile(whole, 0.95),
        "queries": len(asked),
        "rebuild s": round(rebuilt, 1),
        "first search s": round(opened, 2),
        "edit p50 ms": round(statistics.median(edits) * 1000, 1),
        "edit p95 ms": percentile(edits, 0.95),
        "search after edit ms": round(refreshed * 1000, 1),
        "suggest p95 ms": percentile(suggestions, 0.95),
    }


def edit(entry: Entry) -> None:
    """Re-index one entry with a sentence added, in its transaction."""
    texts = {language: dict(found) for language, found in entry.document.texts.items()}
    for found in texts.values():
        found["summary"] = f"{found.get('summary', '')} Tavataan torstaisin kello kymmenen."
    document = replace(entry.document, texts=texts)  # type: ignore[arg-type]
    with transaction.atomic():
        services.index_entry(Entry(document, entry.slug))


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
