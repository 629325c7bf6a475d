"""Figures of requests: two ways of counting agree on the example requests, and stories are read rightly."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.guidance.counting import entries, queries
from turvaverkko.guidance.counting.entries import Said, counted, told
from turvaverkko.guidance.counting.names import (
    FIRST_CONTACT,
    IN_PROMISE,
    OPEN,
    OUTCOMES,
    RECEIVED,
    RESOLVED,
    WITHDRAWN,
)
from turvaverkko.guidance.demo import living
from turvaverkko.guidance.indicators import TOPIC
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.indicators.computed import ELSEWHERE, Cell, Counted, Place, Plan, differences, ended_periods
from turvaverkko.indicators.models import Figure, StatisticalArea
from turvaverkko.indicators.rules import SHOWN, Origin, Status
from turvaverkko.indicators.services.refreshing import HIDDEN_FI, REFRESHER, plan_of, refresh
from turvaverkko.organisation.api import apply_pack
from turvaverkko.trail.models import LogEntry

pytestmark = pytest.mark.sqlite_only
PRESENT = datetime(2026, 11, 23, 9, 30, tzinfo=HELSINKI)
REQUESTS = 150
MONDAY = date(2026, 9, 7)


@pytest.fixture(scope="module")
def _county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        apply_pack(settings.NATIONAL_PACK, "national")
        apply_pack(settings.COUNTIES / "north-ostrobothnia")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _lived(_county: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), time_machine.travel(PRESENT, tick=False), transaction.atomic():
        assert living.live(requests=REQUESTS) == REQUESTS
        yield
        transaction.set_rollback(True)


@pytest.fixture
def plan(_lived: None, db: None) -> Plan:
    made = plan_of(TOPIC, PRESENT.date())
    assert made is not None
    return made


def test_the_two_ways_agree_for_every_area_and_period(plan: Plan) -> None:
    from_entries, from_rows = entries.count(plan), queries.recount(plan)
    assert differences(from_entries, from_rows) == frozenset()
    told_of = Counter(cell.indicator for cell, number in from_rows.items() if cell.area == plan.county)
    assert set(told_of) == {RECEIVED, IN_PROMISE, FIRST_CONTACT, RESOLVED, OUTCOMES, WITHDRAWN, OPEN}
    assert len(plan.places) > 30
    areas = {cell.area for cell in from_rows}
    assert {one.parent for one in plan.places} | {ELSEWHERE} <= areas


def test_an_entry_that_is_missing_shows_as_a_difference(plan: Plan) -> None:
    ContactRequest.objects.filter(resolution="advised").update(resolution="booked")
    assert {cell.indicator for cell in differences(entries.count(plan), queries.recount(plan))} == {RESOLVED}


def test_what_is_published_is_what_was_counted_or_hidden(plan: Plan) -> None:
    for code in plan.areas:
        if code != ELSEWHERE:
            StatisticalArea.objects.get_or_create(
                code=code, defaults={"kind": code.partition(":")[0], "name_fi": code}
            )
    assert refresh(REFRESHER) > 0
    computed = Figure.objects.filter(status__in=sorted(SHOWN), origin=Origin.COMPUTED)
    figures = list(computed.select_related("area", "indicator"))
    truth = entries.count(plan)
    shown = [one for one in figures if one.value is not None]
    assert {plan.county, "service-area:oulu"} <= {one.area.code for one in shown if one.value}
    assert not [one for one in figures if one.numerator is not None or one.denominator is not None]
    for one in figures:
        real = truth.get(Cell(one.indicator.code, one.group, one.area.code, one.period), Counted())
        counts = one.indicator.unit_fi == "pyyntöä"
        assert not (counts and one.value is not None and 0 < one.value < 5)
        assert one.value is not None or one.footnote_fi == HIDDEN_FI
        if counts and one.value is not None:
            assert one.value == real.value
    assert {one.status for one in figures} == {Status.FINAL, Status.PRELIMINARY}
    entry = LogEntry.objects.filter(kind="indicators.refresh").get()
    assert entry.payload == {"figures": len(figures)}
    assert refresh(REFRESHER) == 0


def test_running_months_are_not_published(plan: Plan) -> None:
    ends = {one.end for one in plan.periods if one.end}
    assert max(ends) == date(2026, 10, 31)


# The stories below need no database.
PLACES = (
    Place("municipality:564", "service-area:oulu", frozenset({"oulu"})),
    Place("service-area:oulu", "county:19", frozenset({"oulu"})),
)


def of(*said: tuple[str, int, dict[str, object]], reason: str = "undo") -> dict[tuple[str, str], Counted]:
    """The county's figures of September for one request that came on Monday the seventh."""
    asked = Said("guidance.ask", "r", MONDAY, "anonymous", "", {"municipality": "oulu", "item": "i"})
    rest = [
        Said(kind, "i" if kind == entries.MISSED else "r", date(2026, 9, day), "staff", reason, payload)
        for kind, day, payload in said
    ]
    months, quarters = ended_periods(MONDAY, date(2026, 10, 1))
    plan = Plan("county:19", PLACES, months, quarters)
    found = counted(told([asked, *rest]), plan, closed=())
    september = {cell: number for cell, number in found.items() if cell.period == "2026-09"}
    of_county = {cell for cell in september if cell.area == "county:19"}
    assert {cell.area for cell in september} == {"county:19", "service-area:oulu", "municipality:564"}
    return {(cell.indicator, cell.group): september[cell] for cell in of_county}


ONE = Counted(Decimal(1))
ANSWER = ("guidance.answer", 8, {})
RESOLVE = ("guidance.resolve", 9, {"resolution": "advised", "outcome": "got-help"})
MISS = (entries.MISSED, 10, {"policy": "contact-promise"})


def test_an_answer_in_time_is_answered_in_time_and_took_a_day() -> None:
    found = of(ANSWER, RESOLVE)
    assert found[IN_PROMISE, ""] == Counted(part=1, whole=1)
    assert found[FIRST_CONTACT, ""] == Counted(Decimal(1), whole=1)
    assert found[RESOLVED, "advised"] == found[RESOLVED, ""] == found[OUTCOMES, "got-help"] == ONE
    assert (OPEN, "") not in found


def test_an_answer_after_the_miss_is_late() -> None:
    assert of(MISS, ("guidance.answer", 11, {}))[IN_PROMISE, ""] == Counted(part=0, whole=1)


def test_a_later_promise_of_the_same_request_changes_nothing() -> None:
    assert of(ANSWER, MISS)[IN_PROMISE, ""] == Counted(part=1, whole=1)


def test_a_miss_of_the_law_is_no_miss_of_the_promise() -> None:
    found = of((entries.MISSED, 8, {"policy": "urgent-help"}), ("guidance.answer", 9, {}))
    assert found[IN_PROMISE, ""] == Counted(part=1, whole=1)


def test_an_answer_that_was_taken_back_was_no_contact() -> None:
    found = of(ANSWER, ("guidance.take_back", 8, {}))
    assert (IN_PROMISE, "") not in found
    assert (FIRST_CONTACT, "") not in found
    assert found[OPEN, ""] == ONE


def test_taking_back_too_late_takes_nothing_back() -> None:
    assert (FIRST_CONTACT, "") in of(ANSWER, ("guidance.take_back", 8, {}), reason="")


def test_a_try_in_vain_is_no_contact() -> None:
    assert (FIRST_CONTACT, "") not in of(("guidance.record_contact", 8, {"reached": False}))
    assert (FIRST_CONTACT, "") in of(("guidance.record_contact", 8, {"reached": True}))


def test_what_the_family_took_back_is_neither_kept_nor_missed() -> None:
    found = of(("guidance.withdraw", 8, {}))
    assert found[WITHDRAWN, ""] == ONE
    assert not {(IN_PROMISE, ""), (RESOLVED, ""), (OPEN, "")} & set(found)


def test_what_the_law_keeps_open_is_open_although_it_was_taken_back() -> None:
    found = of(("guidance.withdraw", 8, {"kept": True}))
    assert found[OPEN, ""] == ONE
    assert (WITHDRAWN, "") not in found


def test_what_was_opened_again_is_open() -> None:
    found = of(ANSWER, RESOLVE, ("guidance.reopen", 10, {}))
    assert found[OPEN, ""] == ONE
    assert (RESOLVED, "") not in found


def test_of_nowhere_is_only_of_the_county() -> None:
    plan = Plan("county:19", PLACES, (), ())
    assert plan.areas_of("") == ("county:19", ELSEWHERE)
    assert plan.areas_of("kajaani") == ("county:19", ELSEWHERE)
