"""What a result row shows, beside what the engine reads of an entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from turvaverkko.directory.search.document import Document
from turvaverkko.directory.search.models import SearchEntry


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the index together with the columns that its result row needs."""

    document: Document
    slug: str
    organisation_kind: str = ""

    @property
    def key(self) -> str:
        """Stable and public, e.g. "service/perheneuvola-oulu"."""
        return self.document.key


def shown_texts(document: Document) -> dict[str, dict[str, Any]]:
    """Name, summary and keywords in every language: what rows and suggestions show."""
    return {
        language: {
            "name": texts.get("name", ""),
            "summary": texts.get("summary", ""),
            "keywords": list(texts.get("keywords", ())),
        }
        for language, texts in document.texts.items()
    }


def row(entry: Entry, number: int, revision: int) -> SearchEntry:
    """The row of an entry."""
    document = entry.document
    return SearchEntry(
        number=number,
        key=document.key,
        slug=entry.slug,
        kind=document.kind,
        level=document.level,
        organisation=document.organisation[:250],
        organisation_kind=entry.organisation_kind,
        min_age=document.min_age,
        max_age=document.max_age,
        municipalities=list(document.municipalities),
        texts=shown_texts(document),
        facets=plain(document.facets),
        is_live=True,
        revision=revision,
    )


def plain(facets: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Facets as JSON keeps them."""
    return {name: list(values) for name, values in facets.items()}
