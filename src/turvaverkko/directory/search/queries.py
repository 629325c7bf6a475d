"""Reads of the search: rows of a page of results, and counts behind the choices that narrow them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from turvaverkko.core.prepared import Prepared, ids
from turvaverkko.directory.search.index import EMPTY, Index
from turvaverkko.directory.search.models import SearchEntry

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Facets = Mapping[str, Sequence[str]]
Counts = dict[str, dict[str, int]]
_COLUMNS = (
    "number", "key", "slug", "kind", "level", "organisation", "organisation_kind", "min_age", "max_age",
    "municipalities", "texts", "facets",
)  # fmt: skip


_ROWS: Final = Prepared(
    lambda: SearchEntry.objects.filter(pk__in=ids("numbers"), is_live=True), _COLUMNS, "numbers"
)


def rows(numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The rows of these entries by number. One query."""
    return {row["number"]: row for row in _ROWS.rows(numbers=numbers)}


def only_of(numbers: Numbers, keys: Collection[str]) -> Numbers:
    """Those of the numbers, in their order, whose entries have one of the keys. One query."""
    wanted = SearchEntry.objects.filter(key__in=keys, is_live=True).values_list("number", flat=True)
    return numbers[np.isin(numbers, list(wanted))]


class Narrowing:
    """The choices of a page laid over the results: OR inside one choice, AND between them."""

    def __init__(self, index: Index, numbers: Numbers) -> None:
        """Take all results of a query."""
        self._numbers = numbers
        self._found = np.zeros(index.vocabulary.size, bool)
        self._found[numbers] = True
        self._terms = index.vocabulary.facets
        self._lists = index.postings(
            sorted(term for values in self._terms.values() for term in values.values())
        )

    def narrowed(self, chosen: Facets) -> tuple[Numbers, Counts]:
        """The results that fit every choice, and for every value how many results it would leave."""
        masks = {name: self._mask(name, values) for name, values in chosen.items() if values}
        counts = {
            name: self._counted(values, self._together(masks, but=name))
            for name, values in self._terms.items()
        }
        return self._numbers[self._together(masks)[self._numbers]], counts

    def _together(self, masks: Mapping[str, Mask], but: str = "") -> Mask:
        fits = self._found.copy()
        for name, mask in masks.items():
            if name != but:
                fits &= mask
        return fits

    def _counted(self, values: Mapping[str, str], fits: Mask) -> dict[str, int]:
        counts = {value: int(np.count_nonzero(fits[self._of(term)])) for value, term in values.items()}
        return {value: count for value, count in counts.items() if count}

    def _mask(self, name: str, values: Sequence[str]) -> Mask:
        mask = np.zeros(len(self._found), bool)
        for value in values:
            term = self._terms.get(name, {}).get(value)
            if term:
                mask[self._of(term)] = True
        return mask

    def _of(self, term: str) -> npt.NDArray[np.uint32]:
        return self._lists.get(term, EMPTY).numbers
