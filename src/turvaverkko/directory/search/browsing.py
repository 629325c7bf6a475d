"""Every entry from A to Z, for those who have no words: what is near first, the country after it."""

import numpy as np
import numpy.typing as npt

from turvaverkko.directory.search import store
from turvaverkko.directory.search.models import SearchEntry

Numbers = npt.NDArray[np.int64]
# The Finnish and Swedish alphabets end in å ä ö.
_LAST_LETTERS = str.maketrans({"å": "{", "ä": "|", "ö": "}"})
_orders: dict[str, tuple[store.Stamp, Numbers]] = {}


def alphabetical(language: str, stamp: store.Stamp) -> Numbers:
    """The numbers of all entries by name, the local before the national. One query per state of the index."""
    kept = _orders.get(language)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    rows = SearchEntry.objects.filter(is_live=True).values_list(
        "number", "level", f"texts__{language}__name", "texts__fi__name"
    )
    ordered = sorted(
        (level == "national", (own or finnish or "").lower().translate(_LAST_LETTERS), number)
        for number, level, own, finnish in rows
    )
    numbers = np.array([number for _, _, number in ordered], np.int64)
    _orders[language] = (stamp, numbers)
    return numbers


def forget() -> None:
    """Forget every order (tests, and after a database was replaced)."""
    _orders.clear()
