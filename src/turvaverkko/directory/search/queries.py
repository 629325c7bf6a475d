"""Reads of the search: rows of a page of results, and counts behind the choices that narrow them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from turvaverkko.directory.search.index import EMPTY, Index
from turvaverkko.directory.search.indexing import FACET
from turvaverkko.directory.search.models import SearchEntry

Numbers = npt.NDArray[np.int64]
Facets = Mapping[str, Sequence[str]]
Counts = dict[str, dict[str, int]]
_COLUMNS = (
    "number", "key", "slug", "kind", "level", "organisation", "organisation_kind", "min_age", "max_age",
    "municipalities", "texts", "facets",
)  # fmt: skip


def rows(numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The rows of these entries by number. One query."""
    found = SearchEntry.objects.filter(number__in=numbers, is_live=True).values(*_COLUMNS)
    return {row["number"]: row for row in found}


class Narrowing:
    """The choices of a page laid over the results: OR inside one choice, AND between them."""

    def __init__(self, index: Index, numbers: Numbers) -> None:
        """Take all results of a query."""
        self._numbers = numbers
        self._size = index.vocabulary.size
        self._terms: dict[str, dict[str, str]] = defaultdict(dict)
        for term in index.vocabulary.frequency:
            if term.startswith(FACET):
                name, _, value = term.removeprefix(FACET).partition("=")
                self._terms[name][value] = term
        self._lists = index.postings(sorted(term for values in self._terms.values() for term in values.values()))

    def narrowed(self, chosen: Facets) -> tuple[Numbers, Counts]:
        """The results that fit every choice, and for every value how many results it would leave."""
        masks = {name: self._mask(name, values) for name, values in chosen.items() if values}
        counts: Counts = {}
        for name, values in self._terms.items():
            others = self._all()
            for other, mask in masks.items():
                if other != name:
                    others &= mask
            counts[name] = {
                value: found for value, term in values.items() if (found := int(others[self._of(term)].sum()))
            }
        together = self._all()
        for mask in masks.values():
            together &= mask
        return self._numbers[together[self._numbers]], counts

    def _all(self) -> npt.NDArray[np.bool_]:
        mask = np.zeros(self._size, bool)
        mask[self._numbers] = True
        return mask

    def _mask(self, name: str, values: Sequence[str]) -> npt.NDArray[np.bool_]:
        mask = np.zeros(self._size, bool)
        for value in values:
            term = self._terms.get(name, {}).get(value)
            if term:
                mask[self._of(term)] = True
        return mask

    def _of(self, term: str) -> npt.NDArray[np.uint32]:
        return self._lists.get(term, EMPTY).numbers
