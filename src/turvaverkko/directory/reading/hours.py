"""Rows of hours by their owner. One query, none where nobody is asked about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from turvaverkko.directory.models import HoursRow
from turvaverkko.directory.opening import HoursRule


def of(owner: str, ids: Iterable[int]) -> Mapping[int, list[HoursRule]]:
    """Return the hours of channels, connections, places or crisis lines by id."""
    wanted = list(ids)
    found: dict[int, list[HoursRule]] = defaultdict(list)
    if not wanted:
        return found
    rows = HoursRow.objects.filter(**{f"{owner}_id__in": wanted}).values_list(
        f"{owner}_id",
        "kind",
        "weekday",
        "opens",
        "closes",
        "date",
        "closed",
        "valid_from",
        "valid_to",
        "closed_on_holidays",
    )
    for identity, *values in rows:
        found[identity].append(HoursRule(*values))
    return found
