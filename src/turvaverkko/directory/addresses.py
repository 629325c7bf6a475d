"""Addresses with parameters that may stand several times. Pure."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

Parameters = Mapping[str, Sequence[str]]


def address(path: str, parameters: Parameters, *, without: tuple[str, str] | None = None) -> str:
    """Return a path with its parameters, leaving out empty ones and the pair `without`.

    Examples:
        >>> address("/paikat/", {"kunta": ["ii", "oulu"], "avoinna": []}, without=("kunta", "ii"))
        '/paikat/?kunta=oulu'
    """
    pairs = [
        (name, value)
        for name, values in parameters.items()
        for value in values
        if value and (name, value) != without
    ]
    return f"{path}?{urlencode(pairs)}" if pairs else path
