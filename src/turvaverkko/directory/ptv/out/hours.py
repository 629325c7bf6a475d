"""Hours as the catalogue writes them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from turvaverkko.directory.ptv.mapping.hours import DAYS, NO_DAY, OVER_MIDNIGHT
from turvaverkko.directory.ptv.shapes import Hours, Span

Json = dict[str, Any]


def hours(entries: Iterable[Hours]) -> list[Json]:
    """Return entries of hours."""
    return [
        {
            "serviceHourType": one.type,
            "validFrom": _day(one.valid_from),
            "validTo": _day(one.valid_to),
            "isClosed": one.closed,
            "validForNow": one.valid_from is None and one.valid_to is None,
            "isAlwaysOpen": one.always,
            "isReservation": one.reservation,
            "additionalInformation": [{"language": language, "value": text} for language, text in one.note],
            "openingHour": [_span(span, one.type) for span in one.spans],
        }
        for one in entries
    ]


def _span(span: Span, kind: str) -> Json:
    is_one_day = span.first == span.last and kind != OVER_MIDNIGHT
    return {
        "dayFrom": "" if span.first == NO_DAY else DAYS[span.first],
        "dayTo": "" if is_one_day else DAYS[span.last],
        "from": span.opens.isoformat(),
        "to": span.closes.isoformat(),
    }


def _day(day: date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00" if day else None
