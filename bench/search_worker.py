"""One measurement of the search in one process: `python -m bench.search_worker CORPUS_FOLDER SIZE`."""

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from turvaverkko.directory.search import api, benchmark, live, services  # noqa: E402
from turvaverkko.directory.search.document import Document  # noqa: E402
from turvaverkko.directory.search.entries import Entry  # noqa: E402
from turvaverkko.directory.search.rebuilding import Rebuilt, rebuild  # noqa: E402

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


class Taken(NamedTuple):
    """What a call took, in seconds: by the clock, and of processors here and in the database."""

    clock: float
    cpu: float


def cpu() -> float:
    """Processor seconds so far of this process and, on PostgreSQL, of its backend. Another load does not count."""
    if connection.vendor != "postgresql":
        return process_time()
    schedule = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return process_time() + int(schedule.read_text().split()[0]) / 1e9


def timed(calls: list[Any]) -> list[Taken]:
    """What every call took."""
    found = []
    for call in calls:
        cpu_before, begun = cpu(), perf_counter()
        call()
        clock = perf_counter() - begun
        found.append(Taken(clock, cpu() - cpu_before))
    return found


def percentile(values: list[float], share: float) -> float:
    """In milliseconds."""
    return round(sorted(values)[min(int(len(values) * share), len(values) - 1)] * 1000, 2)


def figures(name: str, found: list[Taken]) -> dict[str, float]:
    """Median and 95th percentile, by the clock and of processors."""
    clock, used = [one.clock for one in found], [one.cpu for one in found]
    return {
        f"{name} p50 ms": percentile(clock, 0.5),
        f"{name} p95 ms": percentile(clock, 0.95),
        f"{name} cpu p50 ms": percentile(used, 0.5),
        f"{name} cpu p95 ms": percentile(used, 0.95),
    }


def main(folder: Path, size: int) -> dict[str, Any]:
    """Build, search, edit, suggest."""
    call_command("migrate", verbosity=0)
    api.load_thesaurus(settings.NATIONAL_PACK / "thesaurus")
    corpus = [benchmark.document(raw) for raw in benchmark.lines(folder / "corpus.jsonl")]
    texts = [query["query"] for query in benchmark.lines(folder / "queries_public.jsonl")]
    entries = replicated(corpus, size)
    numbered: list[Rebuilt] = []
    rebuilt = timed([lambda: numbered.append(rebuild(entries, current=lambda _key: None))])[0]
    opened = timed([lambda: api.search("neuvola")])[0]
    engine = live.now().engine
    timed([lambda text=text: engine.search(text) for text in texts])
    reading = timed([lambda text=text: engine.search(text) for text in texts * REPEATS])
    timed([lambda text=text: api.search(text) for text in texts])
    whole = timed([lambda text=text: api.search(text) for text in texts * REPEATS])
    with CaptureQueriesContext(connection) as asked:
        api.search(texts[0])
    api.suggest("n")
    chance = random.Random(SEED)
    chosen = [chance.choice(entries) for _ in range(EDITS)]
    edits = timed([lambda entry=entry: edit(entry) for entry in chosen])
    refreshed = timed([lambda: api.search("neuvola")])[0]
    renewed = timed([lambda: api.suggest("n")])[0]
    suggestions = timed([lambda prefix=prefix: api.suggest(prefix) for prefix in PREFIXES * 20])
    return {
        "entries": size,
        "terms": numbered[0].terms,
        "mode": numbered[0].mode,
        **figures("engine", reading),
        **figures("page", whole),
        "queries": len(asked),
        "rebuild s": round(rebuilt.clock, 1),
        "rebuild cpu s": round(rebuilt.cpu, 1),
        "first search s": round(opened.clock, 2),
        **figures("edit", edits),
        "search after edits cpu ms": round(refreshed.cpu * 1000, 1),
        "suggest after edits cpu ms": round(renewed.cpu * 1000, 1),
        **figures("suggest", suggestions),
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
