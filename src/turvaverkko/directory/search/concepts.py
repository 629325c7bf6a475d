"""The thesaurus in the tables: files in, concepts out."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from turvaverkko.directory.search import state
from turvaverkko.directory.search.models import Concept as ConceptRow
from turvaverkko.directory.search.models import ConceptTerm
from turvaverkko.directory.search.thesaurus import Concept, read

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did."""

    concepts: int
    terms: int
    changed: bool


def load(folder: Path) -> Loaded:
    """Make the tables say what the files of `folder` say. Loading twice changes nothing.

    Raises:
        ThesaurusError: with every fault, each with file and entry number; nothing was written.
    """
    concepts = read(folder)
    digest = _digest(concepts)
    with transaction.atomic():
        current = state.locked()
        terms = [term for concept in concepts for term in _terms(concept)]
        if current.thesaurus_hash == digest:
            return Loaded(len(concepts), len(terms), changed=False)
        ConceptRow.objects.all().delete()
        ConceptRow.objects.bulk_create([_row(place, concept) for place, concept in enumerate(concepts)])
        ids = dict(ConceptRow.objects.values_list("code", "pk"))
        ConceptTerm.objects.bulk_create(
            [
                ConceptTerm(concept_id=ids[code], language=language, kind=kind, text=text, order=place)
                for code, language, kind, text, place in terms
            ],
            batch_size=_BATCH,
        )
        current.thesaurus_hash = digest
        current.thesaurus_revision += 1
        current.save(update_fields=["thesaurus_hash", "thesaurus_revision"])
        state.next_revision(current)
    return Loaded(len(concepts), len(terms), changed=True)


def stored() -> list[Concept]:
    """The concepts of the tables. Two queries."""
    official: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    lay: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = ConceptTerm.objects.order_by("concept_id", "order")
    for concept, language, kind, text in rows.values_list("concept_id", "language", "kind", "text"):
        (lay if kind == ConceptTerm.Kind.LAY else official)[concept][language].append(text)
    return [
        Concept(
            row.code,
            {language: tuple(texts) for language, texts in official[row.pk].items()},
            {language: tuple(texts) for language, texts in lay[row.pk].items()},
            tuple(row.related),
            tuple(row.situations),
            row.is_urgent,
        )
        for row in ConceptRow.objects.order_by("order", "code")
    ]


def _row(place: int, concept: Concept) -> ConceptRow:
    return ConceptRow(
        code=concept.code,
        order=place,
        is_urgent=concept.urgent,
        related=list(concept.related),
        situations=list(concept.situations),
    )


def _terms(concept: Concept) -> Iterator[tuple[str, str, str, str, int]]:
    for language, texts in concept.terms.items():
        for place, text in enumerate(dict.fromkeys(texts)):
            yield concept.code, language, ConceptTerm.Kind.OFFICIAL, text, place
    for language, texts in concept.lay.items():
        for place, text in enumerate(dict.fromkeys(texts)):
            yield concept.code, language, ConceptTerm.Kind.LAY, text, place


def _digest(concepts: Sequence[Concept]) -> str:
    plain = [
        [
            concept.code,
            {language: list(texts) for language, texts in concept.terms.items()},
            {language: list(texts) for language, texts in concept.lay.items()},
            list(concept.related),
            list(concept.situations),
            concept.urgent,
        ]
        for concept in concepts
    ]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
