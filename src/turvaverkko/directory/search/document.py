"""What the engine reads: one entry of the catalogue, flattened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict


class Texts(TypedDict, total=False):
    """The texts of one language."""

    name: str
    summary: str
    description: str
    keywords: Sequence[str]


@dataclass(frozen=True, slots=True)
class Document:
    """One entry as the engine sees it.

    `key` is stable and public. No municipality means that the entry serves the whole county or
    country. `facets` are the values by which a page may narrow, e.g. {"kind": ["group"]}.
    """

    key: str
    kind: str
    texts: Mapping[str, Texts]
    organisation: str = ""
    municipalities: Sequence[str] = ()
    level: str = ""
    min_age: int | None = None
    max_age: int | None = None
    inherited: Mapping[str, Texts] = field(default_factory=dict)
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
