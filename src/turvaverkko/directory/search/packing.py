"""Posting lists as bytes: little-endian on every machine, so that a database can move."""

from collections.abc import Iterator, Sequence

import numpy as np

from turvaverkko.directory.search.index import Postings


def packed(postings: Postings) -> tuple[bytes, bytes]:
    """The two columns of a posting list."""
    return postings.numbers.astype("<u4").tobytes(), postings.weights.astype("<f4").tobytes()


def unpacked(numbers: bytes | memoryview, weights: bytes | memoryview) -> Postings:
    """The posting list in two columns."""
    return Postings(
        np.frombuffer(numbers, "<u4").astype(np.uint32, copy=False),
        np.frombuffer(weights, "<f4").astype(np.float32, copy=False),
    )


def cut(postings: Postings, most: int) -> Iterator[Postings]:
    """The list in the fewest even pieces of at most `most` entries; an empty list is one piece."""
    pieces = max(-(-len(postings.numbers) // most), 1)
    # Even pieces have room left: a full one with a rest of one entry would be cut again and again.
    yield from map(
        Postings, np.array_split(postings.numbers, pieces), np.array_split(postings.weights, pieces)
    )


def joined(pieces: Sequence[Postings]) -> Postings:
    """The list whose pieces these are, in their order."""
    if len(pieces) == 1:
        return pieces[0]
    return Postings(
        np.concatenate([piece.numbers for piece in pieces]),
        np.concatenate([piece.weights for piece in pieces]),
    )


def changed(postings: Postings, number: int, weight: float | None) -> Postings:
    """The list with one entry's weight replaced; None takes the entry out."""
    numbers, weights = postings
    place = int(np.searchsorted(numbers, number))
    stands = place < len(numbers) and int(numbers[place]) == number
    if stands and weight is not None:
        weights = weights.copy()
        weights[place] = weight
        return Postings(numbers, weights)
    if stands:
        return Postings(np.delete(numbers, place), np.delete(weights, place))
    if weight is None:
        return postings
    return Postings(
        np.insert(numbers, place, np.uint32(number)), np.insert(weights, place, np.float32(weight))
    )
