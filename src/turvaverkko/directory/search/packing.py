"""Posting lists as bytes: little-endian on every machine, so that a database can move."""

from collections.abc import Mapping

import numpy as np

from turvaverkko.directory.search.index import EMPTY, Postings


def packed(postings: Postings) -> tuple[bytes, bytes]:
    """The two columns of a posting list."""
    return postings.numbers.astype("<u4").tobytes(), postings.weights.astype("<f4").tobytes()


def unpacked(numbers: bytes | memoryview, weights: bytes | memoryview) -> Postings:
    """The posting list in two columns."""
    return Postings(
        np.frombuffer(numbers, "<u4").astype(np.uint32, copy=False),
        np.frombuffer(weights, "<f4").astype(np.float32, copy=False),
    )


def changed(postings: Postings, entries: Mapping[int, float | None]) -> Postings:
    """The list with some entries' weights replaced; None takes an entry out."""
    keep = ~np.isin(postings.numbers, np.fromiter(entries, np.uint32, len(entries)))
    new = sorted((number, weight) for number, weight in entries.items() if weight is not None)
    if not new and not keep.any():
        return EMPTY
    numbers = np.concatenate([postings.numbers[keep], np.array([number for number, _ in new], np.uint32)])
    found = np.concatenate([postings.weights[keep], np.array([weight for _, weight in new], np.float32)])
    order = np.argsort(numbers, kind="stable")
    return Postings(numbers[order], found[order])
