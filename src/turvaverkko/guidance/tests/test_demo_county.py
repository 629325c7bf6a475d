"""The example requests in an empty county: its staff, the refusals, any present, and all four hundred."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from turvaverkko.core import time_source
from turvaverkko.core.time_source import HELSINKI
from turvaverkko.guidance import states
from turvaverkko.guidance.demo import living
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.guidance.rules import PROMISE
from turvaverkko.organisation.api import Staff, active_units, apply_pack, staffed_units
from turvaverkko.organisation.models import RoleAssignment
from turvaverkko.trail.models import LogEntry
from turvaverkko.work.api import Deadline, WorkItem, stray_items

pytestmark = [pytest.mark.sqlite_only, pytest.mark.usefixtures("_county", "db")]
MANY = 400
# Unit: seconds of one processor. Source: the task of the demo.
LONGEST = 90


@pytest.fixture(scope="module")
def _county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        apply_pack(settings.NATIONAL_PACK, "national")
        apply_pack(settings.COUNTIES / "north-ostrobothnia")
        yield
        transaction.set_rollback(True)


def test_where_real_families_are_nothing_is_made() -> None:
    with override_settings(DEMO=False):
        with pytest.raises(CommandError):
            call_command("demo_requests", "--count", "3")
        with pytest.raises(time_source.TimeStays), transaction.atomic():
            living.live(requests=3)
    assert not ContactRequest.objects.exists()


def test_its_people_work_in_units_of_every_kind() -> None:
    assert Staff.objects.filter(is_active=True).count() == 41
    day = time_source.today()
    held = set().union(*staffed_units(RoleAssignment.Role.values, day).values())
    assert set(active_units(day).values_list("pk", flat=True)) <= held
    direct = set(RoleAssignment.objects.exclude(unit=None).values_list("unit", flat=True))
    assert set(active_units(day).values_list("pk", flat=True)) == direct


@pytest.mark.full
@pytest.mark.parametrize(
    "present",
    [
        pytest.param(datetime(2026, 12, 25, 2, 0, tzinfo=HELSINKI), id="Christmas night"),
        pytest.param(datetime(2026, 11, 30, 15, 59, tzinfo=HELSINKI), id="a minute before closing"),
        pytest.param(datetime(2027, 7, 5, 0, 5, tzinfo=HELSINKI), id="Monday just after midnight"),
        pytest.param(datetime(2027, 3, 28, 4, 30, tzinfo=HELSINKI), id="the clocks have gone forward"),
    ],
)
def test_any_present_will_do(present: datetime) -> None:
    with time_machine.travel(present, tick=False):
        living.live(requests=30)
        times = list(LogEntry.objects.filter(kind__startswith="guidance").order_by("id").values_list("time"))
        assert times == sorted(times)
        assert times[-1][0] <= present
        assert WorkItem.objects.filter(closed_at__isnull=True).exists()
        assert not list(stray_items())


@pytest.mark.full
def test_four_hundred_requests_have_believable_shares() -> None:
    began = time.process_time()
    living.live(requests=MANY)
    assert time.process_time() - began < LONGEST
    promises = Deadline.objects.filter(policy=PROMISE)
    met = [deadline for deadline in promises if deadline.met_at]
    missed = promises.filter(breached_at__isnull=False)
    assert 0.88 < 1 - missed.count() / (len(met) + missed.filter(met_at=None).count()) < 0.97
    assert missed.exclude(breach_reason="").count() > missed.count() / 3
    open_items = list(WorkItem.objects.filter(closed_at__isnull=True))
    assert 50 <= len(open_items) <= 70
    states_now = Counter(item.state for item in open_items)
    assert set(states_now) == {states.NEW, states.TAKEN, states.IN_CONTACT, states.WAITING_FAMILY}
    late = [item for item in open_items if item.next_due and item.next_due < time_source.now()]
    assert 2 <= len(late) <= 10
    resolutions = Counter(ContactRequest.objects.exclude(resolution="").values_list("resolution", flat=True))
    assert resolutions.most_common(1)[0][0] == "advised"
    assert {"unreachable", "child-welfare-notification-made", "assessment-opened"} <= set(resolutions)
    assert WorkItem.objects.filter(state=states.WITHDRAWN).exists()
    assert not list(stray_items())
