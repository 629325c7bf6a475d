"""Requests counted from the rows: requests, their items, deadlines and attempts. The second way of counting.

Numbers over all units leave this module, never a row; nothing here is stored before small numbers are hidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from turvaverkko.core import time_source
from turvaverkko.core.time_source import HELSINKI, local_day
from turvaverkko.guidance.counting.names import (
    FIRST_CONTACT,
    IN_PROMISE,
    OPEN,
    OUTCOMES,
    RECEIVED,
    RESOLVED,
    WITHDRAWN,
    days_to_contact,
    medians,
)
from turvaverkko.guidance.models import ContactAttempt, ContactRequest
from turvaverkko.guidance.rules import PROMISE
from turvaverkko.guidance.states import WITHDRAWN as STATE_WITHDRAWN
from turvaverkko.indicators.computed_api import Cell, Counted, Period, Plan, key_of
from turvaverkko.organisation.api import host_county, local_days, path_of_county
from turvaverkko.work.api import Deadline, WorkItem

WHERE = "item__municipality"
Rows = QuerySet[Any]


def recount(plan: Plan) -> dict[Cell, Counted]:
    """Return every figure of guidance for a plan's areas and periods."""
    numbers: dict[Cell, Decimal] = defaultdict(Decimal)
    shares: dict[Cell, list[int]] = defaultdict(lambda: [0, 0])
    for period in plan.periods:
        for code, group, slug, number in _counts(period):
            for area in plan.areas_of(slug):
                numbers[Cell(code, group, area, key_of(period))] += number
        for slug, met, missed in _promises(period):
            for area in plan.areas_of(slug):
                share = shares[Cell(IN_PROMISE, "", area, key_of(period))]
                share[0], share[1] = share[0] + met, share[1] + met + missed
    found = {cell: Counted(number) for cell, number in numbers.items() if number}
    found |= {cell: Counted(part=met, whole=whole) for cell, (met, whole) in shares.items() if whole}
    return found | _contacts(plan)


def _counts(period: Period) -> Iterator[tuple[str, str, str, int]]:
    """Yield (indicator, group, municipality, number) of a period."""
    first, after = _bounds(period)
    requests = ContactRequest.objects.all()
    received = requests.filter(received_at__gte=first, received_at__lt=after)
    ended = requests.filter(item__closed_at__gte=first, item__closed_at__lt=after)
    resolved = ended.exclude(resolution="")
    still_open = requests.filter(received_at__lt=after).filter(
        Q(item__closed_at__isnull=True) | Q(item__closed_at__gte=after)
    )
    yield from _by_municipality(RECEIVED, received)
    yield from _by_municipality(RESOLVED, resolved)
    yield from _by_municipality(WITHDRAWN, ended.filter(item__state=STATE_WITHDRAWN))
    yield from _by_municipality(OPEN, still_open)
    yield from _by_municipality(RESOLVED, resolved, "resolution")
    yield from _by_municipality(OUTCOMES, resolved)
    yield from _by_municipality(OUTCOMES, resolved, "outcome")


def _by_municipality(code: str, rows: Rows, group: str = "") -> Iterator[tuple[str, str, str, int]]:
    columns = (WHERE, group) if group else (WHERE,)
    for row in rows.order_by().values(*columns).annotate(number=Count("pk")):
        yield code, row[group] if group else "", row[WHERE], row["number"]


def _promises(period: Period) -> Iterable[tuple[str, int, int]]:
    """Return (municipality, met, missed) of the first promises of what came in a period.

    A promise that ended with its request in time, or still runs, is neither.
    """
    first, after = _bounds(period)
    of_item = Deadline.objects.filter(item=OuterRef("item"), policy=PROMISE).order_by("pk")
    requests = ContactRequest.objects.filter(received_at__gte=first, received_at__lt=after)
    promises = Deadline.objects.filter(
        pk__in=requests.annotate(promise=Subquery(of_item.values("pk")[:1])).values("promise")
    )
    until = Coalesce(F("met_at"), F("dropped_at"), F("paused_at"), time_source.now())
    late = Q(due_at__lt=F("until"))
    counted = promises.annotate(until=until).order_by().values(WHERE)
    rows = counted.annotate(
        met=Count("pk", filter=~late & Q(met_at__isnull=False)), missed=Count("pk", filter=late)
    )
    return [(row[WHERE], row["met"], row["missed"]) for row in rows]


def _contacts(plan: Plan) -> dict[Cell, Counted]:
    """Return the medians of office days to the first contact, of what came in each period."""
    closed = local_days(path_of_county(host_county()), time_source.today()).closed
    places = dict(WorkItem.objects.filter(request__isnull=False).values_list("pk", "municipality"))
    reached = ContactAttempt.objects.filter(reached=True).order_by()
    rows = reached.values("request__item", "request__received_at").annotate(first=Min("tried_at"))
    days: dict[Cell, list[int]] = defaultdict(list)
    for row in rows:
        received = local_day(row["request__received_at"])
        took = days_to_contact(received, local_day(row["first"]), closed)
        for period in plan.periods:
            if period.start and period.end and period.start <= received <= period.end:
                for area in plan.areas_of(places[row["request__item"]]):
                    days[Cell(FIRST_CONTACT, "", area, key_of(period))].append(took)
    return medians(days)


def _bounds(period: Period) -> tuple[datetime, datetime]:
    """Return the first moment of a period and the first after it, in Finnish time.

    Raises:
        ValueError: the period has no days.
    """
    if period.start is None or period.end is None:
        message = f"A {period.kind} has no days in which something could be counted."
        raise ValueError(message)
    first = datetime.combine(period.start, time(), tzinfo=HELSINKI)
    return first, datetime.combine(period.end + timedelta(days=1), time(), tzinfo=HELSINKI)
